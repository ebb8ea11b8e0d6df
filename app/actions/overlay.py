"""Actions: how maps are drawn over the image."""

from app.actions.spec import ActionSpec

_OVERLAY = "Overlay"
_STYLE = "Style of the maps"
_CLASSES = "Classes in the maps"


def _choice(group: str, submenu: str, value: str, text: str, tip: str = "") -> ActionSpec:
    """Return one of several settings of which one is on."""
    return ActionSpec(
        f"{group}_{value}",
        "View",
        text,
        tip=tip,
        submenu=submenu,
        group=group,
        checkable=True,
        data=value,
    )


OVERLAY: tuple[ActionSpec, ...] = (
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
    _choice("map_style", _STYLE, "blend", "Blend", "Colours over the image"),
    _choice(
        "map_style",
        _STYLE,
        "contour",
        "Contours",
        "Lines of equal evidence: solid for the class, dashed against it",
    ),
    _choice(
        "map_style",
        _STYLE,
        "threshold",
        "Threshold",
        "Only what exceeds a share of the limit",
    ),
    _choice(
        "map_style",
        _STYLE,
        "patches",
        "Top patches",
        "The patches with the highest mean, numbered from the highest",
    ),
    _choice("class_view", _CLASSES, "one", "One class", "The class in view"),
    _choice(
        "class_view",
        _CLASSES,
        "several",
        "Several classes",
        "Up to eight classes at once, each in its own hue; only what speaks for them",
    ),
    _choice(
        "class_view",
        _CLASSES,
        "winner",
        "Winner of each place",
        "At each place the class with the most evidence",
    ),
    _choice("colours", "Colours of the maps", "auto", "To suit the image"),
    _choice("colours", "Colours of the maps", "grey", "Orange and blue"),
    _choice("colours", "Colours of the maps", "fundus", "Turquoise and violet"),
    _choice(
        "colours",
        "Colours of the maps",
        "print",
        "Light and dark",
        "The two signs differ in grey print as well",
    ),
    ActionSpec(
        "next_style", "View", "Next st&yle of the maps", ("T",), submenu=_STYLE, after_line=True
    ),
    ActionSpec(
        "next_class_view",
        "View",
        "One, several or the &strongest class",
        ("C",),
        tip="Draw the class in view, several at once, or at each place the strongest",
        submenu=_CLASSES,
        after_line=True,
    ),
    ActionSpec(
        "smooth",
        "View",
        "&Smooth maps",
        ("N",),
        checkable=True,
        submenu=_OVERLAY,
        tip="Smooth, or the model's own cells",
    ),
    ActionSpec(
        "grid_lines",
        "View",
        "&Grid of the model's cells",
        ("Shift+N",),
        checkable=True,
        submenu=_OVERLAY,
        tip="Draw lines between the model's own cells",
    ),
    ActionSpec(
        "positive_only",
        "View",
        "Only what speaks &for the class",
        ("Shift+P",),
        checkable=True,
        submenu=_OVERLAY,
        tip="Leave out what speaks against the class",
    ),
    ActionSpec(
        "receptive_field",
        "View",
        "What the cell under the cursor sees",
        ("Shift+Q",),
        checkable=True,
        submenu=_OVERLAY,
        tip="Outline the part of the image that the cell under the cursor depends on",
    ),
    ActionSpec("opacity_up", "View", "&More opaque", ("]",), submenu=_OVERLAY, after_line=True),
    ActionSpec("opacity_down", "View", "&Less opaque", ("[",), submenu=_OVERLAY),
    ActionSpec("pane_opacity_up", "View", "This pane more opaque", ("}",), submenu=_OVERLAY),
    ActionSpec("pane_opacity_down", "View", "This pane less opaque", ("{",), submenu=_OVERLAY),
    ActionSpec(
        "reset_limits",
        "View",
        "&Reset limits of the maps",
        ("Shift+W",),
        submenu=_OVERLAY,
        after_line=True,
        tip="Return to the limits that all cases of the study share",
    ),
)
