"""A dense model is its black box: twenty steps in float64 lead to the same parameters.

Both draw the same dropout: `nn.Dropout` of pooled features (B, D) and `nn.Dropout2d` of channels
(B, D, h, w) each take B x D numbers from torch's generator, in the same order, so the same seed
before a step, as the loop sets it, drops the same features. The first test holds torch to that.

The two heads round differently, and batch norm over few values makes much of it: with batches of 4
a fresh ShuffleNet takes 1e-16 to 1e-1 in 20 steps. With the paper's batch of 16 it stays below
1e-12.
"""

from collections.abc import Callable, Iterator

import pytest
import torch
from torch import Tensor, nn

from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import Model
from softcam_core.training.config import Config
from softcam_core.training.loss import training_loss
from softcam_core.training.start import start_model


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("kind", [torch.float32, torch.float64])
@pytest.mark.parametrize("shape", [(4, 16, 3, 5), (8, 1280, 2, 2)])
def test_dropout_of_features_and_of_channels_draws_the_same(
    shape: tuple[int, ...], kind: torch.dtype
) -> None:
    torch.manual_seed(7)
    features = nn.Dropout(0.3)(torch.ones(shape[:2], dtype=kind))
    torch.manual_seed(7)
    channels = nn.Dropout2d(0.3)(torch.ones(shape, dtype=kind))
    assert torch.equal(channels, features[..., None, None].expand(shape))
    assert 0 < int((features == 0).sum()) < features.numel()


def trained(config: Config, head: str, steps: int) -> tuple[Model, dict[str, Tensor]]:
    """Return the trained network and the weights that it began with, all in float64."""
    model = start_model(config, ("a", "b", "c"), InputSpec(size=(64, 64)), None).model.double()
    assert model.spec.head == head
    first = {name: value.detach().clone() for name, value in model.state_dict().items()}
    settings = config.train
    sgd = torch.optim.SGD(
        model.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=5e-4
    )
    data = torch.Generator().manual_seed(1)
    model.train()
    for step in range(steps):
        x = torch.randn(16, 3, 64, 64, generator=data, dtype=torch.float64)
        y = torch.randint(3, (16,), generator=data)
        torch.manual_seed(settings.seed + step)
        sgd.zero_grad()
        training_loss(model(x), y, config.loss).total.backward()
        sgd.step()
    return model, first


@pytest.mark.parametrize(
    ("arch", "options"),
    [
        ("shufflenet_v2_x0_5", "{dropout = '0.2'}"),
        pytest.param("shufflenet_v2_x0_5", "{}", marks=pytest.mark.slow),
        pytest.param("resnet18", "{dropout = '0.5'}", marks=pytest.mark.slow),
    ],
)
def test_dense_training_is_black_box_training(
    arch: str, options: str, configure: Callable[..., Config]
) -> None:
    words = (f"model.arch={arch}", f"model.options={options}")
    dense, start = trained(configure(*words), "softcam", 20)
    black, other = trained(configure(*words, "model.head=blackbox"), "blackbox", 20)
    ends = dense.state_dict(), black.state_dict()
    assert ends[0].keys() == ends[1].keys()
    for name, value in ends[0].items():
        assert torch.equal(start[name].reshape(other[name].shape), other[name]), name
        partner = ends[1][name].reshape(value.shape)
        assert float((value - partner).abs().max()) <= 1e-10, name
    assert float((ends[0]["head.fc.weight"] - start["head.fc.weight"]).abs().max()) > 1e-4


def test_a_penalty_parts_the_two(configure: Callable[..., Config]) -> None:
    """The comparison can fail: the smallest of the paper's lambdas is seen."""
    dense, _ = trained(configure("model.options={}"), "softcam", 3)
    sparse, _ = trained(configure("model.options={}", "loss.l1=1e-6"), "softcam", 3)
    apart = dense.state_dict()["head.fc.weight"] - sparse.state_dict()["head.fc.weight"]
    assert float(apart.abs().max()) > 1e-10
