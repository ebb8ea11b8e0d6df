"""One table of everything a user can do; menus, tool bar, shortcut sheet and rebinding read it."""

from __future__ import annotations

from dataclasses import dataclass, field

MENUS = ("File", "Edit", "View", "Case", "Compare", "Annotate", "Models", "Help")


@dataclass(frozen=True)
class ActionSpec:
    """One action: where it stands, its keys, its icon and, through ``id``, its slot.

    ``group`` makes a set of checkable actions of which one is on; ``submenu`` collects actions
    under one entry; ``after_line`` draws a line before it; ``short`` is the tool bar's text.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    group: str = ""
    submenu: str = ""
    after_line: bool = False
    data: str = ""
    short: str = field(default="")


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "open_folder",
        "File",
        "Open &folder…",
        ("Ctrl+O",),
        "ph.folder-open",
        "Open a folder of images",
        short="Open",
    ),
    ActionSpec("open_files", "File", "Open &images…", ("Ctrl+Shift+O",), "ph.image"),
    ActionSpec("open_study", "File", "Open &study…", ("Ctrl+Alt+O",), "ph.database"),
    ActionSpec(
        "save_study_as",
        "File",
        "&Save study as…",
        ("Ctrl+Shift+S",),
        "ph.floppy-disk",
        "Copy the study file; every edit is already saved as it happens",
    ),
    ActionSpec("open_demo", "File", "Open &demo study", (), "ph.flask", after_line=True),
    ActionSpec(
        "screenshot",
        "File",
        "Save &picture of the window…",
        ("Ctrl+P",),
        "ph.camera",
        after_line=True,
    ),
    ActionSpec("quit", "File", "&Quit", ("Ctrl+Q",), after_line=True),
    ActionSpec("undo", "Edit", "&Undo", ("Ctrl+Z",), "ph.arrow-u-up-left", short="Undo"),
    ActionSpec(
        "redo", "Edit", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "ph.arrow-u-up-right", short="Redo"
    ),
    ActionSpec("delete", "Edit", "&Delete shape", ("Del",), "ph.trash", after_line=True),
    ActionSpec("select_none", "Edit", "Select &nothing", ("Ctrl+D",)),
    ActionSpec("zoom_in", "View", "Zoom &in", ("Ctrl++", "="), "ph.magnifying-glass-plus"),
    ActionSpec("zoom_out", "View", "Zoom &out", ("Ctrl+-", "-"), "ph.magnifying-glass-minus"),
    ActionSpec("fit", "View", "&Fit to pane", ("F",), "ph.arrows-out", short="Fit"),
    ActionSpec(
        "one_to_one",
        "View",
        "One image pixel per screen pixel",
        ("Z",),
        "ph.number-square-one",
        short="1:1",
    ),
    ActionSpec(
        "reset_window",
        "View",
        "Reset &window and level",
        ("W",),
        "ph.sun",
        short="Level",
        tip="Reset brightness and contrast; drag with the right button to change them",
    ),
    ActionSpec(
        "toggle_overlay",
        "View",
        "Show e&vidence",
        ("E",),
        "ph.eye",
        checkable=True,
        after_line=True,
        tip="Show or hide the maps over the image",
    ),
    ActionSpec(
        "smooth",
        "View",
        "&Smooth maps",
        ("N",),
        checkable=True,
        tip="Smooth, or the model's own cells",
    ),
    ActionSpec("opacity_up", "View", "&More opaque", ("]",)),
    ActionSpec("opacity_down", "View", "&Less opaque", ("[",)),
    ActionSpec(
        "theme_system",
        "View",
        "Follow the system",
        submenu="Theme",
        group="theme",
        checkable=True,
        data="system",
        after_line=True,
    ),
    ActionSpec(
        "theme_dark", "View", "Dark", submenu="Theme", group="theme", checkable=True, data="dark"
    ),
    ActionSpec(
        "theme_light", "View", "Light", submenu="Theme", group="theme", checkable=True, data="light"
    ),
    ActionSpec("full_screen", "View", "F&ull screen", ("F11",), checkable=True),
    ActionSpec(
        "previous_case",
        "Case",
        "&Previous case",
        ("Left", "PgUp"),
        "ph.arrow-left",
        short="Previous",
    ),
    ActionSpec(
        "next_case", "Case", "&Next case", ("Right", "PgDown"), "ph.arrow-right", short="Next"
    ),
    ActionSpec(
        "next_unread", "Case", "Next &unread case", ("U",), "ph.skip-forward", short="Unread"
    ),
    ActionSpec("find_case", "Case", "&Find a case…", ("Ctrl+F",), "ph.magnifying-glass"),
    ActionSpec(
        "status_unread", "Case", "Mark &unread", ("Shift+U",), after_line=True, data="unread"
    ),
    ActionSpec("status_in_progress", "Case", "Mark &in progress", ("Shift+I",), data="in progress"),
    ActionSpec("status_done", "Case", "Mark &done", ("Shift+D",), "ph.check-circle", data="done"),
    ActionSpec("status_flagged", "Case", "&Flag", ("Shift+F",), "ph.flag", data="flagged"),
    ActionSpec(
        "panes_1",
        "Compare",
        "&One pane",
        ("Ctrl+1",),
        "ph.square",
        group="panes",
        checkable=True,
        short="1",
        data="1",
    ),
    ActionSpec(
        "panes_2",
        "Compare",
        "&Two panes",
        ("Ctrl+2",),
        "ph.columns",
        group="panes",
        checkable=True,
        short="2",
        data="2",
    ),
    ActionSpec(
        "panes_4",
        "Compare",
        "&Four panes",
        ("Ctrl+4",),
        "ph.squares-four",
        group="panes",
        checkable=True,
        short="4",
        data="4",
    ),
    ActionSpec(
        "link_panes",
        "Compare",
        "&Link zoom and cursor",
        ("L",),
        "ph.link",
        checkable=True,
        after_line=True,
    ),
    ActionSpec(
        "compute_maps",
        "Compare",
        "&Compute slow maps",
        ("M",),
        tip="Compute the maps in view that take many passes of the network",
        after_line=True,
    ),
    ActionSpec(
        "cancel_maps",
        "Compare",
        "Cancel slow &maps",
        ("Shift+M",),
        tip="Stop computing slow maps, also those of other cases",
    ),
    ActionSpec(
        "slow_at_once",
        "Compare",
        "Compute slow maps at &once",
        checkable=True,
        tip="Compute them for every case, without being asked",
    ),
    ActionSpec(
        "follow_prediction",
        "Compare",
        "Show the &predicted class",
        ("0",),
        tip="Follow each case's prediction; keys 1 to 9 choose a class",
        after_line=True,
    ),
    ActionSpec(
        "tool_pan",
        "Annotate",
        "&Pan",
        ("P",),
        "ph.hand",
        group="tool",
        checkable=True,
        short="Pan",
        data="pan",
    ),
    ActionSpec(
        "tool_select",
        "Annotate",
        "&Select and edit",
        ("V",),
        "ph.cursor",
        group="tool",
        checkable=True,
        short="Select",
        data="select",
    ),
    ActionSpec(
        "tool_box",
        "Annotate",
        "&Box",
        ("B",),
        "ph.rectangle",
        group="tool",
        checkable=True,
        short="Box",
        data="box",
    ),
    ActionSpec(
        "tool_polygon",
        "Annotate",
        "Pol&ygon",
        ("G",),
        "ph.polygon",
        group="tool",
        checkable=True,
        short="Polygon",
        data="polygon",
    ),
    ActionSpec("open_model", "Models", "&Open model…", ("Ctrl+M",), "ph.cube"),
    ActionSpec("close_models", "Models", "&Close all models"),
    ActionSpec("model_card", "Models", "Model &card…", ("I",), "ph.info", after_line=True),
    ActionSpec("shortcuts", "Help", "&Keyboard shortcuts", ("?",), "ph.keyboard"),
    ActionSpec("guide", "Help", "&User guide", ("F1",), "ph.question"),
    ActionSpec("about", "Help", "&About SoftCAM Viewer"),
)

ICONS_ONLY = frozenset(
    {"undo", "redo", "fit", "one_to_one", "reset_window", "toggle_overlay", "link_panes"}
    | {"panes_1", "panes_2", "panes_4"}
)
"""Tools whose picture says enough; their names stand in the tip and in the menus."""

TOOL_BAR: tuple[tuple[str, ...], ...] = (
    ("open_folder",),
    ("previous_case", "next_case", "next_unread"),
    ("tool_pan", "tool_select", "tool_box", "tool_polygon"),
    ("undo", "redo"),
    ("fit", "one_to_one", "reset_window"),
    ("toggle_overlay", "link_panes"),
    ("panes_1", "panes_2", "panes_4"),
)
