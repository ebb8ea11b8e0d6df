"""The bottom of the window: what this is for, device, model, zoom, value, work, save state."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStatusBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.annotate.annotator import Annotator
from app.canvas.elided import ElidedLabel
from app.compare.grid import CompareGrid, Probe
from app.research_strip import ResearchStrip
from app.state import ViewerState
from app.texts import loading_text
from app.theme import scaled


class StatusBar(QStatusBar):
    """One line of facts below the strip that says what the program is not for.

    Attributes:
        evaluation, training: a button, while one is under way; it leads there.
    """

    def __init__(
        self,
        state: ViewerState,
        grid: CompareGrid,
        annotator: Annotator,
        parent: QWidget | None = None,
    ) -> None:
        """Observe the state, the cursor in the panes, and the annotator's saves."""
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setSizeGripEnabled(False)
        self._state = state
        self._grid = grid
        self._annotator = annotator
        self.device = self._label("statusDevice", self.tr("Device and model"), 220)
        self.zoom = self._label("statusZoom", self.tr("Zoom"), 90)
        # However long its words, they never make the window wider.
        self.readout = ElidedLabel()
        self._name(self.readout, "statusReadout", self.tr("Value under the cursor"))
        self.work = self._label("statusWork", self.tr("Work behind the window"), 0)
        self.saved = self._label("statusSaved", self.tr("Save state"), 110)
        self.evaluation = self._leading(
            "statusEvaluation",
            self.tr("Evaluation under way"),
            self.tr("Show the evaluation (Ctrl+Shift+E)"),
        )
        self.training = self._leading(
            "statusTraining",
            self.tr("Training under way"),
            self.tr("Show the training (Ctrl+Shift+T)"),
        )
        self.strip = ResearchStrip()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        for label in (self.device, self.zoom):
            line.addWidget(label)
        line.addWidget(self.readout, 1)
        line.addWidget(self.evaluation)
        line.addWidget(self.training)
        line.addWidget(self.work)
        line.addWidget(self.saved)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addWidget(self.strip)
        column.addLayout(line)
        self.addPermanentWidget(holder, 1)  # No passing message may hide the strip.
        self._connect()

    def _label(self, name: str, spoken: str, width: int) -> QLabel:
        label = QLabel()
        self._name(label, name, spoken)
        label.setMinimumWidth(scaled(width))
        return label

    def _name(self, label: QLabel, name: str, spoken: str) -> None:
        label.setObjectName(name)
        label.setAccessibleName(spoken)

    def _leading(self, name: str, spoken: str, tip: str) -> QToolButton:
        """Return a button that leads to work under way; it is hidden while there is none."""
        button = QToolButton()
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip)
        # It comes and goes: the bar keeps its height.
        button.setMaximumHeight(self.zoom.sizeHint().height())
        button.hide()
        return button

    def _connect(self) -> None:
        state = self._state
        for signal in (
            state.models_changed,
            state.loading_changed,
            state.device_changed,
            state.case_changed,
        ):
            signal.connect(self._show_device)
        state.case_changed.connect(self._show_strip)
        state.predictions_changed.connect(self._show_work)
        state.cases_added.connect(self._show_work)
        state.models_changed.connect(self._show_work)
        state.progress_changed.connect(self._show_work)
        state.study_changed.connect(self._show_saved)
        self._grid.probed.connect(self._show_probe)
        self._grid.zoomed.connect(self._show_zoom)
        self._annotator.saved.connect(self._show_saved)
        self._annotator.failed.connect(self._show_saved)
        self._show_strip()
        self._show_device()
        self._show_saved()

    def _show_strip(self) -> None:
        self.strip.show_case(self._state.case)

    def _show_device(self) -> None:
        model = self._state.predicting_model()
        if self._state.model_hidden():
            self.device.setText(self.tr("Model hidden"))
            return
        device = self._state.device_text or self._state.device
        none = loading_text() if self._state.models_loading else self.tr("No model")
        self.device.setText(f"{device} · {model.spec.title}" if model else none)

    def _show_probe(self, probe: Probe | None) -> None:
        if probe is None:
            self.readout.setText("")
            return
        place = f"x {probe.x:.0f}  y {probe.y:.0f}  {probe.pixel}"
        self.readout.setText(f"{place}    {probe.evidence}" if probe.evidence else place)

    def _show_zoom(self, scale: float) -> None:
        self.zoom.setText(self.tr("zoom {0} %").format(round(100 * scale)) if scale else "")

    def _show_work(self) -> None:
        cases, models = self._state.cases, self._state.models
        # A case that none of the open models suits waits for nothing.
        known = self._state.predictions.keys() | self._state.not_predicted.keys()
        # Which model suits is asked for only where something is missing: that takes longer.
        missing = bool(models) and any(case.id not in known for case in cases)
        suited = [case for case in cases if self._state.models_for(case)] if missing else []
        done = sum(case.id in known for case in suited)
        waiting = done < len(suited)
        parts = [self.tr("predicting {0} / {1}").format(done, len(suited))] if waiting else []
        elsewhere = self._state.working_elsewhere
        if elsewhere:
            parts.append(self.tr("slow maps behind: {0}").format(elsewhere))
            self.work.setToolTip(
                self.tr("Maps of other cases or classes are computed; Shift+M stops them")
            )
        self.work.setText(" · ".join(parts))

    def show_evaluation(self, progress: str) -> None:
        """Show how far an evaluation is; "" where none is under way."""
        _show(self.evaluation, progress)

    def show_training(self, progress: str) -> None:
        """Show how far a training is; "" where none is under way."""
        _show(self.training, progress)

    def _show_saved(self) -> None:
        waiting = self._annotator.unsaved
        self.saved.setProperty("role", "warning" if waiting else "good")
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)
        if waiting:
            self.saved.setText(self.tr("{0} not saved yet").format(waiting))
        else:
            self.saved.setText(self.tr("Saved") if self._state.study else "")


def _show(button: QToolButton, progress: str) -> None:
    button.setText(progress)
    button.setAccessibleDescription(progress)
    button.setVisible(bool(progress))
