"""Which differences are shown first: the same whoever shows them, and torch-free."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from softcam_core.evaluation.compared import chosen_differences, kind_of
from softcam_core.evaluation.results import Difference, Result, Summary

AP = "activation_precision"


def difference(first, second, value=0.2):
    return Difference(*first, *second, AP, value, value - 0.1, value + 0.1, 0.01, 9)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (("a", "gradcam"), ("a", "random"), "chance"),
        (("a", "evidence"), ("a", "random"), "chance"),
        (("a", "gradcam"), ("a", "evidence"), "evidence"),
        (("a", "evidence"), ("b", "gradcam"), "evidence"),
        (("a", "evidence"), ("b", "evidence"), "models"),
        (("a", "-"), ("b", "-"), "models"),
        (("a", "gradcam"), ("a", "layercam"), None),
    ],
)
def test_a_difference_is_of_one_kind(first, second, kind):
    assert kind_of(difference(first, second)) == kind


def test_what_is_chosen_is_chosen_again():
    chance = [
        Result("a", m, AP, v, 0, 1, 9, 0) for m, v in (("random", 0.1), ("centre_prior", 0.3))
    ]
    given = (
        difference(("a", "gradcam"), ("a", "random")),
        difference(("a", "gradcam"), ("a", "centre_prior")),
        difference(("a", "gradcam"), ("a", "evidence")),
        difference(("a", "gradcam"), ("a", "layercam")),
    )
    summary = Summary({"models": []}, tuple(chance), given)
    chosen = chosen_differences(summary)
    assert [(one.method, one.other_method) for one in chosen] == [
        ("gradcam", "centre_prior"),
        ("evidence", "gradcam"),
    ]
    assert (chosen[1].value, chosen[1].low) == (-0.2, pytest.approx(-0.3))
    assert chosen_differences(replace(summary, differences=chosen)) == chosen


def test_the_choice_needs_neither_torch_nor_matplotlib():
    code = (
        "import sys, softcam_core.evaluation.compared\n"
        "print([name for name in ('torch', 'matplotlib', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr
