import pytest

from app.annotate.annotator import Annotator
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

BOX = Shape("box", [[10, 10], [30, 20]])
OTHER = Shape("box", [[10, 10], [50, 40]])


class Refusal:
    """Makes a study refuse to write while it is on."""

    def __init__(self, monkeypatch, study):
        self.on = True
        for name in ("add_annotation", "update_annotation", "delete_annotation", "undo"):
            monkeypatch.setattr(study, name, self._wrapped(getattr(study, name)))

    def _wrapped(self, write):
        def call(*args, **kwargs):
            if self.on:
                raise StudyError("The disk of the study is full; free some space.")
            return write(*args, **kwargs)

        return call


def test_every_edit_is_told_with_the_time_it_took(annotator, open_state):
    saved, changed = [], []
    annotator.saved.connect(saved.append)
    open_state.annotations_changed.connect(changed.append)
    annotation = annotator.add(BOX)
    annotator.update(annotation, OTHER)
    annotator.set_label(annotation, "HE")
    annotator.delete(annotation)
    assert len(saved) == 4
    assert min(saved) > 0
    assert changed == [open_state.case.id] * 4


def test_an_edit_that_changes_nothing_is_none(annotator, study):
    annotation = annotator.add(BOX)
    annotator.update(annotation, BOX)
    annotator.set_label(annotation, "MA")
    assert len(study.edits()) == 1


def test_undo_and_redo_walk_through_the_study(annotator, study, open_state):
    annotation = annotator.add(BOX)
    annotator.update(annotation, OTHER)
    annotator.steps.undo()
    assert annotator.records()[0].shape == BOX
    annotator.steps.undo()
    assert annotator.records() == []
    assert open_state.selected is None
    assert not annotator.steps.stack.canUndo()
    annotator.steps.redo()
    annotator.steps.redo()
    assert annotator.records()[0].shape == OTHER
    assert annotator.records()[0].id == annotation
    assert not annotator.steps.stack.canRedo()


def test_undo_reaches_edits_from_before_the_program_was_started(open_state, annotator):
    annotation = annotator.add(BOX)
    annotator.update(annotation, OTHER)
    annotator.steps.undo()
    again = Annotator(open_state)
    assert again.steps.stack.redoText() == "Change box MA"
    assert again.steps.stack.undoText() == "Add box MA"
    assert again.steps.stack.count() == 2
    again.steps.redo()
    assert again.records()[0].shape == OTHER
    again.steps.undo()
    again.steps.undo()
    assert again.records() == []
    assert not again.steps.stack.canUndo()


def test_undo_goes_further_back_than_was_read_at_first(open_state, annotator, monkeypatch):
    for _ in range(6):
        annotator.add(BOX)
    monkeypatch.setattr("app.annotate.history.RECENT_STEPS", 2)
    again = Annotator(open_state)
    for left in range(5, -1, -1):
        again.steps.undo()
        assert len(again.records()) == left
    assert not again.steps.stack.canUndo()


def test_undo_reaches_only_this_readers_edits(open_state, study, annotator):
    annotator.add(BOX)
    study.add_annotation(open_state.case.id, "point", [[5, 5]], "MA", "somebody else")
    again = Annotator(open_state)
    again.steps.undo()
    assert [r.reader for r in study.annotations()] == ["somebody else"]
    assert not again.steps.stack.canUndo()
    assert again.records() == []  # and only this reader's layer is shown


def go(open_state, case):
    """Show a case, as the controller does."""
    open_state.case = next(c for c in open_state.cases if c.id == case)
    open_state.case_changed.emit()


@pytest.mark.parametrize("names_hidden", [False, True])
def test_undo_and_redo_of_another_case_bring_it_into_view_first(
    open_state, annotator, study, names_hidden
):
    one, two = (case.id for case in open_state.cases)
    open_state.names_hidden = names_hidden
    annotator.add(BOX)
    go(open_state, two)
    left, told = [], []

    def show(case):
        left.append(len(study.annotations(one)))  # Nothing may have changed yet.
        go(open_state, case)

    open_state.case_wanted.connect(show)
    open_state.noted.connect(told.append)
    annotator.steps.undo()
    assert (open_state.case.id, left, study.annotations(one)) == (one, [1], [])
    go(open_state, two)
    annotator.steps.redo()
    assert (open_state.case.id, left, len(study.annotations(one))) == (one, [1, 0], 1)
    name = "another case" if names_hidden else "one.png"
    sentences = [f"Undone in {name}: Add box MA.", f"Redone in {name}: Add box MA."]
    assert told == sentences
    annotator.steps.undo()  # in view, but the sentence that is still there must be true
    assert told[2:] == sentences[:1]
    annotator.steps.redo()
    assert told[3:] == sentences[1:]
    annotator.add(BOX)
    annotator.steps.undo()  # a step done in view: nothing to say
    assert len(told) == 4


def test_what_is_in_work_is_undone_before_a_step_of_another_case(open_state, annotator, study):
    one, two = (case.id for case in open_state.cases)
    annotator.add(BOX)
    go(open_state, two)
    shown = []
    open_state.case_wanted.connect(shown.append)
    open_state.settling.connect(lambda: annotator.add(BOX))
    annotator.steps.undo()
    assert (shown, len(study.annotations(one)), study.annotations(two)) == ([], 1, [])


def test_a_shape_that_cannot_be_saved_stays_visible_and_is_written_later(
    annotator, study, open_state, monkeypatch
):
    refusal = Refusal(monkeypatch, study)
    told, saved = [], []
    annotator.failed.connect(told.append)
    annotator.saved.connect(saved.append)
    kept = annotator.add(BOX)
    assert [r.shape for r in annotator.records()] == [BOX]
    assert annotator.unsaved == 1
    assert len(told) == 1
    assert "full" in told[0]
    assert study.annotations() == []
    annotator.retry()
    assert (annotator.unsaved, len(told)) == (1, 1)  # an attempt in the background is silent
    refusal.on = False
    annotator.retry()
    assert annotator.unsaved == 0
    (stored,) = study.annotations()
    assert open_state.selected == stored.id
    assert annotator.record(kept).id == stored.id  # the old id still finds it
    assert len(saved) == 1
    assert annotator.steps.stack.undoText() == "Add box MA"


def test_what_is_done_to_an_unsaved_shape_is_kept_too(annotator, study, monkeypatch):
    stored = annotator.add(BOX)
    refusal = Refusal(monkeypatch, study)
    new = annotator.add(BOX)
    annotator.update(new, OTHER)
    annotator.set_label(new, "EX")
    annotator.delete(stored)
    assert [(r.shape, r.label) for r in annotator.records()] == [(OTHER, "EX")]
    gone = annotator.add(BOX)
    annotator.delete(gone)
    assert annotator.unsaved == 2
    refusal.on = False
    annotator.add(Shape("point", [[3, 3]]))
    assert annotator.unsaved == 0
    assert [(r.kind, r.label) for r in study.annotations()] == [("box", "EX"), ("point", "MA")]


def test_unsaved_shapes_are_written_by_themselves(qtbot, annotator, study, monkeypatch):
    refusal = Refusal(monkeypatch, study)
    annotator.writer.timer.setInterval(20)
    annotator.add(BOX)
    refusal.on = False
    qtbot.waitUntil(lambda: annotator.unsaved == 0)
    assert not annotator.writer.timer.isActive()


def test_undo_waits_for_unsaved_edits(annotator, study, monkeypatch):
    annotator.add(BOX)
    refusal = Refusal(monkeypatch, study)
    annotator.add(OTHER)
    told = []
    annotator.failed.connect(told.append)
    annotator.steps.undo()
    assert len(told) == 1
    assert len(annotator.records()) == 2
    refusal.on = False
    annotator.steps.undo()
    assert [r.shape for r in annotator.records()] == [BOX]


def test_a_failed_undo_leaves_the_stack_as_it_was(qtbot, annotator, study, monkeypatch):
    annotator.add(BOX)
    refusal = Refusal(monkeypatch, study)
    with qtbot.waitSignal(annotator.failed):
        annotator.steps.undo()
    qtbot.waitUntil(annotator.steps.stack.canUndo)
    assert not annotator.steps.stack.canRedo()
    refusal.on = False
    annotator.steps.undo()
    assert annotator.records() == []


def test_unsaved_shapes_wait_for_their_own_study(
    tmp_path, annotator, study, open_state, monkeypatch
):
    refusal = Refusal(monkeypatch, study)
    annotator.add(BOX)
    with Study.open(tmp_path / "other.softcam") as other:
        open_state.study = other
        open_state.study_changed.emit()
        assert annotator.records() == []
        assert annotator.unsaved == 1  # closing the window has to ask
        annotator.retry()
        assert other.annotations() == []
        refusal.on = False
        open_state.study = study
        open_state.study_changed.emit()
        assert [r.shape for r in annotator.records()] == [BOX]
        annotator.retry()
    assert [r.shape for r in study.annotations()] == [BOX]


def test_a_shape_that_another_program_deleted_comes_back_when_it_is_changed(annotator, study):
    annotation = annotator.add(BOX)
    annotator.records()
    with Study.open(study.path) as elsewhere:
        elsewhere.delete_annotation(annotation)
    annotator.update(annotation, OTHER)
    assert [r.shape for r in study.annotations()] == [OTHER]
    assert annotator.unsaved == 0


def test_nothing_is_drawn_without_a_case(annotator, open_state):
    open_state.case = None
    open_state.case_changed.emit()
    assert not annotator.can_draw
    assert annotator.add(BOX) is None
    assert annotator.records() == []


@pytest.mark.parametrize(
    "shape",
    [
        Shape("ellipse", [[50, 50], [20, 10]], 30),
        Shape("polygon", [[0, 0], [10, 0], [5, 8]]),
        Shape("point", [[7, 7]]),
        Shape("mask", (), mask=[[True, False], [True, True]]),
    ],
)
def test_every_kind_of_shape_goes_through(annotator, study, shape, monkeypatch):
    monkeypatch.setattr(type(study._cases), "image_size", lambda *_: (2, 2))
    annotator.add(shape)
    (record,) = study.annotations()
    assert record.shape == shape


def show(state, study):
    """Put another study in the state, as the controller does."""
    state.study = study
    state.study_changed.emit()


def test_unsaved_shapes_of_another_study_are_told_and_written_when_it_takes_them(
    tmp_path, annotator, study, open_state, monkeypatch
):
    Refusal(monkeypatch, study)
    annotator.add(BOX)
    told = []
    annotator.failed.connect(told.append)
    with Study.open(tmp_path / "other.softcam") as other:
        show(open_state, other)
        assert len(told) == 1
        assert "1 edits of the study marks.softcam are not saved yet" in told[0]
        annotator.retry_elsewhere()
        assert annotator.unsaved == 0
        assert other.annotations() == []
        show(open_state, None)
    with Study.open(study.path) as again:
        assert [r.shape for r in again.annotations()] == [BOX]


def test_unsaved_shapes_never_reach_another_study_in_the_place_of_theirs(
    tmp_path, annotator, study, open_state, monkeypatch
):
    Refusal(monkeypatch, study)
    annotator.add(BOX)
    show(open_state, None)
    study.close()
    study.path.rename(tmp_path / "away.softcam")
    with Study.open(study.path) as other:
        other.add_cases([tmp_path / "two.png", tmp_path / "one.png"])
        show(open_state, other)
        annotator.retry()
        show(open_state, None)
        annotator.retry_elsewhere()
        assert (other.annotations(), annotator.unsaved) == ([], 1)
    study.path.unlink()
    with Study.open(tmp_path / "away.softcam") as moved:
        show(open_state, moved)
        annotator.retry()
        assert [r.shape for r in moved.annotations()] == [BOX]
        show(open_state, None)
    assert annotator.unsaved == 0


def stack_of(annotator):
    return [info.text for info in annotator.steps.infos()], annotator.steps.done


def test_undo_of_a_step_that_others_have_built_on_is_told_and_changes_nothing(
    qtbot, annotator, study, open_state
):
    case, me = open_state.case.id, open_state.reader
    annotator.add(BOX)
    with study.batch("Import", me):
        study.add_annotation(case, "box", BOX.points, "MA", me)
        theirs = study.add_annotation(case, "box", BOX.points, "MA", "somebody else")
    study.update_annotation(theirs, points=OTHER.points)
    annotator.steps.fill()
    before, marks, told = stack_of(annotator), study.annotations(), []
    assert before == (["Add box MA", "Import"], 2)
    annotator.failed.connect(told.append)
    for walk in (annotator.steps.undo, lambda: annotator.steps.go_to(0)):
        told.clear()
        walk()
        qtbot.wait(20)
        assert stack_of(annotator) == before
        assert study.annotations() == marks
        assert told == [
            '"Import" cannot be undone: somebody else has changed marks of this step since; '
            "undo that first."
        ]
    study.undo("somebody else")
    annotator.steps.go_to(0)
    assert study.annotations() == []
    assert stack_of(annotator) == (before[0], 0)


def test_redo_of_a_step_whose_ground_others_took_away_changes_nothing(
    qtbot, annotator, study, open_state
):
    case, me = open_state.case.id, open_state.reader
    annotation = annotator.add(BOX)
    with study.batch("Relabel", "somebody else"):
        study.update_annotation(annotation, label="HE")
    annotator.update(annotation, OTHER)
    annotator.steps.undo()
    study.undo("somebody else")
    before, told = stack_of(annotator), []
    assert before == (["Add box MA", "Change box HE"], 1)
    annotator.failed.connect(told.append)
    annotator.steps.redo()
    qtbot.wait(20)
    assert stack_of(annotator) == before
    assert len(told) == 1
    assert "somebody else has taken back what it goes on from; redo that first" in told[0]
    study.redo("somebody else")
    annotator.steps.redo()
    (record,) = study.annotations(case, me)
    assert (record.shape, record.label) == (OTHER, "HE")
