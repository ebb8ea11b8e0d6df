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
        "agreement",
        "Readers",
        "A&greement…",
        ("Ctrl+G",),
        "ph.intersect",
        "How far readers agree with each other and with the open models",
        after_line=True,
    ),
)
