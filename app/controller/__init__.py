"""Carries out what the reader asks for: opens, selects, predicts; never blocks the window."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.controller.analyses import Analyses
from app.controller.background import Background
from app.controller.fields import Fields
from app.controller.freshness import Freshness
from app.controller.images import Images, Key
from app.controller.limits import Limits
from app.controller.live import LiveMetrics
from app.controller.models import Models
from app.controller.opening import Opening, Request
from app.jobs.client import JobClient
from app.state import OPEN, Case, Preview, ViewerState
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from softcam_core.annotations.claim import Claim
    from softcam_core.annotations.study import Study
    from softcam_core.imaging.read import StoredImage


class Controller(QObject):
    """The one place that changes what is open; widgets observe the state."""

    study_damaged = Signal(object, str)  # path of a study, and one sentence

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Act on ``state``; ``jobs`` may be started later."""
        super().__init__(parent)
        self.state = state
        self.jobs = jobs
        self.images = Images(self)
        self.models = Models(state, jobs, self)
        self.analyses = Analyses(state, jobs, self)
        self.limits = Limits(state, jobs, self)
        self.background = Background(state, jobs, self)
        self.live = LiveMetrics(state, jobs, self)
        self.fields = Fields(state, jobs, self)
        self.freshness = Freshness(state, self.images, self.analyses, self)
        self._opening: Opening | None = None
        self.return_to: Path | None = None
        """The case that the next study opens with, where nothing else is asked for."""
        self._claim: Claim | None = None
        self._openings: list[Opening] = []  # Those whose threads still run.
        self._finished = True
        self._key: Key | None = None
        self._places: dict[int, int] = {}
        self.images.loaded.connect(self._on_loaded)
        self.images.previewed.connect(self._on_previewed)
        self.images.failed.connect(self._on_failed)
        jobs.crashed.connect(state.message)
        state.annotations_changed.connect(self._on_annotations)
        state.model_wanted.connect(self.open_model)
        state.case_wanted.connect(self.select_case)

    # Opening

    def open_paths(self, paths: list[Path], study: Path | None = None) -> None:
        """Open images and folders: the first image at once, the rest behind."""
        self._open(Request(tuple(paths), study))

    def open_study(self, path: Path, case: Path | None = None) -> None:
        """Open a study file with the cases in it, and show one of them (default: the first)."""
        self._open(Request(study=path, case=case))

    def open_demo(self, study: Path | None = None) -> None:
        """Open the demo and its models; ``study``, where to keep it, begins without its lesions."""
        from softcam_core import demo

        loaded = {model.path for model in self.state.models}
        for path in demo.demo_models():
            if path.absolute() not in loaded:
                self.open_model(path)
        cases = demo.demo_cases()
        modalities = {case.path.absolute(): case.modality for case in cases}
        labels = {case.path.absolute(): case.label for case in cases}
        masks = {case.path.absolute(): case.masks for case in cases} if study is None else {}
        self._open(Request(tuple(modalities), study, modalities, labels, masks))

    def save_study_as(self, path: Path) -> None:
        """Copy the study, with the edits that wait, to ``path`` and go on in the copy.

        The study stays open until the copy is known to be whole: its file may be gone by now.
        """
        study = self.state.study
        if study is None:
            return
        self.state.study_closing.emit()
        self.background.flush()
        case = self.state.case
        try:
            study.save_copy(path, self._write_waiting)
        except SoftcamError as error:
            self.state.message.emit(str(error))
            return
        self.state.study_copied.emit()
        self.open_study(path, case.path if case else None)

    def _write_waiting(self, copy: Study) -> None:
        for write in self.state.waiting:
            write(copy)

    def settle_study(self) -> None:
        """Make the study's one file complete in itself, behind the window."""
        study = self.state.study
        if study is not None:
            QThreadPool.globalInstance().start(lambda: _settle_quietly(study))

    def close_study(self) -> None:
        """Close the study and show nothing."""
        self._close()
        self.state.study_changed.emit()
        self.state.case_changed.emit()
        self.state.image_changed.emit()

    def _open(self, request: Request) -> None:
        self.close_study()
        request = replace(request, case=request.case or self.return_to)
        self.return_to = None
        self.state.folder = request.folder
        opening = Opening(request, self)
        opening.found_first.connect(partial(self._on_first, opening))
        opening.opened.connect(partial(self._on_opened, opening))
        opening.found.connect(partial(self._on_found, opening))
        opening.failed.connect(partial(self._on_opening_failed, opening))
        opening.damaged.connect(partial(self._on_damaged, opening))
        opening.ended.connect(partial(self._on_ended, opening))
        opening.finished.connect(partial(self._on_finished, opening))
        self._opening = opening
        self._openings.append(opening)
        self._finished = False
        opening.start()

    def _close(self) -> None:
        if self._opening is not None:
            self._opening.stop()
            self._opening = None
        state = self.state
        if state.study is not None:
            state.study_closing.emit()
            self.background.flush()
            state.study.close()
        if self._claim is not None:
            self._claim.release()
            self._claim = None
        self.images.clear()
        self._key = None
        self._places.clear()
        state.study = None
        state.folder = None
        state.cases = []
        state.case = None
        state.painted = False
        state.image = None
        state.preview = None
        state.image_error = ""
        state.selection = ()
        state.predictions.clear()

    def _on_first(self, opening: Opening, path: Path) -> None:
        if opening is self._opening and self._key is None:
            self._key = path, 0
            self.images.want(self._key, [])

    def _on_opened(self, opening: Opening, study: Study | None) -> None:
        if opening is not self._opening:
            opening.discard()
            return
        self.state.study = study
        self._claim = opening.claim
        self.state.study_changed.emit()

    def _on_found(self, opening: Opening, cases: list[Case]) -> None:
        if opening is not self._opening:
            return
        start = len(self.state.cases)
        cases = [self.state.sight.own(case) for case in cases]
        self._places.update({case.id: start + n for n, case in enumerate(cases)})
        self.state.cases.extend(cases)
        self.state.cases_added.emit(cases)
        wanted = opening.request.case
        if self.state.case is None and (wanted or self.state.sight.order([]) is None):
            first = next((c for c in cases if wanted is None or c.path == wanted), None)
            if first is not None:
                self.select_case(first.id)

    def _on_finished(self, opening: Opening, count: int) -> None:
        if opening is not self._opening:
            return
        self._finished = True
        if count and self.state.case is None:
            ids = [case.id for case in self.state.cases]
            self.select_case((self.state.sight.order(ids) or ids)[0])
        if not count and opening.request.folder is not None:
            text = self.tr(
                "No images were found in {0}; choose a folder with PNG, JPEG, TIFF, BMP or DICOM "
                "files."
            )
            self.state.message.emit(text.format(opening.request.folder))

    def _on_opening_failed(self, opening: Opening, sentence: str) -> None:
        if opening is self._opening:
            self.state.message.emit(sentence)

    def _on_damaged(self, opening: Opening, path: Path, sentence: str) -> None:
        if opening is self._opening:
            self.study_damaged.emit(path, sentence)

    def reopen(self) -> None:
        """Open again what was asked for last, at the case in view: its study is another one now."""
        if self._opening is not None:
            request, case = self._opening.request, self.state.case
            self._open(replace(request, case=case.path) if case is not None else request)

    def _on_ended(self, opening: Opening) -> None:
        self._openings.remove(opening)
        opening.join()
        opening.deleteLater()

    # Cases

    def select_case(self, case_id: int) -> None:
        """Show a case: its image as soon as it is decoded, then what the models say."""
        place = self._places.get(case_id)
        state = self.state
        if place is None or (state.case is not None and state.case.id == case_id):
            return
        state.settling.emit()
        case = state.cases[place]
        key = case.path, 0
        already = self._key == key
        self._key = key
        state.case = case
        if not already:
            state.painted = False
            state.image = self.images.get(key)
            state.preview = None
            state.image_error = ""
        state.selection = ()
        state.case_changed.emit()
        if not already:
            state.image_changed.emit()
        elif state.image_error:
            state.image_failed.emit(case.id, state.image_error)
        around = [place + 1, place - 1, place + 2]
        near = [(state.cases[n].path, 0) for n in around if 0 <= n < len(state.cases)]
        self.images.want(key, near)

    def next(self) -> None:
        """Show the next case."""
        self._step(1)

    def previous(self) -> None:
        """Show the previous case."""
        self._step(-1)

    def next_unread(self) -> None:
        """Show the next case that nobody has read; from the end it starts over."""
        cases = self.state.cases
        here = self._places.get(self.state.case.id, -1) if self.state.case else -1
        for case in cases[here + 1 :] + cases[: max(here, 0)]:
            if case.status == "unread":
                self.select_case(case.id)
                return
        self.state.noted.emit(self.tr("Every case has been read."))

    def _step(self, step: int) -> None:
        here = self._places.get(self.state.case.id, -1) if self.state.case else -1
        if 0 <= here + step < len(self.state.cases):
            self.select_case(self.state.cases[here + step].id)

    def set_status(self, status: str, case_id: int | None = None) -> None:
        """Mark a case (default: the one in view): unread, in progress, done or flagged."""
        state = self.state
        if case_id is None:
            if state.case is None:
                return
            case_id = state.case.id
        place = self._places[case_id]
        # What is shown may be the reader's own progress; the study's is everybody's.
        if state.cases[place].status == status and state.sight.mode == OPEN:
            return
        if state.study is None:
            text = self.tr("No study is open to keep a case's status; open a folder or study.")
            state.message.emit(text)
            return
        try:
            state.study.set_status(case_id, status)
        except SoftcamError as error:
            state.message.emit(str(error))
            return
        state.cases[place] = state.sight.own(replace(state.cases[place], status=status))
        if state.case is not None and state.case.id == case_id:
            state.case = state.cases[place]
        state.case_updated.emit(case_id)

    def _on_annotations(self, case_id: int) -> None:
        """Follow an edit: a case with marks is being read, and it may have another grade now."""
        place = self._places.get(case_id)
        state = self.state
        if place is None or state.study is None:
            return
        study = state.study
        try:
            stored = study.case(case_id)
            if stored.status == "unread" and not study.read_only and study.annotations(case_id):
                self.set_status("in progress", case_id)
                stored = study.case(case_id)
        except SoftcamError:
            return
        state.sight.grade_again(case_id)
        case = replace(state.cases[place], status=stored.status, label=stored.label)
        seen = state.sight.own(case)
        if seen != state.cases[place]:
            state.cases[place] = seen
            if state.case is not None and state.case.id == case_id:
                state.case = seen
            state.case_updated.emit(case_id)

    # Images

    def _on_loaded(self, key: Key, image: StoredImage) -> None:
        if key == self._key and self.state.image is None:
            self.state.image = image
            self.state.preview = None
            self.state.image_changed.emit()

    def _on_previewed(self, key: Key, preview: Preview) -> None:
        if key == self._key and self.state.image is None:
            self.state.preview = preview
            self.state.image_changed.emit()

    def _on_failed(self, key: Key, sentence: str) -> None:
        if key == self._key:
            self.state.image_error = sentence
            self.state.preview = None
            self.state.image_changed.emit()
            if self.state.case is not None:
                self.state.image_failed.emit(self.state.case.id, sentence)

    # Models

    def open_model(self, path: Path) -> None:
        """Open a model; the first one predicts, the others are there to compare."""
        self.models.open(path)

    def predict_with(self, model_id: str) -> None:
        """Let another of the open models predict."""
        self.models.predict_with(model_id)

    def close_model(self, model_id: str) -> None:
        """Close one model."""
        self.models.close(model_id)

    def close_models(self) -> None:
        """Close every model."""
        self.models.close_all()

    def set_device(self, device: str) -> None:
        """Compute on ``auto``, ``cpu`` or ``cuda:N``."""
        self.models.set_device(device)

    def devices(self) -> list[tuple[str, str]]:
        """Return (id, text) of the devices that can be chosen."""
        return [("auto", self.tr("Automatic")), *(self.jobs.devices or [("cpu", "CPU")])]

    @property
    def opening_study(self) -> bool:
        """Whether the study that was asked for is still on its way."""
        return self._opening is not None and not self._finished and self.state.study is None

    def settled(self) -> bool:
        """Return whether everything asked for is on screen: image, prediction, maps, metrics."""
        state = self.state
        shown = state.painted or bool(state.image_error)
        if not self._finished and state.case is None:
            return False
        if state.case is not None and not shown:
            return False
        return not (self.models.loading or self.analyses.busy or self.live.busy)

    def shutdown(self) -> None:
        """End all work behind the window and close the study."""
        self._close()
        for opening in self._openings:
            opening.join()
            opening.discard()
        self.background.shutdown()
        self.images.shutdown()
        self.jobs.close()


def _settle_quietly(study: Study) -> None:
    # The edits are safe in the log; the next rest tries again.
    with suppress(SoftcamError):
        study.settle()
