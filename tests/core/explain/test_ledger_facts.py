"""The facts of a case: one call that says what the parts of the ledger say."""

import numpy as np
import pytest

from softcam_core.annotations.shapes import Shape
from softcam_core.explain.ledger_facts import ledger_facts
from softcam_core.imaging.geometry import Region

NAMES = ("normal", "mild", "severe")
WHOLE, SIZE = Region(0, 0, 64, 48), (48, 64)


def facts(**given):
    evidence = np.random.default_rng(5).normal(size=(3, 2, 4)) * 4
    logits = evidence.mean(axis=(1, 2))
    return evidence, logits, ledger_facts(evidence, logits, NAMES, region=WHOLE, size=SIZE, **given)


def test_every_class_has_its_sums():
    evidence, logits, found = facts()
    assert [one.name for one in found.classes] == list(NAMES)
    for one, cells, logit in zip(found.classes, evidence, logits, strict=True):
        assert one.logit == logit
        assert one.evidence_for + one.evidence_against == pytest.approx(cells.mean(), abs=1e-14)
        assert one.share is None
        assert one.probability_without is None
    assert sum(one.probability for one in found.classes) == pytest.approx(1)
    assert found.covered is None


def test_the_strongest_regions_and_the_rest_are_the_logit_of_the_class_shown():
    _, logits, found = facts(strongest=2, shown=1)
    assert found.shown == 1
    assert found.runner_up == max((0, 2), key=lambda i: logits[i])
    assert sum(r.contribution for r in found.regions) + found.rest == pytest.approx(logits[1])


def test_by_default_the_predicted_class_is_shown():
    _, logits, found = facts()
    assert found.shown == int(np.argmax(logits))
    assert found.runner_up == int(np.argsort(logits)[-2])


def test_a_region_of_everything_leaves_nothing():
    evidence, _, found = facts(shapes=[Shape("box", [[0, 0], [64, 48]])])
    assert found.covered == pytest.approx(1)
    for one, cells in zip(found.classes, evidence, strict=True):
        assert one.share == pytest.approx(one.logit)
        assert one.logit_without == pytest.approx(0, abs=1e-14)
        assert one.probability_without == pytest.approx(1 / 3)
        assert one.share_of_positive == pytest.approx(1 if (cells > 0).any() else np.nan)


def test_a_model_of_one_class_has_no_runner_up():
    found = ledger_facts([[[1.0]]], [1.0], ["only"], region=WHOLE, size=SIZE)
    assert found.runner_up is None


def test_names_that_do_not_match_the_maps_are_refused():
    with pytest.raises(ValueError, match="classes"):
        ledger_facts(np.zeros((2, 1, 1)), [0.0, 0.0], ["one"], region=WHOLE, size=SIZE)
