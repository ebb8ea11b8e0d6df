"""How the study files of released format versions in ``data`` were made.

Each was run with the program of its format, in the folder ``/srv/readings``; only its result
counts, for the program of today makes a file of today's format.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from softcam_core.annotations.records import LabelRecord
from softcam_core.annotations.study import Study

SIZE = (48, 36)
LABELS = [
    LabelRecord("MA", "#dd88ff", "1", "microaneurysm"),
    LabelRecord("HE", "#99ff00", "2", "haemorrhage"),
    LabelRecord("EX", "#eedd66", "3"),
]


def make_images(folder: Path) -> list[Path]:
    """Make the images of the study, of 48 x 36 pixels."""
    paths = [folder / "images" / name for name in ("eye-1.png", "eye-2.png", "Auge ü.png")]
    paths[0].parent.mkdir(exist_ok=True)
    for path in paths:
        Image.new("L", SIZE).save(path)
    return paths


def stroke() -> np.ndarray:
    """Return the pixels of the study's mask, bool (36, 48)."""
    y, x = np.mgrid[: SIZE[1], : SIZE[0]]
    ring: np.ndarray = np.hypot(x - 20, y - 15)
    return (ring < 9) & (ring > 4)


def make_version_1(folder: Path) -> None:
    """Make ``study-v1.softcam``: two readers, every kind of shape, steps undone and dropped."""
    with Study.open(folder / "study-v1.softcam") as study:
        one, two, three = study.add_cases(make_images(folder), modality="fundus")
        study.set_labels(LABELS)
        study.set_setting("point_radius", 3.0)
        study.set_setting("layout", {"panes": ["original", "cam"]})
        for case in (one, two):
            study.image_size(case)
        read = study.start_read(one, "Müller", "blinded")
        shapes = [
            ("box", [[4, 5], [10, 12]], 0.0),
            ("ellipse", [[20.25, 14.5], [6, 3.5]], 30.0),
            ("polygon", [[1, 1], [9, 1], [5, 1 / 3], [9, 9]], 0.0),
            ("freehand", [[30, 3], [40, 3], [41, 9], [31, 8.5]], 0.0),
            ("point", [[7.5, 8.5]], 0.0),
        ]
        box, ellipse, polygon, *_ = (
            study.add_annotation(one, kind, points, "MA", "Müller", angle=angle)
            for kind, points, angle in shapes
        )
        mask = study.add_annotation(
            one,
            "mask",
            mask=stroke(),
            label="HE",
            reader="Müller",
            attributes={"certainty": "probable", "note": "am Rand – unscharf"},
        )
        study.update_annotation(box, points=[[4, 5], [11, 13]])
        study.update_annotation(ellipse, label="EX", attributes={"note": "bright"})
        study.update_annotation(mask, mask=stroke() & (np.arange(SIZE[0]) < 22))
        study.delete_annotation(polygon)
        study.set_label(one, "Mild NPDR", "Müller")
        study.set_label(one, "Moderate NPDR", "Müller")
        study.lock_read(read, 61.25)
        study.set_status(one, "done")
        # Undone, then drawn on: no redo leads back there.
        study.add_annotation(two, "box", [[0, 0], [5, 5]], "dropped", "Müller")
        study.undo("Müller")
        study.add_annotation(two, "box", [[1, 1], [6, 6]], "HE", "Müller")
        # Another reader; one of two steps undone at the end.
        study.start_read(two, "reader-1")
        with study.batch("Import 3 shapes", "reader-1"):
            for x in (5, 15, 25):
                study.add_annotation(two, "box", [[x, 10], [x + 4, 16]], "EX", "reader-1")
            study.set_label(two, "No DR", "reader-1")
        study.add_annotation(one, "point", [[33.5, 20.5]], "MA", "reader-1")
        study.undo("reader-1")
        study.set_status(two, "flagged")
        study.store_result(one, "c0ffee", ["normal", "DR"], [-1.5, 2.25], [0.023, 0.977])
        assert three == 3


def make_version_2(folder: Path) -> None:
    """Make ``study-v2.softcam``: events, and a second read of a case beside an open first one."""
    with Study.open(folder / "study-v2.softcam") as study:
        one, two, _ = study.add_cases(make_images(folder), modality="fundus")
        study.set_labels(LABELS)
        study.image_size(one)
        first = study.start_read(one, "Müller", "blinded")
        study.add_annotation(one, "box", [[4, 5], [10, 12]], "MA", "Müller")
        study.lock_read(first, 12.5)
        second = study.start_read(one, "Müller", "ai-second", 2)
        study.add_annotation(one, "mask", mask=stroke(), label="HE", reader="Müller")
        study.set_label(one, "Moderate NPDR", "Müller")
        study.lock_read(second, 3.25)
        study.start_read(two, "reader-1")
        study.log("protocol changed", "Müller", None, before=None, after="blinded")
        study.store_result(two, "c0ffee", ["normal", "DR"], [-1.5, 2.25], [0.023, 0.977])


if __name__ == "__main__":
    {"1": make_version_1, "2": make_version_2}[sys.argv[1]](Path.cwd())
