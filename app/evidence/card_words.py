"""A model's card in the user's language: its headings, labels and set phrases, never its data."""

from __future__ import annotations

from app.language import core_word, in_phrases
from softcam_core.models.card import Section


def spoken(sections: list[Section]) -> list[Section]:
    """Return a card as the user reads it; what its author wrote stays as it was written."""
    return [
        Section(
            core_word(section.title),
            tuple((in_phrases(label), in_phrases(text)) for label, text in section.lines),
        )
        for section in sections
    ]
