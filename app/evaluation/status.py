"""What the evaluation has to say, in lines below the results, and its progress."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from app.evaluation.words import tr
from app.texts import cases_text, time_left

SENTENCES = 5
"""Sentences that are shown; the others are counted."""


class Status(QWidget):
    """Sentences, the progress of a run as the first of them, and a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._left_out = ""
        self._sentences: list[str] = []
        self._first = ""
        self.label = QLabel()
        self.label.setObjectName("evaluationStatus")
        self.label.setProperty("role", "secondary")
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setObjectName("evaluationProgress")
        self.bar.setAccessibleName(self.tr("Progress of the evaluation"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.label)
        layout.addWidget(self.bar)

    def say(self, *sentences: str) -> None:
        """Show these sentences and no others, below the progress."""
        self._sentences = [one for one in dict.fromkeys(sentences) if one]
        self._tell()

    def leave_out(self, cases: int, seen: bool = False) -> None:
        """Show how many cases a run has left out; ``seen``: all of them could be taken in now."""
        sentence = self.tr(
            "{0} left out: your first read of them was not locked, and the protocol hides what "
            "others or models say about them until then."
        )
        if seen:
            sentence = self.tr(
                "{0} left out, whose first read was not locked when this began; evaluate again to "
                "take them in."
            )
        self._left_out = sentence.format(cases_text(cases)) if cases else ""
        self._tell()

    def begin(self) -> None:
        """Show that a run starts."""
        self.bar.setRange(0, 0)
        self.bar.show()
        self._first = self.tr("Starting…")
        self._tell()

    def progress(self, done: int, total: int, left: float | None, failed: int, doing: str) -> None:
        """Show how far a run is; see `app.evaluation.run.Run`."""
        self.bar.setRange(0, 0 if doing else max(total, 1))
        self.bar.setValue(done)
        self._first = self.tr("{0} of {1} images.").format(done, total)
        if failed:
            self._first += " " + self.tr("{0} failed.").format(failed)
        if doing:
            self._first += f" {doing}…"
        elif left is not None and done < total:
            self._first += " " + time_left(left)
        self._tell()

    def end(self) -> None:
        """Take the progress away."""
        self.bar.hide()
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self._first = ""
        self._tell()

    def _tell(self) -> None:
        lines = [line for line in (self._first, self._left_out) if line]
        lines += self._sentences[:SENTENCES]
        if len(self._sentences) > SENTENCES:
            lines.append(self.tr("… and {0} more").format(len(self._sentences) - SENTENCES))
        self.label.setText("\n".join(lines))
        self.label.setToolTip("\n".join(self._sentences[:50]))


def short_progress(done: int, total: int, doing: str) -> str:
    """Return how far a run is, in the words of a status bar."""
    if doing:
        return tr("Evaluating: the report is made")
    return tr("Evaluating {0} of {1}").format(done, total)
