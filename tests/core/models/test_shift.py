"""The poster's demonstration: what softmax cannot see, and the sigmoid head pins."""

import pytest
import torch
from torch.nn import functional

from softcam_core.errors import ModelError
from softcam_core.explain import attribute
from softcam_core.models.add_head import add_sigmoid_head
from softcam_core.models.build import build_model
from softcam_core.models.dual_branch import DualBranch, pooled_linear
from softcam_core.models.shift import emptying_shift, shifted
from softcam_core.training.loss import balanced_bce
from tests.core.models.networks import images, varied_classifier

TARGET = torch.tensor([0, 1, 2, 3])


@pytest.fixture(scope="module")
def model() -> DualBranch:
    arch = "shufflenet_v2_x0_5"
    return add_sigmoid_head(varied_classifier(arch, 4), arch, ["a", "b", "c", "d"]).double()


def weights(model: DualBranch) -> list[torch.nn.Parameter]:
    layers = [pooled_linear(head) for head in (model.head, model.sigmoid_head)]
    return [layer.weight for layer in layers if layer is not None]


def drawn(model: DualBranch, seed: int, size: float) -> None:
    """Give both heads weights of both signs."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for weight in weights(model):
            weight.copy_(size * torch.randn(weight.shape, generator=generator))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("size", "eps"), [(0.02, 1e-3), (0.5, 1e-4), (0.1, 1.0)])
def test_the_softmax_keeps_its_probabilities_and_loses_its_map(
    model: DualBranch, seed: int, size: float, eps: float
) -> None:
    drawn(model, seed, size)
    other = shifted(model, eps)
    x = images(4, 64, 64, seed=seed).double()
    with torch.no_grad():
        before, after = model(x), other(x)
    # The classification: the same.
    probabilities = before.logits.softmax(1)
    assert torch.allclose(after.logits.softmax(1), probabilities, rtol=0, atol=1e-6)
    # Its class activation map: gone.
    assert (weights(other)[0] <= -eps * 0.999).all()
    maps = [attribute(m, x, "cam", branch="softmax").relu() for m in (model, other)]
    assert maps[0].amax() > 0
    assert not maps[1].any()
    # The sigmoid head sees the same vector: in its probabilities and in its loss.
    moved = (after.sigmoid_logits.sigmoid() - before.sigmoid_logits.sigmoid()).abs()
    assert moved.amax() > 1e-3
    losses = [float(balanced_bce(out.sigmoid_logits, TARGET)) for out in (before, after)]
    assert abs(losses[0] - losses[1]) > 1e-3
    # The model given stays as it was.
    with torch.no_grad():
        assert torch.equal(model(x).logits, before.logits)


@pytest.mark.parametrize("seed", range(6))
def test_only_the_sigmoids_loss_pulls_at_a_common_shift(model: DualBranch, seed: int) -> None:
    """Training moves weights along the gradient; along the shift, softmax has none."""
    drawn(model, seed, 0.1)
    x = images(4, 64, 64).double()
    with torch.no_grad():
        pooled = model.features(x).mean(dim=(2, 3))
    slopes = []
    for weight, loss in zip(weights(model), (functional.cross_entropy, balanced_bce), strict=True):
        leaf = weight.detach().reshape(4, -1).clone().requires_grad_()
        v = emptying_shift(leaf.detach())
        (gradient,) = torch.autograd.grad(loss(pooled @ leaf.T, TARGET), leaf)
        # The rate at which the loss changes while v is subtracted from every class's weights.
        slopes.append(-float((gradient * v).sum()))
    assert abs(slopes[0]) < 1e-9
    assert abs(slopes[1]) > 1e-3


def test_a_head_of_several_layers_has_no_such_shift() -> None:
    deep = build_model("mobilenet_v3_small", ["a", "b"], "dual-branch")
    assert isinstance(deep, DualBranch)
    with pytest.raises(ModelError, match="one linear layer after average pooling"):
        shifted(deep)
