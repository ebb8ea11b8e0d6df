"""What deletion curves of seven methods on one image may cost, 30 patches each.

Processor time of one thread, medians. The passes that a naive program makes are measured one by
one on occluded images, and multiplied. Quantus, whose licence keeps it out of this project, runs in
an environment of its own (torch, torchvision, safetensors, quantus):

    QUANTUS_PYTHON=.../python pytest -m benchmark -s tests/benchmarks/test_deletion_cost.py
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from softcam_core.engines.engine import make_engine
from softcam_core.explain.attribution import attribute
from softcam_core.metrics import occlusion_curves
from softcam_core.metrics.deletion import OcclusionCurves, Predict
from softcam_core.metrics.shared_stages import SharedStages
from softcam_core.metrics.upsample import cubic_matrix
from softcam_core.models.build import build_model
from softcam_core.models.softcam import Network

pytestmark = pytest.mark.benchmark
METHODS = ["evidence", "cam", "gradcam", "gradcam++", "xgradcam", "layercam", "guided_backprop"]
VGG_METHODS = [*(m for m in METHODS if m != "cam"), "integrated_gradients"]
DIFFERENT = ["evidence", "gradcam++", "layercam", "guided_backprop"]
"""Methods that are not the same map up to a factor on a network with one linear layer."""
PATCHES = 30
REPEATS = 3
CASES = [("resnet18", 224), ("resnet18", 512), ("resnet50", 512), ("vgg16", 224)]


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def subject(arch: str, side: int, methods: list[str]) -> tuple[Network, torch.Tensor, list]:
    """An untrained network, a smooth image, and the maps of the diseased class."""
    torch.manual_seed(0)
    model = build_model(arch, classes=["healthy", "diseased"]).eval()
    coarse = torch.randn(1, 3, 12, 12, generator=torch.Generator().manual_seed(1))
    x = torch.nn.functional.interpolate(coarse, (side, side), mode="bicubic")
    return model, x[0], [attribute(model, x, method=m, classes=[1])[0, 0] for m in methods]


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def one_pass(predict: Predict, image: torch.Tensor) -> float:
    """Seconds of a pass of one image, half of it occluded."""
    half = image[None].clone()
    half[..., : half.shape[-1] // 2] = 0
    with torch.no_grad():
        predict(half)
        return seconds(lambda: predict(half), repeats=11)


@pytest.mark.parametrize(("arch", "side"), CASES)
def test_seven_methods_cost_a_fraction_of_their_passes(arch, side, capsys) -> None:
    methods = VGG_METHODS if arch == "vgg16" else METHODS
    model, image, maps = subject(arch, side, methods)
    shared = SharedStages(model)
    whole = shared.__call__
    folded = make_engine(model, "torch-folded")
    results: dict[str, OcclusionCurves] = {}

    def run(name: str, predict: Predict, count: int | None = None) -> float:
        def work() -> None:
            results[name] = occlusion_curves(predict, image, maps, 1, PATCHES, batch=count)

        return seconds(work)

    naive = len(maps) * PATCHES * one_pass(whole, image)
    rows = {
        "distinct pictures only": run("distinct", whole, 1),
        "and in batches": run("batches", whole),
        "and only what a patch reaches": run("shared", shared),
        "(distinct, in batches, torch-folded)": run(
            "folded", lambda x: torch.softmax(folded.logits(x), dim=1)
        ),
    }
    found = results["shared"]
    with capsys.disabled():
        print(f"\n{arch} {side}: {len(maps)} x {PATCHES} separate passes {naive:.2f} s", end="")
        print(f"; distinct pictures {found.passes} of {found.asked}")
        for name, value in rows.items():
            print(f"  {name}: {value:.2f} s, {value / naive:.2f} of the separate passes")
    for name, result in results.items():
        for one, other in zip(results["distinct"], result, strict=True):
            atol = 1e-4 if name == "folded" else 1e-6
            assert torch.allclose(one.probabilities, other.probabilities, rtol=0, atol=atol)
    assert rows["and only what a patch reaches"] / naive <= 0.6


@pytest.mark.parametrize(("arch", "side"), CASES[:2])
def test_methods_that_agree_in_nothing_gain_too(arch, side, capsys) -> None:
    """Four methods with maps of their own and three random ones: hardly a picture is shared."""
    model, image, maps = subject(arch, side, DIFFERENT)
    generator = torch.Generator().manual_seed(2)
    maps += [torch.rand(maps[0].shape, generator=generator) for _ in range(3)]
    shared = SharedStages(model)
    naive = len(maps) * PATCHES * one_pass(shared.__call__, image)
    ours = seconds(lambda: occlusion_curves(shared, image, maps, 1, PATCHES))
    passes = occlusion_curves(shared, image, maps, 1, PATCHES).passes
    with capsys.disabled():
        print(f"\n{arch} {side}, maps that differ: {passes} pictures, {ours / naive:.2f}", end="")
    assert ours / naive <= 0.6


@pytest.mark.parametrize(("arch", "side"), [("resnet18", 224), ("resnet50", 224)])
def test_at_least_twice_as_fast_as_quantus(arch, side, capsys, tmp_path: Path) -> None:
    """With 32 pixels, which divide the side, Quantus' patches are ours, and so are its numbers."""
    python = os.environ.get("QUANTUS_PYTHON")
    if not python:
        pytest.skip("QUANTUS_PYTHON does not name a Python with Quantus")
    model, image, maps = subject(arch, side, METHODS)
    large = [
        cubic_matrix(side, len(one)) @ one.double() @ cubic_matrix(side, one.shape[1]).T
        for one in maps
    ]
    np.savez(tmp_path / "inputs.npz", image=image.numpy(), maps=torch.stack(large).numpy())
    root = Path(__file__).resolve().parents[2]
    script = Path(__file__).with_name("quantus_deletion.py")
    done = subprocess.run(
        [python, script, tmp_path / "inputs.npz", arch, "32", str(REPEATS)],
        env={**os.environ, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    peer = json.loads(done.stdout.splitlines()[-1])
    theirs = statistics.median(peer["seconds"])
    shared = SharedStages(model)
    times, found = {}, {}
    for name, predict in (("whole passes", shared.__call__), ("shared stages", shared)):

        def work(name: str = name, predict: Predict = predict) -> None:
            found[name] = occlusion_curves(predict, image, maps, 1, PATCHES, 32)

        times[name] = seconds(work)
    with capsys.disabled():
        print(f"\n{arch} {side}: Quantus {theirs:.2f} s", end="", file=sys.stdout)
        for name, value in times.items():
            print(f"; {name} {value:.2f} s, {theirs / value:.1f} x faster", end="")
    original = float(found["shared stages"].original[1])
    for curve, drops in zip(found["shared stages"], peer["drops"], strict=True):
        ours = (original - curve.values[1:]).numpy()
        np.testing.assert_allclose(drops, ours, rtol=0, atol=1e-5)
    assert theirs / times["shared stages"] >= 2
