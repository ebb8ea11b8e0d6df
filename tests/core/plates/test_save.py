"""Files: their size in mm, words as words, nobody's name, the same bytes each time."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from softcam_core.errors import CancelledError
from softcam_core.figures.text import text_width
from softcam_core.plates import layout
from softcam_core.plates.errors import PlateError
from softcam_core.plates.explaining import Explainer
from softcam_core.plates.layout import laid_out
from softcam_core.plates.make import make_figure, plate_of
from softcam_core.plates.save import rendered
from softcam_core.plates.values import FORMATS, Asked, Case, Page

POINTS = 72 / 25.4


@pytest.fixture
def asked(cases, models) -> Asked:
    return Asked("localization", cases, models, ("gradcam", "evidence"), page=Page(title="Ünïcode"))


@pytest.fixture
def plate(asked, explainer):
    return plate_of(asked, explainer)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_figure_gives_the_same_bytes_and_names_nobody(asked, networks, kind: str) -> None:
    first, second = (make_figure(asked, Explainer(networks.__getitem__), kind) for _ in range(2))
    assert first.data == second.data
    for word in (b"MEIER", b"ANNA", b"/tmp", b"CreationDate"):
        assert word not in first.data
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", first.data, re.DOTALL):
            try:
                assert word not in zlib.decompress(stream)
            except zlib.error:
                continue


@pytest.mark.parametrize("width", [85.0, 175.0])
def test_a_pdf_has_its_width_in_mm_and_its_fonts(plate, width: float) -> None:
    data = rendered(plate, Page(width=width), "pdf")
    box = re.search(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)", data)
    assert float(box[1]) / POINTS == pytest.approx(width, abs=0.1)
    sheet = laid_out(plate, Page(width=width))
    assert float(box[2]) / POINTS == pytest.approx(sheet.size[1], abs=0.1)
    assert b"/FontFile2" in data


def test_a_png_has_its_dots(plate) -> None:
    for dpi in (300, 600):
        image = Image.open(io.BytesIO(rendered(plate, Page(width=85, dpi=dpi), "png")))
        assert image.width == pytest.approx(85 / 25.4 * dpi, abs=1)
        assert image.info["dpi"][0] == pytest.approx(dpi, abs=0.1)
        assert set(image.info) <= {"dpi", "Software"}


def test_words_of_an_svg_are_words(plate) -> None:
    root = ElementTree.fromstring(rendered(plate, Page(), "svg"))
    svg = "{http://www.w3.org/2000/svg}"
    words = {"".join(text.itertext()) for text in root.iter(f"{svg}text")}
    assert {"Image", "Grad-CAM", "a", "b"} <= words
    assert any(word.startswith("AP 0.") for word in words)
    assert len(list(root.iter(f"{svg}image"))) >= 8
    assert root.get("width", "").endswith("pt")


def test_black_paper_is_black(plate) -> None:
    image = Image.open(io.BytesIO(rendered(plate, Page(width=85, dpi=72, dark=True), "png")))
    assert image.convert("RGB").getpixel((1, 1)) == (0, 0, 0)


def test_pictures_begin_on_dots_and_are_all_as_wide(plate) -> None:
    sheet = laid_out(plate, Page())
    cells = [cell for row in sheet.cells for cell in row]
    assert len({round(cell.width, 6) for cell in cells}) == 1
    for cell in cells:
        for place in (cell.x, cell.y, cell.width, cell.height):
            assert place / layout.GRID == pytest.approx(round(place / layout.GRID), abs=1e-6)
    rows = sheet.cells
    assert all(a.right < b.x for row in rows for a, b in pairwise(row))
    assert sheet.bar_below == ((False,) * 4, (False, True, True, True))
    assert max(cell.right for cell in cells) <= 175


def test_without_bars_and_footer_the_figure_is_lower(plate) -> None:
    whole, bare = laid_out(plate, Page()), laid_out(plate, Page(bars=False, footer=False))
    assert bare.size[1] < whole.size[1]
    assert not bare.footer
    assert not any(any(row) for row in bare.bar_below)


def test_columns_that_do_not_fit_are_refused(plate) -> None:
    with pytest.raises(PlateError, match="do not fit"):
        laid_out(replace(plate, columns=plate.columns * 4), Page(width=85))


def test_an_unknown_kind_is_refused(plate) -> None:
    with pytest.raises(PlateError, match="png, svg, pdf"):
        rendered(plate, Page(), "gif")


def test_drawing_stops_between_two_pictures(plate) -> None:
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        rendered(plate, Page(dpi=72), "png", check)
    assert len(asked) == 3


def test_words_above_a_picture_are_no_wider_than_it(plate) -> None:
    long = replace(plate.rows[0].cells[1], above="A very long title of a pane " * 5)
    row = replace(plate.rows[0], cells=(None, long, long, None))
    svg = rendered(replace(plate, rows=(row,)), Page(), "svg")
    root = ElementTree.fromstring(svg)
    words = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    (shown,) = {word for word in words if word.startswith("A very")}
    assert "…" in shown
    assert text_width(shown, layout.UNDER_PT) <= laid_out(plate, Page()).cells[0][0].width


@pytest.mark.parametrize("width", [85.0, 175.0])
def test_every_label_of_the_key_is_on_the_page(plate, width: float) -> None:
    key = tuple((f"a finding with a long name {n}", "#ff0000") for n in range(20))
    sheet = laid_out(replace(plate, key=key), Page(width=width))
    assert len(sheet.key) == 20
    for (label, _), (x, _) in zip(key, sheet.key, strict=True):
        assert x + layout.KEY_BOX + text_width(label, layout.UNDER_PT) <= width
    below = max(base for _, base in sheet.key)
    assert all(base > below for _, base in sheet.footer)
    assert rendered(replace(plate, key=key), Page(width=width, dpi=72), "png")


def test_small_print_is_as_large_as_journals_want() -> None:
    assert min(layout.SMALL_PT, layout.UNDER_PT) >= 6


def test_controls_in_a_title_leave_an_svg_well_formed(plate) -> None:
    data = rendered(plate, Page(title="a\0b\x07c"), "svg")
    assert ElementTree.fromstring(data).tag.endswith("svg")


def test_pixels_that_are_not_square_stand_in_the_caption_and_the_marks_fit(
    cases, models, explainer
):
    from softcam_core.imaging.read import read_image

    image = replace(read_image(Path(cases[0].path)), spacing=(0.2, 0.1))
    case = replace(cases[0], image=image)
    plate = plate_of(Asked("methods", (case,), models[1:2], ("evidence",)), explainer)
    assert "not square: drawn to scale" in plate.caption
    assert plate.rows[0].cells[0].picture.aspect == 2.0
    assert rendered(plate, Page(dpi=72), "png")


def test_more_dots_than_a_memory_holds_are_refused(plate) -> None:
    with pytest.raises(PlateError, match="fewer dots per inch"):
        laid_out(plate, Page(width=800, dpi=1200))


@pytest.mark.parametrize("size", [(5000, 1), (1, 5000), (1, 1)])
@pytest.mark.parametrize("layout_id", ["classes", "methods"])
def test_an_image_of_one_row_or_column_has_a_figure(
    models, explainer, tmp_path: Path, size: tuple[int, int], layout_id: str
) -> None:
    path = tmp_path / "line.png"
    Image.new("RGB", size, (90, 40, 20)).save(path)
    page = Page(dpi=100)
    asked = Asked(
        layout_id, (Case(str(path), modality="fundus"),), models[:1], ("gradcam",), page=page
    )
    made = rendered(plate_of(asked, explainer), page, "png")
    assert Image.open(io.BytesIO(made)).width > 100
