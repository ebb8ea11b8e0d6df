"""Metadata of the WSOL benchmark: boxes, masks and regions to be ignored."""

import json

import pytest

from softcam_core.errors import ConfigError


@pytest.fixture
def cub(write, picture, tmp_path):
    """As the benchmark has it: metadata/CUB beside dataset/CUB."""
    names = {
        "train": ["001.Albatross/a_1.jpg", "002.Ani/b_1.jpg", "010.Cardinal/c_1.jpg"],
        "val": ["001.Albatross/3.jpg", "002.Ani/4.jpg", "010.Cardinal/5.jpg"],
    }
    for split, own in names.items():
        write(f"metadata/CUB/{split}/image_ids.txt", "\n".join(own) + "\n")
        lines = [f"{name},{label}" for label, name in enumerate(own)]
        write(f"metadata/CUB/{split}/class_labels.txt", "\n".join(lines) + "\n")
        for name in own:
            picture(f"dataset/CUB/{name}", (100, 50))
    first, second, _ = names["val"]
    write("metadata/CUB/val/image_sizes.txt", f"{first},200,100\n{second},100,50\n")
    write(
        "metadata/CUB/val/localization.txt",
        f"{first},10,20,110,80\n{first},0,0,20,10\n{second},5,6,70,40\n",
    )
    return tmp_path / "metadata" / "CUB"


def test_boxes_are_in_pixels_of_the_files(cub, read):
    table = read(cub, need_val=True)
    assert table.format == "wsol"
    assert table.classes == ("001.Albatross", "002.Ani", "010.Cardinal")
    assert all(s.path.is_file() for s in table.samples)
    assert [(s.split, s.label) for s in table.samples] == [
        *(("train", i) for i in range(3)),
        *(("val", i) for i in range(3)),
    ]
    boxes = [json.loads(s.boxes or "null") for s in table.samples]
    assert boxes[3:] == [[[5, 10, 55, 40], [0, 0, 10, 5]], [[5, 6, 70, 40]], None]
    assert not any("split by patient" in note for note in table.notes)


def test_one_split_alone_and_images_elsewhere(cub, read, tmp_path):
    table = read(cub / "val", images=str(tmp_path / "dataset" / "CUB"))
    assert {s.split for s in table.samples} == {"val"}
    assert all(s.path.is_file() for s in table.samples)
    with pytest.raises(ConfigError, match=r"does not exist; set data\.images"):
        read(cub, images=str(tmp_path / "nowhere"))


def test_masks_and_what_to_ignore(write, read, tmp_path):
    """OpenImages: several masks of an image, the region to be ignored in the first line."""
    write("OpenImages/test/image_ids.txt", "test/01226z/a.jpg\ntest/0138tl/b.jpg\n")
    write("OpenImages/test/class_labels.txt", "test/01226z/a.jpg,0\ntest/0138tl/b.jpg,1\n")
    write(
        "OpenImages/test/localization.txt",
        "test/01226z/a.jpg,test/01226z/a_m1.png,test/01226z/a_ignore.png\n"
        "test/01226z/a.jpg,test/01226z/a_m2.png,\n",
    )
    table = read(tmp_path / "OpenImages")
    root = tmp_path / "OpenImages" / "test" / "01226z"
    assert table.samples[0].masks == (root / "a_m1.png", root / "a_m2.png")
    assert table.samples[0].ignore == str(root / "a_ignore.png")
    assert table.samples[1].masks == ()
    assert table.classes == ("01226z", "0138tl")
    table.write(tmp_path / "out.csv")
    again = read(tmp_path / "out.csv", classes=table.classes)
    assert again.samples == table.samples
    assert "OpenImages/test/01226z/a_m1.png|OpenImages" in (tmp_path / "out.csv").read_text()


def test_classes_without_folders_are_called_by_number(write, read, tmp_path):
    write("ILSVRC/val/image_ids.txt", "val/x1.JPEG\nval/x2.JPEG\n")
    write("ILSVRC/val/class_labels.txt", "val/x1.JPEG,10\nval/x2.JPEG,9\n")
    table = read(tmp_path / "ILSVRC")
    assert table.classes == ("9", "10")
    write("ILSVRC/val/class_names.txt", "\n".join(f"thing {i}" for i in range(11)))
    table = read(tmp_path / "ILSVRC")
    assert table.classes[9:] == ("thing 9", "thing 10")
    assert [s.label for s in table.samples] == [10, 9]


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("class_labels.txt", "001.Albatross/3.jpg,0\n", "gives no class for 002.Ani/4.jpg"),
        ("class_labels.txt", "001.Albatross/3.jpg,bird\n", "the class is 'bird', not a number"),
        ("class_labels.txt", "001.Albatross/3.jpg\n", "line 1: 1 cells in place of 2"),
        ("localization.txt", "001.Albatross/3.jpg,1,2,3,x\n", "1,2,3,x are no numbers"),
        ("localization.txt", "001.Albatross/3.jpg,1,2,3\n", "4 cells in place of 3 or 5"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(cub, read, file, text, sentence):
    (cub / "val" / file).write_text(text)
    with pytest.raises(ConfigError) as caught:
        read(cub)
    assert sentence in str(caught.value)
