"""Actions: what leaves the window."""

from app.actions.spec import ActionSpec

OUTPUT: tuple[ActionSpec, ...] = (
    ActionSpec(
        "copy_view",
        "File",
        "&Copy view",
        ("Ctrl+C",),
        "ph.copy-simple",
        "Copy a picture of the panes as they are on screen",
        after_line=True,
    ),
    ActionSpec(
        "copy_pane",
        "File",
        "Copy pa&ne",
        ("Ctrl+Shift+C",),
        tip="Copy a picture of the current pane as it is on screen",
    ),
    ActionSpec("screenshot", "File", "Save &picture of the window…", ("Ctrl+P",), "ph.camera"),
    ActionSpec(
        "export_figure",
        "File",
        "Export &figure…",
        ("Ctrl+Shift+F",),
        "ph.image-square",
        "Make a figure for a paper of models, methods and cases of your choice",
        after_line=True,
    ),
    ActionSpec(
        "case_report",
        "File",
        "Case &report…",
        ("Ctrl+Shift+R",),
        "ph.file-text",
        "Write down what is seen on cases, and what the model says, to print and to file",
    ),
)
