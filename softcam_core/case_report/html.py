"""A case report as HTML: one page for a browser, or the blocks that are laid on paper.

The page refers to nothing outside itself and needs no script: pictures are ``data:`` addresses.
Blocks keep to what Qt's rich text understands; each is to stay whole on a page. Every value is
escaped, and characters that HTML does not know are left out.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from softcam_core.case_report.values import Block, CaseReport, Front, Part, Picture, Table
from softcam_core.resources import resource_path

PAPER_WIDTH = 668
"""Of a block, in 1/96 inch: what A4 has between its margins, and Letter has more."""
GAP = 16
FIGURE_WIDTH = (PAPER_WIDTH - GAP) // 2
FIGURE_HEIGHT = 340
ROWS = 22
"""Of a table, in one block."""
_STEP = 16
MARK = "<!--cases-->"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


# A page for a browser


def page(front: Front) -> tuple[str, str]:
    """Return what stands before the cases of a page, and what behind them."""
    pieces = _pieces(paper=False, address=_data_address)
    template = _environment().from_string(_resource("case_page.html.j2"))
    whole = template.render(
        front=front, pieces=pieces, css=Markup(_resource("case.css")), mark=Markup(MARK)
    )
    before, _, behind = whole.partition(MARK)
    return before, behind


def case_html(case: CaseReport) -> str:
    """Return a case for the page."""
    pieces = _pieces(paper=False, address=_data_address)
    return "".join([pieces.head(case), *(pieces.part(one) for one in case.parts)])


def parts_html(parts: list[Part]) -> str:
    """Return what stands behind the cases for the page."""
    pieces = _pieces(paper=False, address=_data_address)
    return "".join(pieces.part(one) for one in parts)


# Blocks for paper


def print_css() -> str:
    """Return the style of every block."""
    return _resource("case_print.css")


def front_blocks(front: Front) -> list[Block]:
    """Return the head of the report."""
    return [_block(lambda pieces: pieces.front(front))]


def case_blocks(case: CaseReport) -> list[Block]:
    """Return a case, on pages of its own."""
    return [_block(lambda pieces: pieces.head(case)), *parts_blocks(list(case.parts))]


def parts_blocks(parts: list[Part]) -> list[Block]:
    """Return headings with what stands below them; long tables in pieces with their heads."""
    return [_part_block(piece) for piece in _in_pieces(parts)]


def _part_block(part: Part) -> Block:
    return _block(lambda pieces: pieces.part(part))


def _in_pieces(parts: list[Part]) -> Iterator[Part]:
    for part in parts:
        first = replace(part, figures=(), tables=(), note="")
        pairs = [part.figures[n : n + 2] for n in range(0, len(part.figures), 2)]
        tables = [piece for table in part.tables for piece in _table_in_pieces(table)]
        pieces = [Part("", figures=pair) for pair in pairs]
        pieces += [Part("", tables=(table,)) for table in tables]
        if pieces:
            pieces[0] = replace(first, figures=pieces[0].figures, tables=pieces[0].tables)
        else:
            pieces = [first]
        pieces[-1] = replace(pieces[-1], note=part.note)
        yield from pieces


def _table_in_pieces(table: Table) -> list[Table]:
    starts = range(0, max(len(table.rows), 1), ROWS)
    pieces = [
        replace(
            table,
            rows=table.rows[start : start + ROWS],
            strong=frozenset(row - start for row in table.strong),
            note="",
        )
        for start in starts
    ]
    pieces[-1] = replace(pieces[-1], note=table.note)
    return pieces


def _block(make: Callable[[Any], str]) -> Block:
    pictures: dict[str, bytes] = {}

    def address(picture: Picture) -> str:
        name = f"picture-{len(pictures)}"
        pictures[name] = picture.data
        return name

    return Block(str(make(_pieces(paper=True, address=address))), pictures)


def fitted(picture: Picture) -> tuple[int, int]:
    """Return the width and the height of a picture on paper, in 1/96 inch."""
    scale = min(FIGURE_WIDTH / picture.width, FIGURE_HEIGHT / picture.height)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def broken(text: str, most: int) -> str:
    """Return a text whose words longer than ``most`` letters may go on on the next line."""
    return re.sub(rf"\S{{{most + 1},}}", lambda word: "\u200b".join(_steps(word[0])), text)


def _steps(word: str) -> list[str]:
    return [word[start : start + _STEP] for start in range(0, len(word), _STEP)]


def _whole(text: str, _most: int) -> str:
    """Return a text as it is: a browser breaks words by its style."""
    return text


def _data_address(picture: Picture) -> str:
    return f"data:image/{picture.kind};base64,{base64.b64encode(picture.data).decode('ascii')}"


def _pieces(paper: bool, address: Callable[[Picture], str]) -> Any:
    return _blocks().make_module(
        {
            "paper": paper,
            "address": address,
            "fitted": fitted,
            "broken": broken if paper else _whole,
            "figure_width": FIGURE_WIDTH,
            "gap": GAP,
        }
    )


@cache
def _blocks() -> Template:
    return _environment().from_string(_resource("case_blocks.html.j2"))


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: _CONTROL.sub("", value) if type(value) is str else value,
    )


def _resource(name: str) -> str:
    return resource_path("report", name).read_text(encoding="utf-8")
