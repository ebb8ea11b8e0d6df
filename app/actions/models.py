"""Actions: models, and help."""

from app.actions.spec import ActionSpec

MODELS: tuple[ActionSpec, ...] = (
    ActionSpec("open_model", "Models", "&Open model…", ("Ctrl+M",), "ph.cube"),
    ActionSpec("close_models", "Models", "&Close all models"),
    ActionSpec("model_card", "Models", "Model &card…", ("I",), "ph.info", after_line=True),
)

HELP: tuple[ActionSpec, ...] = (
    ActionSpec("shortcuts", "Help", "&Keyboard shortcuts", ("?",), "ph.keyboard"),
    ActionSpec("guide", "Help", "&User guide", ("F1",), "ph.question"),
    ActionSpec("about", "Help", "&About SoftCAM Viewer"),
)
