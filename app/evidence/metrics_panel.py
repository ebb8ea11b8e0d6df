"""The metrics dock: how each pane's map agrees with the shapes drawn on the case."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.canvas.elided import ElidedLabel
from app.evidence.numbers import tabular
from app.state import ViewerState
from app.texts import NO_VALUE, hidden_notice, method_name, whose_name

PRECISION_TIP = (
    "AP, activation precision: the share of the map's positive part that lies inside the marks, "
    "from 0 to 1."
)
SENSITIVITY_TIP = (
    "AS, activation sensitivity: how strongly the map covers the marks, from 0 to 1. A map that "
    "is bright everywhere scores high, so read it beside precision."
)


class MetricsPanel(QWidget):
    """A row per pane: map, activation precision, activation sensitivity."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe ``state``."""
        super().__init__(parent)
        self._state = state
        self._rows: list[tuple[QLabel, QLabel, QLabel]] = []
        self.hint = QLabel()
        self.hint.setObjectName("metricsHint")
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        heads = (
            (self.tr("Map"), ""),
            (self.tr("AP"), PRECISION_TIP),
            (self.tr("AS"), SENSITIVITY_TIP),
        )
        for column, (text, tip) in enumerate(heads):
            head = QLabel(text)
            head.setProperty("role", "secondary")
            head.setToolTip(self.tr(tip) if tip else "")
            if column:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(head, 0, column)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        layout.addWidget(self.hint)
        layout.addStretch(1)
        for signal in (
            state.metrics_changed,
            state.truth_changed,
            state.reader_changed,
            state.panes_changed,
            state.models_changed,
            state.case_changed,
            state.class_changed,
        ):
            signal.connect(self._show)
        self._show()

    def add_head(self, widget: QWidget) -> None:
        """Put a control above the numbers."""
        self._column.insertWidget(0, widget)

    def values(self) -> list[tuple[str, str, str]]:
        """Return the rows as they are written."""
        return [(a.text(), b.text(), c.text()) for a, b, c in self._rows]

    def _show(self) -> None:
        contents = [c for c in self._state.panes if c.method]
        while len(self._rows) > len(contents):
            for label in self._rows.pop():
                label.deleteLater()
        while len(self._rows) < len(contents):
            self._add_row()
        metrics = self._state.metrics
        shown = [
            metrics[n] if n < len(metrics) else None
            for n, content in enumerate(self._state.panes)
            if content.method
        ]
        for content, known, (name, precision, sensitivity) in zip(
            contents, shown, self._rows, strict=True
        ):
            model = self._state.pane_model(content)
            title = f" · {model.spec.title}" if model is not None else ""
            name.setText(method_name(content.method))
            name.setToolTip(f"{method_name(content.method)}{title}")
            precision.setText(_text(known.precision if known else None))
            sensitivity.setText(_text(known.sensitivity if known else None))
        self.hint.setText(self._hint(any(known is not None for known in shown)))

    def _hint(self, known: bool) -> str:
        name = self._state.shown_class()
        if self._state.model_hidden():
            return hidden_notice()
        if not self._state.models:
            return self.tr("Open a model to measure its maps.")
        if not self._rows:
            return self.tr("Show a map in a pane to measure it.")
        if known:
            whose = whose_name(self._state.whose_marks, self._state.reader)
            return self.tr("For {0}, against {1}.").format(name, whose)
        if self._state.whose_marks:
            return self.tr("Nothing of that is on this image; measured is against {0}.").format(
                whose_name(self._state.whose_marks, self._state.reader)
            )
        return self.tr("Draw a shape to measure the maps.")

    def _add_row(self) -> None:
        line = len(self._rows) + 1
        row = ElidedLabel(), tabular(QLabel(), "0.000"), tabular(QLabel(), "0.000")
        row[1].setObjectName(f"precision{line}")
        row[2].setObjectName(f"sensitivity{line}")
        row[1].setToolTip(self.tr(PRECISION_TIP))
        row[2].setToolTip(self.tr(SENSITIVITY_TIP))
        for column, label in enumerate(row):
            self._grid.addWidget(label, line, column)
        self._rows.append(row)


def _text(value: float | None) -> str:
    return NO_VALUE if value is None or math.isnan(value) else f"{value:.3f}"
