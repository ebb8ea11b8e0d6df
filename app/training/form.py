"""The form on the left of the window: images, recipe, and the rest folded away."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.jobs.train import DataSummary
from app.settings import Settings
from app.state import ViewerState
from app.theme import scaled
from app.training.data_form import DataForm
from app.training.more_form import MoreForm
from app.training.recipe_form import RecipeForm
from app.training.summary import SummaryView
from softcam_core.errors import SoftcamError
from softcam_core.training.config import CardConfig, Config, OutputConfig

WIDTH = 344
ANY_CLASSES = ("auto", "table", "folders")
"""Layouts of data that hold classes of any name."""
WATCHED = 3
"""Validation images whose maps are kept after every epoch."""


class Form(QScrollArea):
    """What to train; it is scrolled where the screen is low.

    Signals:
        changed: the configuration is another one now.
        sweep_asked: the user wants the lambda to be found by a sweep.
    """

    changed = Signal()
    sweep_asked = Signal()

    def __init__(self, state: ViewerState, settings: Settings) -> None:
        """Offer what ``state`` has."""
        super().__init__()
        self.setObjectName("trainingForm")
        self.setFixedWidth(scaled(WIDTH))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._summary = DataSummary()
        self._suited: object = None
        self.inside = QWidget()
        self.inside.setObjectName("trainingFormInside")
        self.setWidget(self.inside)
        self._state = state
        self.images = DataForm(state, settings)
        self.recipe = RecipeForm(state, settings)
        self.more = MoreForm(state)
        self.summary = SummaryView()
        layout = QVBoxLayout(self.inside)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self.images)
        layout.addWidget(self.summary)
        layout.addSpacing(8)
        layout.addWidget(self.recipe)
        layout.addWidget(self.more)
        layout.addStretch(1)
        self.images.changed.connect(self._tell)
        self.images.modality_changed.connect(self._suit)
        self.recipe.changed.connect(self._tell)
        self.recipe.sweep_asked.connect(self.sweep_asked)
        self.recipe.recipe_taken.connect(self._take)
        self.more.changed.connect(self._tell)

    def fill(self) -> None:
        """Offer what there is now."""
        self.images.fill()

    def _take(self, config: Config) -> None:
        """Take over the values of a recipe."""
        self.more.take(config)
        if not self.images.from_study():
            self.images.format.choose(config.data.format)
            self.images.task.choose(config.data.task)

    def _suit(self) -> None:
        """Propose what suits the images, once: what is chosen then stays."""
        images, study = self.images, self._state.study
        modality = images.modality_of_images()
        count = len(images.cases()) if images.from_study() else 0
        wanted = study and study.path, images.from_study(), modality, bool(count)
        if wanted != self._suited:
            self._suited = wanted
            if self.recipe.is_plain():
                self.more.suit(modality)
            self.recipe.suit(modality, count)

    def _tell(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        softcam = self.recipe.kind().head == "softcam"
        self.more.propose_rate(self.recipe.values().train.lr)
        self.more.offer_guidance(self._summary.drawn, self.images.from_study(), softcam)

    # What the child says

    def show_summary(self, summary: DataSummary | None) -> None:
        """Show what would be trained on; None while that is being looked at."""
        self.summary.show_summary(summary)
        if summary is not None:
            self._summary = summary
            self.images.offer_lesions(summary.lesions)
            self.images.offer_grades(summary.grades)
            self.recipe.suit_batch(self.training_images())
            blocked = self.more.blockSignals(True)
            self._offer()
            self.more.blockSignals(blocked)

    # Asking

    def missing(self) -> str:
        """Return what has to be chosen before anything can be trained, "" for nothing."""
        return self.images.missing() or self.recipe.missing() or self.more.missing()

    def config(self, sweeping: bool = False) -> Config:
        """Return what is chosen, as a configuration.

        Raises:
            ConfigError: something is missing; one sentence says what.
        """
        config = self.recipe.config(sweeping)
        given, data = config.data, self.images.data(config.data)
        if data.csv and data.format == given.format not in ANY_CLASSES and data.task == given.task:
            data = replace(data, classes=given.classes)
        config = replace(config, data=data)
        # What a recipe's card says of images and limits is true of its own images alone.
        output, card = OutputConfig(watch=WATCHED), CardConfig()
        config = replace(self.more.config(config), output=output, card=card)
        return self._in_order(config)

    def _in_order(self, config: Config) -> Config:
        """Keep the classes in the order of the model that is gone on from: its head fits then."""
        model, found = self.recipe.model(), self._summary.classes
        data = config.data
        meant = (*data.grade_classes.values(), *data.lesion_classes.values())
        named = {data.healthy, *meant} - {""}
        if model is None or set(found) != set(model.spec.classes) or not named <= set(found):
            return config
        return replace(config, data=replace(config.data, classes=model.spec.classes))

    def are_of(self, before: Config | None) -> bool:
        """Return whether the images are those of another configuration that was made here."""
        now = self.try_config()
        if now is None or before is None:
            return now is before
        return _images(now) == _images(before)

    def training_images(self) -> int:
        """Return how many images a training would see, 0 while that is not known."""
        return sum(self._summary.images.get("train", {}).values())

    def notes(self) -> tuple[str, ...]:
        """Return the sentences on the images that stand in the form already."""
        return self._summary.notes

    def problem(self) -> str:
        """Return why the images cannot be trained on, as far as that is known."""
        return self._summary.problem

    def try_config(self) -> Config | None:
        """Return what is chosen, None while something is missing."""
        try:
            return self.config()
        except SoftcamError:
            return None


def _images(config: Config) -> object:
    return config.data.study, config.data.csv, config.data.reader, config.data.cases
