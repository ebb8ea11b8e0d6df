"""What a user chooses for a figure: what it shows on one page, how it looks on another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.output.figure_choices import (
    FLAGGED,
    IN_VIEW,
    LABELLED,
    LISTED,
    PREDICTED,
    TYPED,
    USUAL,
    VIEW,
    Choices,
    chosen_cases,
    offered_methods,
    offered_models,
)
from app.output.figure_look import FigureLook
from app.output.tick_list import TickList
from app.settings import Settings
from app.state import Case, ViewerState
from app.texts import method_name
from softcam_core.explain.methods import SLOW

MODELS = 2, 5
"""Rows of the list of models, the fewest and the most; then those of methods."""
METHODS = 4, 13


class FigureForm(QTabWidget):
    """The fields of the dialog.

    Signals:
        changed: of what `choices` returns.
    """

    changed = Signal()

    def __init__(
        self,
        state: ViewerState,
        settings: Settings,
        listed: Callable[[], list[int]],
        parent: QWidget | None = None,
    ) -> None:
        """Offer what ``state`` has open; ``listed`` returns the cases that the worklist shows."""
        super().__init__(parent)
        self.setObjectName("figureForm")
        self.setDocumentMode(True)
        self.setAccessibleName(self.tr("What the figure shows, and how it looks"))
        self._state, self._settings, self._listed = state, settings, listed
        self.layout_ = self._combo("figureLayout", self.tr("Layout"))
        self.cases = self._combo("figureCases", self.tr("Which cases"))
        self.typed = QLineEdit()
        self.typed.setObjectName("figureTyped")
        self.typed.setAccessibleName(self.tr("Numbers or names of cases"))
        self.typed.setPlaceholderText(self.tr("Numbers or names, e.g. 1, 4-6"))
        self.about = QLabel()
        self.about.setObjectName("figureAbout")
        self.about.setProperty("role", "secondary")
        self.about.setWordWrap(True)
        self.classes = self._combo("figureClass", self.tr("Class whose maps are shown"))
        self.models = TickList("figureModels", self.tr("Models to show"), *MODELS)
        self.methods = TickList("figureMethods", self.tr("Methods to show"), *METHODS)
        self.look = FigureLook(state, settings)
        self._lay_out()
        self._fill()
        self.layout_.currentIndexChanged.connect(self._on_layout)
        self.cases.currentIndexChanged.connect(self._on_cases)
        self.typed.textChanged.connect(self._on_cases)
        self.classes.currentIndexChanged.connect(self.changed)
        self.models.itemChanged.connect(self._on_models)
        self.methods.itemChanged.connect(self.changed)
        self.look.changed.connect(self.changed)
        self._on_layout()

    # What is chosen

    def choices(self) -> Choices:
        """Return the state of the fields."""
        return Choices(
            layout=self.layout_id,
            cases=tuple(self._chosen()),
            models=tuple(self.models.ticked()),
            methods=() if self.layout_id == "screen" else tuple(self.methods.ticked()),
            class_name=str(self.classes.currentData()),
            **self.look.choices(),
        )

    @property
    def layout_id(self) -> str:
        """Which layout."""
        return str(self.layout_.currentData())

    def remember(self) -> None:
        """Propose the same the next time; never to tell names."""
        self._settings.set("figure/layout", self.layout_id)
        if self.layout_id != "screen":
            self._settings.set(f"figure/methods/{self.layout_id}", ",".join(self.methods.ticked()))
            self._settings.set("figure/models", ",".join(self.models.ticked()))
        self.look.remember()

    def _chosen(self) -> list[Case]:
        which = VIEW if self.layout_id == "screen" else str(self.cases.currentData())
        return chosen_cases(self._state, which, self._listed(), self.typed.text())

    # Building

    def _lay_out(self) -> None:
        contents = QWidget()
        form = QFormLayout(contents)
        form.setContentsMargins(12, 12, 12, 12)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Layout"), self.layout_)
        form.addRow("", self.about)
        form.addRow(self.tr("&Cases"), self.cases)
        form.addRow("", self.typed)
        form.addRow(self.tr("Maps &of"), self.classes)
        form.addRow(self.tr("&Models"), self.models)
        form.addRow(self.tr("Me&thods"), self.methods)
        looks = QWidget()
        column = QVBoxLayout(looks)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.look)
        column.addStretch(1)
        self.addTab(contents, self.tr("&Contents"))
        self.addTab(looks, self.tr("&Appearance"))

    def _combo(self, name: str, spoken: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setAccessibleName(spoken)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(16)
        return made

    def _fill(self) -> None:
        self.layout_.addItem(self.tr("Methods: a row per case"), "methods")
        self.layout_.addItem(self.tr("Localization: a row per architecture"), "localization")
        self.layout_.addItem(self.tr("Classes: a column per class"), "classes")
        self.layout_.addItem(self.tr("As on screen"), "screen")
        last = self.layout_.findData(self._settings.text("figure/layout", "methods"))
        self.layout_.setCurrentIndex(max(last, 0))
        flagged = len(chosen_cases(self._state, FLAGGED))
        listed = len(self._listed())
        self.cases.addItem(self.tr("The case in view"), VIEW)
        if flagged:
            self.cases.addItem(self.tr("Flagged cases ({0})").format(flagged), FLAGGED)
        if listed:
            self.cases.addItem(self.tr("Cases in the worklist ({0})").format(listed), LISTED)
        self.cases.addItem(self.tr("Numbers or names…"), TYPED)

    def _on_layout(self) -> None:
        words = {
            "methods": self.tr(
                "The image with the marks, then each method beside the evidence (as in Figure 2 of "
                "the SoftCAM paper)."
            ),
            "localization": self.tr(
                "Marks over every map; activation precision (AP) and sensitivity (AS) in its "
                "corners (as in Figure 4 of the SoftCAM paper)."
            ),
            "classes": self.tr(
                "The evidence for each class, sparse and dense, then post-hoc (as in Figure 15 of "
                "the SoftCAM paper)."
            ),
            "screen": self.tr("The panes of the window, with its settings of the overlay."),
        }
        layout = self.layout_id
        self.about.setText(words[layout])
        for widget in (self.cases, self.models, self.methods):
            widget.setEnabled(layout != "screen")
        self.classes.setEnabled(layout in ("methods", "localization"))
        self.look.suit(layout)
        self._on_cases()

    def _on_cases(self) -> None:
        typed = self.cases.currentData() == TYPED and self.layout_id != "screen"
        self.typed.setVisible(typed)
        models = offered_models(self._state, self._chosen())
        if [model.id for model in models] != self.models.offered():
            ticked = self._usual_models([model.id for model in models])
            self.models.fill((model.spec.title, model.id, model.id in ticked) for model in models)
        self._on_models()

    def _on_models(self) -> None:
        """Offer the methods and classes of the models that are ticked."""
        wanted = self.models.ticked()
        models = [model for model in self._state.models if model.id in wanted]
        usual = self._settings.text(f"figure/methods/{self.layout_id}")
        ticked = usual.split(",") if usual else [*USUAL[self.layout_id], *self._on_screen()[1]]
        slow = self.tr("{0} (slow)")
        self.methods.fill(
            (
                slow.format(method_name(method)) if method in SLOW else method_name(method),
                method,
                method in ticked,
            )
            for method in offered_methods(models)
        )
        self._offer_classes(list(dict.fromkeys(n for m in models for n in m.spec.classes)))
        self.changed.emit()

    def _usual_models(self, offered: list[str]) -> list[str]:
        """Return what is ticked at first: as the last time, else the models in the panes."""
        last = self._settings.text("figure/models").split(",")
        for some in (last, self._on_screen()[0]):
            if found := [model for model in offered if model in some]:
                return found
        return offered

    def _on_screen(self) -> tuple[list[str], list[str]]:
        """Return the models and the methods whose maps are in the panes, as far as they show."""
        found = [
            (model.id, part.method)
            for pane in self._state.panes
            for part in pane.maps()
            if (model := self._state.pane_model(part)) is not None
            and self._state.pane_map(part) is not None
        ]
        return [model for model, _ in found], [method for _, method in found]

    def _offer_classes(self, names: list[str]) -> None:
        before = self.classes.currentData()
        self.classes.blockSignals(True)
        self.classes.clear()
        self.classes.addItem(self.tr("the class in view"), IN_VIEW)
        self.classes.addItem(self.tr("the predicted class"), PREDICTED)
        self.classes.addItem(self.tr("the labelled class"), LABELLED)
        for name in names:
            self.classes.addItem(name, f"={name}")
        self.classes.setCurrentIndex(max(self.classes.findData(before), 0))
        self.classes.blockSignals(False)
