"""Actions: files and edits."""

from app.actions.spec import ActionSpec

FILE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "open_folder",
        "File",
        "Open &folder…",
        ("Ctrl+O",),
        "ph.folder-open",
        "Open a folder of images",
        short="Open",
    ),
    ActionSpec("open_files", "File", "Open &images…", ("Ctrl+Shift+O",), "ph.image"),
    ActionSpec("open_study", "File", "Open &study…", ("Ctrl+Alt+O",), "ph.database"),
    ActionSpec(
        "save_study_as",
        "File",
        "&Save study as…",
        ("Ctrl+Shift+S",),
        "ph.floppy-disk",
        "Copy the study file; every edit is already saved as it happens",
    ),
    ActionSpec(
        "import_annotations",
        "File",
        "&Import annotations…",
        ("Ctrl+I",),
        "ph.download-simple",
        "Take marks out of files of many formats; what they bring is shown first",
        after_line=True,
    ),
    ActionSpec(
        "export_annotations",
        "File",
        "&Export annotations…",
        ("Ctrl+E",),
        "ph.upload-simple",
        "Write the study's marks in a format of your choice",
    ),
    ActionSpec("open_demo", "File", "Open &demo study", (), "ph.flask", after_line=True),
)

QUIT: tuple[ActionSpec, ...] = (ActionSpec("quit", "File", "&Quit", ("Ctrl+Q",), after_line=True),)

EDIT: tuple[ActionSpec, ...] = (
    ActionSpec("undo", "Edit", "&Undo", ("Ctrl+Z",), "ph.arrow-u-up-left", short="Undo"),
    ActionSpec(
        "redo", "Edit", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "ph.arrow-u-up-right", short="Redo"
    ),
    ActionSpec("delete", "Edit", "&Delete selected shapes", ("Del",), "ph.trash", after_line=True),
    ActionSpec("duplicate", "Edit", "D&uplicate selected shapes", ("Ctrl+Shift+D",), "ph.copy"),
    ActionSpec("select_all", "Edit", "Select &all shapes", ("Ctrl+A",), after_line=True),
    ActionSpec("select_none", "Edit", "Select &nothing", ("Ctrl+D",)),
    ActionSpec("select_next", "Edit", "Select ne&xt shape", (".",)),
    ActionSpec("select_previous", "Edit", "Select &previous shape", (",",)),
)
