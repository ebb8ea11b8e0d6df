"""A figure as an SVG file, as a PNG file, and as SVG inside a page of HTML.

The same figure gives the same bytes: no dates, no random ids, letters as outlines.
"""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from matplotlib.figure import Figure

from softcam_core.figures.style import PNG_DPI

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{XLINK}}}href"
_URL = re.compile(r"url\(#([^)]+)\)")


def as_png(figure: Figure) -> bytes:
    """Return a figure as PNG of 300 dots per inch."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=PNG_DPI, metadata={"Software": None})
    return buffer.getvalue()


def as_svg(figure: Figure, title: str) -> bytes:
    """Return a figure as an SVG file that refers to nothing outside itself."""
    root = _tree(figure, title)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def inline(svg: bytes, name: str, alt: str) -> str:
    """Return an SVG file as an element of a page.

    ``name`` begins every id, because ids are the page's and not the picture's.
    """
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        href = element.attrib.pop(_HREF, "")
        if href:
            element.set("href", re.sub("^#", f"#{name}-", href))
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"{name}-{value}")
            elif "url(#" in value:
                element.set(key, _URL.sub(rf"url(#{name}-\1)", value))
    for attribute in ("version", "width", "height"):
        root.attrib.pop(attribute, None)
    root.set("aria-label", alt)
    return ElementTree.tostring(root, encoding="unicode")


def _tree(figure: Figure, title: str) -> ElementTree.Element:
    buffer = io.BytesIO()
    # Without these there is no block of metadata, whose vocabulary is named by addresses.
    figure.savefig(
        buffer,
        format="svg",
        metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
    )
    root = ElementTree.fromstring(buffer.getvalue())
    # A rule for every element would hold for all of a page: it becomes the picture's own.
    for element in root.findall(f"{{{SVG}}}defs"):
        if element.find(f"{{{SVG}}}style") is not None:
            root.remove(element)
    root.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    root.set("role", "img")
    heading = ElementTree.Element(f"{{{SVG}}}title")
    heading.text = title
    root.insert(0, heading)
    return root
