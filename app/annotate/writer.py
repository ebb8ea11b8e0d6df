"""Writes edits into the study, and keeps those that it does not take until it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.annotate import recovery
from app.annotate.unsaved import Draft, Edit, Group, Unsaved
from app.language import in_language
from app.state import AnnotationId, ViewerState
from softcam_core.annotations.study import Study
from softcam_core.errors import ReadLockedError, SoftcamError, StudyError

RETRY_MS = 2000
"""Pause between attempts to write what the study did not take."""

StudyKey = tuple[Path, str]
"""A study is known by its file and its own id: the file may have been replaced by another."""


class Writer(QObject):
    """Stores edits at once; what a study does not take waits, in memory and in a recovery file."""

    saved = Signal(float)  # milliseconds that the write took
    failed = Signal(str)  # one sentence

    def __init__(
        self,
        state: ViewerState,
        stored: Callable[[Edit, AnnotationId, str], None],
        parent: QObject | None = None,
    ) -> None:
        """Write to whatever study ``state`` has open.

        ``stored(edit, id, step)`` hears of every edit that the study has taken, its id there,
        and the name of the undo step; the name is empty for all but the last edit of a step.
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

    def write(self, edits: Sequence[Edit], text: str = "") -> list[AnnotationId]:
        """Store edits as one undo step, or keep them; return the ids that they have then.

        Args:
            edits: in the order to store them.
            text: name of the step; empty for the study's own name of a single edit.

        Raises:
            ReadLockedError: the reader has locked the read of the case; nothing is kept.
        """
        self.retry()
        present = self.unsaved.present_id
        edits = [replace(e, id=present(e.id)) if isinstance(e, Draft) else e for e in edits]
        try:
            self._store(Group(text, tuple(edits)))
        except ReadLockedError:
            raise
        except (SoftcamError, OSError) as error:
            self.unsaved.keep(edits, text)
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
        return [present(edit.id) for edit in edits]

    def retry(self) -> None:
        """Write what waits, oldest first, until the study refuses to be written."""
        study = self._state.study
        if study is None or study.read_only:
            return
        for group in self.unsaved.waiting():
            try:
                self._store(group)
            except (SoftcamError, OSError, ValueError) as error:
                if not self._never(study, group, error):
                    return
                # No later attempt can store it, and it must not hold up the others.
                self._set_aside(study, group, error)
            self._keep_on_disk()
        self.timer.stop()

    def _never(self, study: Study, group: Group, error: Exception) -> bool:
        """Return whether a step can never be stored: not for want of a disk."""
        if isinstance(error, ReadLockedError | ValueError):
            return True
        try:
            known = {case.id for case in study.cases()}
        except SoftcamError:
            return False
        return any(edit.case not in known for edit in group.edits)

    def _set_aside(self, study: Study, group: Group, error: Exception) -> None:
        self.unsaved.drop(group.edits)
        place = recovery.set_aside(study.id, group.edits)
        text = self.tr("{0} edits can never be saved to this study ({1}); they are kept in {2}.")
        self.failed.emit(text.format(len(group.edits), in_language(str(error)).rstrip("."), place))

    def retry_elsewhere(self) -> None:
        """Write what waits for studies that were open before, as far as they take it now."""
        for key, unsaved in self._kept.items():
            if key is None or not unsaved or unsaved is self.unsaved or not key[0].is_file():
                continue
            with suppress(SoftcamError, OSError), Study.open(key[0]) as study:
                if study.id != key[1]:
                    continue  # another study took its place: its cases are other images
                for group in unsaved.waiting():
                    for edit, known_as in zip(group.edits, _written(study, group), strict=True):
                        unsaved.stored(edit.id, known_as)
            recovery.keep(key[1], unsaved.waiting())

    def write_to(self, copy: Study) -> None:
        """Write what waits for the open study to a copy of it as well.

        Raises:
            StudyError: the copy does not take it.
        """
        for group in self.unsaved.waiting():
            _written(copy, group)

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

    def _store(self, group: Group) -> None:
        """Store a step in one transaction."""
        study = self._state.study
        if study is None:
            raise StudyError(self.tr("No study is open; open a folder first."))
        started = perf_counter()
        ids = _written(study, group)
        self.saved.emit((perf_counter() - started) * 1000)
        for edit, annotation in zip(group.edits, ids, strict=True):
            self.unsaved.stored(edit.id, annotation)
        last = group.edits[-1]
        name = group.text or study.undo_text(last.reader)
        for edit, annotation in zip(group.edits, ids, strict=True):
            self._on_stored(edit, annotation, name if edit is last else "")

    def _recover(self, study: Study) -> None:
        """Take in what a program that ended could not write to this study.

        What is read alone is not touched: another window is at work on it, and on its file.
        """
        if self.unsaved or study.read_only:
            return
        groups, kept = recovery.read(study.id)
        count = 0
        for group in groups:
            # A program may have ended between storing a step and taking it out of the file.
            edits = [e for e in group.edits if not _is_there(study, e, kept)]
            self.unsaved.keep([self.unsaved.taken_in(edit) for edit in edits], group.text)
            count += len(edits)
        if not groups:
            return
        self.retry()
        if not count:
            self._keep_on_disk()
            return
        waiting = len(self.unsaved)
        if waiting:
            text = self.tr("{0} edits from before could not be saved yet; they are kept.")
        else:
            text = self.tr("{0} edits that could not be saved before are saved now.")
        self.failed.emit(text.format(waiting or count))

    def _keep_on_disk(self) -> bool:
        """Let the recovery file hold exactly what waits; return whether it does."""
        study = self._state.study
        if study is None or study.read_only:
            return False
        return recovery.keep(study.id, self.unsaved.waiting())

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


def _written(study: Study, group: Group) -> list[AnnotationId]:
    """Store a step: all of it, or nothing; return the ids that the study knows its edits by."""
    if len(group.edits) == 1 and not group.text:
        return [group.edits[0].write(study)]
    with study.batch(group.text, group.edits[0].reader):
        return [edit.write(study) for edit in group.edits]


def _is_there(study: Study, edit: Edit, since: datetime) -> bool:
    """Return whether a study has a new shape already, stored after it was kept."""
    if not isinstance(edit, Draft) or not isinstance(edit.id, str):
        return False
    with suppress(SoftcamError):
        return any(
            Draft.of(record) == replace(edit, id=record.id)
            for record in study.annotations(edit.case, edit.reader)
            if record.created >= since
        )
    return False
