"""OpenVINO says what PyTorch says, to 1e-4, and says it to nobody else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from softcam_core.engines.engine import make_engine
from softcam_core.engines.names import EngineError
from softcam_core.models.build import build_model
from softcam_core.models.convert import from_classifier
from tests.core.engines.test_folding import Choosing, off, with_statistics
from tests.core.models.networks import images, varied_classifier

pytest.importorskip("openvino", reason="the extra fast-cpu is not installed")

CLASSES = list("abcd")


@pytest.mark.parametrize(
    "arch",
    [
        "resnet18",
        "squeezenet1_1",
        "shufflenet_v2_x0_5",
        "mobilenet_v3_small",
        pytest.param("densenet121", marks=pytest.mark.slow),
        pytest.param("vgg16", marks=pytest.mark.slow),
        pytest.param("mobilenet_v2", marks=pytest.mark.slow),
        pytest.param("convnext_tiny", marks=pytest.mark.slow),
        pytest.param("googlenet", marks=pytest.mark.slow),
        pytest.param("swin_t", marks=pytest.mark.slow),
    ],
)
def test_parity(arch: str) -> None:
    """Logits and evidence at two sizes, one not square, and another batch."""
    net = varied_classifier(arch, len(CLASSES))
    model, _ = from_classifier(net, arch, CLASSES)
    engine = make_engine(model, "openvino")
    side = 224 if arch.startswith("vgg") else 96
    for size in ((2, side, side), (3, side + 32, side)):
        x = images(*size)
        with torch.no_grad():
            expected = model(x)
        output = engine.output(x)
        assert off(output.logits, expected.logits) <= 1e-4
        assert off(output.evidence, expected.evidence) <= 1e-4
        assert expected.logits.std() >= 0.5
    assert engine.name == "openvino"


def test_the_logits_of_a_dual_branch_model() -> None:
    """A second head of several layers maps by gradients, which OpenVINO has not."""
    torch.manual_seed(0)
    model = build_model("mobilenet_v3_small", CLASSES, "dual-branch").eval()
    x = images(2, 64, 96)
    with torch.no_grad():
        expected = model(x)
    engine = make_engine(model, "openvino")
    assert off(engine.logits(x), expected.logits) <= 1e-4
    assert engine.name == "openvino"


def test_the_whole_output_of_a_dual_branch_model() -> None:
    torch.manual_seed(0)
    model = build_model("shufflenet_v2_x0_5", CLASSES, "dual-branch").eval()
    x = images(2, 64, 96)
    with torch.no_grad():
        expected = model(x)
    output = make_engine(model, "openvino").output(x)
    assert type(output) is type(expected)
    for ours, theirs in zip(output, expected, strict=True):
        assert off(ours, theirs) <= 1e-4


class ChoosingBySize(nn.Module):
    """Another map for wide images: a trace of a square one knows nothing of it."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x).mean(dim=(2, 3))
        return -y if x.shape[3] > x.shape[2] else y


@pytest.mark.parametrize("kind", [Choosing, ChoosingBySize])
def test_a_forward_that_decides_runs_in_torch(kind: type[nn.Module]) -> None:
    model = with_statistics(kind())
    engine = make_engine(model, "auto")
    for x in (images(1, 8, 8) - 3, images(1, 8, 16) + 3, images(2, 8, 8) + 3):
        with torch.no_grad():
            assert torch.equal(engine.logits(x), model(x))
    assert engine.name == "torch"
    with pytest.raises(EngineError, match=r"openvino cannot run this model .*; choose torch"):
        make_engine(model, "openvino").logits(x)


def test_images_that_do_not_fit_are_the_models_own_error() -> None:
    """They are no fault of the engine, which goes on with images that do."""
    model = build_model("squeezenet1_1", CLASSES).eval()
    for name in ("openvino", "auto"):
        engine = make_engine(model, name)
        for wrong in (torch.zeros(1, 4, 64, 64), torch.zeros(1, 3, 8, 8), torch.zeros(3, 64, 64)):
            with pytest.raises(ValueError, match="x: expected"):
                engine.logits(wrong)
        assert engine.logits(images(1, 64, 64)).shape == (1, 4)
        assert engine.name == "openvino"


def test_a_model_that_is_not_float32_is_refused() -> None:
    model = build_model("shufflenet_v2_x0_5", CLASSES).eval().double()
    with pytest.raises(EngineError, match="its weights are not float32"):
        make_engine(model, "openvino").logits(images(1, 64, 64))


def test_wrong_numbers_are_never_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from softcam_core.engines.openvino import OpenVinoProgram

    plain = OpenVinoProgram.__call__
    monkeypatch.setattr(
        OpenVinoProgram,
        "__call__",
        lambda *given: plain(*given).__class__(
            *(None if value is None else value + 0.01 for value in plain(*given))
        ),
    )
    model = build_model("squeezenet1_1", CLASSES).eval()
    x = images(2, 64, 64)
    with pytest.raises(EngineError, match="its numbers differ from PyTorch's"):
        make_engine(model, "openvino").logits(x)
    engine = make_engine(model, "auto")
    with torch.no_grad():
        assert torch.equal(engine.logits(x), model(x).logits)
    assert engine.name == "torch"


SILENT = """
import socket
import sys

def refuse(*given):
    print("connects", given, flush=True)
    raise OSError("no network here")

socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
import softcam_core
from softcam_core.engines.engine import make_engine
from softcam_core.models.build import build_model
import torch

model = build_model("squeezenet1_1", ["a", "b"]).eval()
make_engine(model, "openvino").logits(torch.zeros(1, 3, 64, 64))
import openvino.tools.ovc.telemetry_utils
print([name for name, module in sys.modules.items() if "telemetry" in name and module])
print(openvino.tools.ovc.telemetry_utils.tm.__name__)
"""


def test_nothing_is_reported_to_anybody(tmp_path: Path) -> None:
    """Its telemetry is on by default: importing it is enough to make files and connect."""
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    environment = {k: v for k, v in os.environ.items() if k not in ("CI", "TF_BUILD")} | home
    ran = subprocess.run(
        [sys.executable, "-c", SILENT], capture_output=True, text=True, env=environment, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "['openvino.tools.ovc.telemetry_stub', 'openvino.tools.ovc.telemetry_params', "
        "'openvino.tools.ovc.telemetry_utils']",
        "openvino.tools.ovc.telemetry_stub",
    ]
    assert not list(tmp_path.rglob("*openvino*")) + list(tmp_path.rglob("*intel*"))
