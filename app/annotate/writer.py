"""Writes edits into the study, and keeps those that it does not take until it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.annotate import recovery
from app.annotate.unsaved import Draft, Unsaved
from app.state import AnnotationId, ViewerState
from softcam_core.annotations.study import Study
from softcam_core.errors import ReadLockedError, SoftcamError

RETRY_MS = 2000
"""Pause between attempts to write what the study did not take."""

StudyKey = tuple[Path, str]
"""A study is known by its file and its own id: the file may have been replaced by another."""


class Writer(QObject):
    """Stores drafts at once; what a study does not take waits, in memory and in a recovery file."""

    saved = Signal(float)  # milliseconds that the write took
    failed = Signal(str)  # one sentence

    def __init__(
        self,
        state: ViewerState,
        stored: Callable[[Draft, AnnotationId, str], None],
        parent: QObject | None = None,
    ) -> None:
        """Write to whatever study ``state`` has open.

        ``stored(draft, id, step)`` hears of every draft that the study has taken, its id there,
        and the name of the undo step; the name is empty for all but the last draft of a step.
        """
        super().__init__(parent)
        self._state = state
        self._on_stored = stored
        self.unsaved = Unsaved()
        self._kept: dict[StudyKey | None, Unsaved] = {}
        self.timer = QTimer(self)
        self.timer.setInterval(RETRY_MS)
        self.timer.timeout.connect(self.retry)
        state.waiting.append(self.write_to)
        state.study_copied.connect(self._let_go)

    @property
    def waiting(self) -> int:
        """How many edits wait to be written, to this study and to others that were open."""
        return sum(map(len, self._kept.values()))

    def write(self, drafts: Sequence[Draft], text: str = "") -> list[AnnotationId]:
        """Store drafts as one undo step, or keep them; return the ids that they have then.

        Args:
            drafts: in the order to store them.
            text: name of the step; empty for the study's own name of a single edit.

        Raises:
            ReadLockedError: the reader has locked the read of the case; nothing is kept.
        """
        self.retry()
        drafts = [replace(d, id=self.unsaved.present_id(d.id)) for d in drafts]
        try:
            self._store(drafts, text)
        except ReadLockedError:
            raise
        except (SoftcamError, OSError) as error:
            for draft in drafts:
                self.unsaved.keep(draft)
            self.timer.start()
            kept = self._keep_on_disk()
            self.failed.emit(
                self.tr("This edit is not saved yet, but kept and tried again: {0}").format(error)
                if kept
                else self.tr(
                    "This edit is not saved yet, kept in memory alone and tried again; leave the "
                    "window open: {0}"
                ).format(error)
            )
        return [self.unsaved.present_id(d.id) for d in drafts]

    def retry(self) -> None:
        """Write what waits, oldest first, until one fails again."""
        if not self.unsaved:
            self.timer.stop()
            return
        try:
            for draft in self.unsaved.waiting():
                try:
                    self._store([draft], "")
                except ReadLockedError as error:
                    # The read was locked meanwhile, by another window: it can never be stored.
                    self.unsaved.drop(draft)
                    self.failed.emit(str(error))
        except (SoftcamError, OSError):
            return
        finally:
            self._keep_on_disk()
        self.timer.stop()

    def retry_elsewhere(self) -> None:
        """Write what waits for studies that were open before, as far as they take it now."""
        for key, unsaved in self._kept.items():
            if key is None or not unsaved or unsaved is self.unsaved or not key[0].is_file():
                continue
            with suppress(SoftcamError, OSError), Study.open(key[0]) as study:
                if study.id != key[1]:
                    continue  # another study took its place: its cases are other images
                for draft in unsaved.waiting():
                    unsaved.stored(draft.id, draft.write(study))
            recovery.keep(key[1], unsaved.waiting())

    def write_to(self, copy: Study) -> None:
        """Write what waits for the open study to a copy of it as well.

        Raises:
            StudyError: the copy does not take it.
        """
        for draft in self.unsaved.waiting():
            draft.write(copy)

    def open_study(self) -> None:
        """Go on with the study that is open now; what waits stays with the study it belongs to."""
        study = self._state.study
        key = (study.path, study.id) if study else None
        if key is not None and not self._kept.get(key):
            self._follow_move(key)
        self.unsaved = self._kept.setdefault(key, Unsaved())
        if study is not None:
            self._recover(study)
            self._tell_elsewhere()
        if self.unsaved:
            self.timer.start()
        else:
            self.timer.stop()

    def _store(self, drafts: Sequence[Draft], text: str) -> None:
        """Store drafts in one transaction."""
        study = self._state.study
        assert study is not None
        started = perf_counter()
        if len(drafts) == 1 and not text:
            ids = [drafts[0].write(study)]
        else:
            with study.batch(text, drafts[0].reader):
                ids = [draft.write(study) for draft in drafts]
        self.saved.emit((perf_counter() - started) * 1000)
        for draft, annotation in zip(drafts, ids, strict=True):
            self.unsaved.stored(draft.id, annotation)
        name = text or study.undo_text(drafts[0].reader)
        for place, (draft, annotation) in enumerate(zip(drafts, ids, strict=True), start=1):
            self._on_stored(draft, annotation, name if place == len(drafts) else "")

    def _recover(self, study: Study) -> None:
        """Take in what a program that ended could not write to this study."""
        if self.unsaved:
            return
        drafts = recovery.read(study.id)
        for draft in drafts:
            self.unsaved.keep(self.unsaved.taken_in(draft))
        if not drafts:
            return
        self.retry()
        if self.unsaved:
            text = self.tr("{0} edits from before could not be saved yet; they are kept.")
        else:
            text = self.tr("{0} edits that could not be saved before are saved now.")
        self.failed.emit(text.format(len(drafts)))

    def _keep_on_disk(self) -> bool:
        """Let the recovery file hold exactly what waits; return whether it does."""
        study = self._state.study
        return study is not None and recovery.keep(study.id, self.unsaved.waiting())

    def _follow_move(self, key: StudyKey) -> None:
        """Take what waits for the same study at the place where it no longer is."""
        path, study_id = key
        for old in self._kept:
            if old and study_id and old[1] == study_id and old[0] != path and not old[0].exists():
                self._kept[key] = self._kept.pop(old)
                return

    def _let_go(self) -> None:
        """Forget what waits: the copy has it, and the reader goes on there."""
        self.unsaved.clear()
        self._keep_on_disk()

    def _tell_elsewhere(self) -> None:
        """Remind the reader of what waits for another study."""
        for key, unsaved in self._kept.items():
            if key is not None and unsaved and unsaved is not self.unsaved:
                text = self.tr(
                    "{0} edits of the study {1} are not saved yet, but kept; open it again to "
                    "save them."
                )
                self.failed.emit(text.format(len(unsaved), key[0].name))
