"""Export of 100,000 shapes to COCO: time and peak memory, beside one big dictionary dumped.

Limits: 10 s and 1 GB. Each runs in a process of its own, whose peak resident memory the system
gives; the peer reads the same study and calls ``json.dumps`` once.

    pytest -m benchmark -s tests/benchmarks/test_export.py
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from tests.programs import ROOT

pytestmark = pytest.mark.benchmark

IMAGES, SHAPES = 200, 500
MOST_SECONDS, MOST_BYTES = 10, 1e9

OURS = """
import sys
from softcam_core.annotations.formats.exporting import export_study
def export(study, folder):
    export_study(study, "coco", folder)
"""

PEER = """
import json
from pathlib import Path
def export(study, folder):
    images, annotations = [], []
    for case in study.cases():
        images.append({"id": case.id, "file_name": case.name})
        for record in study.annotations(case.id):
            shape = record.shape
            x0, y0, x1, y1 = shape.bounds
            annotations.append({
                "id": record.id, "image_id": case.id, "category_id": 1, "iscrowd": 0,
                "bbox": [x0, y0, x1 - x0, y1 - y0], "area": 0.0, "reader": record.reader,
                "segmentation": [line[:-1].ravel().tolist() for line in shape.outline()],
            })
    Path(folder).mkdir()
    text = json.dumps({"images": images, "annotations": annotations, "categories": []})
    Path(folder, "annotations.json").write_text(text)
"""

MEASURED = """
import resource, sys, time
from softcam_core.annotations.study import Study
with Study.open(sys.argv[1]) as study:
    start, busy = time.perf_counter(), time.process_time()
    export(study, sys.argv[2])
    busy = time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(time.perf_counter() - start, busy, peak)
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """200 images with 500 shapes each: 12-point outlines, ellipses, boxes and a few masks."""
    folder = tmp_path_factory.mktemp("export")
    rng = np.random.default_rng(0)
    with Study.open(folder / "s.softcam") as opened:
        paths = []
        for index in range(IMAGES):
            Image.new("L", (2000, 1400)).save(folder / f"{index:03}.png")
            paths.append(folder / f"{index:03}.png")
        turn = np.linspace(0, 2 * np.pi, 13)[:-1]
        ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 20
        disc = np.hypot(*np.mgrid[-10:11, -10:11]) < 10
        for case in opened.add_cases(paths):
            opened.image_size(case)
            with opened.batch("Draw"):
                for index in range(SHAPES):
                    centre = rng.uniform(50, 1300, 2)
                    label = ("MA", "HE", "EX", "SE")[index % 4]
                    if index % 10 == 0:
                        opened.add_annotation(case, "box", [centre - 9, centre + 9], label)
                    elif index % 10 == 1:
                        opened.add_annotation(case, "ellipse", [centre, [20, 9]], label, angle=30)
                    elif index % 100 == 2:
                        low = np.rint(centre)
                        corners = [low, low + 21]
                        opened.add_annotation(case, "mask", corners, label, mask=disc)
                    else:
                        points = centre + ring * rng.uniform(0.7, 1, (12, 1))
                        opened.add_annotation(case, "polygon", points, label)
    return folder / "s.softcam"


def measured(code: str, study: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of the processor and bytes of one run."""
    done = subprocess.run(
        [sys.executable, "-c", code + MEASURED, study, folder],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    seconds, busy, peak = map(float, done.stdout.split())
    return seconds, busy, peak


def test_100_000_shapes_to_coco(study, tmp_path):
    peer_s, peer_busy, peer_bytes = measured(PEER, study, tmp_path / "peer")
    ours_s, ours_busy, ours_bytes = measured(OURS, study, tmp_path / "ours")
    print(
        f"\nCOCO export of {IMAGES * SHAPES:,} shapes: {ours_s:.1f} s ({ours_busy:.1f} s busy), "
        f"{ours_bytes / 1e6:.0f} MB peak; one dictionary: {peer_s:.1f} s ({peer_busy:.1f} s busy), "
        f"{peer_bytes / 1e6:.0f} MB (busy {ours_busy / peer_busy:.2f} x, "
        f"memory {ours_bytes / peer_bytes:.2f} x)"
    )
    content = json.loads((tmp_path / "ours" / "annotations.json").read_text())
    assert len(content["annotations"]) == IMAGES * SHAPES
    assert len(content["images"]) == IMAGES
    # One thread: on a machine that does nothing else the clock says the same.
    assert ours_busy <= MOST_SECONDS
    assert ours_bytes <= MOST_BYTES
