"""The page stands alone and shows every text as it was written, whatever is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from softcam_core.case_report import html
from softcam_core.case_report.build import build_case
from softcam_core.case_report.front import front
from softcam_core.case_report.values import CaseReport, Fact, Part, Table
from softcam_core.case_report.words import DISCLAIMER, Words
from softcam_core.case_report.written import closing_parts

EN = Words()
FRONT = front(
    made=datetime(2026, 11, 23, 8, 0, tzinfo=UTC), reader="anna", cases=1, named=False, words=EN
)


class Seen(HTMLParser):
    """Collects what a browser would show, and what it would open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data):
        self.text.append(data)


def case(text: str) -> CaseReport:
    table = Table(text, (text, "n"), (False, True), ((text, "1"),), text)
    part = Part(text, sentences=(text,), facts=(Fact(text, text),), tables=(table,), note=text)
    return CaseReport(text, (Fact("Grade", text),), (text,), (part,))


PLAIN = Seen(html.case_html(case("plain"))).tags
PAPER = [Seen(block.html).tags for block in html.case_blocks(case("plain"))]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_any_text_is_shown_and_none_becomes_a_tag(text: str) -> None:
    seen = Seen(html.case_html(case(text or "x")))
    assert seen.tags == PLAIN
    assert "".join(seen.text).count(text or "x") >= 8
    assert [Seen(block.html).tags for block in html.case_blocks(case(text or "x"))] == PAPER


def test_letters_that_html_does_not_know_are_left_out() -> None:
    page = html.case_html(case("a\x00b\x1b\ud800c"))
    assert "abc" in page
    page.encode("utf-8")


def test_the_page_refers_to_nothing_outside_itself_and_runs_nothing(asked, told) -> None:
    found, looked = told(2, "fundus-sparse")
    before, behind = html.page(FRONT)
    report = build_case(asked(2), found, [looked], EN)
    closing = html.parts_html(closing_parts({looked.model: looked.spec}, EN))
    page = before + html.case_html(report) + closing + behind
    seen = Seen(page)
    assert "script" not in seen.tags
    assert "link" not in seen.tags
    assert seen.addresses
    assert all(address.startswith("data:image/") for address in seen.addresses)
    assert "url(" not in before
    assert "@import" not in before
    text = "".join(seen.text)
    assert text.count(DISCLAIMER) == 2
    assert looked.model in text
    assert looked.spec.card["limits"] in text
    assert "cannot tell" in text


def test_the_disclaimer_and_the_letters_of_german_are_there() -> None:
    words = Words({DISCLAIMER: "Nur für die Forschung – nicht für die Diagnose."})
    german = front(
        made=datetime(2026, 11, 23, tzinfo=UTC), reader="Ä", cases=2, named=True, words=words
    )
    before, behind = html.page(replace(german, language="de"))
    assert "Nur für die Forschung – nicht für die Diagnose." in before
    assert 'lang="de"' in before
    assert "nicht für die Diagnose" in behind


def test_a_long_table_is_in_blocks_that_each_have_its_head() -> None:
    rows = tuple((str(n), "x") for n in range(2 * html.ROWS + 1))
    part = Part("Marks", tables=(Table("", ("No.", "Kind"), (True, False), rows, "the note"),))
    blocks = html.parts_blocks([part])
    assert len(blocks) == 3
    assert all("Kind" in block.html for block in blocks)
    assert ["Marks" in block.html for block in blocks] == [True, False, False]
    assert ["the note" in block.html for block in blocks] == [False, False, True]
    numbers = [text for block in blocks for text in Seen(block.html).text if text.isdigit()]
    assert numbers == [row[0] for row in rows]


def test_without_a_model_nothing_is_said_of_maps() -> None:
    assert closing_parts({}, EN) == []
