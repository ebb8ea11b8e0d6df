"""One table of everything a user can do; menus, tool bar, shortcut sheet and rebinding read it."""

from app.actions.annotate import ANNOTATE
from app.actions.case import CASE
from app.actions.comfort import COMFORT
from app.actions.compare import COMPARE
from app.actions.evidence import EVIDENCE
from app.actions.file import EDIT, FILE, QUIT
from app.actions.models import HELP, MODELS
from app.actions.output import OUTPUT
from app.actions.overlay import OVERLAY
from app.actions.readers import READERS
from app.actions.spec import ActionSpec
from app.actions.view import SCREEN, VIEW

__all__ = ["ACTIONS", "DROP_DOWNS", "ICONS_ONLY", "MENUS", "TOOL_BAR", "ActionSpec"]

MENUS = ("File", "Edit", "View", "Case", "Compare", "Annotate", "Readers", "Models", "Help")

ACTIONS = (
    FILE
    + OUTPUT
    + QUIT
    + EDIT
    + VIEW
    + OVERLAY
    + COMFORT
    + SCREEN
    + CASE
    + COMPARE
    + EVIDENCE
    + ANNOTATE
    + READERS
    + MODELS
    + HELP
)

ICONS_ONLY = frozenset(
    {"undo", "redo", "fit", "one_to_one", "reset_window", "toggle_overlay", "link_panes"}
    | {"panes_1", "panes_2", "panes_4", "panes_8", "previous_case", "next_case", "next_unread"}
    | {f"tool_{name}" for name in ("box", "ellipse", "polygon", "freehand", "spline", "point")}
    | {f"tool_{name}" for name in ("length", "angle", "brush", "eraser", "wand", "lasso")}
    | {"tool_pan", "tool_select"}
)
"""Tools whose picture says enough; their names stand in the tip and in the menus."""

TOOL_BAR: tuple[tuple[str, ...], ...] = (
    ("open_folder",),
    ("previous_case", "next_case", "next_unread"),
    ("tool_pan", "tool_select", "tool_lasso"),
    ("tool_box", "tool_ellipse", "tool_polygon", "tool_freehand", "tool_spline", "tool_point"),
    ("tool_length", "tool_angle"),
    ("tool_brush", "tool_eraser", "tool_wand"),
    ("undo", "redo"),
    ("fit", "one_to_one", "reset_window"),
    ("toggle_overlay", "link_panes"),
    ("panes_1", "panes_2", "panes_4", "panes_8"),
)

DROP_DOWNS: dict[str, tuple[str, ...]] = {
    "panes_8": tuple(f"panes_{count}" for count in range(1, 9)),
}
"""Buttons of the tool bar that have further actions in a menu of their own."""
