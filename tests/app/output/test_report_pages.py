"""Blocks on pages: whole, in order, dark on white, and written as a file that can be searched."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.output.report_pages import Foot, Page, Pdf, Sheet, pages, picture
from softcam_core.case_report.html import FIGURE_WIDTH, case_blocks, print_css
from softcam_core.case_report.values import Block, CaseReport, Fact, Part, Table

FOOT = Foot("Case report", "Research use only. Not for diagnosis.", "Page {0} of {1}")


@pytest.fixture(params=["a4", "letter"])
def sheet(request: pytest.FixtureRequest, qapp: QApplication) -> Sheet:
    return Sheet(request.param, print_css())


def block(lines: int, text: str = "line") -> Block:
    return Block("".join(f"<p>{text} {n}</p>" for n in range(lines)))


def table(rows: int) -> Block:
    cells = "".join(f"<tr><td>row {n}</td><td>value</td></tr>" for n in range(rows))
    return Block(f'<table class="grid" width="100%" cellspacing="0">{cells}</table>')


def bottom(page: Page) -> float:
    return max(placed.y + placed.clip.height() for placed in page)


def test_paper_holds_what_the_blocks_are_made_for(sheet: Sheet):
    assert sheet.width >= 2 * FIGURE_WIDTH


def test_blocks_stay_whole_and_in_order(sheet: Sheet):
    blocks = [table(rows) for rows in (20, 20, 5, 30, 1, 12)]
    made = pages(blocks, sheet)
    placed = [one for page in made for one in page]
    assert len(made) > 1
    assert len(placed) == len(blocks)
    texts = [one.document.toPlainText() for one in placed]
    assert [text.count("row") for text in texts] == [20, 20, 5, 30, 1, 12]
    assert all(bottom(page) <= sheet.height + 0.01 for page in made)
    for page in made:
        ends = [one.y + one.clip.height() for one in page]
        assert all(one.y >= end for one, end in zip(page[1:], ends, strict=False))


def test_a_block_longer_than_a_page_goes_on_without_a_cut_line(sheet: Sheet):
    made = pages([block(3), block(150), block(3)], sheet)
    long = [one for page in made for one in page if one.document.blockCount() == 150]
    assert len(long) >= 3
    assert [one.clip.top() for one in long] == [n * sheet.height for n in range(len(long))]
    paragraph = long[0].document.begin()
    while paragraph.isValid():
        layout = paragraph.layout()
        line = layout.lineAt(0)
        top = layout.position().y() + line.y()
        page = int(top // sheet.height)
        assert top + line.height() <= (page + 1) * sheet.height + 0.5
        paragraph = paragraph.next()


def test_nothing_is_wider_than_the_page_whatever_is_in_a_cell(sheet: Sheet):
    word = "x" * 400
    table = Table("", (word,) * 7, (False,) * 7, ((word,) * 7,))
    part = Part(word, sentences=(word,), facts=(Fact("a", word),), tables=(table,))
    blocks = case_blocks(CaseReport(word, (Fact("a", word),), (), (part,)))
    for one in [one for page in pages(blocks, sheet) for one in page]:
        assert one.document.size().width() <= sheet.width + 1


def test_a_page_is_dark_on_white_in_the_dark_theme_too(sheet: Sheet, qapp: QApplication):
    before = qapp.palette()
    dark = QPalette(before)
    dark.setColor(QPalette.ColorRole.Text, QColor("#ffffff"))
    dark.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    qapp.setPalette(dark)
    try:
        made = pages([block(5)], sheet)
        image = picture(made[0], sheet, FOOT, 1, 1, 1.0)
    finally:
        qapp.setPalette(before)
    assert image.pixelColor(2, 2) == QColor("white")
    text = [image.pixelColor(x, y).lightness() for x in range(60, 200) for y in range(60, 120)]
    assert min(text) < 100


def pdf(path: Path, sheet: Sheet, blocks: list[Block]) -> Path:
    made = pages(blocks, sheet)
    file = Pdf(str(path), sheet, "Case report", "SoftCAM Viewer")
    assert all(file.add(page, FOOT, n, len(made)) for n, page in enumerate(made, start=1))
    assert file.end()
    return path


def ran(*command: str | Path) -> str:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8", "replace")


def test_the_text_of_a_pdf_can_be_found_in_any_script(sheet: Sheet, tmp_path: Path):
    german, chinese, greek = "Läsionsgröße", "黄斑", "λ₁"
    path = pdf(tmp_path / "r.pdf", sheet, [Block(f"<p>{german} {chinese} {greek}</p>"), block(90)])
    text = ran("pdftotext", "-layout", path, "-")
    assert german in text
    assert chinese in text
    assert "λ" in text
    count = text.count("Research use only. Not for diagnosis.")
    assert count == text.count("\f") >= 2
    assert f"Page 1 of {count}" in text
    assert f"Page {count} of {count}" in text
    fonts = ran("pdffonts", path).splitlines()[2:]
    assert fonts
    # Embedded, and with the letters that its glyphs stand for.
    assert all(line.split()[-5::2][:2] == ["yes", "yes"] for line in fonts)


def test_a_pdf_tells_of_its_title_and_maker_alone(sheet: Sheet, tmp_path: Path):
    path = pdf(tmp_path / "r.pdf", sheet, [block(3)])
    told = dict(line.split(":", 1) for line in ran("pdfinfo", path).splitlines() if ":" in line)
    assert told["Title"].strip() == "Case report"
    assert told["Creator"].strip() == "SoftCAM Viewer"
    assert told.get("Author", "").strip() == ""
    assert told["JavaScript"].strip() == "no"
    assert told["Page size"].split()[0] == {"a4": "595", "letter": "612"}[sheet.paper]


def test_pictures_keep_their_pixels_in_a_pdf(sheet: Sheet, tmp_path: Path):
    noise = np.random.default_rng(0).integers(0, 255, (700, 900, 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(noise).save(stream, "JPEG")
    html = f'<p><img src="p" width="{FIGURE_WIDTH}" height="253"></p>'
    path = pdf(tmp_path / "r.pdf", sheet, [Block(html, {"p": stream.getvalue()})])
    rows = [line.split() for line in ran("pdfimages", "-list", path).splitlines()[2:]]
    assert [row[3:5] for row in rows] == [["900", "700"]]
    assert all(int(row[12]) >= 200 for row in rows)
