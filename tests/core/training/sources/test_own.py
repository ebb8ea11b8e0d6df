"""This project's table: weights, masks, images elsewhere, and what is drawn from any data set."""

import os
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.errors import ConfigError
from softcam_core.training.table import Sample, Table, split_by_patient


def test_a_round_trip_keeps_everything(read, tmp_path):
    samples = tuple(
        Sample(
            path=tmp_path / "images" / f"{i}.png",
            label=i % 2,
            patient=f"p{i}",
            split=("train", "val", "test")[i % 3],
            mask=f"{tmp_path / f'm{i}.png'}|/elsewhere/n.png" if i % 2 else "",
            boxes="[[1, 2, 3.5, 4]]" if i % 2 else "",
            weight=0.1 + i,
            ignore=str(tmp_path / "i.png") if i == 3 else "",
        )
        for i in range(12)
    )
    table = Table(tmp_path / "x", ("normal", "ill"), samples)
    table.write(tmp_path / "out.csv")
    again = read(tmp_path / "out.csv", need_val=True)
    assert again.samples == samples
    assert again.classes == table.classes
    assert "\nimages/0.png," in (tmp_path / "out.csv").read_text().replace("\r", "")
    (tmp_path / "out.csv").rename(tmp_path / "moved.csv")
    assert read(tmp_path / "moved.csv").digest() == table.digest()


def test_a_weight_must_be_a_number_above_zero(write, read):
    for cell in ("0", "-1", "much", "nan", "inf"):
        source = write("w.csv", f"path,label,weight\na.png,x,1\nb.png,y,{cell}\n")
        with pytest.raises(ConfigError, match=r"^w.csv, row 3: weight is .*above 0\.$"):
            read(source)


def test_an_image_listed_again_has_the_marks_of_all_its_rows(write, read, tmp_path):
    source = write(
        "l.csv",
        "path;label;mask;boxes\na.png;x;m.png;[[1,2,3,4]]\na.png;x;n.png;[[5,6,7,8]]\n"
        "b.png;y;;\nb.png;y;;\n",
    )
    table = read(source)
    assert table.samples[0].masks == (tmp_path / "m.png", tmp_path / "n.png")
    assert table.samples[0].boxes == "[[1,2,3,4], [5,6,7,8]]"
    assert any("a.png, and 1 more, is listed more than once" in note for note in table.notes)


def test_images_may_lie_in_another_folder(write, read, picture, tmp_path):
    picture("far/deep/a.png")
    picture("far/b.jpg")
    source = write("t.csv", "path,label\nold\\place\\a.png,x\nb.png,y\nc.png,y\n")
    table = read(source, images=str(tmp_path / "far"))
    assert [s.path.is_file() for s in table.samples] == [True, True, False]
    assert any("1 of 3 images is not in" in note for note in table.notes)


def test_a_folder_with_a_table_of_labels(write, read):
    source = write("set/labels.csv", "path,label\na.png,x\nb.png,y\n")
    assert read(source.parent).format == "table"


def test_classes_of_a_tree_can_be_chosen(picture, read, tmp_path):
    for name in ("a", "B", "c"):
        picture(f"set/{name}/1.png")
    table = read(tmp_path / "set", classes=("b", "a"))
    assert table.classes == ("B", "a")
    assert table.left_out == {"of the class c": 1}


def test_an_expression_for_the_patient_that_does_not_match_everywhere(write, read):
    source = write("t.csv", "path,label\np1_a.png,x\np1_b.png,y\nother.png,y\n")
    table = read(source, patient_from=r"^p\d+")
    assert [s.patient for s in table.samples][:2] == ["p1", "p1"]
    assert any("all but 1 file;" in note for note in table.notes)


def test_keys_that_a_source_cannot_follow_are_refused(write, read, picture, tmp_path):
    for name in ("a", "b", "c"):
        picture(f"set/{name}/1.png")
    with pytest.raises(ConfigError, match="set has no scores of quality"):
        read(tmp_path / "set", quality_column="blur")
    with pytest.raises(ConfigError, match=r"holds 3 classes, and data\.task is binary; name"):
        read(tmp_path / "set", task="binary")
    with pytest.raises(ConfigError, match=r"is a study; name it in data\.study"):
        read(write("x.softcam", ""))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_waited_for(read, tmp_path):
    os.mkfifo(tmp_path / "labels.csv")
    with pytest.raises(ConfigError, match="is neither a file nor a folder"):
        read(tmp_path / "labels.csv")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_file_whose_name_is_no_text_is_left_out(picture, read, tmp_path):
    first = picture("set/a/1.png")
    picture("set/b/1.png")
    os.link(first, os.fsencode(first.parent) + b"/\xff.png")
    table = read(tmp_path / "set")
    assert table.left_out == {"its name is no text": 1}
    table.write(tmp_path / "out.csv")
    source = write_table(tmp_path / "set" / "t.csv")
    assert len(read(source, images=str(tmp_path / "set" / "a")).samples) == 2


def write_table(path):
    path.write_text("path,label\n1.png,x\n2.png,y\n")
    return path


@pytest.mark.parametrize("keep", ["test", "none"])
def test_a_split_of_the_data_may_be_drawn_anew(write, read, keep):
    splits = ("train", "train", "val", "val", "test")
    rows = "".join(f"{i}.png,{'ab'[i % 2]},p{i},{splits[i % 5]}\n" for i in range(200))
    source = write("t.csv", f"path,label,patient,split\n{rows}")
    assert len(read(source, need_val=True).indices("val")) == 80
    table = read(source, need_val=True, keep_split=keep)
    counts = [sum(c.values()) for c in table.counts().values()]
    rest = 160
    if keep == "none":
        assert counts == [150, 20, 30]
    else:
        assert counts == pytest.approx([rest * 0.75 / 0.85, rest * 0.10 / 0.85, 40], abs=1)
    own = {i for i in range(200) if splits[i % 5] == "test"}
    assert ({int(table.samples[i].path.stem) for i in table.indices("test")} == own) == (
        keep == "test"
    )


def test_shares_can_be_chosen_and_may_be_zero(write, read):
    rows = "".join(f"{i}.png,{'ab'[i % 2]}\n" for i in range(200))
    source = write("t.csv", f"path,label\n{rows}")
    table = read(source, shares=(0.5, 0.5, 0.0), need_val=True)
    assert [sum(c.values()) for c in table.counts().values()] == [100, 100, 0]
    assert any("split by patient, 50/50/0 %, seed 0" in note for note in table.notes)
    everything = read(source, shares=(0.0, 0.0, 1.0))
    assert len(everything.indices("test")) == 200


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), min_size=1, max_size=200),
    st.sampled_from([(0.75, 0.1, 0.15), (0.8, 0.2, 0.0), (0.0, 0.0, 1.0), (1 / 3, 1 / 3, 1 / 3)]),
    st.integers(0, 50),
)
def test_no_patient_is_torn_and_no_share_of_zero_gets_any(rows, shares, seed):
    patients, labels = [f"p{p}" for p, _ in rows], [label for _, label in rows]
    splits = split_by_patient(patients, labels, seed, shares)
    assert len({*zip(patients, splits, strict=True)}) == len(set(patients))
    assert splits == split_by_patient(patients, labels, seed, shares)
    for split, share in zip(("train", "val", "test"), shares, strict=True):
        assert share > 0 or split not in splits


@given(st.integers(60, 200), st.integers(1, 3), st.integers(0, 20))
def test_classes_keep_their_shares_with_patients_of_several_images(patients, each, seed):
    names = [f"p{i}" for i in range(patients) for _ in range(each)]
    labels = [int(i % 4 == 0) for i in range(patients) for _ in range(each)]
    counts = Counter(zip(labels, split_by_patient(names, labels, seed), strict=True))
    for label in (0, 1):
        total = labels.count(label)
        for split, share in (("train", 0.75), ("val", 0.1), ("test", 0.15)):
            assert abs(counts[label, split] - share * total) <= 1.5 * each
