"""Entry point of ``softcam-viewer``: the command line, the display check, the window.

Nothing slow is imported at the top: the child process that holds the models imports this module
again.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

USAGE_ERROR = 2


def _percent(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"expected 0 to 100, got {text}")
    return value


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    try:
        size = int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"expected WIDTHxHEIGHT such as 1440x900, got {text}"
        ) from None
    if not all(200 <= side <= 16384 for side in size):
        raise argparse.ArgumentTypeError(f"expected sides of 200 to 16384 pixels, got {text}")
    return size


def _device(text: str) -> str:
    index = text.removeprefix("cuda:")
    if text in ("auto", "cpu", "cuda") or (index != text and index.isdigit()):
        return text
    raise argparse.ArgumentTypeError(f"expected auto, cpu or cuda[:N], got {text}")


def _method(text: str) -> str:
    from softcam_core.explain.methods import METHODS

    if text not in METHODS:
        raise argparse.ArgumentTypeError(f"expected one of {', '.join(METHODS)}, got {text}")
    return text


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser."""
    p = argparse.ArgumentParser(
        prog="softcam-viewer",
        description="Review medical images beside a classifier that explains itself. "
        "Research use only, not for diagnosis.",
    )
    p.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="images or folders")
    p.add_argument(
        "--model",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a model; may be repeated, the first predicts",
    )
    p.add_argument("--study", type=Path, metavar="FILE", help="a .softcam study file")
    p.add_argument("--device", type=_device, default=None, help="auto, cpu or cuda[:N]")
    p.add_argument("--demo", action="store_true", help="open the bundled demo study and models")
    p.add_argument("--self-test", action="store_true", help="try the whole line and exit")
    p.add_argument(
        "--keep", type=Path, metavar="DIR", help="with --self-test: leave its files here"
    )
    p.add_argument(
        "--screenshot",
        type=Path,
        metavar="OUT.png",
        help="write a picture of the window once it is complete, and exit",
    )
    p.add_argument("--size", type=_size, metavar="WxH", help="size of the window")
    p.add_argument(
        "--method",
        action="append",
        type=_method,
        default=[],
        metavar="ID",
        help="a map to show, one pane each; may be repeated",
    )
    p.add_argument("--class", dest="class_name", metavar="NAME", help="the class to show")
    p.add_argument("--opacity", type=_percent, metavar="0..100", help="of the maps")
    return p


def display_problem() -> str | None:
    """Return why no window can be opened here, in one sentence, or None.

    Qt itself would abort the process with a core dump.
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or platform.split(":")[0] in ("offscreen", "minimal"):
        return None
    if platform not in ("", "xcb"):
        if platform == "wayland" and not _wayland_answers():
            return "No Wayland display answers; unset QT_QPA_PLATFORM or start from a desktop."
        return _platform_problem(platform.split(":")[0])
    if not platform and _wayland_answers():
        return None
    if not os.environ.get("DISPLAY"):
        return "No display was found; start SoftCAM Viewer from a desktop session."
    import ctypes

    for library, package in (("libxcb.so.1", "libxcb1"), ("libxcb-cursor.so.0", "libxcb-cursor0")):
        try:
            ctypes.CDLL(library)
        except OSError:
            return f"The system library {library} is missing; install the package {package}."
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    broken = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    if broken:
        return f"The display {os.environ['DISPLAY']} does not answer; start from a desktop session."
    return None


def _platform_problem(name: str) -> str | None:
    """Return a sentence where Qt has no such platform."""
    from PySide6.QtCore import QLibraryInfo

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    if any(plugins.glob(f"libq{name}*.so")):
        return None
    return f"QT_QPA_PLATFORM asks for {name!r}, which Qt does not have; unset it."


def _wayland_answers() -> bool:
    """Return whether a compositor listens; its name outlives it in a shell over ssh or su."""
    import socket

    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", ""), name)))
        except OSError:
            return False
    return True


def _tell(sentence: str) -> None:
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
        return
    # A Windows GUI start has no stderr.
    from PySide6.QtWidgets import QApplication, QMessageBox

    app = QApplication.instance() or QApplication([])
    QMessageBox.critical(None, "SoftCAM Viewer", sentence)
    del app


def main(argv: Sequence[str] | None = None) -> int:
    """Run the viewer; returns its exit code."""
    import multiprocessing

    from softcam_core.paths import exists

    multiprocessing.freeze_support()
    options = parser().parse_args(argv)
    for path in [*options.paths, *options.model]:
        if not exists(path):
            _tell(f"{path} does not exist or cannot be reached; check the path.")
            return USAGE_ERROR
    if options.keep and not options.self_test:
        _tell("--keep belongs to --self-test; add it or leave --keep out.")
        return USAGE_ERROR
    problem = display_problem()
    if problem:
        _tell(problem)
        return USAGE_ERROR
    from app.program import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
