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
