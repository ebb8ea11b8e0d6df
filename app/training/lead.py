"""From a trained model to its maps in the viewer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from app.state import PaneContent, ViewerState


class Leader(QObject):
    """Puts a model into the comparison grid once it is open."""

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Follow the models of ``state``."""
        super().__init__(parent)
        self._state = state
        self._wanted: Path | None = None
        state.models_changed.connect(self._look)

    def want(self, path: Path) -> None:
        """Show the maps of the model in a file, which is being opened or is open."""
        self._wanted = path.absolute()
        self._look()

    def _look(self) -> None:
        state = self._state
        model = next((one for one in state.models if one.path == self._wanted), None)
        if model is None:
            return
        self._wanted = None
        method = "gradcam" if "evidence" in model.refused else "evidence"
        wanted = PaneContent(method, model.id)
        if state.adjudicating is not None or wanted in state.panes:
            return
        # The last pane makes room; a single one stays beside it.
        panes = list(state.panes)
        state.set_panes([*(panes[:-1] if len(panes) > 1 else panes), wanted])
