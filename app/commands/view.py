"""What the panes show, and how."""

from __future__ import annotations

from app.commands.part import Part
from app.state import PaneContent

ZOOM_STEP = 1.25
DEFAULT_PANES = ("evidence", "gradcam", "", "layercam")


class ViewCommands(Part):
    """The menus View and Compare."""

    def zoom_in(self) -> None:
        """Zoom in at the middle of the panes."""
        self._window.grid.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out."""
        self._window.grid.zoom(1 / ZOOM_STEP)

    def fit(self) -> None:
        """Fit the image to the panes."""
        self._window.grid.fit()

    def one_to_one(self) -> None:
        """Show one image pixel per screen pixel."""
        self._window.grid.one_to_one()

    def reset_window(self) -> None:
        """Return to the image's own brightness and contrast."""
        self._window.grid.reset_window()

    def theme(self, name: str) -> None:
        """Change the theme."""
        self._window.look.set_theme(name)

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or not."""
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def panes(self, count: str) -> None:
        """Show one, two or four panes."""
        current = list(self._window.state.panes)
        wanted = int(count)
        shown = {pane.method for pane in current}
        spare = [PaneContent(method) for method in DEFAULT_PANES if method not in shown]
        self._window.state.set_panes((current + spare)[:wanted])

    def link_panes(self, linked: bool) -> None:
        """Let the panes share zoom, pan and cursor, or not."""
        self._window.state.set_linked(linked)

    def compute_maps(self) -> None:
        """Compute the slow maps in view."""
        for model, method in self._window.state.slow_in_view():
            self._window.state.map_wanted.emit(model.id, method)

    def cancel_maps(self) -> None:
        """Stop computing slow maps, of this case and of others."""
        self._window.state.no_map_wanted.emit()

    def slow_at_once(self, at_once: bool) -> None:
        """Compute slow maps without being asked, or only on demand."""
        self._window.state.set_slow_at_once(at_once)

    def follow_prediction(self) -> None:
        """Show each case's predicted class."""
        self._window.state.set_class(None)
