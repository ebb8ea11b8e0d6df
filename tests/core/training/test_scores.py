"""Validation figures against scikit-learn."""

import math

import numpy as np
import pytest
import torch
from sklearn import metrics

from softcam_core.training.scores import display_limit, score


@pytest.mark.parametrize("classes", [2, 4])
def test_figures_equal_scikit_learns(classes):
    rng = np.random.default_rng(classes)
    labels = rng.integers(0, classes, 200)
    logits = rng.normal(size=(200, classes)) + 1.2 * np.eye(classes)[labels]
    found = score(torch.tensor(logits), torch.tensor(labels))
    p = torch.tensor(logits).float().softmax(1).numpy()
    if classes == 2:
        auc = metrics.roc_auc_score(labels, p[:, 1])
    else:
        auc = np.mean([metrics.roc_auc_score(labels == c, p[:, c]) for c in range(classes)])
    kappa = metrics.cohen_kappa_score(labels, logits.argmax(1), weights="quadratic")
    assert found.accuracy == pytest.approx((logits.argmax(1) == labels).mean())
    assert found.auc == pytest.approx(auc, abs=1e-6)
    assert found.kappa == pytest.approx(kappa, abs=1e-5)
    assert found.loss == pytest.approx(metrics.log_loss(labels, p), rel=1e-5)
    assert math.isnan(found.evidence)


def test_what_is_undefined_is_nan_and_no_warning():
    found = score(torch.tensor([[1.0, 0.0], [2.0, 0.0]]), torch.tensor([0, 0]))
    assert found.accuracy == 1
    assert math.isnan(found.auc)
    assert math.isnan(found.kappa)


def test_evidence_figures_by_hand():
    evidence = torch.tensor([[[[1.0, -3.0]], [[0.0, 2.0]]]])
    evidence = torch.cat([evidence, -evidence])
    found = score(torch.zeros(2, 2), torch.tensor([0, 0]), evidence)
    assert found.evidence == 1.5
    assert found.positive == 0.5  # [1, -3] and [-1, 3]
    found = score(torch.zeros(2, 2), torch.tensor([1, 1]), evidence)
    assert found.positive == 0.25  # [0, 2] and [0, -2]


def test_display_limit_is_the_percentile_of_the_magnitude():
    maps = torch.arange(-1000.0, 1.0).reshape(1, 1, 7, 143)
    assert display_limit(maps) == pytest.approx(995.0)
