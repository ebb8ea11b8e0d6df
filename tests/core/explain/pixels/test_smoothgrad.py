"""SmoothGrad: the mean of plain gradients at noisy images, and the same noise every time."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from softcam_core.explain import attribute
from tests.core.explain.pixels.pixel_nets import gradient, mixed, network, photos

METHOD = "smoothgrad"


def same(found: Tensor, expected: Tensor, tolerance: float = 1e-10) -> bool:
    scale = float(expected.abs().max())
    assert scale > 0
    return float((found - expected).abs().max()) <= tolerance * scale


def by_definition(net, x: Tensor, target: int, samples: int, noise: float, seed: int) -> Tensor:
    """A plain loop over images and samples, (B, H, W)."""
    maps = []
    for image in x:
        generator = torch.Generator().manual_seed(seed)
        spread = noise * float(image.max() - image.min())
        total = torch.zeros_like(image[0])
        for _ in range(samples):
            drawn = torch.randn(image.shape, generator=generator).to(image)
            total += gradient(net, (image + spread * drawn)[None], target)[0].sum(dim=0)
        maps.append(total / samples)
    return torch.stack(maps)


def test_it_is_a_plain_loop_with_25_samples_by_default() -> None:
    net = network("squeezenet1_1")
    x = photos(2, 33, 40)
    found = attribute(net, x, METHOD, [1])
    assert found.shape == (2, 1, 33, 40)
    assert same(found[:, 0], by_definition(net, x, 1, samples=25, noise=0.15, seed=0))


@settings(max_examples=15, deadline=None)
@given(
    rows=st.integers(7, 14),
    columns=st.integers(5, 14),
    samples=st.integers(1, 5),
    noise=st.floats(0, 0.5),
    seed=st.integers(0, 100),
)
def test_every_option_counts(
    rows: int, columns: int, samples: int, noise: float, seed: int
) -> None:
    net = mixed()
    x = photos(2, rows, columns)
    found = attribute(net, x, METHOD, samples=samples, noise=noise, seed=seed)
    for target in range(3):
        expected = by_definition(net, x, target, samples, noise, seed)
        assert float((found[:, target] - expected).abs().max()) <= 1e-10


def test_without_noise_it_is_the_gradient() -> None:
    net = mixed()
    x = photos(2, 12, 12)
    found = attribute(net, x, METHOD, 2, samples=3, noise=0)
    assert same(found[:, 0], gradient(net, x, 2).sum(dim=1))


def test_noise_tunnel_of_captum_resembles_it() -> None:
    peer = pytest.importorskip("captum.attr")
    net = network("squeezenet1_1")
    x = photos(1, 33, 33)
    samples = 100
    found = attribute(net, x, METHOD, 0, samples=samples, noise=0.02)[0, 0]
    torch.manual_seed(0)
    theirs = peer.NoiseTunnel(peer.Saliency(net)).attribute(
        x,
        nt_samples=samples,
        nt_samples_batch_size=20,
        stdevs=0.02 * float(x.max() - x.min()),
        target=0,
        abs=False,
    )
    both = torch.stack([found.ravel(), theirs[0].sum(dim=0).detach().ravel()])
    assert float(torch.corrcoef(both)[0, 1]) > 0.95


def test_the_noise_repeats_and_the_seed_changes_it() -> None:
    net = mixed()
    x = photos(3, 12, 12)
    torch.manual_seed(5)
    state = torch.get_rng_state()
    first = attribute(net, x, METHOD, samples=4)
    assert torch.equal(torch.get_rng_state(), state)
    torch.manual_seed(6)
    assert torch.equal(attribute(net, x, METHOD, samples=4), first)
    assert same(attribute(net, x[2:], METHOD, samples=4), first[2:])
    assert same(attribute(net, x, METHOD, samples=4, memory_mb=0), first)
    other = attribute(net, x, METHOD, samples=4, seed=1)
    assert not torch.allclose(other, first, rtol=0.01)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"samples": 0}, "samples: expected at least 1, got 0"),
        ({"noise": -0.1}, "noise: expected 0 or more, got -0.1"),
        ({"noise": float("nan")}, "noise: expected 0 or more, got nan"),
    ],
)
def test_options_that_mean_nothing_are_an_error(options: dict, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        attribute(mixed(), photos(1, 8, 8), METHOD, **options)


def test_progress_counts_samples() -> None:
    seen: list[tuple[int, int]] = []
    attribute(mixed(), photos(2, 8, 8), METHOD, samples=3, progress=lambda *step: seen.append(step))
    assert seen == [(1, 6), (6, 6)]
