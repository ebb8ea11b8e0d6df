"""How an evaluation grows with its images: time per image and the memory it holds.

``pytest -m benchmark -s tests/benchmarks/test_evaluation_scale.py``; with SCALE_PLOT=FILE.svg it
also draws the figure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.evaluation.tiny import tiny_model, write_images, write_table

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]
IMAGES = (100, 1_000, 10_000)
METRICS = (
    "accuracy,auc,activation_precision,activation_sensitivity,topk_localization_precision,"
    "pointing_game,mean_iou,activation_consistency"
)
CHILD = """
import json, sys, time
from pathlib import Path
from softcam_core.evaluation.metric_ids import parse_metrics
from softcam_core.evaluation.plan import Plan
from softcam_core.evaluation.run import evaluate, finish

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

model, table, out = map(Path, sys.argv[1:4])
seen = []
def follow(progress):
    if progress.done in (60, progress.total):
        seen.append((time.process_time(), progress.done, resident()))
plan = Plan((model,), table, out, ("evidence",), parse_metrics(sys.argv[4]), device="cpu")
evaluate(plan, follow)
start = time.process_time()
finish(out)
(t0, n0, m0), (t1, n1, m1) = seen
print(json.dumps({
    "ms_per_image": 1000 * (t1 - t0) / (n1 - n0), "begun_mb": m0, "ended_mb": m1,
    "finish_s": time.process_time() - start,
}))
"""


def test_time_is_linear_and_memory_flat(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "dense.safetensors")
    images = write_images(tmp_path / "images", max(IMAGES))
    found = {}
    for count in IMAGES:
        table = write_table(tmp_path / f"{count}.csv", images[:count])
        done = subprocess.run(
            [sys.executable, "-c", CHILD, model, table, tmp_path / f"out{count}", METRICS],
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        found[count] = json.loads(done.stdout)
        print(f"{count:>6} images: {found[count]}")
    if "SCALE_PLOT" in os.environ:
        _plot(found, Path(os.environ["SCALE_PLOT"]))
    per_image = [one["ms_per_image"] for one in found.values()]
    assert max(per_image) <= 1.5 * min(per_image)
    for one in found.values():
        assert one["ended_mb"] - one["begun_mb"] <= 50


def _plot(found: dict[int, dict[str, float]], path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 2.8), layout="constrained")
    left, right = figure.subplots(1, 2)
    counts = list(found)
    left.loglog(counts, [n * found[n]["ms_per_image"] / 1000 for n in counts], "o-", c="#0072b2")
    left.set(xlabel="images", ylabel="processor time (s)", title="Measuring")
    right.semilogx(counts, [found[n]["ended_mb"] for n in counts], "o-", c="#0072b2")
    right.set(xlabel="images", ylabel="memory held at the end (MB)", title="Memory")
    right.set_ylim(0)
    figure.savefig(path)
