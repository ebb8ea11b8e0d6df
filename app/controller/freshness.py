"""Notices that the file of the image in view has changed, and computes its maps again.

The image and the maps of the old content stay in view, marked as stale, until the reader asks for
the new one: nothing changes under the eyes. Where the image was decoded anew anyway, its old maps
just go.
"""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, QThreadPool, QTimer, Signal

from app.controller.analyses import Analyses
from app.controller.images import Images
from app.state import ViewerState
from softcam_core.paths import file_stamp

SETTLE_MS = 300
"""A file is written in several steps; it is looked at when they are over."""
GONE_MS = 2000
"""Pause between looks for a file that is gone: nobody tells when it comes back."""

Stamp = tuple[int, int]


class Freshness(QObject):
    """Keeps ``state.stamp`` and ``state.stale`` up to date; answers ``state.renewal_wanted``."""

    _looked = Signal(int, object)

    def __init__(
        self,
        state: ViewerState,
        images: Images,
        analyses: Analyses,
        parent: QObject | None = None,
    ) -> None:
        """Follow the case in view of ``state``."""
        super().__init__(parent)
        self._state = state
        self._images = images
        self._analyses = analyses
        self._computed: dict[int, Stamp] = {}
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._watcher.fileChanged.connect(self._settle.start)
        self._gone: int | None = None  # the case whose file was looked for in vain
        self._looked.connect(self._on_looked)
        state.case_changed.connect(self._on_case)
        state.image_changed.connect(self._on_image)
        state.analysis_changed.connect(self._on_analysis)
        state.study_changed.connect(self._on_study)
        state.renewal_wanted.connect(self.renew)

    # What is in view

    def _on_study(self) -> None:
        self._settle.stop()
        self._computed.clear()
        self._mark(set())

    def _on_case(self) -> None:
        self._settle.stop()
        self._gone = None
        self._watch()
        self._on_image()

    def _watch(self) -> None:
        """Watch the file in view; one that was replaced is no longer watched by itself."""
        watched, case = self._watcher.files(), self._state.case
        wanted = [] if case is None else [str(case.path)]
        if watched != wanted:
            if watched:
                self._watcher.removePaths(watched)
            if wanted:
                self._watcher.addPaths(wanted)

    def _on_image(self) -> None:
        state = self._state
        state.stamp = None
        if state.case is None or state.image is None:
            return
        case = state.case.id
        state.stamp = self._images.stamp((state.case.path, state.image.frame))
        if state.stamp is None:
            return
        if self._computed.get(case, state.stamp) != state.stamp:
            # Another content than that of the maps: these are of no use any more.
            self._forget(case)
        self._computed[case] = state.stamp
        self._look()

    def _look(self) -> None:
        """Ask the disk for the file's stamp, in a thread: a disk of the network may be slow."""
        self._settle.setInterval(SETTLE_MS)
        case = self._state.case
        if case is not None and self._state.stamp is not None:
            self._watch()
            QThreadPool.globalInstance().start(
                lambda: self._looked.emit(case.id, file_stamp(case.path))
            )

    def _on_looked(self, case: int, found: Stamp | None) -> None:
        state = self._state
        if state.case is None or state.case.id != case or state.stamp is None:
            return
        if found is None:
            self._on_gone(case)
            return
        self._gone = None
        others = {key for key in state.stale if key[0] != case}
        if found == state.stamp:
            self._mark(others)
            return
        known = bool(state.stale - others)
        self._mark(others | {(case, m.id) for m in state.models if (case, m.id) in state.analyses})
        if not known and not self._panes_say():
            text = self.tr("The image file {0} has changed; what is shown is of its old content.")
            state.noted.emit(text.format(self._name()))

    def _on_gone(self, case: int) -> None:
        """Say once that there is no file any more; what was read of it stays in view."""
        if self._gone != case:
            self._gone = case
            text = self.tr("The image file {0} is gone; what is shown was read from it before.")
            self._state.message.emit(text.format(self._name()))
        self._settle.start(GONE_MS)

    def _name(self) -> str:
        """Return the name of the file in view, as far as it may be shown."""
        case = self._state.case
        return "" if case is None or self._state.names_hidden else case.name

    def _panes_say(self) -> bool:
        """Return whether a pane with a map is in view, which says so itself."""
        parts = [part for pane in self._state.panes for part in pane.maps()]
        return any(self._state.pane_model(part) is not None for part in parts)

    def _on_analysis(self, case: int, model: str) -> None:
        if any(stale == case for stale, _ in self._state.stale):
            self._mark(self._state.stale | {(case, model)})

    def _mark(self, stale: set[tuple[int, str]]) -> None:
        if stale != self._state.stale:
            self._state.stale = stale
            self._state.stale_changed.emit()

    # Anew

    def _forget(self, case: int) -> None:
        self._analyses.drop(case)
        self._state.predictions.pop(case, None)  # Told again with the first analysis.
        self._mark({key for key in self._state.stale if key[0] != case})

    def renew(self) -> None:
        """Read the image in view again, and compute all that is said of it."""
        state = self._state
        if state.case is None or state.image is None:
            return
        key = state.case.path, state.image.frame
        self._images.forget(key)
        self._computed.pop(state.case.id, None)
        self._forget(state.case.id)
        state.painted = False
        state.image = state.preview = state.stamp = None
        state.image_changed.emit()
        self._images.want(key, [])
