"""Actions: how large and how bright images are, and how the window looks."""

from app.actions.spec import ActionSpec

_ZOOM = "Zoom"

VIEW: tuple[ActionSpec, ...] = (
    ActionSpec(
        "zoom_in",
        "View",
        "Zoom &in",
        ("Ctrl++", "+", "="),
        "ph.magnifying-glass-plus",
        submenu=_ZOOM,
    ),
    ActionSpec(
        "zoom_out",
        "View",
        "Zoom &out",
        ("Ctrl+-", "-"),
        "ph.magnifying-glass-minus",
        submenu=_ZOOM,
    ),
    ActionSpec("fit", "View", "&Fit to pane", ("F",), "ph.arrows-out", submenu=_ZOOM, short="Fit"),
    ActionSpec(
        "one_to_one",
        "View",
        "One image pixel per screen pixel",
        ("Z",),
        "ph.number-square-one",
        submenu=_ZOOM,
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
