"""Actions: going from case to case, and what is said of one."""

from app.actions.spec import ActionSpec

CASE: tuple[ActionSpec, ...] = (
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
        "renew",
        "Case",
        "&Read the image again",
        ("F5",),
        "ph.arrows-clockwise",
        tip="Read the file anew, and compute what is said of it again",
    ),
    ActionSpec(
        "status_unread", "Case", "Mark &unread", ("Shift+U",), after_line=True, data="unread"
    ),
    ActionSpec("status_in_progress", "Case", "Mark &in progress", ("Shift+I",), data="in progress"),
    ActionSpec("status_done", "Case", "Mark &done", ("Shift+D",), "ph.check-circle", data="done"),
    ActionSpec(
        "status_flagged",
        "Case",
        "&Flag, or take the flag off",
        ("Shift+F",),
        "ph.flag",
        data="flagged",
    ),
)
