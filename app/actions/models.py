"""Actions: models, and help."""

from app.actions.spec import ActionSpec

MODELS: tuple[ActionSpec, ...] = (
    ActionSpec("open_model", "Models", "&Open model…", ("Ctrl+M",), "ph.cube"),
    ActionSpec("close_models", "Models", "&Close all models"),
    ActionSpec("model_card", "Models", "Model &card…", ("I",), "ph.info", after_line=True),
    ActionSpec(
        "stored_maps",
        "Models",
        "&Stored maps…",
        tip="The room that maps take which are kept for the next time, and how to free it",
    ),
)

HELP: tuple[ActionSpec, ...] = (
    ActionSpec("shortcuts", "Help", "&Keyboard shortcuts", ("?",), "ph.keyboard"),
    ActionSpec("guide", "Help", "&User guide", ("F1",), "ph.question"),
    ActionSpec("tour", "Help", "Take the &tour", (), "ph.compass"),
    ActionSpec(
        "error_log",
        "Help",
        "Show the &error log…",
        tip="What went wrong in this program, without names of files or patients",
        after_line=True,
    ),
    ActionSpec("about", "Help", "&About SoftCAM Viewer"),
)
