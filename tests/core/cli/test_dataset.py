"""The command that tells what a training would see."""

import csv

import pytest


@pytest.fixture
def source(tmp_path, folder):
    rows = [
        f"images/{'a.png' if i == 0 else f'{i}.png'},{'no' if i % 3 else 'yes'},p{i // 2}"
        for i in range(80)
    ]
    path = tmp_path / "labels.csv"
    path.write_text("path,label,patient\n" + "\n".join(rows) + "\n")
    return path


def test_it_tells_classes_splits_and_patients(softcam, source):
    done = softcam("dataset", source)
    assert done.code == 0
    lines = [line.split() for line in done.out.splitlines()]
    assert ["train", "val", "test", "all"] in lines
    (images,) = (line for line in lines if line[:1] == ["images"])
    assert images[-1] == "80"
    (patients,) = (line for line in lines if line[:1] == ["patients"])
    assert patients[-1] == "40"
    assert "79 of 80 files are missing." in done.out


def test_it_writes_a_table_that_it_reads_again(softcam, source, tmp_path):
    out = tmp_path / "split.csv"
    (first,) = softcam("dataset", source, "--out", out, "--json").lines
    assert first["trainable"]
    assert first["missing"] == 79
    with out.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == first["images"] == 80
    assert {row["split"] for row in rows} == {"train", "val", "test"}
    (again,) = softcam("dataset", out, "--json").lines
    assert again["counts"] == first["counts"]
    assert again["patients"] == first["patients"]
    assert "exists" in softcam("dataset", source, "--out", out).err
    assert softcam("dataset", source, "--out", out, "--overwrite").code == 0
    assert "is the source itself" in softcam("dataset", out, "--out", out, "--overwrite").err
    assert "does not exist" in softcam("dataset", source, "--out", tmp_path / "no" / "x.csv").err


def test_keys_of_a_configuration_count_and_options_come_first(softcam, source, tmp_path):
    config = tmp_path / "c.toml"
    config.write_text("[data]\ncsv = 'labels.csv'\nshares = [0.5, 0.25, 0.25]\n")
    (found,) = softcam("dataset", "--config", config, "--json").lines
    assert sum(found["counts"]["train"].values()) == 40
    (found,) = softcam("dataset", "--config", config, "--set", "data.shares=0,0,1", "--json").lines
    assert sum(found["counts"]["test"].values()) == 80
    assert not found["trainable"]
    assert "no training image" in found["trouble"]


def test_the_layout_can_be_said(softcam, tmp_path):
    table = tmp_path / "g.csv"
    table.write_text("image,level\n" + "".join(f"{i}_left,{i % 5}\n" for i in range(100)))
    (found,) = softcam("dataset", table, "--task", "multiclass", "--json").lines
    assert found["format"] == "kaggle-dr"
    assert len(found["classes"]) == 5
    assert "has no column 'path'" in softcam("dataset", table, "--format", "table").err


@pytest.mark.parametrize("args", [[], ["x.csv", "--format", "dicom"], ["x.csv", "--task", "many"]])
def test_wrong_usage_is_exit_2(softcam, args):
    assert softcam("dataset", *args).code == 2


def test_a_mistake_is_one_line_and_exit_1(softcam, tmp_path):
    done = softcam("dataset", tmp_path / "none.csv")
    assert done.code == 1
    assert done.out == ""
    assert len(done.err.splitlines()) == 1


def test_a_thousand_classes_are_not_a_thousand_lines(softcam, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("path,label\n" + "".join(f"{i}.png,c{i // 10}\n" for i in range(10_000)))
    done = softcam("dataset", table)
    assert "1,000 classes, of which the first 30 are shown." in done.out
    assert len(done.out.splitlines()) < 45
    (found,) = softcam("dataset", table, "--json").lines
    assert len(found["classes"]) == 1000
    assert found["images"] == 10_000
