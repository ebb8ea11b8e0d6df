"""Reading tables as people write them, and splits that never tear a patient."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.errors import ConfigError
from softcam_core.training.config import DataConfig
from softcam_core.training.sources import read_data
from softcam_core.training.table import Table, class_order, split_by_patient

ROWS = "a.png,normal,p1,train\nb.png,ill,p2,train\nc.png,ill,p3,val\n"


def read_table(path: Path, classes: tuple[str, ...] = (), split_seed: int = 0) -> Table:
    return read_data(DataConfig(csv=str(path), classes=tuple(classes), split_seed=split_seed))


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "labels.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_spreadsheets_csv_reads_the_same(tmp_path, encoding, delimiter, end):
    text = f"Path, label ,patient,split\n{ROWS}\n".replace(",", delimiter).replace("\n", end)
    table = read_table(written(tmp_path, text, encoding))
    assert table.classes == ("normal", "ill")
    assert [(s.path.name, s.label, s.patient, s.split) for s in table.samples] == [
        ("a.png", 0, "p1", "train"),
        ("b.png", 1, "p2", "train"),
        ("c.png", 1, "p3", "val"),
    ]
    assert table.notes == ("The validation set has no image of normal: its figures say less.",)


def test_paths_are_relative_to_the_table_and_may_be_written_on_windows(tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    rows = "sub\\a.png,normal,p1,train\n/abs/b.png,ill,p2,train\n../c.png,ill,p3,val\n"
    table = read_table(written(tmp_path, f"path,label,patient,split\n{rows}"))
    assert [s.path for s in table.samples] == [
        tmp_path / "sub" / "a.png",
        Path("/abs/b.png"),
        tmp_path.parent / "c.png",
    ]


def test_masks_and_boxes_are_kept(tmp_path):
    boxes = '"[[1,2,3,4],[5,6,7,8]]"'
    rows = f"a.png,no,train,m.png,{boxes}\nb.png,yes,train,,\nc.png,no,val,,\n"
    table = read_table(written(tmp_path, f"path,label,split,mask,boxes\n{rows}"))
    assert table.samples[0].mask == str(tmp_path / "m.png")
    assert table.samples[0].boxes == "[[1,2,3,4],[5,6,7,8]]"
    assert table.samples[1].mask == ""


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["pneumonia", "Normal"], ("Normal", "pneumonia")),
        (["10", "2", "0"], ("0", "2", "10")),
        (["DME", "CNV", "healthy"], ("healthy", "CNV", "DME")),
        (["mild DR", "No DR"], ("No DR", "mild DR")),
        (["a", "no_finding", "nodule"], ("no_finding", "a", "nodule")),
    ],
)
def test_the_healthy_class_comes_first(labels, expected):
    assert class_order(labels) == expected


def test_a_given_order_counts(tmp_path):
    path = written(tmp_path, f"path,label,patient,split\n{ROWS}")
    table = read_table(path, ["ill", "normal"])
    assert [s.label for s in table.samples] == [1, 0, 0]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("a.png,n,p1,train\nb.png,i,p1,val\n", "patient p1 is in both train and val"),
        ("a.png,n,p1,train\na.png,n,p1,val\nb.png,i,p2,train\n", "a.png is listed in both"),
        ("a.png,n,p1,train\na.png,i,p1,train\n", "with another label"),
        ("a.png,n,p1,train\nb.png,i,p2,held-out\n", "row 3: split is 'held-out'"),
        ("a.png,n,p1,train\nb.png,i,p2,\n", "row 3: split is ''"),
        ("a.png,n,p1,train\nb.png,i,,train\n", "row 3: the patient is missing"),
        ("a.png,n,p1,train\nb.png,,p2,train\n", "row 3: path or label is missing"),
        ("a.png,n,p1,train\nb.png,i,p2,train\n", "has no validation images"),
        ("a.png,n,p1,train\nb.png,i,p2,val\n", "no training image of the class 'i'"),
        ("a.png,n,p1,train\nb.png,n,p2,val\n", "holds one class only, 'n'"),
        ("", "lists no images"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path, rows, sentence):
    path = written(tmp_path, f"path,label,patient,split\n{rows}")
    with pytest.raises(ConfigError, match=r"^labels.csv.*\.$") as caught:
        read_table(path)
    assert sentence in str(caught.value)


def test_a_label_that_is_no_class_is_named(tmp_path):
    path = written(tmp_path, f"path,label,patient,split\n{ROWS}")
    with pytest.raises(ConfigError, match="row 3: label 'ill' is not one of the classes normal, x"):
        read_table(path, ["normal", "x"])


@pytest.mark.parametrize("text", ["", "file,label\na.png,x\n", "path;class\na.png;x\n"])
def test_missing_columns_are_named(tmp_path, text):
    with pytest.raises(ConfigError, match=r"has no column '(path|label)'"):
        read_table(written(tmp_path, text))


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = written(tmp_path, "path,label, Label ,,\na.png,x,y,,\n")
    with pytest.raises(ConfigError, match=r"^labels.csv has two columns 'label'; .*\.$"):
        read_table(path)


@pytest.mark.parametrize(
    ("head", "row", "separator", "cells"),
    [
        ("path;label;patient;split", "d.png,ill,p4,train", "semicolons", 1),
        ("path,label,patient,split", "d.png;ill;p4;train", "commas", 1),
        ("path\tlabel\tpatient\tsplit", "d.png;ill;p4;train", "tabs", 1),
        ("path,label,patient,split", "d.png,very, very ill,p4,train", "commas", 5),
    ],
)
def test_a_row_that_is_parted_otherwise_is_named(tmp_path, head, row, separator, cells):
    delimiter = head[len("path")]
    good = ROWS.replace(",", delimiter)
    path = written(tmp_path, f"{head}\n{good}{row}\n")
    with pytest.raises(ConfigError, match=r"^labels.csv, row 5: [^.]*\.$") as caught:
        read_table(path)
    assert f"4 cells, parted by {separator}, and the row {cells};" in str(caught.value)


def test_cells_without_content_may_be_too_many_or_missing(tmp_path):
    rows = "a.png,normal,p1,train,,,\nb.png,ill,p2,train\nc.png,ill,p3,val,,,,\n"
    table = read_table(written(tmp_path, f"path,label,patient,split,mask,boxes\n{rows}"))
    assert [s.path.name for s in table.samples] == ["a.png", "b.png", "c.png"]


def test_a_missing_or_binary_table_is_one_sentence(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_table(tmp_path / "none.csv")
    (tmp_path / "labels.csv").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_table(tmp_path / "labels.csv")


def test_without_a_split_column_one_is_drawn_and_written(tmp_path):
    rows = "".join(f"{i}.png,{'i' if i % 4 == 0 else 'n'},p{i // 2}\n" for i in range(200))
    path = written(tmp_path, f"path,label,patient\n{rows}")
    table = read_table(path, split_seed=3)
    assert "split by patient" in table.notes[0]
    counts = {split: sum(found.values()) for split, found in table.counts().items()}
    assert counts == pytest.approx({"train": 150, "val": 20, "test": 30}, abs=2)
    table.write(tmp_path / "split.csv")
    again = read_table(tmp_path / "split.csv", table.classes)
    assert again.samples == table.samples
    assert again.digest() == table.digest()
    assert read_table(path, split_seed=3).samples == table.samples
    assert read_table(path, split_seed=4).samples != table.samples


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2)), min_size=1, max_size=150),
    st.integers(0, 100),
)
def test_no_patient_is_torn(rows, seed):
    patients, labels = [f"p{p}" for p, _ in rows], [label for _, label in rows]
    splits = split_by_patient(patients, labels, seed)
    assert len({*zip(patients, splits, strict=True)}) == len(set(patients))
    assert splits == split_by_patient(patients, labels, seed)


@given(st.integers(10, 60), st.integers(20, 60), st.integers(0, 20))
def test_each_class_keeps_its_share(few, many, seed):
    labels = [0] * many + [1] * few
    splits = split_by_patient([str(i) for i in range(len(labels))], labels, seed)
    for label, size in ((0, many), (1, few)):
        found = Counter(s for s, own in zip(splits, labels, strict=True) if own == label)
        for split, share in (("train", 0.75), ("val", 0.10), ("test", 0.15)):
            assert abs(found[split] - share * size) <= 1


def test_other_weights_are_other_data(tmp_path):
    rows = "path,label,split,weight\na.png,normal,train,{}\nb.png,ill,train,1\nc.png,ill,val,1\n"
    once, twice = (
        read_table(written(tmp_path, rows.format(weight))).digest() for weight in ("1", "2")
    )
    assert once != twice
