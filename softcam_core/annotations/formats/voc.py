"""Pascal VOC: one XML file an image, boxes in whole pixels.

As in the original development kits (VOC2007 to VOC2012, Everingham et al.), pixels are counted
from 1 and a box's last pixel belongs to it: ``xmin = 1`` is the first column, and a box of one
pixel has ``xmin == xmax``. In the program's coordinates such a box reaches from ``xmin - 1`` to
``xmax``. Programs that write VOC counted from 0 differ by one pixel at the left and top edge.
Corners that are no whole pixels grow outward, so that the box still holds all of the mark.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, TreeBuilder, indent
from xml.parsers import expat

from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    Finding,
    Format,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.formats.reading import files_below, number, read_bytes, size_of
from softcam_core.annotations.formats.written import class_name, drawn_boxes
from softcam_core.annotations.records import LabelRecord
from softcam_core.errors import SoftcamError
from softcam_core.paths import shown


class Voc(Format):
    """Pascal VOC."""

    id = "voc"
    name = "Pascal VOC"
    file = ""
    cannot = (
        "Pascal VOC holds boxes in whole pixels with a label: no outlines, measurements, grades, "
        "readers, certainties or notes."
    )

    def write(
        self,
        cases: Iterable[ExportCase],
        _labels: list[LabelRecord],
        folder: Path,
        options: ExportOptions,
        report: ExportReport,
    ) -> None:
        """Write ``<stem>.xml`` for each case."""
        for case in cases:
            place = folder / f"{case.stem}.xml"
            place.parent.mkdir(parents=True, exist_ok=True)
            tree = ElementTree(_annotation(case, options, report))
            indent(tree)
            tree.write(place, encoding="utf-8", xml_declaration=True)

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield the image of each XML file."""
        for file in files_below(path, ".xml"):
            try:
                yield _image(file, report)
            except SoftcamError as error:
                report.problem(shown(file.name), str(error))


def _annotation(case: ExportCase, options: ExportOptions, report: ExportReport) -> Element:
    root = Element("annotation")
    above, _, name = case.relative.rpartition("/")
    _add(root, "folder", above)
    _add(root, "filename", name)
    size = SubElement(root, "size")
    for tag, value in zip(("width", "height"), case.size, strict=True):
        _add(size, tag, str(value))
    _add(size, "depth", "3")
    _add(root, "segmented", "0")
    for record, (x0, y0, x1, y1) in drawn_boxes(case, report, options.point_radius):
        found = SubElement(root, "object")
        label = class_name(record, case, report)
        if not _add(found, "name", label):
            report.lose("label with characters that XML cannot hold changed", case.relative)
        _add(found, "pose", "Unspecified")
        _add(found, "truncated", "0")
        _add(found, "difficult", "0")
        corners = math.floor(x0) + 1, math.floor(y0) + 1, math.ceil(x1), math.ceil(y1)
        if (corners[0] - 1, corners[1] - 1, *corners[2:]) != (x0, y0, x1, y1):
            report.lose("box grown to whole pixels", case.relative)
        box = SubElement(found, "bndbox")
        for tag, corner in zip(("xmin", "ymin", "xmax", "ymax"), corners, strict=True):
            _add(box, tag, str(corner))
    return root


def _add(parent: Element, tag: str, text: str) -> bool:
    """Add an element with a text; return whether XML could hold the text as it is."""
    held = "".join(c if _is_xml(c) else "\N{REPLACEMENT CHARACTER}" for c in text)
    SubElement(parent, tag).text = held
    return held == text and text == text.strip()


def _is_xml(character: str) -> bool:
    """Return whether XML 1.0 allows a character; a carriage return would be read as another."""
    code = ord(character)
    return code in (9, 10) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


def _image(file: Path, report: ImportReport) -> ImportedImage:
    root = _parse(file)
    if root.tag != "annotation":
        raise SoftcamError(f"{shown(file)} is no Pascal VOC annotation; choose other files.")
    name = _text(root, "filename") or file.stem
    above = _text(root, "folder")
    size = size_of(_text(root, "size/width"), _text(root, "size/height"))
    findings = []
    for found in root.iterfind("object"):
        label = _text(found, "name")
        try:
            findings.append(_finding(found, label))
        except ValueError as error:
            report.problem(name, f"A box {label} of {shown(file)} is left out: it has {error}.")
        if found.find("part") is not None:
            report.lose("part of an object left out", name)
    return ImportedImage(f"{above}/{name}" if above else name, size, findings)


def _finding(found: Element, label: str) -> Finding:
    x0, y0, x1, y1 = (
        number(_text(found, f"bndbox/{tag}")) for tag in ("xmin", "ymin", "xmax", "ymax")
    )
    if x1 < x0 or y1 < y0:
        raise ValueError("its corners the wrong way round")
    return Finding("box", [[x0 - 1, y0 - 1], [x1, y1]], label)


def _text(parent: Element, path: str) -> str:
    return (parent.findtext(path) or "").strip()


def _parse(file: Path) -> Element:
    """Return the root of an XML file; one with entities of its own is refused.

    Raises:
        SoftcamError: it is no XML, or declares a document type (entities can be made to grow
            without end, or to read other files).
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise SoftcamError(
            f"{shown(file)} declares a document type, which no annotation needs; it was not read."
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: _nothing(builder.start(tag, attributes))
    parser.EndElementHandler = lambda tag: _nothing(builder.end(tag))
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(read_bytes(file), True)
        return builder.close()
    except (expat.ExpatError, AssertionError, LookupError, ValueError) as error:
        raise SoftcamError(
            f"{shown(file)} is not XML ({error}); it may be cut short: export it again."
        ) from error


def _nothing(_made: object) -> None:
    """Take what the parser has no use for."""
