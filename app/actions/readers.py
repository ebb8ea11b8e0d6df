"""Actions: who reads, how, and how far readers agree."""

from app.actions.spec import ActionSpec

READERS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "choose_reader",
        "Readers",
        "&Change reader…",
        ("Ctrl+R",),
        "ph.user",
        "Say who reads; each reader draws in a layer of their own",
    ),
    ActionSpec(
        "lock_read",
        "Readers",
        "&Lock read",
        ("Ctrl+Return", "Ctrl+Enter"),
        "ph.lock-simple",
        "End this read for good: its marks and its grade then stay as they are",
        after_line=True,
    ),
    ActionSpec(
        "read_again",
        "Readers",
        "&Read again",
        tip="Begin another read of a case whose read is locked",
    ),
    ActionSpec(
        "next_after_lock",
        "Readers",
        "Go &on to the next case after locking",
        checkable=True,
    ),
    ActionSpec(
        "reading_protocol",
        "Readers",
        "Reading &protocol…",
        tip="What is hidden before the first read, and the order of the cases",
        after_line=True,
    ),
    ActionSpec(
        "adjudicate",
        "Readers",
        "&Adjudicate…",
        tip="Two readers side by side, and between them what is agreed upon; again to end it",
    ),
    ActionSpec(
        "export_audit",
        "Readers",
        "&Export audit log…",
        tip="Who did what when: edits, grades, reads with their times, and events",
        after_line=True,
    ),
    ActionSpec(
        "agreement",
        "Readers",
        "A&greement…",
        ("Ctrl+G",),
        "ph.intersect",
        "How far readers agree with each other and with the open models",
        after_line=True,
    ),
    ActionSpec(
        "evaluate",
        "Readers",
        "E&valuate…",
        ("Ctrl+Shift+E",),
        "ph.chart-line",
        "Measure models and methods against the marks: tables, plots and a report",
    ),
    ActionSpec(
        "train",
        "Readers",
        "&Train…",
        ("Ctrl+Shift+T",),
        "ph.barbell",
        "Train a model on grades and marks of this study, or on a table of images",
    ),
)
