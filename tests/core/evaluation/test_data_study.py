"""A study as the data of an evaluation: whose marks and grades count."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.errors import EvaluationError, StudyError
from softcam_core.evaluation.data import read_data

SIZE = (30, 40)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three images in two folders; the study's file is closed."""
    with Study.open(tmp_path / "own.softcam") as study:
        for name in ("left/a.png", "left/b.png", "right/a.png"):
            file = tmp_path / "images" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(np.full(SIZE, 90, np.uint8)).save(file)
            study.add_case(file, "fundus")
    return tmp_path / "own.softcam"


def box(study: Study, case: int, corners: list[list[float]], reader: str = "anna") -> int:
    return study.add_annotation(case, kind="box", points=corners, label="MA", reader=reader)


def filled(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    mask = np.zeros(SIZE, bool)
    mask[y0:y1, x0:x1] = True
    return mask


def test_cases_are_items(path):
    with Study.open(path) as study:
        study.set_label(2, "ill", reader="anna")
    with read_data(path) as data:
        assert data.name == "own.softcam"
        assert data.reader == "anna"
        assert [i.key for i in data.items] == ["1", "2", "3"]
        assert [i.shown for i in data.items] == [
            "images/left/a.png",
            "images/left/b.png",
            "images/right/a.png",
        ]
        assert [i.label for i in data.items] == ["", "ill", ""]
        assert [i.patient for i in data.items] == [0, 1, 2]
        assert {i.modality for i in data.items} == {"fundus"}
        assert {i.row for i in data.items} == {None}
        assert data.items[2].where == "own.softcam, images/right/a.png"


def test_what_one_reader_marked_is_the_truth_where_that_one_has_read(path):
    with Study.open(path) as study:
        box(study, 1, [[4, 5], [10, 12]])
        study.set_label(2, "healthy", reader="anna")
    with read_data(path) as data:
        first, second, third = (data.truth(item, SIZE) for item in data.items)
    assert np.array_equal(first.mask, filled(4, 5, 10, 12))
    assert first.boxes.tolist() == [[4, 5, 10, 12]]
    assert not second.mask.any()
    assert second.boxes.shape == (0, 4)
    assert third is None


def test_each_shape_has_its_box_and_measures_have_none(path):
    pixels = np.zeros(SIZE, bool)
    pixels[20:22, 5:9] = pixels[25, 30] = True
    with Study.open(path) as study:
        box(study, 1, [[-4, 5], [10, 12]])
        box(study, 1, [[100, 5], [110, 12]])
        for kind, points in (
            ("ellipse", [[20, 10], [6, 3]]),
            ("point", [[30, 15]]),
            ("length", [[0, 0], [39, 29]]),
        ):
            study.add_annotation(1, kind=kind, points=points, label="MA", reader="anna")
        study.add_annotation(1, kind="mask", mask=pixels, label="MA", reader="anna")
        radius = study.get_setting("point_radius", 4.0)
        mask = study.mask(1)
    with read_data(path) as data:
        truth = data.truth(data.items[0], SIZE)
    assert np.array_equal(truth.mask, mask)
    assert truth.boxes.tolist() == [
        [0, 5, 10, 12],
        [14, 7, 26, 13],
        [30 - radius, 15 - radius, 30 + radius, 15 + radius],
        [5, 20, 31, 26],
    ]


@pytest.fixture
def several(path):
    """Three readers on the first case: two overlap, the third found nothing."""
    with Study.open(path) as study:
        box(study, 1, [[0, 0], [10, 10]], "anna")
        box(study, 1, [[5, 0], [20, 10]], "ben")
        box(study, 1, [[30, 20], [35, 25]], "ben")
        for reader, grade in (("anna", "ill"), ("ben", "ill"), ("cleo", "healthy")):
            study.set_label(1, grade, reader=reader)
    return path


def test_several_readers_and_none_chosen_are_named(several):
    with pytest.raises(StudyError, match=r"anna, ben, cleo; choose one of them.*\.$"):
        read_data(several)
    with pytest.raises(StudyError, match="no reader dora"):
        read_data(several, reader="dora")


@pytest.mark.parametrize(
    ("reader", "label", "boxes"),
    [
        ("anna", "ill", [[0, 0, 10, 10]]),
        ("ben", "ill", [[5, 0, 20, 10], [30, 20, 35, 25]]),
        ("cleo", "healthy", []),
        ("union", "", [[0, 0, 20, 10], [30, 20, 35, 25]]),
        ("majority", "ill", [[5, 0, 10, 10]]),
    ],
)
def test_whoever_is_chosen_counts(several, reader, label, boxes):
    with read_data(several, reader=reader) as data:
        assert data.reader == reader
        assert data.items[0].label == label
        truth = data.truth(data.items[0], SIZE)
        assert truth.boxes.tolist() == boxes
        assert truth.mask.sum() == sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes)
        assert reader in data.notes[0]
        assert "1 of 3 cases" in data.notes[0]


def test_grades_by_others_are_labels_where_the_reader_gave_none(path):
    with Study.open(path) as study:
        box(study, 1, [[0, 0], [10, 10]], "anna")
        study.set_label(1, "ill", reader="table")
        study.set_label(2, "healthy", reader="table")
    with read_data(path, reader="anna") as data:
        assert [i.label for i in data.items] == ["ill", "healthy", ""]
        assert any("anna graded nothing" in note for note in data.notes)
        assert data.truth(data.items[1], SIZE) is None
    with Study.open(path) as study:
        study.set_label(2, "odd", reader="anna")
    with read_data(path, reader="anna") as data:
        assert [i.label for i in data.items] == ["", "odd", ""]


def test_a_grade_is_spelt_as_the_study_s_list_has_it(path):
    with Study.open(path) as study:
        study.set_grade_names(["Moderate NPDR"])
        study.set_label(1, " moderate  npdr", reader="anna")
    with read_data(path) as data:
        assert data.items[0].label == "Moderate NPDR"


def test_only_some_cases(path):
    with Study.open(path) as study:
        study.set_label(3, "ill", reader="anna")
    with read_data(path, cases=[3, 2]) as data:
        assert [i.key for i in data.items] == ["2", "3"]
        assert [i.shown for i in data.items] == ["images/left/b.png", "images/right/a.png"]
    with pytest.raises(EvaluationError, match="none of the cases"):
        read_data(path, cases=[17])


def test_marks_without_pixels_are_said_and_have_no_boxes(path):
    with Study.open(path) as study:
        box(study, 1, [[4, 5], [10, 12]])
        box(study, 1, [[100, 5], [110, 12]])
        box(study, 1, [[4.6, 5], [5.4, 12]])
        box(study, 2, [[0.1, 0.1], [0.3, 0.3]])
    with read_data(path) as data:
        truth = data.truth(data.items[0], SIZE)
        assert truth.boxes.tolist() == [[4, 5, 10, 12]]
        assert truth.problems == (
            "own.softcam, images/left/a.png: no pixel lies in 2 of the 3 marks, which do not "
            "count; draw larger ones on the image.",
        )
        with pytest.raises(EvaluationError, match=r"left/b.png: no pixel lies in 1 of the 1 marks"):
            data.truth(data.items[1], SIZE)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="This system has no FIFO.")
def test_an_image_that_became_a_pipe_is_left_out(path):
    with Study.open(path) as study:
        box(study, 1, [[4, 5], [10, 12]])
    (path.parent / "images/left/a.png").unlink()
    os.mkfifo(path.parent / "images/left/a.png")
    with read_data(path) as data:
        assert [i.key for i in data.items] == ["2", "3"]
        assert data.problems == (
            "own.softcam, images/left/a.png: the image is no file; the case is left out.",
        )


def test_an_image_that_was_swapped_is_said(path):
    with Study.open(path) as study:
        box(study, 1, [[0, 0], [10, 10]])
        study.image_size(1)
    with (
        read_data(path) as data,
        pytest.raises(EvaluationError, match=r"images/left/a.png: .* 8 x 9 pixels now .* 40 x 30"),
    ):
        data.truth(data.items[0], (9, 8))


def test_an_image_that_is_gone_has_no_truth_but_is_an_item(path):
    with Study.open(path) as study:
        box(study, 1, [[0, 0], [10, 10]])
    (path.parent / "images/left/a.png").unlink()
    with read_data(path) as data:
        assert len(data.items) == 3
        with pytest.raises(EvaluationError, match=r"^own.softcam, images/left/a.png: the marks"):
            data.truth(data.items[0], SIZE)


def test_a_study_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(EvaluationError, match="There is no study"):
        read_data(tmp_path / "none.softcam")
    assert list(tmp_path.iterdir()) == []


def test_a_study_nobody_read_is_said(path):
    with pytest.raises(StudyError, match="Nobody has marked"):
        read_data(path)


def test_a_study_has_no_split(path):
    with pytest.raises(EvaluationError, match="no split test"):
        read_data(path, split="test")


def test_a_study_of_any_name_is_known_by_its_content(path):
    with Study.open(path) as study:
        study.set_label(1, "ill", reader="anna")
    other = path.rename(path.with_name("study.db"))
    with read_data(other) as data:
        assert len(data.items) == 3


def test_the_digest_is_that_of_the_marks_that_count(several):
    def digest(reader="anna", **named):
        with read_data(several, reader=reader, **named) as data:
            return data.digest

    before = digest()
    assert digest() == before
    assert digest(cases=[1, 2]) != before
    assert digest("union") != before
    with Study.open(several) as study:
        box(study, 2, [[0, 0], [3, 3]], "ben")
    assert digest() == before
    with Study.open(several) as study:
        mark = box(study, 1, [[20, 0], [23, 3]], "anna")
    after = digest()
    assert after != before
    with Study.open(several) as study:
        study.update_annotation(mark, points=[[20, 0], [23, 4]])
    assert digest() not in (before, after)
    with Study.open(several) as study:
        study.delete_annotation(mark)
    assert digest() == before
    with Study.open(several) as study:
        study.set_setting("point_radius", 9)
    assert digest() != before
    with Study.open(several) as study:
        study.set_setting("point_radius", 4)
        study.set_label(1, "healthy", reader="anna")
    assert digest() != before


def test_only_marks_of_some_labels(path):
    with Study.open(path) as study:
        (case, *_) = (c.id for c in study.cases())
        for label, corners in (
            ("MA", [[1, 1], [3, 3]]),
            ("HE", [[5, 1], [8, 3]]),
            ("OD", [[10, 10], [20, 20]]),
        ):
            study.add_annotation(case, kind="box", points=corners, label=label, reader="anna")
    digests = set()
    for labels, expected in (
        (("MA",), filled(1, 1, 3, 3)),
        (("MA", "HE", "MA"), filled(1, 1, 3, 3) | filled(5, 1, 8, 3)),
        ((), filled(1, 1, 3, 3) | filled(5, 1, 8, 3) | filled(10, 10, 20, 20)),
    ):
        with read_data(path, labels=labels, cases=[case]) as data:
            truth = data.truth(data.items[0], expected.shape)
            assert np.array_equal(truth.mask, expected)
            assert len(truth.boxes) == (len(set(labels)) or 3)
            digests.add(data.digest)
    assert len(digests) == 3
    with pytest.raises(EvaluationError, match=r"no label 'XY'; choose from .*MA"):
        read_data(path, labels=["XY"])
