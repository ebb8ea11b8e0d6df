"""A table as the data of an evaluation: a bad row is a sentence and stops nothing."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.errors import EvaluationError, SoftcamError
from softcam_core.evaluation.data import is_study, read_data
from softcam_core.evaluation.measure import Measurer
from softcam_core.evaluation.plan import Options

SIZE = (6, 8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    for name in "abcde":
        Image.fromarray(np.full(SIZE, ord(name), np.uint8)).save(tmp_path / f"images/{name}.png")
    return tmp_path


def draw(folder: Path, name: str, rows: slice, columns: slice, size: tuple[int, int] = SIZE):
    mask = np.zeros(size, np.uint8)
    mask[rows, columns] = 255
    Image.fromarray(mask).save(folder / name)
    return mask > 0


def table(folder: Path, *rows: str, head: str = "path,label,patient,split,mask,boxes") -> Path:
    path = folder / "labels.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def boxes(*corners: list[float]) -> str:
    """A cell of boxes as a spreadsheet writes it."""
    return '"' + json.dumps(list(corners)) + '"'


def test_a_row_becomes_an_item(folder):
    mask = draw(folder, "m.png", slice(1, 3), slice(2, 5))
    path = table(
        folder,
        "images/a.png,ill,p9,,m.png,,",
        "images/b.png,,p1,,,,",
        "images/c.png,well,p9,,,,CXR",
        head="path,label,patient,split,mask,boxes,modality",
    )
    data = read_data(path)
    assert data.name == "labels.csv"
    assert [i.shown for i in data.items] == ["images/a.png", "images/b.png", "images/c.png"]
    assert [i.key for i in data.items] == ["2", "3", "4"]
    assert [i.row for i in data.items] == [2, 3, 4]
    assert [i.label for i in data.items] == ["ill", "", "well"]
    assert [i.patient for i in data.items] == [0, 1, 0]
    assert [i.modality for i in data.items] == ["", "", "cxr"]
    assert data.items[1].where == "labels.csv, row 3"
    assert data.problems == ()
    truth = data.truth(data.items[0], SIZE)
    assert np.array_equal(truth.mask, mask)
    assert truth.boxes.dtype == np.float64
    assert truth.boxes.tolist() == [[2, 1, 5, 3]]
    assert truth.ignore is None
    assert data.truth(data.items[1], SIZE) is None


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffpath,label\r\nimages/a.png,ill\r\nimages/b.png,well\r\n",
        "path;label\nimages/a.png;ill\nimages/b.png;well",
        "path\tlabel\n\nimages/a.png\till\nimages/b.png\twell\n",
        "Path , LABEL\n images/a.png , ill \nimages/b.png,well\n,\n",
        "path,label\nimages\\a.png,ill\n.\\images\\b.png,well\n",
        "path,label\rimages/a.png,ill\rimages/b.png,well\r",
    ],
)
def test_tables_of_every_program_are_read(folder, text):
    (folder / "labels.csv").write_bytes(text.encode())
    data = read_data(folder / "labels.csv")
    assert [(i.shown, i.label) for i in data.items] == [
        ("images/a.png", "ill"),
        ("images/b.png", "well"),
    ]
    assert all(i.path.is_file() for i in data.items)


def test_semicolons_part_columns_though_boxes_hold_more_commas(folder):
    rows = ["images/a.png;ill;[[0,1,2,3],[4,4,5,5],[1,1,2,2]]", "images/b.png;;[]"]
    data = read_data(table(folder, *rows, head="path;label;boxes"))
    assert len(data.truth(data.items[0], SIZE).boxes) == 3
    assert data.problems == ()


def test_boxes_without_a_mask_are_the_mask(folder):
    data = read_data(table(folder, f"images/a.png,ill,,,,{boxes([1, 2, 4, 5.4], [-3, 0, 2, 1])}"))
    truth = data.truth(data.items[0], SIZE)
    expected = np.zeros(SIZE, bool)
    expected[2:5, 1:4] = expected[0, :2] = True
    assert np.array_equal(truth.mask, expected)
    assert truth.boxes.tolist() == [[1, 2, 4, 5.4], [0, 0, 2, 1]]


def test_boxes_beside_a_mask_are_the_boxes(folder):
    mask = draw(folder, "m.png", slice(0, 1), slice(0, 1))
    data = read_data(table(folder, f"images/a.png,ill,,,m.png,{boxes([1, 2, 4, 5])}"))
    truth = data.truth(data.items[0], SIZE)
    assert np.array_equal(truth.mask, mask)
    assert truth.boxes.tolist() == [[1, 2, 4, 5]]


def test_an_empty_list_of_boxes_says_that_there_is_nothing(folder):
    data = read_data(table(folder, "images/a.png,well,,,,[]"))
    truth = data.truth(data.items[0], SIZE)
    assert not truth.mask.any()
    assert truth.boxes.shape == (0, 4)


def test_a_box_may_stand_without_the_outer_brackets(folder):
    data = read_data(table(folder, 'images/a.png,ill,,,,"[1, 2, 4, 5]"'))
    assert data.truth(data.items[0], SIZE).boxes.tolist() == [[1, 2, 4, 5]]


def test_rows_of_one_image_belong_together(folder):
    first = draw(folder, "m1.png", slice(0, 2), slice(0, 2))
    second = draw(folder, "m2.png", slice(4, 6), slice(5, 8))
    data = read_data(
        table(
            folder,
            f"images/a.png,ill,,,m1.png,{boxes([0, 0, 2, 2])}",
            "images/b.png,ill,,,,",
            f"images\\a.png,ill,,,m2.png,{boxes([5, 4, 8, 6])}",
            f"./images/a.png,ill,,,m1.png,{boxes([0, 0, 2, 2])}",
        )
    )
    assert [i.key for i in data.items] == ["2", "3"]
    truth = data.truth(data.items[0], SIZE)
    assert np.array_equal(truth.mask, first | second)
    assert truth.boxes.tolist() == [[0, 0, 2, 2], [5, 4, 8, 6]]
    assert data.problems == ()
    assert any("row 2 is listed again" in note for note in data.notes)


@pytest.mark.parametrize(
    ("again", "what"),
    [("well,p,test", "label"), ("ill,q,test", "patient"), ("ill,p,train", "split")],
)
def test_rows_that_contradict_each_other_are_a_problem(folder, again, what):
    data = read_data(
        table(folder, "images/a.png,ill,p,test,,", f'images/a.png,{again},,"[[0,0,2,2]]"')
    )
    (item,) = data.items
    assert item.label == "ill"
    assert data.problems == (
        f"labels.csv, row 3: a.png is listed again with another {what}; row 2 counts.",
    )
    assert (data.truth(item, SIZE) is None) == (what == "label")


BAD_BOXES = ("[[1,2,3]]", "[[1,2,3,4", "{}", "3", '[[1,2,"x",4]]', "[[3,0,1,2]]", "[[NaN,0,1,1]]")


@pytest.mark.parametrize("cell", [*BAD_BOXES, "[[0,0,1e999,1]]", "[[true,0,2,2]]", "[" * 9999])
def test_boxes_that_are_none_are_a_problem_of_their_row(folder, cell):
    mask = draw(folder, "m.png", slice(0, 2), slice(0, 2))
    quoted = '"' + cell.replace('"', '""') + '"'
    data = read_data(table(folder, "images/a.png,ill,,,,", f"images/b.png,ill,,,m.png,{quoted}"))
    (problem,) = data.problems
    assert problem.startswith("labels.csv, row 3: the boxes ")
    assert len(problem) < 250
    truth = data.truth(data.items[1], SIZE)
    assert np.array_equal(truth.mask, mask)
    assert truth.boxes.shape == (0, 4)


def test_boxes_that_cannot_be_read_are_not_an_empty_image(folder):
    data = read_data(table(folder, "images/a.png,ill,,,,[]", "images/a.png,ill,,,,[["))
    assert len(data.problems) == 1
    assert data.truth(data.items[0], SIZE) is None


def test_boxes_without_quotes_are_a_problem_of_their_row(folder):
    data = read_data(table(folder, "images/a.png,ill,,,,[[1,2,3,4]]", "images/b.png,ill,,,,"))
    assert [i.row for i in data.items] == [3]
    assert data.problems == (
        "labels.csv, row 2: the header has 6 cells, parted by commas, and the row 9; part all rows "
        "alike, and put a cell that holds the separator in quotes.",
    )


LOST = "no whole pixel of images/a.png, which is 8 x 6, lies in the box"


@pytest.mark.parametrize(
    "box", [[700, 1, 800, 5], [0.2, 0.2, 0.4, 0.4], [0.2, 0.2, 0.8, 0.8], [3.6, 1, 4.4, 5]]
)
def test_a_box_without_pixels_is_said_and_the_others_count(folder, box):
    data = read_data(table(folder, f"images/a.png,ill,,,,{boxes([0, 0, 2, 2], box)}"))
    assert data.problems == ()
    truth = data.truth(data.items[0], SIZE)
    assert truth.boxes.tolist() == [[0, 0, 2, 2]]
    assert truth.mask.sum() == 4
    shown = [float(x) for x in box]
    assert truth.problems == (
        f"labels.csv, row 2: {LOST} {shown}; boxes are in pixels of the image.",
    )


def test_a_record_tells_which_marks_do_not_count(folder):
    data = read_data(
        table(
            folder,
            f"images/a.png,ill,,,,{boxes([0, 0, 2, 2], [700, 1, 800, 5])}",
            f"images/a.png,ill,,,,{boxes([4, 0, 6, 2])}",
            f"images/b.png,ill,,,,{boxes([0, 0, 2, 2])}",
            "images/c.png,ill,,,,",
        )
    )
    measurer = Measurer((), (), Options())
    (problem,) = measurer.measure(data, 0).problems
    assert problem.startswith(f"labels.csv, row 2: {LOST} [700.0, 1.0, 800.0, 5.0];")
    assert measurer.measure(data, 1).problems == measurer.measure(data, 2).problems == ()


def test_an_image_of_boxes_without_pixels_only_was_not_marked(folder):
    rows = [f"images/a.png,ill,,,,{boxes([0.1 * n, 0.2, 0.8, 0.4])}" for n in range(5)]
    data = read_data(table(folder, "images/b.png,ill,,,,", *rows))
    with pytest.raises(EvaluationError) as caught:
        data.truth(data.items[1], SIZE)
    assert str(caught.value) == (
        f"labels.csv, rows 3, 4, 5 and 2 more: {LOST} [0.0, 0.2, 0.8, 0.4] and 4 more; boxes are "
        "in pixels of the image."
    )


def test_a_mask_counts_beside_boxes_without_pixels(folder):
    mask = draw(folder, "m.png", slice(0, 2), slice(0, 2))
    data = read_data(table(folder, f"images/a.png,ill,,,m.png,{boxes([0.1, 0.2, 0.8, 0.4])}"))
    truth = data.truth(data.items[0], SIZE)
    assert np.array_equal(truth.mask, mask)
    assert truth.boxes.shape == (0, 4)
    assert len(truth.problems) == 1


def test_one_mask_that_cannot_be_used_leaves_its_image_without_marks(folder):
    draw(folder, "m1.png", slice(0, 2), slice(0, 2))
    draw(folder, "m2.png", slice(0, 2), slice(0, 2), (5, 8))
    rows = [f"images/a.png,ill,,,m{n}.png,{boxes([0, 0, 2, 2])}" for n in (1, 2)]
    data = read_data(table(folder, *rows))
    with pytest.raises(
        EvaluationError, match=r"^labels.csv, row 3: .* none of its marks counts\.$"
    ):
        data.truth(data.items[0], SIZE)


@pytest.mark.parametrize("again", ["ILL", " ill ", "Ill"])
def test_a_label_is_the_same_in_capitals(folder, again):
    data = read_data(
        table(folder, "images/a.png,ill,,,,", f'images/a.png,{again},,,,"[[0,0,2,2]]"')
    )
    assert data.problems == ()
    assert data.items[0].label == "ill"
    assert data.truth(data.items[0], SIZE).boxes.tolist() == [[0, 0, 2, 2]]


def test_a_nul_byte_is_a_problem_of_its_row(folder):
    mask = draw(folder, "m.png", slice(0, 2), slice(0, 2))
    rows = [
        "images/a.png\0,ill,,,,",
        "images/b.png,ill,,,m.png,",
        "images/b.png,ill,,,m\0.png,",
        "images/c.png,ill,,,m.png,",
    ]
    data = read_data(table(folder, *rows))
    assert [i.row for i in data.items] == [3, 5]
    assert [problem[:19] for problem in data.problems] == [
        "labels.csv, row 2: ",
        "labels.csv, row 4: ",
    ]
    assert all("a NUL character" in problem for problem in data.problems)
    assert data.truth(data.items[0], SIZE) is None
    assert np.array_equal(data.truth(data.items[1], SIZE).mask, mask)


@pytest.fixture
def pipe(folder, monkeypatch):
    """A FIFO, which would block whoever opens it."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("This system has no FIFO.")
    path, opened = folder / "pipe.png", Path.open
    os.mkfifo(path)

    def refuse(self, *given, **named):
        assert self != path, "The pipe is opened."
        return opened(self, *given, **named)

    monkeypatch.setattr(Path, "open", refuse)
    return path


def test_an_image_that_is_no_file_is_a_problem(folder, pipe):
    data = read_data(table(folder, "pipe.png,ill,,,,", "images/b.png,ill,,,,", "/dev/null,,,,,"))
    assert [i.row for i in data.items] == [3]
    assert data.problems == (
        "labels.csv, row 2: pipe.png is no file; it is left out.",
        "labels.csv, row 4: null is no file; it is left out.",
    )


def test_a_mask_that_is_no_file_is_never_opened(folder, pipe):
    data = read_data(table(folder, "images/a.png,ill,,,pipe.png,"))
    with pytest.raises(
        EvaluationError, match=r"^labels.csv, row 2: the mask .* not a regular file"
    ):
        data.truth(data.items[0], SIZE)


def test_a_table_that_is_no_file_is_never_opened(pipe):
    assert not is_study(pipe)
    with pytest.raises(EvaluationError, match="is no file"):
        read_data(pipe)


def test_a_mask_of_another_size_names_the_row_and_both_sizes(folder):
    draw(folder, "m.png", slice(0, 2), slice(0, 2), (5, 8))
    data = read_data(
        table(folder, "images/a.png,ill,,,,", "images/b.png,ill,,,m.png,", "images/b.png,ill,,,,")
    )
    with pytest.raises(
        EvaluationError, match=r"^labels.csv, row 3: the mask m.png is 8 x 5 .* 8 x 6.*\.$"
    ):
        data.truth(data.items[1], SIZE)
    assert data.truth(data.items[0], SIZE) is None


@pytest.mark.parametrize("content", [None, b"no mask"])
def test_a_mask_that_cannot_be_read_names_its_row(folder, content):
    if content is not None:
        (folder / "m.png").write_bytes(content)
    data = read_data(table(folder, "images/a.png,ill,,,,", "images/a.png,ill,,,m.png,"))
    with pytest.raises(EvaluationError, match=r"^labels.csv, row 3: the mask .*m\.png.*\.$"):
        data.truth(data.items[0], SIZE)


def test_pixels_that_count_neither_way_come_along(folder):
    values = np.zeros(SIZE, np.uint8)
    values[0, :3], values[1, :3] = 1, 255
    Image.fromarray(values).save(folder / "m1.png")
    second = draw(folder, "m2.png", slice(1, 2), slice(0, 1))
    data = read_data(table(folder, "images/a.png,ill,,,m1.png,", "images/a.png,ill,,,m2.png,"))
    truth = data.truth(data.items[0], SIZE)
    assert np.array_equal(truth.mask, (values == 1) | second)
    assert np.array_equal(truth.ignore, (values == 255) & ~second)


def test_one_cell_may_hold_several_masks_and_another_what_to_ignore(folder):
    """So OpenImages comes from softcam dataset: masks of objects, and one region to be ignored."""
    first = draw(folder, "m1.png", slice(0, 2), slice(0, 2))
    second = draw(folder, "m2.png", slice(4, 6), slice(5, 8))
    region = draw(folder, "i.png", slice(1, 5), slice(0, 8))
    head = "path,label,mask,ignore,boxes"
    data = read_data(table(folder, "images/a.png,ill,m1.png| m2.png|,i.png,", head=head))
    truth = data.truth(data.items[0], SIZE)
    assert np.array_equal(truth.mask, first | second)
    assert np.array_equal(truth.ignore, region & ~(first | second))
    boxed = read_data(table(folder, f"images/a.png,ill,,i.png,{boxes([0, 0, 2, 2])}", head=head))
    truth = boxed.truth(boxed.items[0], SIZE)
    assert np.array_equal(truth.ignore, region & ~first)
    draw(folder, "i.png", slice(0, 1), slice(0, 1))
    changed = read_data(table(folder, f"images/a.png,ill,,i.png,{boxes([0, 0, 2, 2])}", head=head))
    assert changed.digest != boxed.digest


def test_a_missing_path_is_a_problem_and_a_missing_file_an_item(folder):
    rows = [f"images/{name}.png,ill,,,," for name in "abcde"]
    rows[2] = ",ill,,,,"
    rows[3] = "images/gone.png,ill,,,,"
    data = read_data(table(folder, *rows))
    assert data.problems == ("labels.csv, row 4: the path is missing.",)
    assert [i.row for i in data.items] == [2, 3, 5, 6]
    assert data.items[2].where == "labels.csv, row 5"


def test_missing_labels_are_noted_by_their_rows(folder):
    data = read_data(table(folder, *(f"images/{n}.png,{'x' * (n == 'b')},,,," for n in "abcde")))
    assert any("rows 2, 4, 5 and 1 more are without a label" in note for note in data.notes)
    data = read_data(table(folder, "images/a.png,,,,,"))
    assert any("gives no labels" in note for note in data.notes)


SPLIT_ROWS = [
    *("images/a.png,x,1,train,,", "images/b.png,x,2,val,,", "images/c.png,x,3,Testing,,"),
    *("images/d.png,x,4,test,,", "images/e.png,x,5,,,"),
]


@pytest.mark.parametrize(
    ("split", "gone", "expected"),
    [
        ("auto", "", "cd"),
        ("auto", "test", "b"),
        ("auto", "test val", "ae"),
        ("all", "", "abcde"),
        ("train", "", "a"),
        ("val", "", "b"),
        ("test", "", "cd"),
    ],
)
def test_the_rows_of_a_split_are_taken_and_that_is_said(folder, split, gone, expected):
    rows = [r for r in SPLIT_ROWS if not any(g in r.lower() for g in gone.split())]
    data = read_data(table(folder, *rows), split=split)
    assert [i.shown for i in data.items] == [f"images/{name}.png" for name in expected]
    assert f"{len(expected)} images" in data.notes[0]
    assert "all" not in expected or "All" in data.notes[0]


def test_a_split_without_rows_or_of_no_name_is_refused(folder):
    path = table(folder, *SPLIT_ROWS[:2])
    with pytest.raises(EvaluationError, match="has no rows of the split test"):
        read_data(path, split="test")
    with pytest.raises(EvaluationError, match="'dev' is unknown"):
        read_data(path, split="dev")


def test_a_word_that_is_no_split_is_a_problem(folder):
    data = read_data(table(folder, "images/a.png,x,,tset,,", "images/b.png,x,,,,"))
    assert data.problems == ("labels.csv, row 2: split is 'tset'; write train, val or test.",)
    assert len(data.items) == 2


def test_patients_of_the_training_set_are_noted(folder):
    rows = ["images/a.png,x,p1,train,,", "images/b.png,x,p1,test,,", "images/c.png,x,p2,test,,"]
    notes = " ".join(read_data(table(folder, *rows)).notes)
    assert "1 of the 2 patients are in the split train too" in notes
    assert "in the split train too" not in " ".join(read_data(table(folder, rows[2])).notes)


def test_without_patients_each_image_is_one(folder):
    data = read_data(table(folder, "images/a.png,x", "images/b.png,x", head="path,label"))
    assert [i.patient for i in data.items] == [0, 1]
    assert any("no patient column" in note for note in data.notes)


def test_one_class_only_is_no_error(folder):
    assert len(read_data(table(folder, "images/a.png,x,,,,")).items) == 1


def test_names_say_nothing_of_the_machine(folder, tmp_path):
    other = tmp_path / "elsewhere" / "deep"
    other.mkdir(parents=True)
    path = table(other, f"{folder}/images/a.png,x,,,,", f"{folder}/images/b.png,x,,,,")
    assert [i.shown for i in read_data(path).items] == ["a.png", "b.png"]
    path = table(other, f"{folder}/images/a.png,x,,,,", "own.png,x,,,,")
    assert [i.shown for i in read_data(path).items] == ["images/a.png", "elsewhere/deep/own.png"]


def test_the_digest_is_that_of_what_the_numbers_depend_on(folder, tmp_path):
    draw(folder, "m.png", slice(0, 2), slice(0, 2))
    rows = ["images/a.png,x,p1,test,m.png,", f"images/b.png,y,p2,test,,{boxes([0, 0, 2, 2])}"]
    before = read_data(table(folder, *rows)).digest
    assert read_data(table(folder, *rows)).digest == before

    moved = shutil.copytree(folder, tmp_path / "moved" / "deep")
    assert read_data(moved / "labels.csv").digest == before

    changed = {
        read_data(table(folder, *change)).digest
        for change in (
            [rows[0].replace(",x,", ",z,"), rows[1]],
            [rows[0].replace(",p1,", ",p2,"), rows[1]],
            [rows[0].replace("m.png", ""), rows[1]],
            [rows[0], rows[1].replace("2]", "3]")],
            [rows[0].replace("a.png", "c.png"), rows[1]],
            [rows[0]],
            rows[::-1],
        )
    }
    draw(folder, "m.png", slice(0, 2), slice(0, 3))
    changed.add(read_data(table(folder, *rows)).digest)
    (folder / "m.png").unlink()
    changed.add(read_data(table(folder, *rows)).digest)
    assert len(changed | {before}) == 10


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no column 'path'"),
        ("file,label\na,b\n", "no column 'path'"),
        ("path,label\n", "lists no images"),
        ("path,label\n,x\n", "lists no images that can be looked for"),
        ("path,label,Path\na,x,b\n", "has two columns 'path'"),
        ("path;label\na,x\nb,y\n", "row 2: the header has 2 cells, parted by semicolons"),
    ],
)
def test_a_table_without_images_is_one_sentence(folder, text, sentence):
    (folder / "labels.csv").write_text(text)
    with pytest.raises(SoftcamError, match=sentence):
        read_data(folder / "labels.csv")


def test_what_is_no_table_is_one_sentence(folder):
    with pytest.raises(SoftcamError, match="cannot be read"):
        read_data(folder / "none.csv")
    with pytest.raises(EvaluationError, match="is a folder"):
        read_data(folder)
    path = table(folder, "images/a.png,x,,,,")
    with pytest.raises(EvaluationError, match="no readers"):
        read_data(path, reader="anna")


def test_the_demo_study_s_table_is_read():
    from softcam_core.demo import demo_cases, demo_folder

    cases = {case.path.name: case for case in demo_cases()}
    with read_data(demo_folder() / "labels.csv", split="all") as data:
        assert len(data.items) == len(cases)
        marked = next(i for i in data.items if cases[i.path.name].mask is not None)
        with Image.open(cases[marked.path.name].mask) as picture:
            expected = np.asarray(picture) > 0
        assert np.array_equal(data.truth(marked, expected.shape).mask, expected)
        assert data.problems == ()
