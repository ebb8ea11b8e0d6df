"""The name of an undo step says what was changed, not only that something was."""

import pytest

from softcam_core.annotations.words import step_in_words

TRIANGLE = [[1.0, 1.0], [9.0, 1.0], [5.0, 8.0]]


def state(points=TRIANGLE, kind="polygon", angle=0.0, mask=None, label="MA", **attributes):
    return {
        "kind": kind,
        "label": label,
        "points": points,
        "angle": angle,
        "mask": mask,
        "attributes": attributes,
    }


def shifted(points, dx, dy):
    return [[x + dx, y + dy] for x, y in points]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (state(certainty="probable"), "Certainty of polygon MA: probable"),
        (state(note="old"), "Note on polygon MA"),
        (state(locked=True), "Lock polygon MA"),
        (state(hidden=True), "Hide polygon MA"),
        (state(rank=3.0), "Reorder polygon MA"),
        (state(rank=3.0, note="both"), "Change polygon MA"),
        (state(shifted(TRIANGLE, 2.5, -0.1)), "Move polygon MA"),
        (state([*TRIANGLE[:2], [6.0, 8.0]]), "Change polygon MA"),
        (state(shifted(TRIANGLE, 2, 2)[:2]), "Change polygon MA"),
        (state(shifted(TRIANGLE, 2, 2), note="x"), "Change polygon MA"),
        (state(label="EX"), "Relabel polygon MA to EX"),
    ],
)
def test_a_step_is_named_after_what_changed(after, words):
    assert step_in_words("update", state(), after) == words


def test_taking_an_attribute_away_has_a_name_too():
    assert step_in_words("update", state(locked=True), state()) == "Unlock polygon MA"
    assert step_in_words("update", state(hidden=True), state()) == "Show polygon MA"
    said = state(certainty="definite")
    assert step_in_words("update", said, state()) == "Certainty of polygon MA: not said"


def test_an_ellipse_is_moved_by_its_centre_alone():
    before = state([[5.0, 5.0], [3.0, 2.0]], "ellipse")
    assert step_in_words("u", before, state([[6.0, 5.0], [3.0, 2.0]], "ellipse")) == (
        "Move ellipse MA"
    )
    wider = state([[6.0, 5.0], [4.0, 2.0]], "ellipse")
    turned = state([[6.0, 5.0], [3.0, 2.0]], "ellipse", angle=15.0)
    painted = state([[6.0, 5.0], [3.0, 2.0]], "mask", mask="b")
    for after in (wider, turned):
        assert step_in_words("update", before, after) == "Change ellipse MA"
    assert step_in_words("update", {**painted, "mask": "a"}, painted) == "Change mask MA"
