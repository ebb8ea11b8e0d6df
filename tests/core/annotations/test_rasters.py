"""Pixels that are kept: the same as drawn anew, after every edit, and never too many of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.annotations import rasters as module
from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.rasters import Drawn, Rasters
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study

SIZE = (30, 40)
numbers = st.integers(-40, 200).map(lambda n: n / 4)
places = st.tuples(numbers, numbers)
outlines = st.lists(places, min_size=3, max_size=7)
shapes = (
    st.tuples(st.sampled_from(["polygon", "freehand", "spline"]), outlines, st.just(0.0))
    | st.tuples(st.just("box"), st.tuples(places, places), st.just(0.0))
    | st.tuples(st.just("point"), places.map(lambda p: [p]), st.just(0.0))
    | st.tuples(st.just("length"), st.tuples(places, places), st.just(0.0))
    | st.tuples(
        st.just("ellipse"),
        st.tuples(places, st.tuples(st.floats(0, 20), st.floats(0, 20))),
        st.floats(-180, 180),
    )
)


def anew(study: Study, case: int, **chosen: str) -> np.ndarray:
    """Return what `Study.mask` must return, without the cache."""
    records = study.annotations(case, chosen.get("reader"))
    label = chosen.get("label")
    kept = [r.shape for r in records if label in (None, r.label)]
    return rasterize_union(kept, SIZE, study.get_setting("point_radius", 4.0))


def drawn(kind: str, points: object, angle: float = 0.0) -> Drawn:
    return Drawn(kind, np.asarray(Shape(kind, points, angle).points, "<f8").tobytes(), angle)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "update", "delete", "undo", "redo", "mask", "radius"]),
            shapes,
            st.sampled_from(["a", "b"]),
            st.sampled_from(["MA", "HE"]),
        ),
        max_size=12,
    )
)
def test_the_pixels_are_right_after_every_edit(tmp_path_factory, edits):
    folder = tmp_path_factory.mktemp("rasters")
    with Study.open(folder / "s.softcam") as study:
        (case,) = study.add_cases([folder / "a.png"])
        study._cases.change(case, width=SIZE[1], height=SIZE[0])
        for number, (action, (kind, points, angle), reader, label) in enumerate(edits):
            present = study.annotations(case)
            same = [r for r in present if r.kind == kind]
            if action == "add":
                study.add_annotation(case, kind, points, label, reader, angle=angle)
            elif action == "mask":
                pixels = np.random.default_rng(number).random(SIZE) < 0.3
                study.add_annotation(case, "mask", mask=pixels, label=label, reader=reader)
            elif action == "update" and same:
                study.update_annotation(same[0].id, points=points, label=label)
            elif action == "delete" and present:
                study.delete_annotation(present[number % len(present)].id)
            elif action in ("undo", "redo"):
                getattr(study, action)(reader)
            elif action == "radius":
                study.set_setting("point_radius", 2.0 + number)
            for chosen in ({}, {"reader": reader}, {"label": label}):
                assert np.array_equal(study.mask(case, **chosen), anew(study, case, **chosen))
                assert np.array_equal(study.mask(case, **chosen), anew(study, case, **chosen))


def test_the_mask_is_the_callers_own(study, case):
    study.add_annotation(case, "box", [[2, 2], [9, 9]], "MA", "a")
    for _ in range(3):
        mask = study.mask(case)
        assert mask.sum() == 49
        mask[:] = True


def test_a_batch_that_fails_leaves_no_pixels(study, case):
    def fail() -> None:
        with study.batch("Import"):
            study.add_annotation(case, "box", [[2, 2], [9, 9]], "MA", "a")
            assert study.mask(case).sum() == 49
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert not study.mask(case).any()
    study.add_annotation(case, "box", [[2, 2], [5, 5]], "MA", "a")
    assert study.mask(case).sum() == 9


def test_what_is_drawn_already_is_not_drawn_again(monkeypatch):
    calls: list[str] = []
    runs = module.runs

    def counted(shape: Shape, *rest: object):
        calls.append(shape.kind)
        return runs(shape, *rest)

    monkeypatch.setattr(module, "runs", counted)
    rasters = Rasters()
    first = [drawn("point", [[n, n]]) for n in range(5)]
    one = rasters.union(first, SIZE, 4.0)
    assert len(calls) == 5
    assert np.array_equal(rasters.union(first[::-1], SIZE, 4.0), one)
    assert len(calls) == 5
    rasters.union([*first, drawn("ellipse", [[9, 9], [3, 2]], 30)], SIZE, 4.0)
    assert len(calls) == 6
    rasters.union(first, SIZE, 5.0)
    assert len(calls) == 11
    rasters.union(first, (31, 40), 4.0)
    assert len(calls) == 16
    assert np.array_equal(rasters.union(first, SIZE, 4.0), one)
    assert len(calls) == 16


def test_shapes_that_differ_in_anything_are_drawn_apart():
    rasters = Rasters()
    points = [[12, 9], [8, 3]]
    for kind, angle in (("ellipse", 0.0), ("ellipse", 40.0), ("box", 0.0), ("length", 0.0)):
        got = rasters.union([drawn(kind, points, angle)], SIZE, 4.0)
        assert np.array_equal(got, rasterize_union([Shape(kind, points, angle)], SIZE, 4.0))


@given(st.lists(st.integers(0, 60), max_size=200), st.integers(3000, 20000))
def test_the_memory_is_bounded(picks, limit):
    rasters = Rasters(limit)
    for pick in picks:
        rasters.union([drawn("ellipse", [[20, 15], [1 + pick % 9, 1 + pick]])], SIZE, 4.0)
        assert rasters.size <= limit
        assert rasters.size == sum(size for _, size in rasters._kept.values())
    if picks:
        assert rasters._kept


def test_of_two_thousand_shapes_on_a_photograph_only_a_new_one_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outlined = []
    usual = module.runs
    monkeypatch.setattr(module, "runs", lambda *given: outlined.append(given) or usual(*given))
    rng = np.random.default_rng(0)
    many = [
        drawn("polygon", rng.uniform(0, 60, (12, 2)) + rng.uniform(0, 2700)) for _ in range(2000)
    ]
    rasters, size = Rasters(), (2848, 4288)
    first = rasters.union(many, size, 4.0)
    assert len(outlined) == 2000
    second = rasters.union([*many, drawn("polygon", [[1, 1], [30, 2], [5, 40]])], size, 4.0)
    assert len(outlined) == 2001
    assert (second >= first).all()
    # All of them again: not even painted from what is kept of each.
    monkeypatch.setattr(rasters, "_add", None)
    assert np.array_equal(rasters.union(many, size, 4.0), first)
