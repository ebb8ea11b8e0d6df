"""The model dock: what the predicting model is, in brief, and its whole card in a dialog."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.state import LoadedModel, ViewerState

HEADS = {"softcam": "SoftCAM", "blackbox": "black box", "dual-branch": "dual branch"}
CARD_ORDER = ("description", "intended_use", "data", "limits", "licence")
MODALITIES = {"fundus": "fundus photographs", "oct": "OCT B-scans", "cxr": "chest films"}
Rows = list[tuple[str, str]]


class ModelCardPanel(QWidget):
    """The predicting model in a few lines, and a button for the rest."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe ``state``."""
        super().__init__(parent)
        self._state = state
        self.title = QLabel()
        self.title.setObjectName("modelTitle")
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.facts = QLabel()
        self.facts.setObjectName("modelFacts")
        self.facts.setProperty("role", "secondary")
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.others = QLabel()
        self.others.setObjectName("otherModels")
        self.others.setProperty("role", "secondary")
        self.others.setWordWrap(True)
        self.button = QPushButton(self.tr("Model card…"))
        self.button.setObjectName("modelCardButton")
        self.button.clicked.connect(self.show_dialog)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        for widget in (self.title, self.facts, self.others):
            column.addWidget(widget)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        for signal in (state.models_changed, state.case_changed):
            signal.connect(self._show)
        self._show()

    def show_dialog(self) -> None:
        """Show everything that the predicting model's file says of itself."""
        model = self._state.predicting_model()
        if model is not None:
            dialog = ModelCardDialog(model, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _show(self) -> None:
        model = self._state.predicting_model()
        self.button.setVisible(model is not None)
        self.facts.setVisible(model is not None)
        if model is None:
            self.title.setText(self.tr("No model is open"))
            self.others.setText(
                self.tr("Choose Models > Open model. Everything else works without one.")
            )
            return
        self.title.setText(model.spec.title)
        self.facts.setText("\n".join(summary(model)))
        rest = [m.spec.title for m in self._state.models if m is not model]
        self.others.setText(self.tr("Beside it: {0}").format(", ".join(rest)) if rest else "")


class ModelCardDialog(QDialog):
    """The whole card, as a list of names and texts."""

    def __init__(self, model: LoadedModel, parent: QWidget | None = None) -> None:
        """Show the card of ``model``."""
        super().__init__(parent)
        self.setObjectName("modelCardDialog")
        self.setWindowTitle(self.tr("Model card – {0}").format(model.spec.title))
        form_holder = QWidget()
        form = QFormLayout(form_holder)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(10)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for name, text in card_rows(model):
            head, value = QLabel(name), QLabel(text)
            head.setProperty("role", "secondary")
            head.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(head, value)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(form_holder)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(scroll, 1)
        column.addWidget(buttons)
        self.resize(640, 560)


def summary(model: LoadedModel) -> list[str]:
    """Return the few lines of the dock."""
    spec = model.spec
    rows, columns = spec.input.size
    size = f"{rows} px" if rows == columns else f"{columns} × {rows} px"
    lines = [" · ".join([f"{HEADS[spec.head]} {spec.arch}", size, *_lambdas(spec.lambdas)])]
    if spec.card.get("data"):
        lines.append(spec.card["data"])
    measured = _metrics(spec.training)
    if measured:
        lines.append("  ".join(f"{name} {value}" for name, value in measured))
    if spec.card.get("limits"):
        lines.append(spec.card["limits"])
    return lines


def card_rows(model: LoadedModel) -> Rows:
    """Return everything a model's file says of itself, as (name, text)."""
    spec = model.spec
    rows, columns = spec.input.size
    crop = ", cut to the fundus disc" if spec.input.fundus_crop else ""
    card = [(_words(key), spec.card[key]) for key in CARD_ORDER if spec.card.get(key)]
    more = [
        (_words(key), text)
        for key, text in spec.card.items()
        if key not in (*CARD_ORDER, "title") and text
    ]
    return [
        ("Title", spec.title),
        *card,
        *more,
        ("Network", f"{HEADS[spec.head]}, {spec.arch}"),
        ("Images", MODALITIES.get(spec.modality, spec.modality or "any")),
        ("Classes", ", ".join(spec.classes)),
        ("Input", f"{columns} × {rows} px, {spec.input.geometry}{crop}, {spec.input.colour}"),
        ("Penalty", " · ".join(_lambdas(spec.lambdas)) or "none recorded"),
        *((name, value) for name, value in _metrics(spec.training)),
        *(
            (_words(key), _text(value))
            for key, value in spec.training.items()
            if key != "metrics" and value not in (None, "", {}, [])
        ),
        ("Computed on", model.device),
        ("File", str(model.path)),
        ("Identity", model.id),
    ]


def _lambdas(lambdas: dict[str, Any]) -> list[str]:
    names = {"l1": "λ₁", "l2": "λ₂"}
    return [f"{names[key]} {lambdas[key]:g}" for key in names if lambdas.get(key)]


def _metrics(training: dict[str, Any]) -> Rows:
    measured = training.get("metrics")
    if not isinstance(measured, dict):
        return []
    return [(_words(name), _text(value)) for name, value in measured.items()]


def _words(key: str) -> str:
    text = key.replace("_", " ")
    return text.upper() if text in ("auc",) else text[:1].upper() + text[1:]


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_text(part) for part in value)
    return str(value)
