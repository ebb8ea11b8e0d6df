"""Actions: tools that draw geometric shapes, and what is done to shapes that are selected."""

from app.actions.spec import ActionSpec


def _tool(name: str, text: str, key: str, icon: str, tip: str) -> ActionSpec:
    short = text.replace("&", "")
    return ActionSpec(
        f"tool_{name}",
        "Annotate",
        text,
        (key,),
        icon,
        tip,
        group="tool",
        checkable=True,
        short=short,
        data=name,
    )


SHAPE_TOOLS = (
    _tool(
        "ellipse",
        "E&llipse",
        "O",
        "ph.circle",
        "Drag an ellipse; Shift makes a circle, Alt draws from the centre",
    ),
    _tool("freehand", "&Freehand", "D", "ph.scribble-loop", "Draw around; letting go closes it"),
    _tool("spline", "&Spline", "S", "ph.path", "Click places of a smooth outline"),
    _tool("point", "Poin&t", "K", "ph.record", "Click to set a point"),
    _tool("length", "Len&gth", "J", "ph.ruler", "Drag, or click both ends; Shift keeps it level"),
    _tool("angle", "&Angle", "A", "ph.triangle", "Click an arm's end, the vertex, the other end"),
)
"""The ellipse comes before the polygon in the menu, the others after it."""

SNAP = ActionSpec(
    "snap_edges",
    "Annotate",
    "Snap to &edges",
    ("Shift+E",),
    "ph.magnet",
    checkable=True,
    tip="Let corners snap to edges of the image; Alt suspends it",
    after_line=True,
)


def _order(name: str, text: str, key: str) -> ActionSpec:
    return ActionSpec(f"order_{name}", "Annotate", text, (key,), submenu="Order")


def _form(name: str, text: str, *keys: str, shown: str = "") -> ActionSpec:
    submenu = "Move, turn and resize"
    return ActionSpec(name, "Annotate", text, keys, submenu=submenu, shown_keys=shown)


ARRANGE = (
    SNAP,
    ActionSpec(
        "toggle_lock",
        "Annotate",
        "L&ock or unlock selected shapes",
        ("Ctrl+L",),
        "ph.lock",
        tip="Locked shapes can be selected but not changed",
        after_line=True,
    ),
    ActionSpec(
        "toggle_hidden",
        "Annotate",
        "&Hide or show selected shapes",
        ("Ctrl+H",),
        "ph.eye-slash",
        tip="Hidden shapes are not drawn; they still count",
    ),
    ActionSpec("show_all_hidden", "Annotate", "Sho&w all hidden shapes", ("Ctrl+Shift+H",)),
    _order("up", "&Raise", "Ctrl+PgUp"),
    _order("down", "&Lower", "Ctrl+PgDown"),
    _order("top", "To the &top", "Ctrl+Shift+PgUp"),
    _order("bottom", "To the &bottom", "Ctrl+Shift+PgDown"),
    _form("turn_right", "Turn &clockwise by 15°", "Ctrl+."),
    _form("turn_left", "Turn c&ounter-clockwise by 15°", "Ctrl+,"),
    _form("enlarge", "&Enlarge by a tenth", "Ctrl+Shift++"),
    _form("shrink", "&Shrink by a tenth", "Ctrl+Shift+-"),
    _form("nudge_left", "Move &left by a pixel", shown="Ctrl+Left"),
    _form("nudge_right", "Move &right by a pixel", shown="Ctrl+Right"),
    _form("nudge_up", "Move &up by a pixel", shown="Ctrl+Up"),
    _form("nudge_down", "Move &down by a pixel", shown="Ctrl+Down"),
)
