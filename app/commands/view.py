"""What the panes show of the image, and how the window looks."""

from __future__ import annotations

from app.commands.part import Part

ZOOM_STEP = 1.25


class ViewCommands(Part):
    """The menu View."""

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
