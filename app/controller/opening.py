"""Opens studies and folders in a thread: the first image at once, the rest in portions."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.state import Case
from softcam_core.errors import DamagedStudyError, SoftcamError, StudyError
from softcam_core.paths import is_folder, shown

if TYPE_CHECKING:
    from softcam_core.annotations.claim import Claim
    from softcam_core.annotations.study import Study

PORTION = 200
GIVEN = "given"
"""The reader in whose name labels and marks are stored that came with the images."""

PATIENCE_S = 0.1
"""An edit that another program holds up for longer is kept and tried again; the window goes on."""


@dataclass(frozen=True)
class Request:
    """What to open: images and folders, or the cases of ``study`` where ``paths`` is empty.

    Attributes:
        study: the study file; None takes the folder's own in the user's data directory.
        modalities: path -> modality, where it is known.
        labels: path -> image-level label to start with, where one is known.
        masks: path -> label -> PNG of that lesion, of images that come with their truth.
        case: the image to show first; None takes the first one.
    """

    paths: tuple[Path, ...] = ()
    study: Path | None = None
    modalities: dict[Path, str] | None = None
    labels: dict[Path, str] | None = None
    masks: dict[Path, dict[str, Path]] | None = None
    case: Path | None = None

    @property
    def folder(self) -> Path | None:
        """The folder that the study belongs to."""
        if not self.paths:
            return None
        first = self.paths[0].absolute()
        return first if is_folder(first) else first.parent


class Opening(QObject):
    """One opening under way; a later one replaces it.

    Signals:
        found_first: the first image's path, before the study is open.
        opened: the study, or None where it could not be opened.
        damaged: the study's path, and the sentence that says so; nothing is opened.
        found: more cases, in order.
        failed: one sentence; the opening goes on where it can.
        finished: how many cases there are.
        ended: the thread has nothing more to say.
    """

    found_first = Signal(object)
    opened = Signal(object)
    damaged = Signal(object, str)
    found = Signal(list)
    failed = Signal(str)
    finished = Signal(int)
    ended = Signal()

    def __init__(self, request: Request, parent: QObject | None = None) -> None:
        """Prepare; `start` begins."""
        super().__init__(parent)
        self.request = request
        self.study: Study | None = None
        self.claim: Claim | None = None
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="opening", daemon=True)

    def start(self) -> None:
        """Begin in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the portion in hand."""
        self._stopped = True

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._thread.join()

    def discard(self) -> None:
        """Close what it has opened that nobody wants any more."""
        if self.study is not None:
            self.study.close()
        if self.claim is not None:
            self.claim.release()

    def _run(self) -> None:
        try:
            count = self._open()
        except SoftcamError as error:
            self.failed.emit(str(error))
            count = 0
        except Exception as error:
            text = self.tr("This cannot be opened ({0}); try another folder.")
            self.failed.emit(text.format(type(error).__name__))
            count = 0
        self.finished.emit(count)
        self.ended.emit()

    def _open(self) -> int:
        portions = self._portions()
        first = next(portions, [])
        start = self.request.case or (first[0] if first else None)
        if start is not None and not self._stopped:
            self.found_first.emit(start)
        if not first and self.request.paths:
            return 0
        study = self.study = self._study()
        self.opened.emit(study)
        if not self.request.paths:
            return self._show(cases_of(study)) if study is not None else 0
        known = {case.id: case for case in cases_of(study)} if study is not None else {}
        count = 0
        while first and not self._stopped:
            count += self._show(self._add(study, first, known, count))
            first = next(portions, [])
        return count

    def _portions(self) -> Iterator[list[Path]]:
        from softcam_core.imaging.index import find_images

        seen: set[Path] = set()
        for path in self.request.paths:
            for portion in find_images(path.absolute(), chunk=PORTION):
                new = [p for p in portion if p not in seen]
                seen.update(new)
                if new:
                    yield new

    def _study(self) -> Study | None:
        from softcam_core.annotations.claim import claim
        from softcam_core.annotations.location import default_study_path
        from softcam_core.annotations.study import Study

        path = self.request.study
        try:
            if path is None:
                assert self.request.folder is not None
                path = default_study_path(self.request.folder)
            elif not self.request.paths and not path.exists():
                # An empty one in its place would hide that something is missing.
                raise StudyError(f"There is no study {path}; check its name and folder.")
            self.claim = claim(path)
            if self.claim is None:
                text = self.tr(
                    "The study {0} is open in another window; here it can be read, but not "
                    "changed, and follows what is drawn there."
                )
                self.failed.emit(text.format(path.name))
            return Study.open(path, PATIENCE_S, read_only=self.claim is None)
        except DamagedStudyError as error:
            self._let_go()
            self.failed.emit(str(error))
            self.damaged.emit(path, str(error))
        except StudyError as error:
            self._let_go()
            self.failed.emit(str(error))
        return None

    def _let_go(self) -> None:
        if self.claim is not None:
            self.claim.release()
            self.claim = None

    def _add(
        self, study: Study | None, paths: list[Path], known: dict[int, Case], count: int
    ) -> list[Case]:
        modalities = self.request.modalities or {}
        if study is None:  # Images can be looked at, though nothing can be drawn.
            return [
                Case(-count - n, path, shown(path.name), modalities.get(path, ""))
                for n, path in enumerate(paths, start=1)
            ]
        if study.read_only:
            return _known(paths, known)
        cases: dict[Path, Case] = {}
        for modality in sorted({modalities.get(path, "") for path in paths}):
            some = [path for path in paths if modalities.get(path, "") == modality]
            for case, path in zip(study.add_cases(some, modality), some, strict=True):
                new = Case(case, path, shown(path.name), modality)
                # The path as it was opened: the first image may be decoded under it already.
                cases[path] = replace(known.get(case, new), path=path)
        self._label(study, cases)
        return [cases[path] for path in paths]

    def _label(self, study: Study, cases: dict[Path, Case]) -> None:
        labels, masks = self.request.labels or {}, self.request.masks or {}
        new = [path for path, case in cases.items() if labels.get(path) and not case.label]
        with study.batch("Label the cases", GIVEN):
            # Within the batch: the window may give the study its labels at any moment.
            before = study.labels()
            for path in new:
                study.set_label(cases[path].id, labels[path], GIVEN)
                cases[path] = replace(cases[path], label=labels[path])
                for label, png in masks.get(path, {}).items():
                    study.add_annotation(
                        cases[path].id, "mask", label=label, reader=GIVEN, mask=_marked(png)
                    )
            if masks and new:
                # What a reader may draw with is not what came with the images, of all modalities.
                study.set_labels(before)

    def _show(self, cases: list[Case]) -> int:
        for start in range(0, len(cases), PORTION):
            if self._stopped:
                break
            self.found.emit(cases[start : start + PORTION])
            # Give the window's thread the interpreter between two portions.
            time.sleep(0.002)
        return len(cases)


def _marked(png: Path) -> NDArray[np.bool_]:
    """Return the pixels of a bundled mask that are not black, (H, W)."""
    # What reads the images too, and so costs the window no further import.
    from softcam_core.imaging.read import read_image

    return np.asarray(read_image(png).pixels > 0)


def _known(paths: list[Path], known: dict[int, Case]) -> list[Case]:
    """Return the cases that a study has already; nothing can be added to it here."""
    by_path = {os.path.realpath(case.path): case for case in known.values()}
    found = ((path, by_path.get(os.path.realpath(path))) for path in paths)
    return [replace(case, path=path) for path, case in found if case is not None]


def cases_of(study: Study) -> list[Case]:
    """Return a study's cases as the window shows them."""
    return [Case(r.id, r.path, r.name, r.modality, r.status, r.label) for r in study.cases()]
