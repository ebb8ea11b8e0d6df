"""Whose marks count: chosen by name, never silently mixed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.annotations.truth import chosen_truth, resolve_truth, set_truth
from softcam_core.errors import StudyError

READERS = ("a", "b", "c", "d")
numbers = st.integers(-2, 14)
boxes = st.tuples(numbers, numbers, numbers, numbers).map(lambda n: [n[:2], n[2:]])
marks = st.lists(st.tuples(st.sampled_from(READERS), st.sampled_from(["MA", "HE"]), boxes))
grades = st.dictionaries(st.sampled_from(READERS), st.sampled_from(["mild", "severe"]))


@contextmanager
def read_study() -> Iterator[tuple[Study, int]]:
    """Open a study of one image of 12 x 10 pixels in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "eye.png"
        Image.new("L", (12, 10)).save(image)
        with Study.open(Path(folder) / "s.softcam") as study:
            yield study, study.add_case(image)


def draw(study: Study, case: int, reader: str, box: object, label: str = "MA") -> None:
    study.add_annotation(case, "box", box, label, reader)


@settings(max_examples=40, deadline=None)
@given(marks, grades, st.sets(st.sampled_from(READERS)))
def test_truths_keep_to_what_their_names_say(drawn, given_grades, empty_handed):
    with read_study() as (study, case):
        for reader, label, box in drawn:
            draw(study, case, reader, box, label)
        for reader, grade in given_grades.items():
            study.set_label(case, grade, reader)
        for reader in sorted(empty_handed):
            study.lock_read(study.start_read(case, reader))
        present = {reader for reader, *_ in drawn} | set(given_grades) | empty_handed
        assert sorted(study.readers_of(case)) == sorted(present)
        if not present:
            with pytest.raises(StudyError, match="Nobody has marked"):
                resolve_truth(study, "union")
            return
        union, majority = resolve_truth(study, "union"), resolve_truth(study, "majority")
        for label in ("MA", "HE", None):
            single = [study.mask(case, label, reader) for reader in sorted(present)]
            votes = np.sum(single, axis=0)
            assert np.array_equal(union.mask(case, label), votes > 0)
            assert np.array_equal(majority.mask(case, label), 2 * votes > len(present))
            inside = np.logical_and.reduce(single)
            assert (inside <= majority.mask(case, label)).all()
            assert (majority.mask(case, label) <= union.mask(case, label)).all()
            assert np.array_equal(union.mask(case, label), study.mask(case, label))
            for reader, mask in zip(sorted(present), single, strict=True):
                assert np.array_equal(resolve_truth(study, reader).mask(case, label), mask)
            if len(present) == 1:
                alone = resolve_truth(study)
                assert [alone.name] == list(present)
                for truth in (alone, union, majority):
                    assert np.array_equal(truth.mask(case, label), single[0])
                    assert truth.shapes(case) == study.annotations(case)
        said = list(given_grades.values())
        most = max(said, key=said.count) if said else None
        assert majority.grade(case) == (most if 2 * said.count(most) > len(said) else None)
        assert union.grade(case) == (most if len(set(said)) == 1 else None)
        for reader in present:
            assert resolve_truth(study, reader).grade(case) == given_grades.get(reader)


def test_several_readers_and_none_chosen_is_an_error_that_names_them(study, case):
    for reader in ("b", "a"):
        draw(study, case, reader, [[1, 1], [4, 4]])
    with pytest.raises(StudyError, match=r": b, a; choose one of them, union or majority\.$"):
        resolve_truth(study)
    with pytest.raises(StudyError, match=r"no reader c; choose one of b, a, union, majority\.$"):
        resolve_truth(study, "c")
    with pytest.raises(StudyError, match="no reader adjudicated"):
        resolve_truth(study, "adjudicated")


def test_readers_who_did_nothing_are_no_choice(study, case):
    study.add_reader("idle")
    with pytest.raises(StudyError, match="Nobody has marked"):
        resolve_truth(study)
    study.start_read(case, "idle")
    draw(study, case, "a", [[1, 1], [4, 4]])
    study.undo("a")
    draw(study, case, "b", [[1, 1], [4, 4]])
    assert resolve_truth(study).name == "b"
    assert not resolve_truth(study, "idle").covers(case)


def test_one_who_found_nothing_has_a_vote(study, case):
    for reader in ("a", "b"):
        draw(study, case, reader, [[1, 1], [4, 4]])
    truth = resolve_truth(study, "majority")
    assert truth.mask(case).sum() == 9
    study.start_read(case, "c")
    assert truth.mask(case).sum() == 9
    study.lock_read(study.open_read(case, "c").id)
    study.lock_read(study.start_read(case, "d"))
    assert truth.readers(case) == ["a", "b", "c", "d"]
    assert truth.mask(case).sum() == 0


def test_the_adjudicated_layer_is_a_truth_and_no_reader(study, case, tmp_path):
    (other,) = study.add_cases([tmp_path / "b.png"])
    draw(study, case, "a", [[1, 1], [4, 4]])
    draw(study, case, "b", [[3, 3], [6, 6]])
    draw(study, case, "adjudicated", [[10, 10], [12, 12]])
    study.set_label(case, "severe", "adjudicated")
    truth = resolve_truth(study, "adjudicated")
    assert truth.mask(case).sum() == 4
    assert truth.grade(case) == "severe"
    assert [r.reader for r in truth.shapes(case)] == ["adjudicated"]
    assert truth.covers(case)
    assert not truth.covers(other)
    union, majority = resolve_truth(study, "union"), resolve_truth(study, "majority")
    assert union.readers(case) == ["a", "b"]
    assert union.mask(case).sum() == 17
    assert majority.mask(case).sum() == 1
    assert union.grade(case) is majority.grade(case) is None
    assert union.shapes(case) is majority.shapes(case) is None
    assert union.shapes(other) == []
    assert not union.covers(other)


def test_the_choice_is_kept_in_the_study_and_logged(study, case):
    draw(study, case, "a", [[1, 1], [4, 4]])
    draw(study, case, "b", [[1, 1], [4, 4]])
    assert chosen_truth(study) is None
    with pytest.raises(StudyError, match="no reader c"):
        set_truth(study, "c", "b")
    for choice in ("majority", "majority", "a"):
        set_truth(study, choice, "b")
        assert chosen_truth(study) == resolve_truth(study).name == choice
    assert resolve_truth(study, "union").name == "union"
    set_truth(study, None, "b")
    with pytest.raises(StudyError, match="Several readers"):
        resolve_truth(study)
    assert [(e.what, e.reader, e.detail) for e in study.events()] == [
        ("truth chosen", "b", {"before": None, "after": "majority"}),
        ("truth chosen", "b", {"before": "majority", "after": "a"}),
        ("truth chosen", "b", {"before": "a", "after": None}),
    ]
