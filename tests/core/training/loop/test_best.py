"""What an epoch earns, and when a run ends early."""

import math

import pytest

from softcam_core.training.loop.best import BEST, BEST_AUC, BEST_KAPPA, earned, end_early, waited


def row(accuracy=0.5, loss=1.0, auc=0.5, kappa=0.0):
    return {"val_accuracy": accuracy, "val_loss": loss, "val_auc": auc, "val_kappa": kappa}


def test_the_first_epoch_is_the_best_of_all():
    assert earned(row(), {}, dual=False).keys() == {BEST, BEST_AUC, BEST_KAPPA}


def test_each_file_goes_by_its_own_measure():
    best = earned(row(), {}, dual=False)
    assert earned(row(auc=0.6), best, dual=False) == {BEST_AUC: (0.6,)}
    assert earned(row(kappa=0.1), best, dual=False) == {BEST_KAPPA: (0.1,)}
    assert earned(row(accuracy=0.6), best, dual=False) == {BEST: (0.6, -1.0)}
    assert earned(row(loss=0.9), best, dual=False) == {BEST: (0.5, -0.9)}
    assert earned(row(loss=1.1), best, dual=False) == {}
    assert earned(row(), best, dual=False) == {}


def test_what_is_undefined_earns_nothing():
    assert earned(row(auc=math.nan, kappa=math.nan), {}, dual=False).keys() == {BEST}


def test_of_a_frozen_classifier_only_the_loss_tells():
    best = earned(row(), {}, dual=True)
    assert best.keys() == {BEST}
    assert earned(row(loss=0.5), best, dual=True) == {BEST: (0.5, -0.5)}


@pytest.mark.parametrize(
    ("measure", "values", "since"),
    [
        ("accuracy", [0.5, 0.6, 0.6, 0.6], 2),
        ("loss", [1.0, 0.9, 0.95, 0.8], 0),
        ("loss", [1.0, 1.0, 1.1], 2),
        ("auc", [math.nan, 0.5, math.nan], 1),
        ("kappa", [], 0),
    ],
)
def test_epochs_since_the_best_one(measure, values, since):
    assert waited([{f"val_{measure}": value} for value in values], measure) == since


def test_a_run_ends_when_it_has_waited_long_enough():
    rows = [row(auc=0.7), row(auc=0.6), row(auc=0.7)]
    assert end_early(rows, "auc", 0) == ""
    assert end_early(rows, "auc", 3) == ""
    assert end_early(rows, "auc", 2) == (
        "Ended after epoch 3: the validation AUC has not become better for 2 epochs "
        "(train.patience)."
    )
    assert end_early([], "auc", 1) == ""
