"""How to train: the kind of model, the network, what it starts from, and for how long."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.language import in_phrases
from app.settings import Settings
from app.state import LoadedModel, ViewerState
from app.training.proposals import IMAGENET, NONE, SMALL, batch_for, starts, values_in, values_of
from app.training.starts import Start, look_at, unfit_text
from app.training.widgets import Box, Count, Number, form_in, small, title
from app.training.words import ARCHITECTURES, KIND_OF, KINDS, Kind, lacking_text, tr
from softcam_core.errors import ConfigError, SoftcamError
from softcam_core.models.spec import ModelSpec
from softcam_core.training.config import Config
from softcam_core.training.recipes import Recipe, recipes

FILE = "file…"
L1, L2 = 1e-4, 2e-4
"""Penalties to begin with, of the size of the paper's; a sweep finds the data's own."""
BUNDLED = "bundled:"


class RecipeForm(QWidget):
    """The middle part of the form.

    Signals:
        changed: something else is chosen.
        recipe_taken: a bundled recipe was chosen; the rest of the form takes over its values.
        sweep_asked: the user wants the lambda to be found by a sweep.
    """

    changed = Signal()
    recipe_taken = Signal(object)
    sweep_asked = Signal()

    def __init__(self, state: ViewerState, settings: Settings) -> None:
        """Offer what ``state`` has open to start from."""
        super().__init__()
        self.setObjectName("trainingRecipe")
        self._state, self._settings = state, settings
        self._kept: tuple[str, ...] = ()
        self._files: dict[str, Start] = {}
        self._modality = ""
        self._base = Config()
        self._wanted = ""
        self._own_batch: int | None = SMALL
        self._filling = False
        self._before = NONE
        self._build()
        self._fill_weights()
        self._show_kind()
        self.recipe.currentIndexChanged.connect(self._on_recipe)
        self.arch.currentIndexChanged.connect(self._on_arch)
        self.weights.currentIndexChanged.connect(self._on_weights)
        # A list that is filled anew must not ask for a file.
        self.weights.activated.connect(self._on_asked)
        for box in (self.epochs, self.batch, self.side):
            box.valueChanged.connect(self._tell)
        for line in (self.l1, self.l2):
            line.textChanged.connect(self._tell)
        self.sweep.clicked.connect(self.sweep_asked)
        state.models_changed.connect(self._fill_weights)

    def _build(self) -> None:
        self.recipe = Box("trainingRecipeBox", self.tr("What is trained"))
        for kind in KINDS:
            self.recipe.addItem(tr(kind.title), kind.id)
        self.bundled = {one.name: one for one in recipes()}
        self.recipe.insertSeparator(self.recipe.count())
        for one in self.bundled.values():
            self.recipe.addItem(in_phrases(one.title), BUNDLED + one.name)
        self.explained = small("trainingExplained")
        self.arch = Box(
            "trainingArch",
            self.tr("Network"),
            {arch: tr(text) for arch, text in ARCHITECTURES.items()},
        )
        self.weights = Box("trainingWeights", self.tr("Weights to start from"))
        self.weights_hint = small("trainingWeightsHint")
        self.weights_hint.setProperty("role", "warning")
        self.l1 = Number("trainingL1", self.tr("Weight of the sparse penalty"), L1)
        self.l2 = Number("trainingL2", self.tr("Weight of the ridge penalty"), L2)
        self.sweep = QPushButton(self.tr("Find by a sweep…"))
        self.sweep.setObjectName("trainingSweepAsk")
        self.sweep.setAutoDefault(False)
        self.sweep.setToolTip(
            self.tr("Trains with several values and takes the highest that costs no accuracy")
        )
        self.epochs = Count("trainingEpochs", self.tr("Epochs"), 1, 10_000, 20)
        self.batch = Count("trainingBatch", self.tr("Images in a batch"), 1, 4096, SMALL)
        self.side = Count("trainingSize", self.tr("Side of the input in pixels"), 16, 4096, 224)
        self.side.setSingleStep(32)
        self.side.setSuffix(" px")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(title(self.tr("Recipe")))
        layout.addWidget(self.recipe)
        layout.addWidget(self.explained)
        holder = QWidget()
        self._form = form = form_in(holder)
        self._weights_label = QLabel(self.tr("Start from"))
        form.addRow(self.tr("Network"), self.arch)
        form.addRow(self._weights_label, self.weights)
        form.addRow(self.weights_hint)
        form.addRow(self.tr("Sparsity λ₁"), self.l1)
        form.addRow(self.tr("Ridge λ₂"), self.l2)
        form.addRow("", self.sweep)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.epochs, 1)
        line.addWidget(QLabel(self.tr("Batch")))
        line.addWidget(self.batch, 1)
        form.addRow(self.tr("Epochs"), line)
        form.addRow(self.tr("Input"), self.side)
        layout.addWidget(holder)

    # Offering

    def architectures(self) -> tuple[str, ...]:
        """Return the networks that are offered."""
        return tuple(self.arch.itemData(place) for place in range(self.arch.count()))

    def offer_imagenet(self, archs: tuple[str, ...]) -> None:
        """Offer ImageNet's weights for these architectures too: they are on this machine."""
        self._kept = (*self._kept, *archs)
        self._fill_weights()
        if self._wanted == IMAGENET:
            self.weights.choose(IMAGENET)
        self._show_hint()

    def suit(self, modality: str, images: int) -> None:
        """Propose what suits so many images of a kind: what an open model of that kind has."""
        self._modality = modality
        self._filling = True
        model = self._proposed()
        if model is not None and self.is_plain():
            self._choose_arch(model.spec.arch)
            self._fill_weights()
            self.weights.choose(str(model.path))
            self._take_spec(model.spec)
        elif model is None and self.is_plain() and self.weights.value() not in self._files:
            # Of a table nobody knows what its images show: no model is proposed that knows others.
            self._choose_arch("resnet18")
            self._fill_weights()
            self.weights.choose(NONE)
            self.side.setValue(224)
        self._filling = False
        self.suit_batch(images)
        self._tell()

    def suit_batch(self, images: int) -> None:
        """Propose a batch for so many training images, unless another one was chosen."""
        if images and self._own_batch == self.batch.value():
            self._own_batch = batch_for(images)
            self.batch.setValue(self._own_batch)

    def _proposed(self) -> LoadedModel | None:
        """Return the open model to go on from: of that kind of image, and with evidence if any."""
        fitting = [
            model
            for model in self._state.models
            if model.spec.arch in self._known() and model.spec.modality in ("", self._modality)
        ]
        if not self._modality:
            return None
        fitting.sort(key=lambda model: model.spec.head != "softcam")
        return fitting[0] if fitting else None

    def _known(self) -> set[str]:
        # A network of the user's own cannot be built anew.
        return {model.spec.arch for model in self._state.models} - {"custom"}

    def _choose_arch(self, arch: str) -> None:
        if not self.arch.choose(arch):
            self.arch.addItem(arch, arch)
            self.arch.choose(arch)

    def _take_spec(self, spec: ModelSpec) -> None:
        """Take over how a model sees its images, and its penalties."""
        self.side.setValue(spec.input.size[0])
        for line, key in ((self.l1, "l1"), (self.l2, "l2")):
            value = spec.lambdas.get(key)
            if isinstance(value, int | float) and value > 0:
                line.set_value(float(value))

    def _fill_weights(self) -> None:
        """Offer weights that the chosen network can start from."""
        arch, dual = self.arch.value(), self.kind().head == "dual-branch"
        items = starts(self._state.models, arch, dual, arch in self._kept, self._files)
        if self.weights.value() == FILE:
            self.weights.choose(self._before)
        self.weights.refill([*items, (FILE, self.tr("A file…"))])

    # Reacting

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _on_recipe(self) -> None:
        head, one = self.kind().head, self._bundled()
        self._wanted = ""
        if one is None:
            self._base = values_of(head)
            for line, usual in ((self.l1, L1), (self.l2, L2)):
                # A recipe may have left it at 0.
                line.set_value(line.value() or usual)
        else:
            try:
                self._take(values_in(one.path, head))
            except SoftcamError as error:
                self._state.message.emit(str(error))
        self._fill_weights()
        if head == "dual-branch":
            self._take_start()
        self._show_kind()
        self._tell()

    def _take(self, config: Config) -> None:
        """Fill the form from a recipe; what the images are stays."""
        self._base = config
        self._filling = True
        own = self.weights.value()
        self._choose_arch(config.model.arch)
        self._fill_weights()
        wanted = config.model.weights
        if wanted not in (NONE, IMAGENET) and Path(wanted).is_file():
            self._add_file(wanted)
        # A file that was chosen stays where it fits.
        fits = own in self._files and self._files[own].arch in ("", config.model.arch)
        if not (fits and self.weights.choose(own)) and not self.weights.choose(wanted):
            self.weights.setCurrentIndex(0)
            self._wanted = wanted if config.model.head != "dual-branch" else ""
        for line, value in ((self.l1, config.loss.l1), (self.l2, config.loss.l2)):
            line.set_value(value)
        self.epochs.setValue(config.train.epochs)
        self.batch.setValue(config.train.batch_size)
        self._own_batch = None
        self.side.setValue(config.data.image_size)
        self._filling = False
        self.recipe_taken.emit(config)

    def _on_arch(self) -> None:
        self._fill_weights()
        self._show_hint()
        self._tell()

    def _on_weights(self) -> None:
        chosen = self.weights.value()
        if chosen == FILE:
            return
        self._before = chosen
        self._take_start()
        self._show_kind()
        self._tell()

    def _take_start(self) -> None:
        """Take over the network of the weights, and all that a dual branch has from them."""
        spec, chosen = self._spec(), self.weights.value()
        arch = spec.arch if spec is not None else self._files.get(chosen, Start()).arch
        if not arch:
            return
        before, self._filling = self._filling, True
        self._choose_arch(arch)
        if spec is not None and self.kind().head == "dual-branch":
            self._take_spec(spec)
        self._filling = before

    def _spec(self) -> ModelSpec | None:
        """Return what the weights to start from say about their network, if they say anything."""
        model = self.model()
        if model is not None:
            return model.spec
        return self._files.get(self.weights.value(), Start()).spec

    def _on_asked(self) -> None:
        if self.weights.value() == FILE:
            self._ask_file()

    def _ask_file(self) -> None:
        start = self._settings.text("last/model_folder")
        kinds = self.tr("Weights (*.safetensors *.pth *.pt);;All (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Weights"), start, kinds)
        if chosen:
            self._add_file(chosen)
            self.weights.choose(chosen)
        else:
            self.weights.setCurrentIndex(max(0, self.weights.findData(self._before)))

    def _add_file(self, path: str) -> None:
        if self.weights.findData(path) < 0 or path in self._files:
            self._files[path] = look_at(Path(path))
        self._fill_weights()

    def _show_kind(self) -> None:
        kind, of = self.kind(), self._bundled()
        self.explained.setText(of.text.split("\nsoftcam ")[0] if of is not None else tr(kind.text))
        dual = kind.head == "dual-branch"
        self._weights_label.setText(self.tr("Classifier") if dual else self.tr("Start from"))
        # Of a classifier that does not say what it is, the user has to.
        known = dual and (self._spec() is not None or self.weights.value() in ("", FILE))
        self.arch.setEnabled(not known)
        self.side.setEnabled(not known)
        for name, line in (("l1", self.l1), ("l2", self.l2)):
            self._form.setRowVisible(line, name in kind.penalties)
        self._form.setRowVisible(self.sweep, bool(kind.penalties))
        self._show_hint()

    def _show_hint(self) -> None:
        """Say where weights do not fit, or a recipe asks for such as are not here."""
        lacks = self._wanted and self.weights.value() == NONE
        hint = lacking_text(self._wanted) if lacks else self._unfit()
        self.weights_hint.setText(hint)
        self._form.setRowVisible(self.weights_hint, bool(hint))

    def _unfit(self) -> str:
        """Return why the network cannot start from the file that is chosen, "" if it may."""
        path = self.weights.value()
        return unfit_text(path, self._files.get(path, Start()), self.arch.value())

    # Asking

    def kind(self) -> Kind:
        """Return the kind of model that is chosen."""
        of = self._bundled()
        return KIND_OF[of.kind if of is not None else self.recipe.value()]

    def _bundled(self) -> Recipe | None:
        return self.bundled.get(self.recipe.value().removeprefix(BUNDLED))

    def is_plain(self) -> bool:
        """Return whether a kind of model is chosen, and no bundled recipe."""
        return self._bundled() is None

    def values(self) -> Config:
        """Return the values of the recipe that the form does not show, or proposes."""
        return self._base

    def model(self) -> LoadedModel | None:
        """Return the open model to start from, if one is chosen."""
        path = self.weights.value()
        return next((one for one in self._state.models if str(one.path) == path), None)

    def missing(self) -> str:
        """Return what has to be chosen before anything can be trained, "" for nothing."""
        if self.weights.value() in ("", FILE):
            return self.tr("Choose the trained classifier: an open model, or a file.")
        if unfit := self._unfit():
            return unfit
        for name, line in (("l1", self.l1), ("l2", self.l2)):
            if name in self.kind().penalties and not line.value():
                return self.tr(
                    "Give the penalty a value above 0, find one by a sweep, or train a dense model."
                )
        return ""

    def config(self, sweeping: bool = False) -> Config:
        """Return the configuration so far; its images are not chosen yet.

        Raises:
            ConfigError: something is missing; one sentence says what.
        """
        kind = self.kind()
        missing = "" if sweeping and kind.penalties and self.weights.value() else self.missing()
        if missing:
            raise ConfigError(missing)
        base, spec = self._base, self._spec()
        seen = base.data
        if spec is not None:
            given = spec.input
            seen = replace(
                seen, geometry=given.geometry, fundus_crop=given.fundus_crop, colour=given.colour
            )
        options = base.model.options if base.model.arch == self.arch.value() else {}
        if spec is not None:
            options = {key: str(value) for key, value in spec.options.items()}
        return replace(
            base,
            data=replace(seen, image_size=self.side.value()),
            model=replace(
                base.model,
                arch=self.arch.value(),
                head=kind.head,
                weights=self.weights.value(),
                options=options,
            ),
            loss=replace(
                base.loss,
                l1=self.l1.value() if "l1" in kind.penalties else 0.0,
                l2=self.l2.value() if "l2" in kind.penalties else 0.0,
                select=(),
            ),
            train=replace(base.train, epochs=self.epochs.value(), batch_size=self.batch.value()),
        )
