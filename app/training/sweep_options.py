"""Which values a sweep tries, and how thoroughly."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.training.widgets import Count, Number, form_in, small
from softcam_core.training.config import Config
from softcam_core.training.config.schema import Lambda

HALVING = 3
TOLERANCE = 0.005


class SweepOptions(QDialog):
    """Asked before a sweep begins."""

    def __init__(self, penalties: tuple[Lambda, ...], parent: QWidget | None = None) -> None:
        """Offer values for these penalties."""
        super().__init__(parent)
        self.setObjectName("sweepOptions")
        self.setWindowTitle(self.tr("Find the penalty by a sweep"))
        self._penalties = penalties
        text = QLabel(
            self.tr(
                "Several models are trained, one for each value, and one without a penalty. "
                "Chosen is the highest value that costs no more accuracy and AUC than you allow: "
                "the calmest maps at the same performance."
            )
        )
        text.setWordWrap(True)
        self.values: dict[str, QLineEdit] = {}
        holder = QWidget()
        form = form_in(holder)
        for name in penalties:
            line = self.values[name] = QLineEdit()
            line.setObjectName(f"sweepValues_{name}")
            line.setAccessibleName(self.tr("Values of {0} to try").format(name))
            line.setPlaceholderText(self.tr("seven values that suit the network"))
            line.textChanged.connect(self._check)
            label = self.tr("Sparsity λ₁") if name == "l1" else self.tr("Ridge λ₂")
            form.addRow(label, line)
        self.seeds = Count("sweepSeeds", self.tr("Models of each value"), 1, 10, 1)
        self.tolerance = Number("sweepTolerance", self.tr("Loss allowed"), TOLERANCE, 1.0)
        self.halving = QCheckBox(self.tr("Stop the worst values early"))
        self.halving.setObjectName("sweepHalving")
        self.halving.setToolTip(
            self.tr("Quicker; a value that starts slowly may be given up wrongly")
        )
        form.addRow(self.tr("Models each"), self.seeds)
        form.addRow(self.tr("May cost"), self.tolerance)
        form.addRow("", self.halving)
        self.wrong = small("sweepWrong")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start = self.buttons.addButton(
            self.tr("Start the sweep"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.start.setObjectName("sweepStart")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        for widget in (text, holder, self.wrong, self.buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(440)

    def _check(self) -> None:
        wrong = next((name for name in self._penalties if _numbers(self._text(name)) is None), "")
        self.start.setEnabled(not wrong)
        self.wrong.setText(
            self.tr("Write numbers above 0 with commas between: 1e-5, 1e-4.") if wrong else ""
        )

    def _text(self, name: str) -> str:
        return self.values[name].text()

    def config(self, config: Config) -> Config:
        """Return ``config`` with the sweep that is chosen."""
        values = {name: _numbers(self._text(name)) or () for name in self._penalties}
        first = config.train.seed
        sweep = replace(
            config.sweep,
            over=self._penalties,
            l1=values.get("l1", ()),
            l2=values.get("l2", ()),
            seeds=tuple(first + n for n in range(self.seeds.value())),
            tolerance=self.tolerance.value(),
            halving=HALVING if self.halving.isChecked() else 0,
        )
        return replace(config, sweep=sweep, loss=replace(config.loss, l1=0.0, l2=0.0))


def _numbers(text: str) -> tuple[float, ...] | None:
    """Read numbers above 0; () for none, None for something else."""
    try:
        found = tuple(float(part) for part in text.replace(";", ",").split(",") if part.strip())
    except ValueError:
        return None
    return found if all(0 < value < 1e6 for value in found) else None
