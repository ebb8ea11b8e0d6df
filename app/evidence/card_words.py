"""A model's card in the user's language: its headings, labels and set phrases, never its data."""

from __future__ import annotations

import re

from app.language import core_word, in_language
from softcam_core.models.card import Section

_BETWEEN = re.compile(r"(: |, | \(|\)|; )")


def spoken(sections: list[Section]) -> list[Section]:
    """Return a card as the user reads it; what its author wrote stays as it was written."""
    return [
        Section(
            core_word(section.title),
            tuple((phrase(label), phrase(text)) for label, text in section.lines),
        )
        for section in sections
    ]


def phrase(text: str) -> str:
    """Return a text with those of its parts translated that are the card's own words."""
    whole = in_language(text)
    if whole != text:
        return whole
    return "".join(core_word(part) for part in _BETWEEN.split(text))
