"""Opti-CAM climbs to a higher logit, by Adam, for each image and class by itself."""

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.explain import attribute
from softcam_core.explain.opticam import mask, opticam
from softcam_core.explain.parts import Parts
from softcam_core.explain.request import Request
from tests.core.models.networks import images, varied_classifier


class Net(nn.Module):
    """A small classifier in float64 with batch norm and in-place ReLU; counts its passes."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.features = nn.Sequential(
            nn.Conv2d(3, 6, 3, stride=4, padding=1), nn.BatchNorm2d(6), nn.ReLU(inplace=True)
        )
        self.linear = nn.Linear(6 * 4, 3)
        for parameter in self.parameters():
            parameter.data = torch.randn(parameter.shape, generator=generator)
        self.double().eval()
        self.seen: list[int] = []

    def head(self, z: Tensor) -> Tensor:
        self.seen.append(len(z))
        return self.linear(nn.functional.adaptive_avg_pool2d(z, 2).flatten(1))

    def ask(self, x: Tensor, classes: list[int]) -> Request:
        parts = Parts(self.features, self.head, None, None, 3)
        return Request(parts, x, classes, parts.forward)


def noise(count: int, rows: int = 24, columns: int = 32, seed: int = 0) -> Tensor:
    return images(count, rows, columns, seed).double()


def by_definition(net: Net, image: Tensor, target: int, iterations: int, rate: float) -> Tensor:
    """The authors' loop with torch's Adam: image (3, H, W) -> (h, w)."""
    z = net.features(image[None])[0].detach()
    u = torch.zeros(len(z), dtype=z.dtype, requires_grad=True)
    adam = torch.optim.Adam([u], lr=rate)
    for _ in range(iterations):
        large = nn.functional.interpolate(
            (u.softmax(0)[:, None, None] * z).sum(0)[None, None], image.shape[1:], mode="bilinear"
        )
        scaled = (large - large.min()) / (large.max() - large.min())
        logit = net.head(net.features(image[None] * scaled))[0, target]
        (u.grad,) = torch.autograd.grad(-logit, u)
        adam.step()
    return (u.detach().softmax(0)[:, None, None] * z).sum(0)


@pytest.mark.parametrize(("iterations", "rate"), [(1, 0.1), (7, 0.1), (4, 0.5)])
def test_it_is_the_authors_loop(iterations: int, rate: float) -> None:
    net = Net()
    x = noise(2)
    with torch.no_grad():
        found = opticam(net.ask(x, [2, 0]), iterations=iterations, learning_rate=rate)
    for place, target in enumerate((2, 0)):
        for number, image in enumerate(x):
            expected = by_definition(net, image, target, iterations, rate)
            assert torch.allclose(found[number, place], expected, rtol=1e-7, atol=1e-10)
    assert all(parameter.grad is None for parameter in net.parameters())


def test_the_logit_rises() -> None:
    model = varied_classifier("squeezenet1_1", 3)
    x = images(1, 48, 64)
    classes = [0, 2]  # a ReLU cuts the logit of class 1

    def logits(iterations: int, rate: float) -> Tensor:
        options = {"iterations": iterations, "learning_rate": rate}
        maps = attribute(model, x, "opticam", classes, **options)[0]
        with torch.no_grad():
            return model(x * mask(maps, x.shape[2:]))[:, classes].diagonal()

    start, early, late = logits(1, 1e-9), logits(5, 0.1), logits(20, 0.1)
    assert bool((early > start).all())
    assert bool((late > early).all())


def test_maps_do_not_depend_on_what_else_is_asked_for() -> None:
    net = Net(1)
    x = noise(3)
    with torch.no_grad():
        whole = opticam(net.ask(x, [0, 1, 2]), iterations=3)
        for number in range(3):
            for target in range(3):
                request = net.ask(x[number : number + 1], [target])
                one = opticam(request, iterations=3)[0, 0]
                assert torch.allclose(whole[number, target], one, rtol=1e-9, atol=1e-12)


def test_an_image_that_the_features_do_not_see_gives_a_map_all_the_same() -> None:
    net = Net(2)
    with torch.no_grad():
        x = torch.zeros(1, 3, 24, 24, dtype=torch.float64)
        net.features[1].bias.fill_(-1e3)
        assert torch.equal(
            opticam(net.ask(x, [1]), iterations=3), torch.zeros(1, 1, 6, 6, dtype=torch.float64)
        )


def test_a_layer_that_the_user_names_is_explained() -> None:
    model = varied_classifier("squeezenet1_1", 3)
    x = images(1, 48, 64)
    found = attribute(model, x, "opticam", [2], layer="features.3", iterations=3)
    with torch.no_grad():
        z = model.features[:4](x)
    assert found.shape == (1, 1, *z.shape[2:])
    assert not torch.allclose(found[:, 0], z.mean(dim=1))
    assert torch.allclose(found[:, 0], z.mean(dim=1), rtol=0.5, atol=float(z.mean()) / 2)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"iterations": 0}, "iterations: expected at least 1, got 0"),
        ({"learning_rate": 0}, "learning_rate: expected a positive number, got 0"),
        ({"learning_rate": float("nan")}, "learning_rate: expected a positive number, got nan"),
        ({"steps": 3}, "steps: not an option of opticam; it has iterations, learning_rate"),
    ],
)
def test_options_that_cannot_be_meant(options: dict[str, float], words: str) -> None:
    model = varied_classifier("squeezenet1_1", 3)
    with pytest.raises(ValueError, match=f"^{words}$"):
        attribute(model, images(1, 48, 48), "opticam", **options)


def test_memory_progress_and_cancel() -> None:
    net = Net()
    steps: list[tuple[int, int]] = []
    request = replace(
        net.ask(noise(2), [0, 1, 2]), on_progress=lambda done, total: steps.append((done, total))
    )
    with torch.no_grad():
        expected = opticam(request, iterations=4)
        assert max(net.seen) == 6
        assert steps == [(6, 24), (12, 24), (18, 24), (24, 24)]

        net.seen.clear()
        steps.clear()
        narrow = replace(request, memory=0)
        assert torch.allclose(opticam(narrow, iterations=4), expected, rtol=1e-9)
        assert max(net.seen) == 1
        assert steps == [(done, 24) for done in range(1, 25)]

        net.seen.clear()
        asked = iter([False, False, False, True])
        with pytest.raises(CancelledError):
            opticam(replace(narrow, cancelled=lambda: next(asked)), iterations=4)
        assert sum(net.seen) == 1 + 3  # one to learn the memory
