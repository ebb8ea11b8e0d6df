"""The simplest ledger: the cells of the class in view add up to its logit."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.state import Analysis, LoadedModel, ViewerState
from app.texts import signed


class LedgerLine(QWidget):
    """One sentence: evidence for, evidence against, and the logit they make."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe ``state``."""
        super().__init__(parent)
        self._state = state
        self.text = QLabel()
        self.text.setObjectName("ledgerLine")
        self.text.setProperty("role", "secondary")
        self.text.setWordWrap(True)
        self.text.setToolTip(
            self.tr(
                "What the cells of the class in view add to its logit: each its value divided by "
                "the number of cells. For and against together are the logit, and nothing else is."
            )
        )
        # Room for its line, so that nothing below moves when the text comes and goes.
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.addWidget(self.text)
        for signal in (
            state.models_changed,
            state.case_changed,
            state.class_changed,
            state.analysis_changed,
        ):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        state = self._state
        model, name = state.predicting_model(), state.shown_class()
        analysis = state.analysis(model)
        sums = class_sums(analysis, model, name)
        self.setVisible(bool(model is not None and model.spec.head != "blackbox"))
        if sums is None:
            self.text.setText("")
            return
        positive, negative = sums
        self.text.setText(
            self.tr("for {0} · against {1} · logit {2}").format(
                signed(positive), signed(negative), signed(positive + negative)
            )
        )


def class_sums(
    analysis: Analysis | None, model: LoadedModel | None, name: str | None
) -> tuple[float, float] | None:
    """Return what the positive and the negative cells of a class add to its logit."""
    if analysis is None or model is None or name not in model.spec.classes:
        return None
    if "evidence" not in analysis.maps:
        return None
    cells = analysis.maps["evidence"][model.spec.classes.index(name)].astype(np.float64)
    return float(np.maximum(cells, 0).mean()), float(np.minimum(cells, 0).mean())
