"""Whose marks the maps are measured against."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.readers.picker import people
from app.state import ADJUDICATED, ViewerState
from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.errors import SoftcamError


class TruthChooser(QWidget):
    """A box in the head of the metrics dock; the study keeps what is chosen."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe and change ``state``."""
        super().__init__(parent)
        self._state = state
        self.box = QComboBox()
        self.box.setObjectName("truthChooser")
        self.box.setAccessibleName(self.tr("Whose marks the maps are measured against"))
        title = QLabel(self.tr("&Marks"))
        title.setProperty("role", "secondary")
        title.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.box, 1)
        self.box.activated.connect(lambda: self.choose(self.box.currentData()))
        state.study_changed.connect(self._open)
        for signal in (state.reader_changed, state.sight_changed, state.case_changed):
            signal.connect(self._fill)
        state.truth_changed.connect(self._fill)
        self._fill()

    def choose(self, truth: str) -> None:
        """Let other marks count from now on; "" are those of the reader at work."""
        study = self._state.study
        if study is None:
            return
        from softcam_core.annotations.truth import set_truth

        try:
            set_truth(study, truth or None, self._state.reader)
        except SoftcamError as error:
            self._state.message.emit(str(error))
            self._fill()
            return
        self._state.set_truth(truth)

    def _open(self) -> None:
        """Take what the study was told before."""
        chosen = None
        if self._state.study is not None:
            from softcam_core.annotations.truth import chosen_truth

            try:
                chosen = chosen_truth(self._state.study)
            except SoftcamError as error:
                self._state.message.emit(str(error))
        self._state.set_truth(chosen or "")
        self._fill()

    def _fill(self) -> None:
        state = self._state
        choices = [("", self.tr("Mine: {0}").format(state.reader))]
        if not state.others_hidden():
            choices += [(name, name) for name in people(state) if name != state.reader]
            choices += [
                (UNION, self.tr("Union of all readers")),
                (MAJORITY, self.tr("Majority of readers")),
                (ADJUDICATED, self.tr("Adjudicated")),
            ]
        present = [(self.box.itemData(n), self.box.itemText(n)) for n in range(self.box.count())]
        if choices != present:
            self.box.clear()
            for data, text in choices:
                self.box.addItem(text, data)
        whose = state.whose_marks
        self.box.setCurrentIndex(max(self.box.findData("" if whose == state.reader else whose), 0))
        self.box.setEnabled(state.study is not None and not state.others_hidden())
        self.box.setToolTip(
            self.tr("Other readers' marks are hidden until your first read is locked.")
            if state.others_hidden()
            else self.tr("Marks of different readers are never mixed unless you say so here.")
        )
