"""Actions: how one works with the window: presets, size of text, finding things, first steps."""

from app.actions.spec import ActionSpec

_PRESETS = "Presets"
_TEXT = "Text size"

COMFORT: tuple[ActionSpec, ...] = (
    ActionSpec(
        "command_palette",
        "Edit",
        "&Find and do anything…",
        ("Ctrl+K",),
        "ph.magnifying-glass",
        tip="Find an action, a case, a class, a panel or a preset by its name",
        after_line=True,
    ),
    ActionSpec(
        "hide_while_held",
        "View",
        "&Hide the maps while held",
        ("H",),
        tip="The image alone for as long as the key is down",
        held=True,
    ),
    ActionSpec(
        "preset_review",
        "View",
        "&Review",
        ("F7",),
        "ph.eye",
        submenu=_PRESETS,
        group="preset",
        checkable=True,
        data="review",
        tip="Worklist, classes and evidence beside two panes; again: back",
        after_line=True,
    ),
    ActionSpec(
        "preset_annotate",
        "View",
        "&Annotate",
        ("F8",),
        "ph.pencil-simple",
        submenu=_PRESETS,
        group="preset",
        checkable=True,
        data="annotate",
        tip=(
            "One large pane, labels and marks; maps are hidden until they are asked for; "
            "again: back"
        ),
    ),
    ActionSpec(
        "preset_compare",
        "View",
        "&Compare",
        ("F9",),
        "ph.squares-four",
        submenu=_PRESETS,
        group="preset",
        checkable=True,
        data="compare",
        tip="Four to eight panes of what the open models can show; again: back",
    ),
    ActionSpec(
        "present",
        "View",
        "&Present",
        ("F10",),
        "ph.presentation",
        submenu=_PRESETS,
        tip="The panes alone, on the whole screen, without the names of files; Esc returns",
    ),
    ActionSpec(
        "own_arrangement",
        "View",
        "&Back to my arrangement",
        (),
        "ph.arrow-u-up-left",
        submenu=_PRESETS,
        tip="Your own panels and tool again, and the panes that you chose last",
    ),
    ActionSpec("text_larger", "View", "&Larger", ("Ctrl+Alt++", "Ctrl+Alt+="), submenu=_TEXT),
    ActionSpec("text_smaller", "View", "&Smaller", ("Ctrl+Alt+-",), submenu=_TEXT),
    ActionSpec("text_usual", "View", "&Usual", ("Ctrl+Alt+0",), submenu=_TEXT),
)
