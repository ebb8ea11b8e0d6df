"""Folded copies say what the model says, and fold what can be folded and nothing else."""

import pytest
import torch
from torch import Tensor, nn

from softcam_core.engines.engine import make_engine
from softcam_core.engines.folding import FoldedProgram, folded, helps
from softcam_core.models.convert import from_classifier
from tests.core.models.networks import images, varied_classifier

CLASSES = list("abcd")


def norms(model: nn.Module) -> int:
    return sum(isinstance(module, nn.BatchNorm2d) for module in model.modules())


def off(ours: Tensor, theirs: Tensor) -> float:
    """Largest difference, times max(1, largest number)."""
    return float((ours - theirs).abs().max() / theirs.abs().max().clamp(min=1))


@pytest.mark.parametrize(
    ("arch", "left"),
    [
        ("resnet18", 0),
        ("shufflenet_v2_x0_5", 0),
        ("squeezenet1_1", 0),
        pytest.param("densenet121", 62, marks=pytest.mark.slow),
        pytest.param("vgg16", 0, marks=pytest.mark.slow),
        pytest.param("vgg16_bn", 0, marks=pytest.mark.slow),
        pytest.param("mobilenet_v2", 0, marks=pytest.mark.slow),
        pytest.param("mobilenet_v3_small", 0, marks=pytest.mark.slow),
        pytest.param("regnet_y_400mf", 0, marks=pytest.mark.slow),
        pytest.param("mnasnet0_5", 0, marks=pytest.mark.slow),
        pytest.param("googlenet", 0, marks=pytest.mark.slow),
        pytest.param("inception_v3", 0, marks=pytest.mark.slow),
    ],
)
def test_every_family_keeps_logits_and_evidence(arch: str, left: int) -> None:
    net = varied_classifier(arch, len(CLASSES))
    assert helps(net)
    assert norms(folded(net)) == left
    model, _ = from_classifier(net, arch, CLASSES)
    engine = make_engine(model, "torch-folded")
    side = 224 if arch.startswith("vgg") else 96
    for size in ((2, side, side), (3, side + 32, side)):
        x = images(*size)
        with torch.no_grad():
            expected = model(x)
        output = engine.output(x)
        assert engine.name == FoldedProgram.name
        assert off(output.logits, expected.logits) <= 1e-4
        assert off(output.evidence, expected.evidence) <= 1e-4
        assert not torch.equal(output.evidence, expected.evidence)


class Twice(nn.Module):
    """One convolution called twice, one read twice, a norm called twice, and one before."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.BatchNorm2d(3)
        self.shared, self.after_shared = nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3)
        self.read, self.after_read = nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3)
        self.one, self.two, self.after_both = (
            nn.Conv2d(3, 3, 1),
            nn.Conv2d(3, 3, 1),
            nn.BatchNorm2d(3),
        )
        self.good, self.after_good = nn.Conv2d(3, 3, 1, bias=False), nn.BatchNorm2d(3)
        self.batch = nn.Conv2d(3, 3, 1)
        self.of_batch = nn.BatchNorm2d(3, track_running_stats=False)

    def forward(self, x: Tensor) -> Tensor:
        x = self.shared(self.after_shared(self.shared(self.first(x))))
        read = self.read(x)
        x = self.after_read(read) + read
        x = self.after_both(self.one(x)) + self.after_both(self.two(x))
        x = self.of_batch(self.batch(self.after_good(self.good(x))))
        return x.mean(dim=(2, 3))


class Choosing(nn.Module):
    """A forward that no trace can follow, around a part that one can."""

    def __init__(self) -> None:
        super().__init__()
        self.part = nn.Sequential(nn.Conv2d(3, 3, 3), nn.BatchNorm2d(3))

    def forward(self, x: Tensor) -> Tensor:
        x = self.part(x)
        if x.mean() > 0:
            x = -x
        return x.mean(dim=(2, 3))


def with_statistics(model: nn.Module) -> nn.Module:
    torch.manual_seed(0)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            for values in (module.weight, module.bias, module.running_mean, module.running_var):
                if values is not None:
                    nn.init.uniform_(values, 0.5, 1.5)
    return model.eval()


def test_only_a_norm_that_alone_reads_one_convolution_is_folded() -> None:
    model = with_statistics(Twice())
    copy = folded(model)
    left = {n for n, m in copy.named_modules() if isinstance(m, nn.BatchNorm2d)}
    assert left == {"first", "after_shared", "after_read", "after_both", "of_batch"}
    x = images(3, 8, 8)
    with torch.no_grad():
        assert torch.allclose(copy(x), model(x), atol=1e-5)


def test_what_cannot_be_traced_is_folded_in_parts() -> None:
    model = with_statistics(Choosing())
    assert norms(folded(model)) == 0
    engine = make_engine(model, "torch-folded")
    for shift in (-3, 3):
        x = images(1, 8, 8) + shift
        with torch.no_grad():
            assert torch.allclose(engine.logits(x), model(x), atol=1e-5)
    assert engine.name == FoldedProgram.name


class Counting(nn.Module):
    """Says something else at each call, as far as a copy of it is concerned."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.source = [0]

    def forward(self, x: Tensor) -> Tensor:
        # The copy has a list of its own.
        return self.conv(x).mean(dim=(2, 3)) + sum(self.source)


class Stubborn(Counting):
    def __deepcopy__(self, memo: dict) -> nn.Module:
        raise TypeError("no copies of this")


def test_a_model_that_cannot_be_copied_runs_as_it_is() -> None:
    model = Stubborn().eval()
    x = images(2, 8, 8)
    engine = make_engine(model, "torch-folded")
    with torch.no_grad():
        assert torch.equal(engine.logits(x), model(x))
    assert engine.name == "torch"


def test_a_difference_that_leaves_no_trace_is_found_by_the_next_engine() -> None:
    model = Counting().eval()
    x = images(2, 8, 8)
    make_engine(model, "torch-folded").logits(x)
    model.source[0] = 5
    engine = make_engine(model, "torch-folded")
    with torch.no_grad():
        assert torch.allclose(engine.logits(x), model(x), atol=1e-5)
    assert engine.name == FoldedProgram.name


@pytest.mark.slow
def test_a_network_that_magnifies_rounding_is_as_right_as_pytorch_or_runs_in_it() -> None:
    """EfficientNet with random weights: PyTorch's own float32 is 1e-4 away from float64."""
    net = varied_classifier("efficientnet_b0", len(CLASSES))
    assert norms(folded(net)) == 0
    x = images(2, 96, 96)[-1:]
    engine = make_engine(net, "torch-folded")
    with torch.no_grad():
        expected = net(x)
    assert off(engine.logits(x), expected) <= 1e-4
