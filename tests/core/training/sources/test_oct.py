"""Kermany's retinal OCT as folders and as the authors' table."""

from collections import Counter

import pytest

from softcam_core.errors import ConfigError

FOLDERS = {"NORMAL": 0, "DRUSEN": 1, "DME": 2, "CNV": 3}


@pytest.fixture
def tree(picture, tmp_path):
    for split, first, last in (("train", 0, 40), ("test", 90, 95)):
        for folder in FOLDERS:
            for i in range(first, last):
                name = f"OCT2017/{split}/{folder}/{folder}-{FOLDERS[folder]}{i // 2:03}-{i}.jpeg"
                picture(name, (512 if i % 2 else 768, 496))
    return tmp_path / "OCT2017"


def test_classes_have_the_order_that_kappa_counts_on(tree, read):
    table = read(tree, need_val=True, shares=(0.8, 0.2, 0.0))
    assert table.format == "oct"
    assert table.classes == ("Normal", "Drusen", "DME", "CNV")
    for sample in table.samples:
        assert sample.label == FOLDERS[sample.path.parent.name]
    counts = table.counts()
    assert set(counts["test"].values()) == {5}
    assert set(counts["train"].values()) == {32}
    assert set(counts["val"].values()) == {8}


def test_the_patient_is_the_second_field(tree, read):
    table = read(tree)
    (sample,) = (s for s in table.samples if s.path.name == "DME-2007-15.jpeg")
    assert sample.patient == "2007"
    splits = {(s.patient, s.split) for s in table.samples}
    assert len(splits) == len({patient for patient, _ in splits})


def test_binary_is_normal_against_drusen(tree, read):
    for keys in ({"task": "binary"}, {"classes": ("Normal", "Drusen")}):
        table = read(tree, **keys)
        assert table.classes == ("Normal", "Drusen")
        assert {s.path.parent.name for s in table.samples} == {"NORMAL", "DRUSEN"}
        assert table.left_out == {"of the class DME": 45, "of the class CNV": 45}


def test_a_tree_of_two_classes_has_two(tree, read):
    for split in ("train", "test"):
        for name in ("DME", "CNV"):
            for file in (tree / split / name).iterdir():
                file.unlink()
            (tree / split / name).rmdir()
    assert read(tree).classes == ("Normal", "Drusen")


def test_narrow_scans_are_left_out(tree, read):
    table = read(tree, min_width=512)
    assert table.left_out == {"not wider than 512 px": 88}
    assert len(table.samples) == 92
    assert len(read(tree, min_width=511).samples) == 180


def test_a_patient_of_the_test_set_who_is_in_train_too(tree, read, picture):
    picture("OCT2017/train/CNV/CNV-3045-7.jpeg")
    picture("OCT2017/train/DME/DME-3045-8.jpeg")
    with pytest.raises(ConfigError, match="in both train and test") as caught:
        read(tree)
    assert "patient 3045" in str(caught.value)
    assert 'set data.shared_patients = "drop"' in str(caught.value)
    table = read(tree, shared_patients="drop")
    assert {s.split for s in table.samples if s.patient == "3045"} == {"test"}
    assert table.left_out == {"in train, of a patient who is in test too": 2}


def test_a_test_set_is_drawn_where_there_is_none(tree, read):
    for folder in (tree / "test").iterdir():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    (tree / "test").rmdir()
    table = read(tree, need_val=True, test_per_class=7, shares=(0.8, 0.2, 0.0))
    assert set(table.counts()["test"].values()) == {7}
    patients = Counter(p for p, _ in {(s.patient, s.split) for s in table.samples})
    assert set(patients.values()) == {1}
    # 7 images of patients of two: one patient of each class is torn, and the rest of it left out.
    assert table.left_out == {"of a patient of the test set, which is full": 4}
    assert table.samples == read(tree, test_per_class=7, shares=(0.8, 0.2, 0.0)).samples
    other = read(tree, test_per_class=7, shares=(0.8, 0.2, 0.0), split_seed=1)
    assert table.samples != other.samples
    with pytest.raises(ConfigError, match="a class of 40 images, too few for a test set of 41"):
        read(tree, test_per_class=41)


def test_half_of_the_healthy_and_a_sample(tree, read):
    table = read(tree, keep_healthy=0.5, sample=70, shares=(0.8, 0.2, 0.0))
    counts = table.counts()
    assert set(counts["test"].values()) == {5}
    pool = {name: counts["train"][name] + counts["val"][name] for name in table.classes}
    assert pool == {"Normal": 10, "Drusen": 20, "DME": 20, "CNV": 20}
    assert len(read(tree, sample=10_000).samples) == 180
    table = read(tree, test_per_class=3)
    assert set(table.counts()["test"].values()) == {5}
    assert any("has a test set of its own" in note for note in table.notes)


def test_the_authors_table_is_matched_to_the_original_files(write, read, picture):
    picture("OCT2017/test/CNV/CNV-10-1.jpeg")
    picture("OCT2017/train/CNV/CNV-10-1.jpeg")
    picture("OCT2017/train/NORMAL/NORMAL-7-1.jpeg")
    rows = (
        "filename,patient_id,level\ntest/CNV/CNV-10-1.png,10,3\ntrain/NORMAL/NORMAL-7-1.png,7,0\n"
    )
    source = write("oct.csv", rows)
    table = read(source, images=str(source.parent / "OCT2017"))
    assert [s.path.parent.parent.name for s in table.samples] == ["test", "train"]
    assert [(s.patient, table.classes[s.label]) for s in table.samples] == [
        ("10", "CNV"),
        ("7", "Normal"),
    ]


def test_the_authors_tables_of_three_splits_go_together(write, read):
    for split, patient in (("train", 1), ("val", 2), ("test", 3)):
        source = write(
            f"oct_{split}.csv",
            "filename,patient_id,level\n"
            + "".join(f"{n}-{patient}-1.png,{patient},{v}\n" for n, v in FOLDERS.items()),
        )
    table = read(source, need_val=True)
    assert {s.patient: s.split for s in table.samples} == {"1": "train", "2": "val", "3": "test"}
    assert any("oct_train.csv (train)" in note for note in table.notes)


def test_a_level_that_is_none_is_named(write, read, picture):
    source = write("o.csv", "filename,level\nCNV-1-1.png,4\n")
    with pytest.raises(ConfigError, match=r"o.csv, row 2: level is '4'; the classes are 0 Normal"):
        read(source)
    with pytest.raises(ConfigError, match="none of the folders NORMAL, DRUSEN, DME and CNV"):
        read(picture("tree/a/x.png").parent.parent, format="oct")


def test_the_authors_real_tables(shared_data, read):
    table = read(shared_data / "csv_kdjoumessi" / "softcam_oct_multiclass_test.csv", need_val=True)
    labels = Counter(table.classes[s.label] for s in table.samples)
    assert labels == {"Normal": 250, "Drusen": 248, "DME": 250, "CNV": 250}
    assert len({s.patient for s in table.samples}) == 634
    drusen = read(shared_data / "csv_kdjoumessi" / "protobagnets_test_lesion_annotation.csv")
    assert drusen.format == "oct"
    assert {drusen.classes[s.label] for s in drusen.samples} == {"Drusen"}
    assert drusen.samples[0].patient == "3618354"
