"""What every engine promises: PyTorch's numbers, and a model that is left as it was."""

import pytest
import torch
from torch import Tensor, nn

from softcam_core.engines import engine as engines
from softcam_core.engines.engine import make_engine
from softcam_core.engines.folding import FoldedProgram
from softcam_core.engines.names import ENGINES, EngineError
from softcam_core.errors import ModelError
from softcam_core.models.build import build_model
from softcam_core.models.softcam import ModelOutput
from tests.core.models.networks import changed, images, varied_classifier

NAMES = ["a", "b", "c"]


class Small(nn.Module):
    """A classifier of somebody else, with one step that OpenVINO and torch.fx can follow."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.norm(self.conv(x)).relu().mean(dim=(2, 3)))


def build(arch: str, head: str) -> nn.Module:
    torch.manual_seed(1)
    return build_model(arch, NAMES, head).eval()


@pytest.mark.parametrize("head", ["softcam", "blackbox", "dual-branch"])
@pytest.mark.parametrize("size", [(64, 64), (96, 64)])
def test_torch_is_bit_for_bit_the_model(head: str, size: tuple[int, int]) -> None:
    model = build("squeezenet1_1", head)
    x = images(2, *size)
    with torch.no_grad():
        expected = model(x)
    engine = make_engine(model)
    output = engine.output(x)
    assert type(output) is type(expected)
    for ours, theirs in zip(output, expected, strict=True):
        assert (ours is None and theirs is None) or torch.equal(ours, theirs)
    assert torch.equal(engine.logits(x), expected.logits)
    assert not output.logits.requires_grad
    assert (engine.name, engine.precision) == ("torch", "32")


@pytest.mark.parametrize("name", ["torch", "torch-folded"])
def test_a_network_that_returns_logits_alone(name: str) -> None:
    net = varied_classifier("resnet18", 4)
    x = images(3, 64, 96)
    with torch.no_grad():
        expected = net(x)
    output = make_engine(net, name).output(x)
    assert isinstance(output, ModelOutput)
    assert output.evidence is None
    assert torch.allclose(output.logits, expected, atol=1e-4, rtol=0)


@pytest.mark.parametrize("name", ["torch", "torch-folded", "auto"])
def test_the_model_is_left_as_it_was(name: str) -> None:
    model = build("shufflenet_v2_x0_5", "softcam")
    model.train()
    model.backbone.conv1.eval()
    before = {key: value.clone() for key, value in model.state_dict().items()}
    modes = [module.training for module in model.modules()]
    strides = [p.stride() for p in model.parameters()]
    make_engine(model, name).output(images(2, 64, 64))
    assert changed(model, before) == []
    assert [module.training for module in model.modules()] == modes
    assert [p.stride() for p in model.parameters()] == strides
    assert all(p.requires_grad for p in model.parameters())


def test_every_engine_is_of_the_eval_mode() -> None:
    """Batch norm in training mode would mix the images of a batch."""
    model = build("shufflenet_v2_x0_5", "softcam").train()
    x = images(2, 64, 64)
    for name in ("torch", "torch-folded"):
        engine = make_engine(model, name)
        both, alone = engine.logits(x), engine.logits(x[1:])
        assert torch.allclose(both[1:], alone, atol=1e-5)


def test_a_double_model_keeps_its_digits() -> None:
    model = build("shufflenet_v2_x0_5", "softcam").double()
    x = images(1, 64, 64)
    with torch.no_grad():
        expected = model(x.double()).logits
    logits = make_engine(model).logits(x)
    assert logits.dtype == torch.float64
    assert torch.equal(logits, expected)


@pytest.mark.parametrize("precision", ["bf16", "16"])
def test_lower_precision_is_near_and_comes_back_in_float32(precision: str) -> None:
    model = build("resnet18", "softcam")
    x = images(2, 64, 64)
    plain = make_engine(model).output(x)
    engine = make_engine(model, precision=precision)
    lower = engine.output(x)
    assert engine.precision == precision
    for ours, theirs in zip(lower, plain, strict=True):
        assert ours.dtype == torch.float32
        assert not torch.equal(ours, theirs)
        assert (ours - theirs).abs().max() < 0.05 * max(1, theirs.abs().max())


def test_a_precision_that_torch_lacks_is_one_sentence(monkeypatch) -> None:
    def refuse(*_: object) -> Tensor:
        raise RuntimeError('"slow_conv2d_cpu" not implemented for Half')

    monkeypatch.setattr(torch.nn.functional, "conv2d", refuse)
    model = build("shufflenet_v2_x0_5", "softcam")
    with pytest.raises(EngineError, match="precision 16 is not available on cpu"):
        make_engine(model, precision="16").logits(images(1, 64, 64))


def test_what_cannot_be_meant_is_refused() -> None:
    model = Small()
    with pytest.raises(EngineError, match="'onnx' is not known; choose from auto, torch, openvino"):
        make_engine(model, "onnx")
    with pytest.raises(EngineError, match="'64' is not known; choose from 32, bf16, 16"):
        make_engine(model, precision="64")
    for name in ("openvino", "torch-folded"):
        with pytest.raises(EngineError, match="does not go with compile"):
            make_engine(model, name, compile=True)


def test_what_is_no_classifier_is_refused() -> None:
    with pytest.raises(ModelError, match=r"returned a Tensor of shape \(1, 3, 8, 8\), expected"):
        make_engine(nn.Identity()).output(images(1, 8, 8))


def test_openvino_that_is_not_installed(monkeypatch) -> None:
    monkeypatch.setattr(engines, "openvino_version", lambda: None)
    with pytest.raises(EngineError, match=r'pip install "softcam-viewer\[fast-cpu\]"'):
        make_engine(Small(), "openvino")


def test_auto_without_openvino_folds_where_that_helps(monkeypatch) -> None:
    monkeypatch.setattr(engines, "openvino_version", lambda: None)
    assert make_engine(varied_classifier("resnet18", 2), "auto").name == FoldedProgram.name
    assert make_engine(varied_classifier("squeezenet1_1", 2), "auto").name == FoldedProgram.name
    patches = nn.Sequential(nn.Conv2d(3, 8, 4, stride=4), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    assert make_engine(patches, "auto").name == "torch"
    assert make_engine(Small(), "auto", precision="bf16").name == "torch"


def test_auto_with_openvino(monkeypatch) -> None:
    monkeypatch.setattr(engines, "openvino_version", lambda: "2026.4.1")
    assert make_engine(Small(), "auto").name == "openvino"
    assert make_engine(Small(), "auto", compile=True).name == "torch (compiled)"
    assert make_engine(Small().to("meta"), "auto").name == "torch"
    with pytest.raises(EngineError, match="openvino computes on the CPU; choose the device cpu"):
        make_engine(Small().to("meta"), "openvino")


def test_the_names_have_their_lines() -> None:
    assert list(ENGINES) == ["auto", "torch", "openvino"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # within torch.compile
def test_compiled() -> None:
    model = Small().eval()
    x = images(2, 16, 16)
    engine = make_engine(model, compile=True)
    assert engine.name == "torch (compiled)"
    for _ in range(2):
        with torch.no_grad():
            assert torch.allclose(engine.logits(x), model(x), atol=1e-5)
            model.fc.weight.mul_(2)
