"""RSNA's pneumonia challenge: DICOM, several boxes of an image, three kinds of films."""

import json

import pytest

from softcam_core.errors import ConfigError

BOXES = (
    "patientId,x,y,width,height,Target\n"
    "a,100,200,300,400,1\na,600.0,0,24,512,1\nb,,,,,0\nc,,,,,0\nd,0,0,1024,1024,1\ne,,,,,0\n"
)
SEEN = (
    "patientId,class\na,Lung Opacity\na,Lung Opacity\nb,Normal\nc,No Lung Opacity / Not Normal\n"
    "d,Lung Opacity\ne,Normal\n"
)


@pytest.fixture
def rsna(write, film, tmp_path):
    write("stage_2_train_labels.csv", BOXES)
    write("stage_2_detailed_class_info.csv", SEEN)
    for name in "abce":
        film(f"stage_2_train_images/{name}.dcm", (512, 256) if name == "a" else (64, 64))
    return tmp_path


def test_boxes_are_in_pixels_of_the_film(rsna, read):
    table = read(rsna)
    assert table.format == "rsna"
    assert table.classes == ("Normal", "Lung Opacity")
    by_name = {s.path.stem: s for s in table.samples}
    assert sorted(by_name) == ["a", "b", "d", "e"]
    assert json.loads(by_name["a"].boxes) == [[50, 50, 200, 150], [300, 0, 312, 128]]
    assert by_name["b"].boxes == ""
    # d has no file: it is kept for training to list, in the table's own pixels.
    assert json.loads(by_name["d"].boxes) == [[0, 0, 1024, 1024]]
    assert by_name["d"].path == rsna / "stage_2_train_images" / "d.dcm"
    assert [by_name[name].label for name in "abde"] == [1, 0, 1, 0]
    assert all(s.patient == s.path.stem for s in table.samples)
    assert table.left_out == {"No Lung Opacity / Not Normal": 1}
    assert any("6 rows on 5 films, 1 of them with several boxes" in note for note in table.notes)


@pytest.mark.parametrize(
    "keys",
    [
        {"task": "multiclass"},
        {"classes": ("Normal", "No Lung Opacity / Not Normal", "Lung Opacity")},
    ],
)
def test_films_that_are_neither_are_read_when_asked_for(rsna, read, keys):
    table = read(rsna / "stage_2_train_labels.csv", **keys)
    assert table.classes == ("Normal", "No Lung Opacity / Not Normal", "Lung Opacity")
    assert len(table.samples) == 5


def test_films_as_png_elsewhere(rsna, read, picture):
    picture("png/a.png", (1024, 1024))
    table = read(rsna, images=str(rsna / "png"))
    (sample,) = (s for s in table.samples if s.path.suffix == ".png")
    assert json.loads(sample.boxes)[0] == [100, 200, 400, 600]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("labels", "a,100,200", "a,left,200", "row 2: Target is 1, and x, y, width and height"),
        ("labels", "b,,,,,0", "b,,,,,2", "row 4: patientId is missing, or Target is neither"),
        ("labels", "b,,,,,0", "f,,,,,0", "row 4: stage_2_detailed_class_info.csv says nothing of"),
        ("labels", "Target", "Goal", "has no column 'target'"),
        ("info", "b,Normal", "b,Sick", "row 4: class is 'Sick'; it is one of Normal"),
        ("info", "a,Lung Opacity\nb", "a,Normal\nb", "row 3: a is listed again with another class"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(rsna, read, write, file, old, new, sentence):
    name, text = (
        ("stage_2_train_labels.csv", BOXES)
        if file == "labels"
        else ("stage_2_detailed_class_info.csv", SEEN)
    )
    assert old in text
    write(name, text.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        read(rsna, format="rsna")
    assert sentence in str(caught.value)


def test_both_tables_are_needed(rsna, read):
    (rsna / "stage_2_detailed_class_info.csv").unlink()
    with pytest.raises(ConfigError, match=r"stage_2_detailed_class_info.csv is not beside"):
        read(rsna)
    with pytest.raises(ConfigError, match=r"holds no stage_2_train_labels.csv"):
        read(rsna / "stage_2_train_images", format="rsna")


def test_the_authors_boxes_are_never_read(shared_data, read):
    table = read(shared_data / "csv_kdjoumessi" / "softcam_rsna_test.csv", need_val=True)
    assert table.classes == ("Normal", "Lung Opacity")
    assert sum(s.label for s in table.samples) == 902
    assert len(table.samples) == 2230
    assert not any(s.boxes or s.mask for s in table.samples)
    assert any("boxes of softcam_rsna_test.csv are not read" in note for note in table.notes)


def test_the_authors_type_is_a_split_where_it_has_several(write, read):
    head = "filename,x,y,width,height,type,bin_target,target\n"
    rows = "a.png,1,1,5,5,Train,1,2\nb.png,,,,,Train,0,0\nc.png,,,,,Validation,0,0\n"
    table = read(write("r.csv", head + rows), need_val=True)
    assert [s.split for s in table.samples] == ["train", "train", "val"]
