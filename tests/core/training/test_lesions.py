"""Where lesions are: masks and boxes of a table, shapes of a study."""

import json
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.errors import ConfigError, ImageError
from softcam_core.training.config import DataConfig
from softcam_core.training.lesions import guided_by, lesion_masks, without_positive
from softcam_core.training.sources import read_data
from softcam_core.training.table import Sample, Table

SIZE = (12, 16)  # rows, columns


def image(path: Path, pixels: np.ndarray | None = None) -> Path:
    Image.fromarray(np.zeros(SIZE, np.uint8) if pixels is None else pixels).save(path)
    return path


def table_of(folder: Path, **cells: object) -> Table:
    sample = Sample(image(folder / "a.png"), 1, "p", "train")
    plain = Sample(image(folder / "b.png"), 0, "q", "train")
    samples = (replace(sample, **cells), plain)
    return Table(folder / "labels.csv", ("normal", "ill"), samples)


@pytest.fixture
def marks(tmp_path):
    """Two masks and one of pixels to ignore."""
    one, other, ignore = (np.zeros(SIZE, np.uint8) for _ in range(3))
    one[1:3, 1:3], other[5, 5:9], ignore[8:, 8:] = 255, 255, 255
    names = ("one.png", "other.png", "ignore.png")
    for name, pixels in zip(names, (one, other, ignore), strict=True):
        image(tmp_path / name, pixels)
    return tmp_path, one > 0, other > 0, ignore > 0


def test_masks_and_boxes_of_a_table(marks):
    folder, one, other, ignore = marks
    both = f"{folder / 'one.png'}|{folder / 'other.png'}"
    boxes = np.zeros(SIZE, bool)
    boxes[2:4, 10:14] = True
    cases = [
        ({"mask": both}, one | other),
        ({"boxes": "[[10, 2, 14, 4]]"}, boxes),
        ({"mask": str(folder / "one.png"), "boxes": "[10, 2, 14, 4]"}, one | boxes),
        ({"mask": str(folder / "one.png"), "ignore": str(folder / "ignore.png")}, one | ignore),
    ]
    for cells, wanted in cases:
        table = table_of(folder, **cells)
        lesions = lesion_masks(table, DataConfig(csv="labels.csv"))
        assert np.array_equal(lesions(table.samples[0]), wanted), cells
        assert lesions(table.samples[1]) is None


def test_nothing_drawn_is_no_lesion(marks):
    folder, *_ = marks
    image(folder / "black.png")
    ignored = {"mask": str(folder / "black.png"), "ignore": str(folder / "ignore.png")}
    for cells in ({"boxes": "[]"}, ignored):
        table = table_of(folder, **cells)
        assert lesion_masks(table, DataConfig(csv="x"))(table.samples[0]) is None
    table = table_of(folder)
    assert lesion_masks(table, DataConfig(csv="x")) is None
    table = table_of(folder, mask=str(folder / "one.png"))
    assert lesion_masks(table, DataConfig(csv="x", healthy="ill")) is None


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ("[[1, 2, 3]]", "The boxes of a.png cannot be read"),
        ("[[20, 2, 30, 5]]", "A box of a.png, which is 16 x 12, holds no pixel"),
        ("[[0.1, 0.1, 0.5, 0.5]]", "boxes are in pixels"),
    ],
)
def test_boxes_that_cannot_be_used(tmp_path, boxes, said):
    table = table_of(tmp_path, boxes=boxes)
    with pytest.raises(ImageError, match=said):
        lesion_masks(table, DataConfig(csv="x"))(table.samples[0])


def test_masks_that_cannot_be_used(tmp_path):
    image(tmp_path / "small.png", np.ones((3, 3), np.uint8))
    for name, said in (("small.png", "3 x 3 pixels and the image a.png 16 x 12"), ("no.png", "no")):
        table = table_of(tmp_path, mask=str(tmp_path / name))
        with pytest.raises(ImageError, match=said):
            lesion_masks(table, DataConfig(csv="x"))(table.samples[0])


@pytest.fixture
def study(tmp_path):
    with Study.open(tmp_path / "s.softcam") as opened:
        cases = opened.add_cases([image(tmp_path / f"{n}.png") for n in range(4)])
        for case, grade in zip(cases, ("ill", "ill", "normal", "ill"), strict=True):
            opened.set_label(case, grade, "r")
        opened.add_annotation(1, "box", [[1, 1], [5, 4]], "MA", "r")
        opened.add_annotation(1, "box", [[8, 8], [10, 10]], "disc", "r")
        opened.add_annotation(1, "length", [[0, 0], [9, 9]], "MA", "r")
        opened.add_annotation(1, "box", [[0, 10], [3, 12]], "HE", "other")
        opened.add_annotation(2, "point", [[4, 4]], "MA", "r")
        opened.add_annotation(3, "box", [[0, 0], [4, 4]], "artefact", "r")
        opened.set_setting("point_radius", 2.0)
        yield opened


def data_of(study: Study, **changed: object) -> tuple[DataConfig, dict[int, Sample], Table]:
    data = DataConfig(study=str(study.path), reader="r", lesion_classes={"disc": ""}, **changed)
    table = read_data(data, need_val=False)
    return data, {s.case: s for s in table.samples}, table


def test_shapes_of_the_reader_who_counts(study):
    data, samples, table = data_of(study, healthy="normal")
    lesions = lesion_masks(table, data)
    wanted = np.zeros(SIZE, bool)
    wanted[1:4, 1:5] = True
    assert np.array_equal(lesions(samples[1]), wanted)
    assert np.array_equal(lesions(samples[2]), study.mask(2, None, "r"))
    assert lesions(samples[3]) is None  # healthy
    assert lesions(samples[4]) is None  # nothing drawn
    union = lesion_masks(table, replace(data, reader="union"))(samples[1])
    wanted[10:12, 0:3] = True
    assert np.array_equal(union, wanted)
    data, samples, table = data_of(study)
    assert lesion_masks(table, data)(samples[3]).sum() == 16


def test_what_is_drawn_later_changes_nothing_and_threads_may_ask(study):
    data, samples, table = data_of(study)
    pinned = replace(data, as_of=study.last_edit())
    first = lesion_masks(table, data)
    before = [first(samples[case]) for case in (1, 2, 3)]
    study.add_annotation(1, "box", [[0, 0], [16, 12]], "MA", "r")
    study.delete_annotation(study.annotations(2)[0].id)
    study.close()
    for lesions in (first, lesion_masks(table, pinned)):
        with ThreadPoolExecutor(4) as pool:
            for _ in range(5):
                found = list(pool.map(lesions, [samples[case] for case in (1, 2, 3)]))
                assert all(map(np.array_equal, found, before))
    assert lesion_masks(table, data)(samples[1]).all()


def test_evidence_that_guidance_has_driven_away_is_told():
    assert without_positive(0.1, 0.0).startswith("Evidence for an image's own class is positive no")
    assert without_positive(0.1, 0.02) == without_positive(0.0, 0.0) == ""
    assert without_positive(0.1, math.nan) == ""


def test_guidance_without_lesions_is_a_sentence(tmp_path, study):
    table = table_of(tmp_path, boxes=json.dumps([[1, 1, 5, 5]]))
    data = DataConfig(csv="labels.csv")
    assert guided_by(table, data, 0) is None
    assert guided_by(table, data, 0.1) is not None
    val = replace(table, samples=tuple(replace(s, split="val") for s in table.samples))
    with pytest.raises(ConfigError, match=r"loss.guidance is 0\.1, and no training image of label"):
        guided_by(val, data, 0.1)
    for mark in study.annotations():
        study.delete_annotation(mark.id)
    data, _, table = data_of(study)
    with pytest.raises(ConfigError, match=r"of s\.softcam has lesions to go by; draw lesions, or"):
        guided_by(table, data, 0.1)
