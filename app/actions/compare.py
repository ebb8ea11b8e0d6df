"""Actions: how many panes, what they show beside each other, and how they move."""

from app.actions.spec import ActionSpec


def _count(number: int, text: str, icon: str = "") -> ActionSpec:
    return ActionSpec(
        f"panes_{number}",
        "Compare",
        text,
        (f"Ctrl+{number}",),
        icon,
        group="panes",
        submenu="Panes",
        checkable=True,
        short=str(number),
        data=str(number),
    )


COUNTS: tuple[ActionSpec, ...] = (
    _count(1, "&One pane", "ph.square"),
    _count(2, "&Two panes", "ph.columns"),
    _count(3, "T&hree panes"),
    _count(4, "&Four panes", "ph.squares-four"),
    _count(5, "F&ive panes"),
    _count(6, "&Six panes"),
    _count(7, "Se&ven panes"),
    _count(8, "&Eight panes", "ph.dots-nine"),
)

LAYOUTS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "layout_two",
        "Compare",
        "&Evidence and Grad-CAM",
        submenu="Layouts",
        group="layout",
        data="two",
    ),
    ActionSpec(
        "layout_methods",
        "Compare",
        "&All methods of this model",
        submenu="Layouts",
        group="layout",
        data="methods",
        tip="Every map that the predicting model has, up to eight",
    ),
    ActionSpec(
        "layout_classes",
        "Compare",
        "&One class each",
        submenu="Layouts",
        group="layout",
        data="classes",
        tip="The evidence for every class, a pane each; of many, the most probable eight",
    ),
    ActionSpec(
        "layout_models",
        "Compare",
        "&Sparse and dense side by side",
        submenu="Layouts",
        group="layout",
        data="models",
        tip="The evidence of every SoftCAM model that is open",
    ),
    ActionSpec(
        "save_layout",
        "Compare",
        "Save layout &as…",
        ("Ctrl+Shift+L",),
        submenu="Layouts",
        tip="Keep what the panes show under a name, in this study",
    ),
    ActionSpec("manage_layouts", "Compare", "&Manage layouts…", submenu="Layouts"),
)

COMPARE: tuple[ActionSpec, ...] = (
    *COUNTS,
    *LAYOUTS,
    ActionSpec("next_pane", "Compare", "&Next pane", ("F6",), after_line=True),
    ActionSpec("previous_pane", "Compare", "&Previous pane", ("Shift+F6",)),
    ActionSpec(
        "move_pane_left",
        "Compare",
        "Move pane le&ft",
        ("Alt+Shift+Left",),
        tip="Let the current pane change places with the one before; or drag it by its header",
    ),
    ActionSpec("move_pane_right", "Compare", "Move pane &right", ("Alt+Shift+Right",)),
    ActionSpec("close_pane", "Compare", "Cl&ose pane"),
    ActionSpec(
        "difference",
        "Compare",
        "&Difference to another pane",
        ("Shift+C",),
        tip=(
            "Show what the current pane's map has over that of the next pane with another method; "
            "evidence is compared with the black box first; again closes it"
        ),
        after_line=True,
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
        "unlink_pane",
        "Compare",
        "&Unlink this pane",
        ("Shift+L",),
        tip="Let the current pane move alone, or with the others again",
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
        "Compute slow maps at on&ce",
        checkable=True,
        tip="Compute them for every case, without being asked",
    ),
    ActionSpec(
        "follow_prediction",
        "Compare",
        "Show the predic&ted class",
        ("0",),
        tip="Follow each case's prediction; keys 1 to 9 choose a class",
        after_line=True,
    ),
)
