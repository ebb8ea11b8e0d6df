"""Chance methods and the randomization of weights."""

from __future__ import annotations

import copy
import hashlib

import numpy as np
import pytest
import torch
from scipy.stats import spearmanr

import softcam_core
from softcam_core import metrics
from softcam_core.evaluation.baselines import RandomizedModel, centre_prior, random_map
from softcam_core.evaluation.randomization import MOST_STAGES, Cascade, similarity

IDS = [hashlib.sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(400)]


def test_a_random_map_depends_on_the_image_and_the_seed_alone() -> None:
    first = random_map((4, 5), "ab" * 32, 0)
    assert torch.equal(first, random_map((4, 5), "ab" * 32, 0))
    assert not torch.equal(first, random_map((4, 5), "ac" * 32, 0))
    assert not torch.equal(first, random_map((4, 5), "ab" * 32, 1))
    assert first.abs().max() <= 1


def test_random_maps_score_what_chance_scores() -> None:
    mask = torch.zeros(1, 64, 64, dtype=torch.bool)
    mask[:, 10:26, 20:52] = True  # an eighth of the image
    maps = torch.stack([random_map((8, 8), name, 0) for name in IDS])
    found = metrics.activation_precision(maps, mask.expand(len(maps), -1, -1))
    assert float(found.mean()) == pytest.approx(0.125, abs=0.01)
    assert float((maps > 0).double().mean()) == pytest.approx(0.5, abs=0.01)


def test_the_centre_prior_is_highest_in_the_middle_and_symmetric() -> None:
    prior = centre_prior((6, 9))
    assert torch.allclose(prior, prior.flip(0))
    assert torch.allclose(prior, prior.flip(1))
    assert int(prior[2].argmax()) == 4
    # At a quarter of the side from the centre it is down to exp(-1/2).
    assert float(centre_prior((1, 10))[0, 7]) == pytest.approx(np.exp(-0.5), abs=1e-12)


def test_randomized_weights_keep_their_scale_and_leave_the_model_alone() -> None:
    torch.manual_seed(0)
    model = softcam_core.build_model("resnet18", classes=["a", "b"]).eval()
    before = copy.deepcopy(model.state_dict())
    randomized = RandomizedModel(model, 3)
    drawn = copy.deepcopy(randomized.drawn_for(IDS[0]).state_dict())
    other = copy.deepcopy(randomized.drawn_for(IDS[1]).state_dict())
    again = RandomizedModel(model, 3).drawn_for(IDS[0]).state_dict()
    seeded = RandomizedModel(model, 4).drawn_for(IDS[0]).state_dict()
    for name, value in model.state_dict().items():
        assert torch.equal(value, before[name])
    for name, own in model.named_parameters():
        assert torch.equal(drawn[name], again[name])
        if own.numel() > 1000:
            for new in (drawn, other, seeded):
                assert not torch.equal(own, new[name]), name
                assert float(new[name].std()) == pytest.approx(float(own.detach().std()), rel=0.1)
            assert not torch.equal(drawn[name], other[name])
            assert not torch.equal(drawn[name], seeded[name])


@pytest.mark.parametrize("arch", ["resnet18", "squeezenet1_0", "vgg11", "densenet121"])
def test_a_cascade_draws_everything_once_and_comes_back(arch: str) -> None:
    torch.manual_seed(0)
    model = softcam_core.build_model(arch, classes=["a", "b"]).eval()
    cascade = Cascade(model, 0)
    assert len(cascade) <= MOST_STAGES
    assert cascade.names[0] == "head"
    changed: set[str] = set()
    for stage in range(len(cascade)):
        cascade.draw(stage)
        now = {
            name
            for (name, own), new in zip(
                model.named_parameters(), cascade.model.parameters(), strict=True
            )
            if not torch.equal(own, new)
        }
        assert changed < now or (changed == now and stage)
        changed = now
    large = {name for name, p in model.named_parameters() if p.detach().std() > 0}
    assert large <= changed
    cascade.reset()
    for own, new in zip(model.parameters(), cascade.model.parameters(), strict=True):
        assert torch.equal(own, new)


def test_similarity_is_spearmans_rank_correlation() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        a, b = rng.integers(-3, 4, (2, 5, 6)).astype(float)
        expected = spearmanr(a.ravel(), b.ravel()).statistic
        assert similarity(torch.from_numpy(a), torch.from_numpy(b)) == pytest.approx(expected)
    a = torch.from_numpy(a)
    assert similarity(a, 2 * a + 1) == pytest.approx(1)
    assert similarity(a, -a) == pytest.approx(-1)
    assert np.isnan(similarity(a, torch.ones(5, 6)))
    assert np.isnan(similarity(a, torch.full((5, 6), torch.nan)))
