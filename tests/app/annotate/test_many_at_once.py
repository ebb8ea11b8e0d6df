"""An edit of several shapes is one step, stored all together or not at all."""

import pytest

from app.annotate.annotator import Annotator
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study

BOXES = [Shape("box", [[n, n], [n + 10, n + 10]]) for n in (5, 30, 60)]


@pytest.fixture
def ids(annotator: Annotator) -> list[int | str]:
    return annotator.add_many(BOXES, "Add three")


def steps(study: Study) -> int:
    return len({line.step for line in study.edits()})


def test_adding_many_is_one_step_and_selects_them(
    annotator: Annotator, ids: list[int | str], study: Study, open_state: ViewerState
) -> None:
    assert [r.shape for r in study.annotations()] == BOXES
    assert open_state.selection == tuple(ids)
    assert annotator.steps.stack.undoText() == "Add three"
    annotator.steps.undo()
    assert study.annotations() == []
    assert open_state.selection == ()


def test_moving_many_is_one_step(annotator: Annotator, ids: list[int | str], study: Study) -> None:
    moved = {n: box.moved(3, 4) for n, box in zip(ids, BOXES, strict=True)}
    annotator.update_many(moved, "Move 3 shapes")
    assert [r.shape for r in study.annotations()] == list(moved.values())
    assert steps(study) == 2
    annotator.steps.undo()
    assert [d.shape for d in annotator.records()] == BOXES


def test_labels_and_deletions_of_many_are_one_step(
    annotator: Annotator, ids: list[int | str], study: Study
) -> None:
    annotator.set_label(ids, "HE")
    assert {r.label for r in study.annotations()} == {"HE"}
    annotator.delete(ids[:2])
    assert [r.shape for r in study.annotations()] == BOXES[2:]
    assert steps(study) == 3
    annotator.steps.undo()
    annotator.steps.undo()
    assert [r.label for r in study.annotations()] == ["MA"] * 3


def test_replacing_keeps_label_and_attributes_and_is_one_step(
    annotator: Annotator, ids: list[int | str], study: Study, open_state: ViewerState
) -> None:
    annotator.set_attributes(ids[0], certainty="possible", note="faint")
    union = Shape("box", [[0, 0], [70, 70]])
    (new,) = annotator.replace(ids, [union], "Merge 3 shapes")
    (record,) = study.annotations()
    assert (record.id, record.shape, record.label) == (new, union, "MA")
    assert record.attributes == {"certainty": "possible", "note": "faint"}
    assert open_state.selection == (new,)
    annotator.steps.undo()
    assert [r.id for r in study.annotations()] == ids


def test_a_locked_shape_stays_as_it_is(
    annotator: Annotator, ids: list[int | str], study: Study, open_state: ViewerState
) -> None:
    told: list[str] = []
    open_state.message.connect(told.append)
    annotator.set_attributes(ids[1], locked=True)
    annotator.update_many({n: b.moved(1, 1) for n, b in zip(ids, BOXES, strict=True)}, "Move")
    assert [r.shape == b for r, b in zip(study.annotations(), BOXES, strict=True)] == [
        False,
        True,
        False,
    ]
    annotator.set_label(ids[1], "HE")
    annotator.delete(ids)
    assert [(r.id, r.label) for r in study.annotations()] == [(ids[1], "MA")]
    assert annotator.replace(ids[1], [BOXES[0]], "Merge") == []
    assert len(told) == 4
    annotator.set_attributes(ids[1], locked=None)
    annotator.delete(ids[1])
    assert study.annotations() == []


def test_duplicates_leave_lock_and_order_behind(
    annotator: Annotator, ids: list[int | str], study: Study, open_state: ViewerState
) -> None:
    annotator.set_attributes(ids[0], locked=True, rank=0.5, note="faint")
    (copy,) = annotator.duplicate(ids[0], 5, 6)
    record = study.annotations()[-1]
    assert (record.id, record.shape) == (copy, BOXES[0].moved(5, 6))
    assert record.attributes == {"note": "faint"}
    assert open_state.selection == (copy,)


def test_the_order_of_drawing_follows_the_rank(
    annotator: Annotator, ids: list[int | str], study: Study
) -> None:
    annotator.set_attributes(ids[0], rank=float(ids[-1]) + 1)
    assert [d.id for d in annotator.records()] == [*ids[1:], ids[0]]
    assert [r.id for r in study.annotations()] == ids  # the study keeps the order of creation


def test_another_reader_has_another_layer_and_another_past(
    annotator: Annotator, ids: list[int | str], study: Study, open_state: ViewerState
) -> None:
    open_state.set_reader("reader-2")
    assert annotator.records() == []
    assert open_state.selection == ()
    assert not annotator.steps.stack.canUndo()
    annotator.add(BOXES[0])
    assert [r.reader for r in study.annotations()] == ["reader-1"] * 3 + ["reader-2"]
    open_state.set_reader("reader-1")
    assert [d.id for d in annotator.records()] == ids
    assert [d.reader for d in annotator.records_of("reader-2")] == ["reader-2"]
