"""What explaining may cost: ratios of ``softcam bench``, each from one run.

Processor time of one thread, which says the same on a busy machine and on an idle one.

    pytest -m benchmark -s tests/benchmarks/test_explain_cost.py
"""

import dataclasses
import sys
from importlib.util import find_spec

import pytest

from softcam_core.bench.cases import FORWARD, GRADIENTS, OPENVINO, Case, Way
from softcam_core.bench.peers import installed
from softcam_core.bench.rows import Row
from softcam_core.bench.run import Settings, run_case

pytestmark = pytest.mark.benchmark

TIME = Settings(classes=5, repeats=7, threads=1, clock="processor", memory=False)
MEMORY = dataclasses.replace(TIME, repeats=1, memory=True, threads=2)
MIB = 2**20 / 1e6


@pytest.fixture
def measure(capsys: pytest.CaptureFixture[str]):
    """Run a case, print its rows, and return them by way and peer."""

    def run(case: Case, settings: Settings = TIME) -> dict[tuple[str, str], Row]:
        for peer in case.peers:
            if not installed(peer):
                pytest.skip(f"{peer} is not installed")
        rows = run_case(case, settings)
        with capsys.disabled():
            for row in rows:
                print(
                    f"\n{row.name}: {row.ours_s:.4f} s, {row.peer} {row.peer_s:.4f} s: "
                    f"{row.ratio:.2f}; {row.ours_mb} MB, {row.peer_mb} MB; "
                    f"difference {row.difference}",
                    end="",
                )
        assert all(row.equal in (True, None) for row in rows)
        labels = {case.name(way): way.label for way in case.ways}
        return {(labels[row.name], row.peer): row for row in rows}

    return run


def test_gradcam_of_a_linear_head_costs_a_forward_pass(measure) -> None:
    rows = measure(Case("gradcam", "resnet50", 224, (FORWARD, "torchcam", "grad-cam")))
    assert 1 / rows["", FORWARD].ratio <= 1.1
    assert rows["", "torchcam"].ratio >= 5
    assert rows["", "grad-cam"].ratio >= 14


@pytest.mark.parametrize("method", ["gradcam", "gradcam++", "xgradcam", "layercam"])
@pytest.mark.parametrize("arch", ["vgg16", "squeezenet1_0", "squeezenet1_1", "densenet121"])
def test_gradients_of_the_head_cost_a_fraction_of_a_forward_pass(measure, arch, method) -> None:
    rows = measure(Case(method, arch, 224, (FORWARD,), (GRADIENTS,)))
    assert 1 / rows[GRADIENTS.label, FORWARD].ratio <= 1.3


def test_scorecam_shares_its_passes_between_classes(measure) -> None:
    ways = (Way(), OPENVINO) if find_spec("openvino") else (Way(),)
    case = Case("scorecam", "resnet18", 224, ("torchcam",), ways)
    rows = measure(case, dataclasses.replace(TIME, repeats=1))
    assert rows["", "torchcam"].ratio >= 5
    if find_spec("openvino"):
        assert rows[OPENVINO.label, "torchcam"].ratio >= 8


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the high-water mark")
def test_scorecam_holds_no_more_than_400_mb_at_512_px(measure) -> None:
    rows = measure(Case("scorecam", "resnet18", 512, (FORWARD,)), MEMORY)
    assert rows["", FORWARD].ours_mb <= 400


def test_integrated_gradients_share_their_passes_between_classes(measure) -> None:
    case = Case("integrated_gradients", "resnet18", 224, ("captum",))
    assert measure(case, dataclasses.replace(TIME, repeats=2))["", "captum"].ratio >= 1.3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the high-water mark")
@pytest.mark.parametrize("budget", [96, 256, 512])
def test_integrated_gradients_keep_to_their_memory(measure, budget: int) -> None:
    """The budget is beyond one pass of one image, which this network's gradients need too."""
    way = Way("", {"memory_mb": budget})
    one_pass = 60 * MIB
    rows = measure(Case("integrated_gradients", "resnet18", 224, (FORWARD,), (way,)), MEMORY)
    assert rows["", FORWARD].ours_mb <= budget * MIB + one_pass
