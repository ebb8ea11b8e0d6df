"""The metrics dock: how each pane's map agrees with the shapes drawn on the case."""

from __future__ import annotations

import math
from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.canvas.elided import ElidedLabel
from app.evidence.numbers import tabular
from app.state import PaneMetrics, ViewerState
from app.texts import NO_VALUE, hidden_notice, method_name, metric_text, whose_name
from softcam_core.evaluation.plan import Options
from softcam_core.metrics.names import PATCH, TOP_K

PRECISION_TIP = (
    "AP, activation precision: the share of the map's positive part that lies inside the marks, "
    "from 0 to 1. It counts pixels of the smoothed map; the ledger's share counts the cells "
    "themselves, an edge cell by the part of it inside, so the two differ a little."
)
SENSITIVITY_TIP = (
    "AS, activation sensitivity: how strongly the map covers the marks, from 0 to 1. A map that "
    "is bright everywhere scores high, so read it beside precision."
)
TOPK_TIP = (
    "Top-k, localization precision: of the {0} patches of {1} pixels of the model's input that the "
    "map ranks highest, the share that holds a mark; patches that are not positive do not count."
)
HIT_TIP = (
    "Hit, the pointing game: whether the highest pixel of the map lies on the marks, or within "
    "{0} pixels of the model's input of them."
)


class MetricsPanel(QWidget):
    """A row per pane: its map, and how that agrees with the marks."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe ``state``."""
        super().__init__(parent)
        self._state = state
        self._rows: list[tuple[QLabel, ...]] = []
        self.hint = QLabel()
        self.hint.setObjectName("metricsHint")
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._tips = (
            self.tr(PRECISION_TIP),
            self.tr(SENSITIVITY_TIP),
            self.tr(TOPK_TIP).format(TOP_K, PATCH),
            self.tr(HIT_TIP).format(f"{Options.tolerance:g}"),
        )
        names = self.tr("AP"), self.tr("AS"), self.tr("Top-k"), self.tr("Hit")
        heads = (self.tr("Map"), ""), *zip(names, self._tips, strict=True)
        for column, (text, tip) in enumerate(heads):
            head = QLabel(text)
            head.setProperty("role", "secondary")
            head.setToolTip(tip)
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

    def values(self) -> list[tuple[str, ...]]:
        """Return the rows as they are written."""
        return [tuple(label.text() for label in row) for row in self._rows]

    def _show(self) -> None:
        contents = [c for c in self._state.panes if c.has_map]
        while len(self._rows) > len(contents):
            for label in self._rows.pop():
                label.deleteLater()
        while len(self._rows) < len(contents):
            self._add_row()
        metrics = self._state.metrics
        shown = [
            metrics[n] if n < len(metrics) else None
            for n, content in enumerate(self._state.panes)
            if content.has_map
        ]
        often = Counter(content.method for content in contents)
        for content, known, (name, *numbers) in zip(contents, shown, self._rows, strict=True):
            model = self._state.pane_model(content)
            title = f" · {model.spec.title}" if model is not None else ""
            method = method_name(content.method)
            # A method that stands there twice is of two models.
            name.setText(f"{method}{title}" if often[content.method] > 1 else method)
            name.setToolTip(f"{method}{title}")
            for label, text in zip(numbers, self._texts(known), strict=True):
                label.setText(text)
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

    def _texts(self, known: PaneMetrics | None) -> tuple[str, ...]:
        if known is None:
            return (NO_VALUE,) * len(self._tips)
        hit = NO_VALUE
        if not math.isnan(known.hit):
            hit = self.tr("yes") if known.hit else self.tr("no")
        shares = known.precision, known.sensitivity, known.topk
        return *(metric_text(share) for share in shares), hit

    def _add_row(self) -> None:
        line = len(self._rows) + 1
        widest = "0.000", "0.000", "0.000", self.tr("yes")
        row = ElidedLabel(), *(tabular(QLabel(), text) for text in widest)
        names = "precision", "sensitivity", "topk", "hit"
        for label, name, tip in zip(row[1:], names, self._tips, strict=True):
            label.setObjectName(f"{name}{line}")
            label.setToolTip(tip)
        for column, label in enumerate(row):
            self._grid.addWidget(label, line, column)
        self._rows.append(row)
