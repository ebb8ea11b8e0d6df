"""Actions: drawing."""

from app.actions.spec import ActionSpec

ANNOTATE: tuple[ActionSpec, ...] = (
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
)
