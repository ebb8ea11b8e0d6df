"""Actions: what the panes show, and how."""

from app.actions.spec import ActionSpec

VIEW: tuple[ActionSpec, ...] = (
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
)

SCREEN: tuple[ActionSpec, ...] = (
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
    ActionSpec(
        "language_system",
        "View",
        "Follow the system",
        submenu="Language",
        group="language",
        checkable=True,
        data="system",
    ),
    ActionSpec(
        "language_en",
        "View",
        "English",
        submenu="Language",
        group="language",
        checkable=True,
        data="en",
    ),
    ActionSpec(
        "language_de",
        "View",
        "Deutsch",
        submenu="Language",
        group="language",
        checkable=True,
        data="de",
    ),
    ActionSpec("full_screen", "View", "F&ull screen", ("F11",), checkable=True),
)

COMPARE: tuple[ActionSpec, ...] = (
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
)
