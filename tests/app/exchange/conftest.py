"""A study with marks of two readers, the dialogs over it, and files to import."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.exchange.export_dialog import ExportDialog
from app.exchange.import_dialog import ImportDialog
from app.settings import Settings
from softcam_core.annotations.study import Study

WIDTH, HEIGHT = 80, 60


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Two photographs; anna drew on both, bert on the first."""
    with Study.open(tmp_path / "s.softcam") as study:
        for name in ("one.png", "two.png"):
            path = tmp_path / "photos" / name
            path.parent.mkdir(exist_ok=True)
            Image.fromarray(np.zeros((HEIGHT, WIDTH), np.uint8)).save(path)
            study.add_case(path)
        first, second = (case.id for case in study.cases())
        study.add_annotation(first, "box", [[3, 4], [12, 15]], "MA", "anna")
        study.add_annotation(first, "ellipse", [[30, 30], [9, 5]], "HE", "bert", angle=30)
        study.add_annotation(second, "polygon", [[3, 4], [12, 15], [3, 20]], "MA", "anna")
        yield study


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def export_dialog(qtbot, study: Study, settings: Settings, tmp_path: Path) -> ExportDialog:
    """The export dialog, on the screen, with a folder."""
    dialog = ExportDialog(study, study.readers(), settings, None)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.show()
    return dialog


@pytest.fixture
def import_dialog(qtbot, study: Study, settings: Settings) -> ImportDialog:
    """The import dialog, on the screen; anna is at work."""
    dialog = ImportDialog(study, "anna", study.readers(), settings, None)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def coco(tmp_path: Path) -> Callable[..., Path]:
    """Write a COCO file with one box in each image of these names."""

    def write(*names: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Path:
        content = {
            "images": [
                {"id": i, "file_name": name, "width": size[0], "height": size[1]}
                for i, name in enumerate(names)
            ],
            "annotations": [
                {"id": i, "image_id": i, "category_id": 1, "bbox": [20 + i, 2, 3, 4]}
                for i in range(len(names))
            ],
            "categories": [{"id": 1, "name": "EX"}],
        }
        file = tmp_path / "files" / "in.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content))
        return file

    return write
