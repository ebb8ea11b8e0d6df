"""The screens that `pictures` makes pictures of, and how each of them comes about."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from app.main_window import MainWindow
from app.screenshot import wait_until_complete
from app.settings import Settings
from app.state import PaneContent
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.shapes import Shape

Scene = Callable[[MainWindow], object]

MOST_S = 300
"""Seconds that an evaluation of the demo may take."""

_opened: list[QDialog] = []


def open_instead(dialog: QDialog) -> int:
    """Show a dialog without waiting for its answer, which nobody would give."""
    _opened.append(dialog)
    # Who waits for the answer frees the dialog after it.
    vars(dialog)["deleteLater"] = lambda: None
    dialog.open()
    return 0


def pause(ms: int = 300) -> None:
    """Let the window work for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def settle(window: MainWindow) -> None:
    """Wait until everything asked for is on screen."""
    pause(100)
    wait_until_complete(window)
    pause(300)


def show_case(window: MainWindow, name: str) -> None:
    """Bring a case of the demo up by its file's name."""
    case = next(case for case in window.state.cases if case.name == name)
    window.controller.select_case(case.id)
    settle(window)


@dataclass(frozen=True)
class Run:
    """A scene that runs an action of the table."""

    action: str

    def __call__(self, window: MainWindow) -> None:
        """Run it, and give what opens a moment."""
        window.actions_table[self.action].trigger()
        pause(1200)


def panes(*methods: str, case: str = "fundus-01.jpg") -> Scene:
    """Return a scene that shows a case through some methods."""

    def scene(window: MainWindow) -> None:
        window.state.set_slow_at_once(True)
        window.state.set_panes([PaneContent(method) for method in methods])
        show_case(window, case)

    return scene


LESIONS = {
    # label: kind and points of marks on fundus-01, in image pixels
    "EX": [
        ("polygon", ((244, 112), (268, 106), (294, 112), (298, 140), (276, 156), (252, 140))),
        ("polygon", ((214, 296), (240, 270), (268, 278), (274, 298), (236, 324), (218, 312))),
        ("ellipse", ((455, 175), (27, 30))),
    ],
    "HE": [
        ("polygon", ((362, 156), (373, 135), (388, 150), (384, 155))),
        ("ellipse", ((331, 274), (12, 13))),
        ("ellipse", ((386, 397), (16, 14))),
    ],
    "MA": [("point", (at,)) for at in ((213, 24), (383, 51), (389, 217), (260, 242), (387, 275))],
}


def mark(window: MainWindow, *labels: str) -> None:
    """Mark lesions of the case as a reader would, and select them."""
    show_case(window, "fundus-01.jpg")
    for label in labels:
        window.state.set_label(label)
        shapes = (Shape(kind, points) for kind, points in LESIONS[label])
        window.annotator.add_many(shapes, "Mark lesions")
    settle(window)


def ask_about_marks(window: MainWindow) -> None:
    """Mark the case's exudates, and ask the ledger about their evidence and their pixels."""
    window.state.set_tool("select")
    mark(window, "EX")
    window.docks.resize({"classes": 305, "ledger": 400}, Qt.Orientation.Vertical)
    window.show_dock("ledger")
    settle(window)
    window.findChild(QPushButton, "ledgerAsk").click()
    pause(2500)


def overview(window: MainWindow) -> None:
    """Show the window as it opens, with a few marks."""
    mark(window, "EX", "HE")
    window.state.set_selected(None)


def annotate(window: MainWindow) -> None:
    """Mark and grade a case in the preset that is made for it."""
    window.presets.choose("annotate")
    mark(window, "EX", "HE", "MA")
    window.annotator.set_grade("Moderate NPDR")
    window.state.set_selected(None)


def compare(window: MainWindow) -> None:
    """Show two maps of a case and how they differ."""
    window.state.set_panes([PaneContent("evidence"), PaneContent("gradcam")])
    show_case(window, "fundus-01.jpg")
    window.actions_table["difference"].trigger()


def evaluate(window: MainWindow) -> None:
    """Measure the demo's fundus models on its photographs."""
    window.actions_table["evaluate"].trigger()
    pause()
    start = next(w for w in QApplication.allWidgets() if w.objectName() == "evaluationStart")
    assert isinstance(start, QPushButton)
    start.click()
    for _ in range(MOST_S):
        pause(1000)
        if start.isEnabled():
            return


def read_blinded(window: MainWindow) -> None:
    """Show the demo as a blinded reader sees it."""
    study = window.state.study
    assert study is not None
    set_protocol(study, Protocol(mode="blinded"), reader="reader-1")
    window.state.set_reader("reader-2")
    window.state.look_again()
    show_case(window, "fundus-03.jpg")


SCENES: dict[str, tuple[Scene, bool]] = {
    # name: how it comes about, and whether a window of its own is pictured alone
    "viewer": (overview, False),
    "open": (panes("evidence", case="cxr-01.dcm"), False),
    "review": (panes("evidence", case="fundus-07.jpg"), False),
    "oct": (panes("evidence", "gradcam", case="oct-03.png"), False),
    "compare": (compare, False),
    "methods": (panes("evidence", "gradcam", "layercam", "guided_backprop"), False),
    "eight": (
        panes(
            "evidence",
            "gradcam",
            "layercam",
            "guided_backprop",
            "cam",
            "gradcam++",
            "image",
            "",
        ),
        False,
    ),
    "ledger": (ask_about_marks, False),
    "annotate": (annotate, False),
    "present": (Run("present"), False),
    "palette": (Run("command_palette"), False),
    "tour": (Run("tour"), False),
    "shortcuts": (Run("shortcuts"), True),
    "help": (Run("guide"), True),
    "about": (Run("about"), True),
    "card": (Run("model_card"), True),
    "figure": (Run("export_figure"), True),
    "report": (Run("case_report"), True),
    "export": (Run("export_annotations"), True),
    "import": (Run("import_annotations"), True),
    "protocol": (Run("reading_protocol"), True),
    "agreement": (Run("agreement"), True),
    "evaluate": (evaluate, True),
    "train": (Run("train"), True),
    "blinded": (read_blinded, False),
}


def picture(window: MainWindow, alone: bool) -> QPixmap:
    """Return what is on screen: the window with what lies over it, or the topmost window alone."""
    over = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    over = [w for w in over if isinstance(w, QWidget) and w.isWindow()]
    if alone and over:
        return over[-1].grab()
    whole = window.grab()
    painter = QPainter(whole)
    for widget in over:
        painter.drawPixmap(widget.mapTo(window, QPoint()), widget.grab())
    painter.end()
    return whole


def close_others(window: MainWindow) -> None:
    """Close what the scene has opened."""
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()
    _opened.clear()
    pause(200)


def take(
    folder: Path, names: Iterable[str], size: QSize, theme: str, scale: float, out: Path
) -> list[str]:
    """Make pictures, each of a window of its own whose settings lie below ``folder``.

    Args:
        folder: where the windows keep their settings and data.
        names: of the scenes, see `SCENES`.
        size: of the window, in device-independent pixels.
        theme: ``dark`` or ``light``.
        scale: the size of the text, as a share of the usual one.
        out: where the pictures go.

    Returns:
        What could not be made, and why.
    """
    missing = []
    for name in names:
        scene, alone = SCENES[name]
        # Nothing of one picture shall be left in the next.
        own = folder / name
        os.environ["SOFTCAM_DATA_DIR"] = os.environ["SOFTCAM_CONFIG_DIR"] = str(own)
        settings = Settings(own)
        settings.set("view/theme", theme)
        settings.set("view/text_size", scale)
        window = MainWindow(settings)
        window.resize(size)
        window.open_demo()
        window.show()
        settle(window)
        show_case(window, "fundus-01.jpg")
        try:
            scene(window)
        except (KeyError, StopIteration) as error:
            missing.append(f"{name} ({error})")
        settle(window)
        pause(1000)  # for the worklist's thumbnails
        picture(window, alone).save(str(out / f"{name}.png"))
        close_others(window)
        window.close()
        window.deleteLater()
        pause(300)
    return missing
