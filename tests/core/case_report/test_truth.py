"""Whose marks the maps of a report are measured against, and that it says so."""

from __future__ import annotations

import numpy as np
import pytest

from softcam_core.annotations.study import Study
from softcam_core.case_report.build import build_case
from softcam_core.case_report.gather import WHOLE, gather
from softcam_core.case_report.html import case_html
from softcam_core.case_report.look import look
from softcam_core.case_report.words import Words

OTHER, OWN = "somebody else", "Dr Mößner"
EN = Words()


def boxes(*corners: tuple[int, int, int, int]) -> int:
    """Return how many pixels boxes (x0, y0, x1, y1) that lie apart have together."""
    return sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in corners)


def test_the_marks_of_another_reader_count_where_that_is_chosen(asked, networks):
    question = asked(1, truth=OTHER)
    found = gather(question)
    assert [mark.label for mark in found.marks] == ["MA", "HE", ""]
    assert int(found.masks()[WHOLE].sum()) == boxes((5, 5, 9, 9))
    network, identity = networks["cxr-sparse"]
    seen = look(network, identity, found.image, methods=["evidence"], regions=found.masks())
    page = case_html(build_case(question, found, [seen], EN))
    assert page.count(f"Measured against the marks of {OTHER}, not those of {OWN}") >= 2
    assert f"Image with the marks of {OWN}" in page


def test_the_union_is_what_anybody_marked(asked, study: Study):
    own, other, union = (gather(asked(1, truth=t)).masks()[WHOLE] for t in ("", OTHER, "union"))
    assert np.array_equal(union, own | other)
    assert union.sum() > own.sum()


def test_the_majority_of_two_is_what_both_marked(asked, study: Study):
    assert gather(asked(1, truth="majority")).masks() == {}
    study.add_annotation(1, "box", [[100, 120], [110, 130]], "MA", OTHER)
    masks = gather(asked(1, truth="majority")).masks()
    assert int(masks[WHOLE].sum()) == boxes((100, 120, 110, 130))


@pytest.mark.parametrize("truth", [OTHER, "union", "majority", "adjudicated"])
def test_hidden_marks_never_count(asked, truth):
    hidden = gather(asked(1, truth=truth, others_hidden=True))
    own = gather(asked(1))
    assert np.array_equal(hidden.masks()[WHOLE], own.masks()[WHOLE])
    assert hidden.truth is None


def test_a_slow_map_is_asked_for_where_it_may_be_kept(asked, networks):
    found = gather(asked(1))
    network, identity = networks["cxr-sparse"]
    kept = np.full((7, 7), 0.25, np.float32)
    wanted = []

    def slow(method: str, index: int) -> np.ndarray:
        wanted.append((method, index))
        return kept

    seen = look(network, identity, found.image, methods=["smoothgrad", "gradcam"], slow=slow)
    predicted = int(seen.logits.argmax())
    assert wanted == [("smoothgrad", predicted)]
    assert seen.maps["smoothgrad"][predicted] is kept
    assert seen.maps["gradcam"][predicted].shape != kept.shape


def test_points_are_as_large_as_the_study_says(asked, study: Study):
    study.set_setting("point_radius", 30)
    study.add_annotation(1, "point", [[250, 60]], "MA", OWN)
    found = gather(asked(1))
    assert np.array_equal(found.masks()[WHOLE], study.mask(1, reader=OWN))
