"""Any shape through any format: what comes back is what the report says is kept."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.annotations import masks
from softcam_core.annotations.formats import format_of
from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    Finding,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.rasterize import rasterize, rasterize_union
from softcam_core.annotations.records import AnnotationRecord, LabelRecord, PackedMask
from softcam_core.annotations.shapes import MEASURES, Shape

WIDTH, HEIGHT = 40, 30
SIZE = (WIDTH, HEIGHT)
NOW = datetime(2026, 1, 1, tzinfo=UTC)

quarters = st.integers(-40, 200).map(lambda n: n / 4)
anywhere = st.tuples(
    st.floats(-15, 55, allow_subnormal=False), st.floats(-15, 45, allow_subnormal=False)
) | st.tuples(quarters, quarters)


@st.composite
def shapes(draw, places=anywhere) -> Shape:
    kind = draw(
        st.sampled_from(
            ["box", "ellipse", "polygon", "freehand", "point", "spline", "length", "angle", "mask"]
        )
    )
    if kind == "mask":
        height, width = draw(st.integers(1, 9)), draw(st.integers(1, 9))
        bits = draw(st.lists(st.booleans(), min_size=height * width, max_size=height * width))
        patch = np.array(bits).reshape(height, width)
        patch[0, 0] = True
        x, y = draw(st.integers(-3, WIDTH - 1)), draw(st.integers(-3, HEIGHT - 1))
        return Shape("mask", [[x, y], [x + width, y + height]], mask=patch)
    counts = {"box": 2, "ellipse": 1, "point": 1, "length": 2, "angle": 3}
    least = counts.get(kind, 3)
    count = least if kind in counts else draw(st.integers(3, 9))
    points = [list(draw(places)) for _ in range(count)]
    if kind == "ellipse":
        points.append([draw(st.floats(0.5, 20)), draw(st.floats(0.5, 20))])
        return Shape(kind, points, draw(st.floats(-360, 360)))
    return Shape(kind, points)


words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12
) | st.sampled_from(["MA", "../x", "a/b", "Drüse", "..", "con", "", " x ", "a\nb", "=1+1", '"'])
notes = st.fixed_dictionaries(
    {}, optional={"note": words, "certainty": st.sampled_from(["possible", "definite"])}
)
marks = st.lists(st.tuples(shapes(), words, notes), max_size=4)


def record(shape: Shape, label: str, attributes: dict, number: int) -> AnnotationRecord:
    packed = None
    if shape.mask is not None:
        packed = PackedMask(masks.pack(shape.mask), *shape.mask.shape)
    return AnnotationRecord(
        id=number,
        case=1,
        kind=shape.kind,
        points=shape.points.tolist(),
        angle=shape.angle,
        label=label,
        reader=f"r{number % 2}",
        created=NOW,
        modified=NOW,
        attributes=attributes,
        packed=packed,
        size=SIZE,
    )


def through(
    format_id: str, records: list[AnnotationRecord]
) -> tuple[ExportReport, list[ImportedImage], ImportReport]:
    """Write one image with these annotations and read it again."""
    chosen = format_of(format_id)
    case = ExportCase(1, Path("eye.png"), "a/eye.png", "a/eye", SIZE, "", records)
    labels = [LabelRecord(name, "#102030") for name in dict.fromkeys(r.label for r in records)]
    written = ExportReport(format_id)
    read = ImportReport(
        format_id,
        size_of=lambda name: SIZE if name in ("a/eye", "a/eye.png", "eye") else None,
        knows=lambda name: name in ("a/eye", "a/eye.png", "eye"),
    )
    with tempfile.TemporaryDirectory() as folder:
        labels = [label for label in labels if label.name]
        chosen.write(iter([case]), labels, Path(folder), ExportOptions(), written)
        images = list(chosen.read(Path(folder), read))
    assert read.problems == []
    assert written.problems == []
    assert {image.name for image in images} <= {"a/eye", "a/eye.png", "eye.png"}
    return written, images, read


def drawn(drawings) -> list[AnnotationRecord]:
    return [record(*drawing, number) for number, drawing in enumerate(drawings)]


def lost(report: ExportReport, start: str) -> int:
    return sum(loss.count for loss in report.losses if loss.what.startswith(start))


def off_image_mask(shape: Shape) -> bool:
    return shape.kind == "mask" and rasterize(shape, (HEIGHT, WIDTH)).sum() < shape.mask.sum()


@pytest.mark.parametrize("format_id", ["coco", "labelme", "geojson"])
@given(marks)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_where_own_fields_are_allowed(format_id, drawings):
    if format_id == "coco":
        drawings = [d for d in drawings if not off_image_mask(d[0])]
    records = drawn(drawings)
    report, (image,), _ = through(format_id, records)
    assert report.losses == []

    def key(r: AnnotationRecord | Finding, shape: Shape) -> str:
        pixels = None if shape.mask is None else shape.mask.tolist()
        points, angle = shape.points.tolist(), shape.angle + 0.0  # no -0.0
        attributes = sorted(r.attributes.items())
        return repr((r.kind, points, angle, pixels, r.label, r.reader, attributes))

    found = sorted(key(finding, finding.shape()) for finding in image.findings)
    assert found == sorted(key(r, r.shape) for r in records)


def visible_boxes(records: list[AnnotationRecord]) -> list[tuple[float, ...]]:
    """The enclosing boxes, cut to the image, of what has an area there; worked out anew."""
    boxes = []
    for each in records:
        if each.kind in MEASURES:
            continue
        shape = each.shape
        x0, y0, x1, y1 = shape.bounds
        if shape.kind == "point":
            x0, y0, x1, y1 = x0 - 4, y0 - 4, x1 + 4, y1 + 4
        box = max(x0, 0), max(y0, 0), min(x1, WIDTH), min(y1, HEIGHT)
        if box[0] < box[2] and box[1] < box[3]:
            boxes.append(box)
    return boxes


@pytest.mark.parametrize("format_id", ["voc", "yolo", "rsna-csv"])
@given(marks)
@settings(max_examples=60, deadline=None)
def test_boxes_enclose_each_shape(format_id, drawings):
    # A box far thinner than a pixel has no width in decimal text.
    records = [
        r
        for r in drawn(drawings)
        if not visible_boxes([r])
        or min(np.subtract(visible_boxes([r])[0][2:], visible_boxes([r])[0][:2])) > 1e-3
    ]
    report, images, _ = through(format_id, records)
    found = [np.ravel(f.points) for image in images for f in image.findings]
    expected = visible_boxes(records)
    assert len(found) == len(expected)
    for box, wanted in zip(found, expected, strict=True):
        if format_id == "voc":
            wanted = [*np.floor(wanted[:2]), *np.ceil(wanted[2:])]
        assert np.allclose(box, wanted, rtol=0, atol=1e-5)
    assert lost(report, "mark off the image") == len(
        [r for r in records if r.kind not in MEASURES]
    ) - len(expected)
    for measure in MEASURES:
        assert lost(report, f"{measure} left out") == sum(r.kind == measure for r in records)
    written = [r for r in records if r.kind not in MEASURES]
    assert lost(report, "reader ") == len(written)
    for name in ("note", "certainty"):
        assert lost(report, f"{name} left out") == sum(name in r.attributes for r in written)


@given(marks)
@settings(max_examples=60, deadline=None)
def test_masks_hold_the_pixels_of_each_label(drawings):
    records = [r for r in drawn(drawings) if r.kind not in MEASURES]
    report, images, _ = through("masks", records)
    found: dict[str, np.ndarray] = {}
    for image in images:
        assert image.size == SIZE
        for finding in image.findings:
            assert finding.label not in found
            found[finding.label] = finding.mask
    expected: dict[str, np.ndarray] = {}
    for each in records:
        pixels = rasterize_union([each.shape], (HEIGHT, WIDTH))
        name = each.label or "unlabelled"
        if pixels.any():
            expected[name] = pixels | expected.get(name, np.zeros_like(pixels))
    assert found.keys() == expected.keys()
    for name, pixels in expected.items():
        assert np.array_equal(found[name], pixels)
    kept = [r for r in records if rasterize(r.shape, (HEIGHT, WIDTH)).any()]
    assert lost(report, "mark off the image") == len(records) - len(kept)


@given(st.lists(st.tuples(shapes(st.tuples(quarters, quarters)), words, notes), max_size=3))
@settings(max_examples=60, deadline=None)
def test_yolo_outlines_hold_the_pixels_of_masks_and_polygons(drawings):
    records = [r for r in drawn(drawings) if r.kind in ("mask", "polygon", "freehand", "box")]
    records = [r for r in records if within(r.shape)]
    _, images, _ = through("yolo-seg", records)
    found = rasterize_union(
        (finding.shape() for image in images for finding in image.findings), (HEIGHT, WIDTH)
    )
    assert np.array_equal(found, rasterize_union((r.shape for r in records), (HEIGHT, WIDTH)))


def within(shape: Shape) -> bool:
    x0, y0, x1, y1 = shape.bounds
    return x0 >= 0 and y0 >= 0 and x1 <= WIDTH and y1 <= HEIGHT


@given(shapes())
@settings(max_examples=100, deadline=None)
def test_an_outline_cut_to_the_image_holds_the_same_pixels(shape):
    from softcam_core.annotations.formats.outlines import clipped_ring, keyhole, polygons_of

    if shape.kind in (*MEASURES, "point"):
        return
    cut = [clipped_ring(keyhole(part), SIZE) for part in polygons_of(shape)]
    found = np.zeros((HEIGHT, WIDTH), bool)
    for ring in cut:
        if len(ring) >= 3:
            assert (ring >= 0).all()
            assert (ring <= SIZE).all()
            found |= rasterize(Shape("polygon", ring), (HEIGHT, WIDTH))
    whole = [rasterize(Shape("polygon", keyhole(p)), (HEIGHT, WIDTH)) for p in polygons_of(shape)]
    # A centre that lies on the very outline may fall to either side.
    for y, x in np.argwhere(found != np.any(whole, axis=0)):
        assert shape.distance(x + 0.5, y + 0.5) < 1e-6
