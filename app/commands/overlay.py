"""What the actions of the overlay do: they change ``state.overlay``, or one pane's opacity."""

from __future__ import annotations

from app.commands.part import Part
from app.state import ViewerState
from app.state.values import CLASS_VIEWS, STYLES

OPACITY_STEP = 0.1


class OverlayCommands(Part):
    """The part of the menu View that is about maps."""

    def toggle_overlay(self, shown: bool) -> None:
        """Show or hide the maps."""
        self._window.state.set_overlay(visible=shown)

    def map_style(self, style: str) -> None:
        """Draw maps as one of `STYLES`."""
        self._window.state.set_overlay(style=style)

    def next_style(self) -> None:
        """Draw maps in the next style."""
        self.map_style(_next(STYLES, self._window.state.overlay.style))

    def class_view(self, classes: str) -> None:
        """Draw the class in view, several, or of each place the strongest."""
        self._window.state.set_overlay(classes=classes)

    def next_class_view(self) -> None:
        """Go on to the next of `CLASS_VIEWS`."""
        self.class_view(_next(CLASS_VIEWS, self._window.state.overlay.classes))

    def colours(self, pair: str) -> None:
        """Draw maps in a pair of colours; ``auto`` suits the image."""
        self._window.state.set_overlay(colours=pair)

    def smooth(self, smooth: bool) -> None:
        """Draw maps smoothly, or as the model's own cells."""
        self._window.state.set_overlay(smooth=smooth)

    def grid_lines(self, shown: bool) -> None:
        """Draw lines between the model's cells, or none."""
        self._window.state.set_overlay(grid=shown)

    def positive_only(self, positive: bool) -> None:
        """Draw only what speaks for the class, or both signs."""
        self._window.state.set_overlay(positive=positive)

    def receptive_field(self, shown: bool) -> None:
        """Outline what the cell under the cursor sees, or not."""
        self._window.state.set_overlay(field=shown)

    def opacity_up(self) -> None:
        """Make the maps more opaque."""
        self._step_opacity(OPACITY_STEP)

    def opacity_down(self) -> None:
        """Make the maps less opaque."""
        self._step_opacity(-OPACITY_STEP)

    def pane_opacity_up(self) -> None:
        """Make the map of the current pane more opaque."""
        self._step_pane_opacity(OPACITY_STEP)

    def pane_opacity_down(self) -> None:
        """Make the map of the current pane less opaque."""
        self._step_pane_opacity(-OPACITY_STEP)

    def reset_limits(self) -> None:
        """Return to the limits of the study, for every map."""
        state = self._window.state
        for key in list(state.own_limits):
            state.set_own_limit(key, None)

    def overlay_checks(self) -> dict[str, bool]:
        """Return which of the overlay's checkable actions are on."""
        return checks(self._window.state)

    def _step_opacity(self, step: float) -> None:
        state = self._window.state
        state.set_overlay(opacity=_stepped(state.overlay.opacity, step))

    def _step_pane_opacity(self, step: float) -> None:
        state = self._window.state
        number = min(state.current, len(state.panes) - 1)
        own = state.panes[number].opacity
        opacity = _stepped(state.overlay.opacity if own is None else own, step)
        state.set_pane(number, opacity=opacity)


def checks(state: ViewerState) -> dict[str, bool]:
    """Return action id -> whether it is on, for what ``state.overlay`` holds."""
    overlay = state.overlay
    return {
        "toggle_overlay": overlay.visible,
        "smooth": overlay.smooth,
        "grid_lines": overlay.grid,
        "positive_only": overlay.positive,
        "receptive_field": overlay.field,
        f"map_style_{overlay.style}": True,
        f"class_view_{overlay.classes}": True,
        f"colours_{overlay.colours}": True,
    }


def _next(values: tuple[str, ...], value: str) -> str:
    return values[(values.index(value) + 1) % len(values)]


def _stepped(opacity: float, step: float) -> float:
    return round(min(max(opacity + step, 0.0), 1.0), 2)
