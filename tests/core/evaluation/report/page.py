"""A page of HTML taken apart, for tests of what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "img", "br", "link", "input", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts = [one if isinstance(one, str) else one.text for one in self.children]
        return " ".join(" ".join(parts).split())

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Descendants of a tag whose attributes hold these words (``class_`` for ``class``)."""
        wanted = {name.rstrip("_").replace("_", "-"): word for name, word in attributes.items()}
        found = []
        for one in self.children:
            if isinstance(one, str):
                continue
            if one.tag == tag and all(
                word in one.attributes.get(name, "").split() for name, word in wanted.items()
            ):
                found.append(one)
            found += one.find(tag, **attributes)
        return found

    def every(self) -> list[Element]:
        return [
            one
            for child in self.children
            if isinstance(child, Element)
            for one in (child, *child.every())
        ]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attributes):
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parse(text: str) -> Element:
    """Return the page; every element has to be closed in its place."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    assert parser.open == [parser.root], f"<{parser.open[-1].tag}> is not closed"
    return parser.root
