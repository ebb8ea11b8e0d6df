"""What a training has to say: how far it is, its notes, and a bar."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from app.jobs.train import RESUMING
from app.language import in_language
from app.texts import time_left
from app.training.clock import Clock
from app.training.words import stage_word, tr

SENTENCES = 4
"""Sentences that are shown; the others are counted."""


class Status(QWidget):
    """A line of progress, a bar, and sentences."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("trainingStatusArea")
        self._sentences: list[str] = []
        self._first = ""
        self._epochs = 0
        self._best = ""
        self._loss = ""
        self._left = ""
        self._clock = Clock()
        self.label = QLabel()
        self.label.setObjectName("trainingStatus")
        self.label.setProperty("role", "secondary")
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setObjectName("trainingProgress")
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.label)
        layout.addWidget(self.bar)
        self.short = ""

    def say(self, *sentences: str) -> None:
        """Show these sentences and no others, below the progress."""
        self._sentences = [in_language(one) for one in dict.fromkeys(sentences) if one]
        self._tell()

    def add(self, sentence: str) -> None:
        """Show one more sentence."""
        self.say(*self._sentences, sentence)

    def begin(self, epochs: int) -> None:
        """Show that a run of so many epochs starts."""
        self._epochs, self._best, self._loss, self._left = epochs, "", "", ""
        self._clock = Clock(epochs)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._first = self.short = self.tr("Starting…")
        self._tell()

    def step(self, stage: str, epoch: int, done: int, total: int) -> None:
        """Show how far an epoch is."""
        self._clock.step(stage, epoch, done)
        parts = []
        if epoch and self._epochs:
            parts.append(self.tr("Epoch {0} of {1}").format(epoch, self._epochs))
        if total:
            parts.append(f"{stage_word(stage)} {done} / {total}")
        else:
            parts.append(stage_word(stage))
        parts += [part for part in (self._loss, self._best) if part]
        left = self._clock.left(epoch, done, total) if stage == "training" else None
        if left is not None:
            self._left = time_left(left)
        parts.append(self._left)
        self._first = " · ".join(part for part in parts if part)
        if epoch and self._epochs:
            self.bar.setRange(0, 1000 * self._epochs)
            inside = done / total if total and stage == "training" else float(stage != "training")
            self.bar.setValue(round(1000 * (epoch - 1 + inside)))
            self.short = self.tr("Training: epoch {0} of {1}").format(epoch, self._epochs)
        else:
            self.bar.setRange(0, max(total, 1))
            self.bar.setValue(done)
            self.short = self.tr("Training: {0}").format(stage_word(stage))
        self._tell()

    def epoch(self, row: dict[str, Any], epochs: int) -> None:
        """Show what an epoch brought; where it went on from is past."""
        self._sentences = [one for one in self._sentences if not one.startswith(RESUMING)]
        self._epochs = epochs
        self._clock.epoch(row, epochs)
        loss, accuracy = _number(row, "train_loss"), _number(row, "val_accuracy")
        if loss is not None:
            self._loss = self.tr("loss {0}").format(f"{loss:.4f}")
        if accuracy is not None and row.get("best"):
            self._best = self.tr("best accuracy {0} in epoch {1}").format(
                f"{accuracy:.3f}", int(row["epoch"])
            )

    def end(self) -> None:
        """Take the progress away."""
        self.bar.hide()
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self._first = self.short = self._left = ""
        self._tell()

    def _tell(self) -> None:
        lines = [self._first] if self._first else []
        lines += self._sentences[-SENTENCES:]
        if len(self._sentences) > SENTENCES:
            lines.append(tr("… and {0} more").format(len(self._sentences) - SENTENCES))
        self.label.setText("\n".join(lines))
        self.label.setToolTip("\n".join(self._sentences[:50]))


def _number(row: dict[str, Any], key: str) -> float | None:
    value = row.get(key)
    known = isinstance(value, int | float) and not math.isnan(value)
    return float(value) if known and value is not None else None
