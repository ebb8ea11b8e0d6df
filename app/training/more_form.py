"""The folded part of the form: what a clinician need not touch."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.state import ViewerState
from app.training.widgets import Box, Count, Fold, Number, form_in
from app.training.words import AUGMENTATIONS, PRECISIONS, tr
from softcam_core.errors import ConfigError
from softcam_core.training.config import Config

GUIDANCE = 1e-3
"""What raised the evidence within lesions; five times as much left none (record 21)."""
HARD = 3
LR = 1e-3
CHECKPOINT_MINUTES = 2.0
"""A program that is killed loses no more than this."""


class MoreForm(Fold):
    """Augmentation, device, precision, guidance by lesions, hard cases, and the optimiser.

    Signals:
        changed: something else is chosen.
    """

    changed = Signal()

    def __init__(self, state: ViewerState) -> None:
        """Offer the open models for the hard cases."""
        super().__init__("trainingMore", "")
        self.button.setText(self.tr("More settings"))
        self._state = state
        self._proposed = LR
        self._build()
        for box in (self.augment, self.device, self.precision, self.hard):
            box.currentIndexChanged.connect(self.changed)
        for line in (self.rate, self.guidance):
            line.textChanged.connect(self.changed)
        for count in (self.patience, self.seed, self.hard_weight):
            count.valueChanged.connect(self.changed)
        for check in (self.guided, self.deterministic):
            check.toggled.connect(self._on_checks)
        self.hard.currentIndexChanged.connect(self._on_checks)
        state.models_changed.connect(self.fill_models)
        self.fill_models()
        self._on_checks()

    def _build(self) -> None:
        self.augment = Box(
            "trainingAugment",
            self.tr("How images are varied"),
            {name: tr(text) for name, text in AUGMENTATIONS.items()},
        )
        self.device = Box("trainingDevice", self.tr("Device"), {"auto": self.tr("Automatic")})
        self.precision = Box(
            "trainingPrecision",
            self.tr("Precision"),
            {name: tr(text) for name, text in PRECISIONS.items()},
        )
        self.rate = Number("trainingRate", self.tr("Learning rate"), LR, 10.0)
        self.patience = Count(
            "trainingPatience", self.tr("Epochs without gain before it ends"), 0, 1000, 0
        )
        self.patience.setSpecialValueText(self.tr("Train all epochs"))
        self.seed = Count("trainingSeed", self.tr("Seed"), 0, 2**31 - 1, 0)
        self.deterministic = QCheckBox(self.tr("Repeat to the bit (slower)"))
        self.deterministic.setObjectName("trainingDeterministic")
        self.guided = QCheckBox(self.tr("Keep evidence inside drawn lesions"))
        self.guided.setObjectName("trainingGuided")
        self.guidance = Number("trainingGuidance", self.tr("Weight of the lesions"), GUIDANCE)
        self.hard = Box("trainingHard", self.tr("Model whose disagreement counts"))
        self.hard_weight = Count("trainingHardWeight", self.tr("Drawn so often"), 2, 100, HARD)
        self.hard_weight.setPrefix("× ")
        self._form = form = form_in(self.inside)
        form.addRow(self.tr("Device"), self.device)
        form.addRow(self.tr("Augment"), self.augment)
        form.addRow(self.guided)
        form.addRow(self.tr("Weight"), self.guidance)
        form.addRow(self.tr("Hard cases"), self.hard)
        form.addRow(self.tr("Drawn"), self.hard_weight)
        form.addRow(self.tr("Rate"), self.rate)
        form.addRow(self.tr("Stop early"), self.patience)
        form.addRow(self.tr("Precision"), self.precision)
        form.addRow(self.tr("Seed"), self.seed)
        form.addRow(self.deterministic)
        self.patience.setToolTip(
            self.tr("Epochs without a better validation accuracy after which the run ends")
        )
        self.hard.setToolTip(
            self.tr("Cases in which this model disagrees with the labels are shown more often")
        )

    def fill_models(self) -> None:
        """Offer the models that are open now."""
        items = [(str(model.path), model.spec.title) for model in self._state.models]
        self.hard.refill([("", self.tr("As often as others")), *items])

    def fill_devices(self, devices: list[tuple[str, str]]) -> None:
        """Offer what can compute; what the viewer uses is proposed."""
        fresh = self.device.count() <= 1
        self.device.refill(devices)
        if fresh:
            self.device.choose(self._state.device)

    def offer_guidance(self, drawn: int, from_study: bool, softcam: bool) -> None:
        """Offer the guidance where lesions are drawn and there is evidence to guide."""
        able = drawn > 0 and softcam
        self.guided.setEnabled(able)
        reason = self.tr("Positive evidence outside drawn lesions is penalised")
        if not softcam:
            reason = self.tr("Only SoftCAM models have evidence that could be kept there.")
        elif not drawn:
            reason = self.tr("No lesions are drawn in these images.")
        self.guided.setToolTip(reason)
        if not able:
            self.guided.setChecked(False)
        self._form.setRowVisible(self.hard, from_study)
        self._on_checks(quietly=True)

    def suit(self, modality: str) -> None:
        """Propose what suits a kind of image; of images that nobody knows, nothing is varied."""
        self.augment.choose(modality if modality in AUGMENTATIONS else "none")

    def propose_rate(self, rate: float) -> None:
        """Propose a learning rate, unless another one was chosen."""
        if rate != self._proposed == self.rate.value():
            self._proposed = rate
            self.rate.set_value(rate)

    def take(self, config: Config) -> None:
        """Take over the values of a recipe."""
        blocked = self.blockSignals(True)
        self.augment.choose(config.data.augment)
        self.precision.choose(config.train.precision)
        self._proposed = config.train.lr
        self.rate.set_value(self._proposed)
        self.patience.setValue(config.train.patience)
        self.seed.setValue(config.train.seed)
        self.deterministic.setChecked(config.train.deterministic)
        self.blockSignals(blocked)

    def _on_checks(self, quietly: bool = False) -> None:
        self._form.setRowVisible(self.guidance, self.guided.isChecked())
        self._form.setRowVisible(self.hard_weight, bool(self.hard.value()))
        if quietly is not True or self.signalsBlocked():
            self.changed.emit()

    def missing(self) -> str:
        """Return which number is missing, "" for none."""
        if not self.rate.value():
            return self.tr("Give the rate a number above 0, such as 0.001.")
        if self.guided.isChecked() and not self.guidance.value():
            return self.tr("Give the weight of the lesions a number above 0, such as 0.001.")
        return ""

    def config(self, config: Config) -> Config:
        """Return ``config`` with what is chosen here.

        Raises:
            ConfigError: a number is missing; one sentence says which.
        """
        if missing := self.missing():
            raise ConfigError(missing)
        data, train, rate = config.data, config.train, self.rate.value()
        guided = self.guided.isChecked() and config.model.head == "softcam"
        hard = self.hard.value() if data.study else ""
        return replace(
            config,
            data=replace(
                data,
                augment=self.augment.currentData(),
                hard_model=hard,
                hard_weight=float(self.hard_weight.value()) if hard else 1.0,
            ),
            loss=replace(config.loss, guidance=self.guidance.value() if guided else 0.0),
            train=replace(
                train,
                lr=rate,
                min_lr=min(train.min_lr, rate),
                patience=self.patience.value(),
                seed=self.seed.value(),
                device=self.device.value(),
                precision=self.precision.currentData(),
                deterministic=self.deterministic.isChecked(),
                checkpoint_minutes=CHECKPOINT_MINUTES,
            ),
        )
