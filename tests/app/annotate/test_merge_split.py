import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays

from app.annotate.merge import parts, union
from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.shapes import Shape

SIZE = (120, 90)


def full(shape):
    return shape.full_mask((SIZE[1], SIZE[0]))


SHAPES = [
    Shape("box", [[10.3, 10.7], [40.2, 30]]),
    Shape("ellipse", [[50, 40], [20, 9]], 30),
    Shape("polygon", [[60, 5], [90, 50], [70, 80.5]]),
    Shape("mask", [[100, 70], [130, 95]], mask=np.ones((25, 30), bool)),
]


def test_a_union_is_the_pixels_of_all_its_shapes_inside_the_image():
    expected = rasterize_union(SHAPES, (SIZE[1], SIZE[0]))
    assert np.array_equal(full(union(SHAPES, SIZE)), expected)


def test_points_and_measurements_are_left_out_and_nothing_gives_nothing():
    length = Shape("length", [[0, 0], [5, 5]])
    assert union([Shape("point", [[50, 50]]), length], SIZE) is None
    assert union([Shape("box", [[-20, -20], [-5, -5]])], SIZE) is None
    assert full(union([SHAPES[0], length], SIZE)).sum() == full(union(SHAPES[:1], SIZE)).sum()


@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=12)))
def test_the_parts_are_the_whole_and_share_nothing(pixels):
    if not pixels.any():
        return
    shape = Shape("mask", mask=pixels).moved(7, 3)
    found = parts(shape)
    counted = sum(part.full_mask((40, 40)).astype(int) for part in found)
    assert np.array_equal(counted, shape.full_mask((40, 40)).astype(int))
    sizes = [int(part.mask.sum()) for part in found]
    assert sizes == sorted(sizes, reverse=True)
    assert all(len(parts(part)) == 1 for part in found)


def test_pixels_that_touch_by_a_corner_are_two_parts():
    assert len(parts(Shape("mask", mask=np.eye(2, dtype=bool)))) == 2


@pytest.fixture
def commands(open_state, annotator):
    from types import SimpleNamespace

    from app.commands.annotate import AnnotateCommands

    told = []
    window = SimpleNamespace(
        state=open_state,
        annotator=annotator,
        tell=lambda sentence, _tone: told.append(sentence),
        told=told,
    )
    return window, AnnotateCommands.merge_shapes, AnnotateCommands.split_mask


def run(command, window):
    from types import SimpleNamespace

    command(SimpleNamespace(_window=window, tr=str))


def test_merging_is_one_step_and_undo_brings_all_back(commands, annotator, open_state):
    window, merge, _ = commands
    ids = annotator.add_many(SHAPES[:3], "Add three")
    open_state.set_selection(ids)
    run(merge, window)
    (merged,) = annotator.records()
    expected = rasterize_union(SHAPES[:3], (300, 400))
    assert np.array_equal(merged.shape.full_mask((300, 400)), expected)
    assert merged.label == "MA"
    assert open_state.selection == (merged.id,)
    annotator.steps.undo()
    assert [d.shape for d in annotator.records()] == SHAPES[:3]


def test_splitting_is_one_step_and_undo_brings_the_mask_back(commands, annotator, open_state):
    window, _, split = commands
    pixels = np.zeros((30, 30), bool)
    pixels[2:8, 2:8] = pixels[20:22, 20:22] = True
    whole = Shape("mask", mask=pixels)
    annotator.add(whole)
    run(split, window)
    assert [int(d.shape.mask.sum()) for d in annotator.records()] == [36, 4]
    assert len(open_state.selection) == 2
    annotator.steps.undo()
    assert [d.shape for d in annotator.records()] == [whole]


def test_what_cannot_be_merged_or_split_is_told(commands, annotator):
    window, merge, split = commands
    annotator.add(SHAPES[0])
    run(merge, window)
    run(split, window)
    assert len(window.told) == 2
    assert [d.shape for d in annotator.records()] == SHAPES[:1]
