"""Writes the pieces of a report into one file, whole or not at all; runs in a thread."""

from __future__ import annotations

import base64
import json
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.output.report_pages import Foot, Page, Pdf, Sheet, pages
from softcam_core import __version__
from softcam_core.case_report.values import Block
from softcam_core.errors import CancelledError, SoftcamError

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Target:
    """Where to, and as what.

    Attributes:
        kind: ``pdf`` or ``html``.
        paper: ``a4`` or ``letter``; only a PDF's.
    """

    path: Path
    kind: str
    paper: str = "a4"


class Spool:
    """Finished pieces on disk, so that a thousand cases need no memory; gone with the object."""

    def __init__(self) -> None:
        """Begin empty."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spool
        self.count = 0

    def add(self, piece: dict[str, Any]) -> None:
        """Keep one more piece.

        Raises:
            OSError: the disk is full.
        """
        blocks = [[block.html, _encoded(block.pictures)] for block in piece["blocks"]]
        self._file.write(json.dumps({**piece, "blocks": blocks}).encode() + b"\n")
        self.count += 1

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the pieces in their order."""
        self._file.seek(0)
        for _ in range(self.count):
            piece = json.loads(self._file.readline())
            blocks = [Block(text, _decoded(pictures)) for text, pictures in piece["blocks"]]
            yield {**piece, "blocks": blocks}

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _encoded(pictures: dict[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(data).decode() for name, data in pictures.items()}


def _decoded(pictures: dict[str, str]) -> dict[str, bytes]:
    return {name: base64.b64decode(text) for name, text in pictures.items()}


def write(
    target: Target,
    front: dict[str, Any],
    cases: Spool,
    closing: dict[str, Any],
    progress: Progress,
    cancelled: Cancelled,
) -> Path:
    """Write a report and return its path.

    Args:
        target: where to, and as what.
        front: the head of the report, as the child made it.
        cases: its cases.
        closing: what stands behind them.
        progress: told how many pages or cases are written.
        cancelled: asked between them.

    Raises:
        SoftcamError: the file cannot be written.
        CancelledError: ``cancelled()`` said so.
    """
    partial = target.path.with_name(f".{target.path.name}.{secrets.token_hex(4)}.part")
    make = _html if target.kind == "html" else _pdf
    try:
        make(partial, target, front, cases, closing, progress, cancelled)
        partial.replace(target.path)
    except OSError as error:
        raise _refused(target.path, error.strerror or type(error).__name__) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    return target.path


def _refused(path: Path, reason: str) -> SoftcamError:
    return SoftcamError(f"The report {path} cannot be written ({reason}); choose another place.")


def _html(
    partial: Path,
    _target: Target,
    front: dict[str, Any],
    cases: Spool,
    closing: dict[str, Any],
    progress: Progress,
    cancelled: Cancelled,
) -> None:
    with partial.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(front["before"])
        for number, case in enumerate(cases, start=1):
            _check(cancelled)
            stream.write(case["html"])
            progress(number, cases.count)
        stream.write(closing["html"])
        stream.write(front["behind"])


def laid_out(
    sheet: Sheet, front: dict[str, Any], cases: Spool, closing: dict[str, Any]
) -> Iterator[Page]:
    """Yield the pages of a report: cases on pages of their own, one case alone without a break."""
    if cases.count == 1:
        case = next(iter(cases))
        yield from pages([*front["blocks"], *case["blocks"], *closing["blocks"]], sheet)
        return
    before = front["blocks"]
    for case in cases:
        yield from pages([*before, *case["blocks"]], sheet)
        before = []
    yield from pages([*before, *closing["blocks"]], sheet)


def _pdf(
    partial: Path,
    target: Target,
    front: dict[str, Any],
    cases: Spool,
    closing: dict[str, Any],
    progress: Progress,
    cancelled: Cancelled,
) -> None:
    sheet = Sheet(target.paper, front["css"])
    foot = Foot(front["title"], front["disclaimer"], front["page"])
    # Twice: a page says how many there are.
    count = 0
    for _ in laid_out(sheet, front, cases, closing):
        _check(cancelled)
        count += 1
    partial.touch()
    pdf = Pdf(str(partial), sheet, front["title"], f"SoftCAM Viewer {__version__}")
    written = True
    try:
        for number, page in enumerate(laid_out(sheet, front, cases, closing), start=1):
            _check(cancelled)
            written = written and pdf.add(page, foot, number, count)
            progress(number, count)
    finally:
        written = pdf.end() and written
    if not written:
        raise _refused(target.path, "the disk may be full")


def _check(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError
