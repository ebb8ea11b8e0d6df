"""The shortcut sheet as a page: HTML to look at, PDF (A4) to print."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from app.actions import ActionSpec

MARGIN_MM = 15.0


@dataclass(frozen=True)
class Line:
    """An action or a gesture, and its keys."""

    name: str
    keys: str
    spec: ActionSpec | None = None


@dataclass(frozen=True)
class Group:
    """The lines of one menu."""

    title: str
    lines: list[Line]


def page(title: str, groups: list[Group]) -> str:
    """Return the sheet as HTML; actions without keys are left out."""
    parts = [f"<h1>{escape(title)}</h1>"]
    for group in groups:
        lines = [line for line in group.lines if line.keys]
        if lines:
            rows = "".join(
                f"<tr><td>{escape(line.name)}</td><td><b>{escape(line.keys)}</b></td></tr>"
                for line in lines
            )
            parts.append(f"<h2>{escape(group.title)}</h2><table width='100%'>{rows}</table>")
    style = (
        "body { font-family: sans-serif; font-size: 10pt; color: #1c2026; }"
        "h1 { font-size: 15pt; } h2 { font-size: 11pt; margin: 10pt 0 2pt 0; }"
        "td { padding: 1pt 12pt 1pt 0; width: 60%; }"
    )
    head = f"<meta charset='utf-8'><title>{escape(title)}</title><style>{style}</style>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}</body></html>\n"


def write(path: Path, title: str, groups: list[Group]) -> None:
    """Write the sheet, as PDF or HTML by the file's suffix.

    Raises:
        OSError: the file cannot be written.
    """
    html = page(title, groups)
    if path.suffix.lower() != ".pdf":
        _replace(path, html.encode("utf-8"))
        return
    content = QByteArray()
    device = QBuffer(content)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setHtml(html)
    document.print_(writer)
    del writer
    device.close()
    _replace(path, bytes(content.data()))


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
