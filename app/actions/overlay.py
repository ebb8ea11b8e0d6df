"""Actions: how maps are drawn over the image."""

from app.actions.spec import ActionSpec


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
    _choice("map_style", "Style of the maps", "blend", "Blend", "Colours over the image"),
    _choice(
        "map_style",
        "Style of the maps",
        "contour",
        "Contours",
        "Lines of equal evidence: solid for the class, dashed against it",
    ),
    _choice(
        "map_style",
        "Style of the maps",
        "threshold",
        "Threshold",
        "Only what exceeds a share of the limit",
    ),
    _choice(
        "map_style",
        "Style of the maps",
        "patches",
        "Top patches",
        "The patches with the highest mean, numbered from the highest",
    ),
    _choice("class_view", "Classes in the maps", "one", "One class", "The class in view"),
    _choice(
        "class_view",
        "Classes in the maps",
        "several",
        "Several classes",
        "Up to eight classes at once, each in its own hue; only what speaks for them",
    ),
    _choice(
        "class_view",
        "Classes in the maps",
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
    ActionSpec("next_style", "View", "Next st&yle of the maps", ("T",)),
    ActionSpec(
        "next_class_view",
        "View",
        "One, several or the &strongest class",
        ("C",),
        tip="Draw the class in view, several at once, or at each place the strongest",
    ),
    ActionSpec(
        "smooth",
        "View",
        "&Smooth maps",
        ("N",),
        checkable=True,
        tip="Smooth, or the model's own cells",
    ),
    ActionSpec(
        "grid_lines",
        "View",
        "&Grid of the model's cells",
        ("Shift+N",),
        checkable=True,
        tip="Draw lines between the model's own cells",
    ),
    ActionSpec(
        "positive_only",
        "View",
        "Only what speaks &for the class",
        ("Shift+P",),
        checkable=True,
        tip="Leave out what speaks against the class",
    ),
    ActionSpec(
        "receptive_field",
        "View",
        "What the cell under the cursor sees",
        ("Shift+Q",),
        checkable=True,
        tip="Outline the part of the image that the cell under the cursor depends on",
    ),
    ActionSpec("opacity_up", "View", "&More opaque", ("]",)),
    ActionSpec("opacity_down", "View", "&Less opaque", ("[",)),
    ActionSpec("pane_opacity_up", "View", "This pane more opaque", ("}",)),
    ActionSpec("pane_opacity_down", "View", "This pane less opaque", ("{",)),
    ActionSpec(
        "reset_limits",
        "View",
        "&Reset limits of the maps",
        ("Shift+W",),
        tip="Return to the limits that all cases of the study share",
    ),
)
