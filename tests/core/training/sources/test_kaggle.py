"""Kaggle's diabetic retinopathy set and the authors' table of it."""

import pytest

from softcam_core.errors import ConfigError

ROWS = "image,level\n1_left,0\n1_right,2\n2_left,4\n2_right,0\n30_left,1\n"


@pytest.fixture
def kaggle(write, picture):
    for name in ("1_left", "1_right", "2_left", "2_right", "30_left"):
        picture(f"train/{name}.jpeg")
    return write("trainLabels.csv", ROWS)


def test_eyes_of_a_patient_stay_together_and_grades_become_two_classes(kaggle, read):
    table = read(kaggle)
    assert table.format == "kaggle-dr"
    assert table.classes == ("no DR", "DR")
    assert [s.label for s in table.samples] == [0, 1, 1, 0, 1]
    assert [s.patient for s in table.samples] == ["1", "1", "2", "2", "30"]
    assert all(s.path.is_file() for s in table.samples)
    assert table.samples[0].split == table.samples[1].split
    assert "kaggle-dr" in table.notes[0]


@pytest.mark.parametrize("keys", [{"task": "multiclass"}, {"classes": ("no DR", "mild", "severe")}])
def test_five_grades_in_their_order(kaggle, read, keys):
    table = read(kaggle, **keys)
    if "task" in keys:
        assert table.classes == ("no DR", "mild", "moderate", "severe", "proliferative")
        assert [s.label for s in table.samples] == [0, 2, 4, 0, 1]
    else:
        assert table.classes == keys["classes"]
        assert [s.label for s in table.samples] == [0, 0, 1]
        assert table.left_out == {"of the class moderate": 1, "of the class proliferative": 1}


def test_a_class_that_the_set_has_not_is_named(kaggle, read):
    with pytest.raises(
        ConfigError, match=r"has no class 'ill'; data.classes can hold no DR, DR\.$"
    ):
        read(kaggle, task="binary", classes=("no DR", "ill"))


def test_the_folder_of_the_download_is_enough(kaggle, read):
    assert len(read(kaggle.parent).samples) == 5
    with pytest.raises(ConfigError, match=r"holds no trainLabels\.csv"):
        read(kaggle.parent / "train", format="kaggle-dr")


def test_images_are_found_in_another_folder_with_another_suffix(kaggle, read, picture):
    for name in ("1_left", "1_right", "2_left", "2_right", "30_left"):
        picture(f"cropped/deep/{name}.png")
    table = read(kaggle, images=str(kaggle.parent / "cropped"))
    assert {s.path.suffix for s in table.samples} == {".png"}
    with pytest.raises(ConfigError, match=r"two images of the name 1_left, .*rename one\.$"):
        read(kaggle, images=str(kaggle.parent))
    with pytest.raises(ConfigError, match=r"does not exist; set data\.images"):
        read(kaggle, images=str(kaggle.parent / "nowhere"))


def test_images_that_are_not_there_are_listed_and_left_to_training(kaggle, read, tmp_path):
    (tmp_path / "train" / "2_left.jpeg").unlink()
    table = read(kaggle)
    assert len(table.samples) == 5
    assert any(
        note.startswith("1 of 5 images is not in") and "2_left" in note for note in table.notes
    )


def test_a_quality_score_leaves_rows_out(write, read):
    table = write(
        "q.csv", "image,level,Bad\n1_left,0,0.1\n2_left,1,0.5\n3_left,1,0.51\n4_left,1,\n"
    )
    found = read(table, quality_column="Bad")
    assert [s.patient for s in found.samples] == ["1", "2"]
    assert found.left_out == {"Bad is above 0.5": 1, "Bad is no number": 1}
    assert any("q.csv, row 4" in note for note in found.notes)
    with pytest.raises(
        ConfigError, match=r"no column 'blur' for data\.quality_column; it has image"
    ):
        read(table, quality_column="blur")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("image,level\n1_left,5\n", "row 2: level is '5'; the grades are 0 to 4."),
        ("image,level\n,0\n", "row 2: image is missing."),
        ("image,grade\n1_left,0\n", "has no column 'level'"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(write, read, text, sentence):
    with pytest.raises(ConfigError) as caught:
        read(write("g.csv", text), format="kaggle-dr")
    assert sentence in str(caught.value)


def test_aptos_is_read_likewise(write, read):
    table = read(write("train.csv", "id_code,diagnosis\na1,0\nb2,3\n"), task="multiclass")
    assert [s.label for s in table.samples] == [0, 3]
    assert [s.patient for s in table.samples] == ["a1", "b2"]


def test_the_authors_table(shared_data, read):
    source = shared_data / "csv_kdjoumessi" / "softcam_kaggle_gradable_test.csv"
    table = read(source, need_val=True)
    assert sum(s.label == 0 for s in table.samples) == 5118
    assert sum(s.label == 1 for s in table.samples) == 1838
    assert table.samples[0].path.name == "13_left.png"
    assert {s.patient: s.split for s in table.samples} == dict(
        {(s.patient, s.split) for s in table.samples}
    )
    five = read(source, task="multiclass", quality_column="ungradability_MEAN", quality_max=0.3)
    assert len(five.samples) < 6956
    assert len(five.samples) + five.left_out["ungradability_MEAN is above 0.3"] == 6956
