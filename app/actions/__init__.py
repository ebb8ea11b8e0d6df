"""One table of everything a user can do; menus, tool bar, shortcut sheet and rebinding read it."""

from app.actions.annotate import ANNOTATE
from app.actions.case import CASE
from app.actions.file import EDIT, FILE
from app.actions.models import HELP, MODELS
from app.actions.overlay import OVERLAY
from app.actions.readers import READERS
from app.actions.spec import ActionSpec
from app.actions.view import COMPARE, SCREEN, VIEW

__all__ = ["ACTIONS", "ICONS_ONLY", "MENUS", "TOOL_BAR", "ActionSpec"]

MENUS = ("File", "Edit", "View", "Case", "Compare", "Annotate", "Readers", "Models", "Help")

ACTIONS = (
    FILE + EDIT + VIEW + OVERLAY + SCREEN + CASE + COMPARE + ANNOTATE + READERS + MODELS + HELP
)

ICONS_ONLY = frozenset(
    {"undo", "redo", "fit", "one_to_one", "reset_window", "toggle_overlay", "link_panes"}
    | {"panes_1", "panes_2", "panes_4", "previous_case", "next_case"}
    | {f"tool_{name}" for name in ("box", "ellipse", "polygon", "freehand", "spline", "point")}
    | {f"tool_{name}" for name in ("length", "angle", "brush", "eraser", "wand")}
)
"""Tools whose picture says enough; their names stand in the tip and in the menus."""

TOOL_BAR: tuple[tuple[str, ...], ...] = (
    ("open_folder",),
    ("previous_case", "next_case", "next_unread"),
    ("tool_pan", "tool_select"),
    ("tool_box", "tool_ellipse", "tool_polygon", "tool_freehand", "tool_spline", "tool_point"),
    ("tool_length", "tool_angle"),
    ("tool_brush", "tool_eraser", "tool_wand"),
    ("undo", "redo"),
    ("fit", "one_to_one", "reset_window"),
    ("toggle_overlay", "link_panes"),
    ("panes_1", "panes_2", "panes_4"),
)
