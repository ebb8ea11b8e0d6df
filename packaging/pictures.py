"""Pictures of every screen, for the help, the README and for whoever looks them over.

``python packaging/pictures.py OUT [--size 1366x768] [--theme dark] [--only NAME ...]`` opens the
demo in a window of its own settings, brings one screen after the other up and writes OUT/NAME.png.
QT_SCALE_FACTOR=2 makes them twice as fine; SOFTCAM_LANGUAGE=de makes them German.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent


def use_screen(folder: Path, width: int, height: int) -> None:
    """Let Qt draw on a screen of this size that nobody sees, unless another was asked for."""
    finer = float(os.environ.get("QT_SCALE_FACTOR", 1))
    screen = {"name": "pictures", "x": 0, "y": 0}
    screen |= {"width": round(width * finer), "height": round(height * finer)}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": [screen]}))
    os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={config}")


def main() -> int:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1366x768", help="in device-independent pixels")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--text", type=int, default=100, help="size of the text in percent")
    parser.add_argument("--only", nargs="*", default=[], help="names of the screens")
    options = parser.parse_args()
    width, height = (int(side) for side in options.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        # Before Qt and the program, which look at both once.
        use_screen(Path(folder), width, height)
        sys.path.insert(0, str(ROOT))
        from PySide6.QtCore import QSize
        from PySide6.QtWidgets import QApplication, QDialog
        from scenes import SCENES, open_instead, take

        from app.language import install, language_of

        unknown = sorted(set(options.only) - set(SCENES))
        if unknown:
            parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(SCENES)}")
        app = QApplication(["softcam-viewer"])
        install(app, language_of(None))
        options.out.mkdir(parents=True, exist_ok=True)
        # A dialog that waits for its answer would wait for ever.
        with patch.object(QDialog, "exec", open_instead):
            missing = take(
                Path(folder),
                [name for name in SCENES if not options.only or name in options.only],
                QSize(width, height),
                options.theme,
                options.text / 100,
                options.out,
            )
        app.processEvents()
    for name in missing:
        print(f"not made: {name}", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
