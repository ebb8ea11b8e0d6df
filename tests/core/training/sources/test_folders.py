"""Trees with a folder for each class."""

import pytest

from softcam_core.errors import ConfigError


def test_a_tree_of_classes_is_split_by_image(picture, read, tmp_path):
    for i in range(20):
        picture(f"set/healthy/{i}.png")
        picture(f"set/Mild Disease/deep/{i}.jpg")
    table = read(tmp_path / "set", need_val=True)
    assert table.format == "folders"
    assert table.classes == ("healthy", "Mild Disease")
    assert len(table.indices("train")) == 30
    assert any("each image counts as a patient of its own" in note for note in table.notes)


def test_names_of_splits_and_capitals_of_classes(picture, read, tmp_path):
    for split in ("Training", "valid", "TEST"):
        picture(f"set/{split}/NORMAL/{split}1.png")
        picture(f"set/{split}/{'Ill' if split == 'TEST' else 'ILL'}/{split}2.png")
    picture("set/loose.png")
    picture("set/extra/x/1.png")
    picture("set/TEST/loose.png")
    (tmp_path / "set" / ".hidden" / "a").mkdir(parents=True)
    table = read(tmp_path / "set", need_val=True)
    assert len(table.classes) == 2
    assert table.classes[0] == "NORMAL"
    assert {split: sum(c.values()) for split, c in table.counts().items()} == {
        "train": 2,
        "val": 2,
        "test": 2,
    }
    assert table.left_out == {
        "it lies outside train, val and test": 2,
        "it lies in no folder of a class": 1,
    }


def test_only_train_and_test_get_a_drawn_validation_set(picture, read, tmp_path):
    for split, number in (("train", 40), ("test", 5)):
        for label in ("a", "b"):
            for i in range(number):
                picture(f"set/{split}/{label}/{split}{i}.png")
    table = read(tmp_path / "set", need_val=True)
    assert {split: sum(c.values()) for split, c in table.counts().items()} == {
        "train": 70,
        "val": 10,
        "test": 10,
    }


def test_an_archive_within_a_folder_of_its_name(picture, read, tmp_path):
    picture("set/set/a/1.png")
    picture("set/set/b/1.png")
    assert read(tmp_path / "set").classes == ("a", "b")


def test_patients_are_found_in_file_names(picture, read, tmp_path):
    """The chest films of Kermany et al. are named person12_virus_3.jpeg."""
    picture("cxr/train/NORMAL/IM-0001-0001.jpeg")
    picture("cxr/train/PNEUMONIA/person12_virus_3.jpeg")
    picture("cxr/test/PNEUMONIA/person12_bacteria_9.jpeg")
    picture("cxr/test/NORMAL/IM-0002-0001.jpeg")
    table = read(tmp_path / "cxr")
    assert any("data.patient_from can find them" in note for note in table.notes)
    pattern = r"^(person\d+|IM-\d+)"
    with pytest.raises(ConfigError, match="patient person12 is in both train and test"):
        read(tmp_path / "cxr", patient_from=pattern)
    kept = read(tmp_path / "cxr", patient_from=pattern, shared_patients="drop")
    assert {s.patient for s in kept.samples} == {"IM-0001", "IM-0002", "person12"}
    assert kept.left_out == {"in train, of a patient who is in test too": 1}


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("none", "does not exist"),
        ("empty", "is of no known layout"),
        ("flat", "is of no known layout"),
        ("bare", "holds no images; choose another folder"),
        ("one", "holds one class only, 'a'"),
    ],
)
def test_what_is_no_tree_is_said_in_one_sentence(picture, read, tmp_path, place, sentence):
    (tmp_path / "empty").mkdir()
    (tmp_path / "bare" / "a").mkdir(parents=True)
    picture("flat/a.png")
    picture("one/a/1.png")
    chosen = "folders" if place == "none" else "auto"
    with pytest.raises(ConfigError) as caught:
        read(tmp_path / place, need_val=True, format=chosen)
    assert sentence in str(caught.value)


def test_images_without_folders_of_classes(picture, read, tmp_path):
    picture("flat/a.png")
    with pytest.raises(ConfigError, match=r"^No image of .* lies in a folder of its class"):
        read(tmp_path / "flat", format="folders")


def test_the_real_chest_films_by_folder_and_by_table(shared_data, read):
    tree = read(shared_data / "train_kermany_cxr224", format="folders", need_val=True)
    table = read(shared_data / "train_kermany_cxr224" / "labels.csv", need_val=True)
    assert table.format == "table"
    found, listed = ({s.path.resolve(): s.label for s in t.samples} for t in (tree, table))
    assert found == listed
    assert [list(c.values()) for c in tree.counts().values()] == [[800, 732], [151, 134], [0, 0]]
    assert len({s.patient for s in table.samples}) == 1322
