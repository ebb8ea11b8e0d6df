"""Lays the blocks of a report on pages, and paints these: into a PDF, or as a picture to look at.

A block stays whole; one that is longer than a page goes on on the next. Lengths are in 1/96 inch,
so that a page looks the same on every screen. May run in any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)

if TYPE_CHECKING:  # Only a report needs it.
    from softcam_core.case_report.values import Block

DPI = 96
MARGIN = 62.0
"""16.4 mm on every side."""
FOOT = 30.0
"""For the line at the foot of the page, within what the margins leave."""
SPACE = 11.0
"""Between blocks."""
INK, SOFT = QColor("#1f2328"), QColor("#57606a")
FAMILIES = ["Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "Arial"]
SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}
FINE = 1200
"""Steps to an inch in the PDF: nothing is rounded that an eye would see."""


@dataclass(frozen=True)
class Sheet:
    """A page's size in 1/96 inch, and what its blocks are laid out with."""

    paper: str
    css: str

    @property
    def size(self) -> QSizeF:
        """Width and height."""
        return QPageSize(SIZES[self.paper]).size(QPageSize.Unit.Inch) * DPI

    @property
    def width(self) -> float:
        """Of a block; whole, as texts are laid out in sixty-fourths."""
        return float(int(self.size.width() - 2 * MARGIN))

    @property
    def height(self) -> float:
        """Of all blocks on a page."""
        return float(int(self.size.height() - 2 * MARGIN - FOOT + 20))


@dataclass(frozen=True)
class Foot:
    """The line below every page: what, the warning, and ``Page {0} of {1}``."""

    title: str
    disclaimer: str
    page: str


@dataclass(frozen=True)
class Placed:
    """A block, or a page of a long one, at its height on the page."""

    document: QTextDocument
    y: float
    clip: QRectF


Page = list[Placed]


def pages(blocks: Sequence[Block], sheet: Sheet) -> list[Page]:
    """Lay blocks on as few pages as hold them whole, in order."""
    made: list[Page] = []
    page: Page = []
    y = 0.0
    for block in blocks:
        document = _document(block, sheet)
        height = document.size().height()
        if height <= sheet.height:
            if page and y + height > sheet.height:
                made.append(page)
                page, y = [], 0.0
            page.append(Placed(document, y, QRectF(0, 0, sheet.width, height)))
            y += height + SPACE
            continue
        if page:
            made.append(page)
        document.setPageSize(QSizeF(sheet.width, sheet.height))
        parts = document.pageCount()
        long = [QRectF(0, n * sheet.height, sheet.width, sheet.height) for n in range(parts)]
        made += [[Placed(document, 0.0, part)] for part in long[:-1]]
        # What of its last page is left over is not measured: the next block begins a page.
        page, y = [Placed(document, 0.0, long[-1])], sheet.height
    return [*made, page] if page else made


def paint(painter: QPainter, page: Page, sheet: Sheet, foot: Foot, number: int, of: int) -> None:
    """Paint a page; the painter counts in 1/96 inch from its top left corner."""
    for placed in page:
        painter.save()
        painter.translate(MARGIN, MARGIN + placed.y - placed.clip.top())
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        # Not the window's: in the dark theme its text is white.
        palette.setColor(QPalette.ColorRole.Text, INK)
        context.palette = palette
        context.clip = placed.clip
        painter.setClipRect(placed.clip)
        placed.document.documentLayout().draw(painter, context)
        painter.restore()
    _paint_foot(painter, sheet, foot, number, of)


def _paint_foot(painter: QPainter, sheet: Sheet, foot: Foot, number: int, of: int) -> None:
    top = sheet.size.height() - MARGIN - FOOT + 34
    line = QRectF(MARGIN, top, sheet.width, 18)
    painter.setPen(QColor("#d0d7de"))
    painter.drawLine(line.topLeft(), line.topRight())
    plain, bold = _font(10), _font(10)
    bold.setWeight(QFont.Weight.DemiBold)
    middle = Qt.AlignmentFlag.AlignVCenter
    text = line.adjusted(0, 4, 0, 4)
    painter.setPen(SOFT)
    painter.setFont(plain)
    painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, foot.title)
    page = foot.page.format(number, of)
    painter.drawText(text, middle | Qt.AlignmentFlag.AlignRight, page)
    painter.setPen(INK)
    painter.setFont(bold)
    painter.drawText(text, middle | Qt.AlignmentFlag.AlignHCenter, foot.disclaimer)


def picture(page: Page, sheet: Sheet, foot: Foot, number: int, of: int, scale: float) -> QImage:
    """Return a page as a picture of ``scale`` pixels to 1/96 inch."""
    size = (sheet.size * scale).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.TextAntialiasing
    )
    painter.scale(scale, scale)
    paint(painter, page, sheet, foot, number, of)
    painter.end()
    return image


class Pdf:
    """A PDF that pages are painted into, one after the other."""

    def __init__(self, path: str, sheet: Sheet, title: str, creator: str) -> None:
        """Begin the file; it tells of nothing but ``title`` and ``creator``."""
        self._sheet = sheet
        self._writer = QPdfWriter(path)
        self._writer.setResolution(FINE)
        self._writer.setTitle(title)
        self._writer.setCreator(creator)
        layout = QPageLayout(
            QPageSize(SIZES[sheet.paper]), QPageLayout.Orientation.Portrait, QMarginsF()
        )
        self._writer.setPageLayout(layout)
        self._painter = QPainter()
        self._begun = False

    def add(self, page: Page, foot: Foot, number: int, of: int) -> bool:
        """Paint one more page; return whether the file can be written."""
        if self._begun:
            self._writer.newPage()
        elif not self._painter.begin(self._writer):
            return False
        else:
            self._begun = True
            self._painter.scale(FINE / DPI, FINE / DPI)
        paint(self._painter, page, self._sheet, foot, number, of)
        return True

    def end(self) -> bool:
        """Finish the file; return whether all of it is written."""
        return self._painter.end() if self._begun else False


def _document(block: Block, sheet: Sheet) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)
    document.setDefaultFont(_font(12))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setDefaultStyleSheet(sheet.css)
    for name, data in block.pictures.items():
        image = QImage.fromData(data)
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
    document.setHtml(f"<body>{block.html}</body>")
    document.setTextWidth(sheet.width)
    return document


def _font(pixels: int) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(pixels)
    # Hinting is for screens: on paper letters stand where they belong.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
