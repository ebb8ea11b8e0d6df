"""How well a few letters fit a name: letters in order, best at the beginnings of words."""

from __future__ import annotations

import re

_START = 8.0
_NEXT = 5.0
_WHOLE = 20.0
_GAP = 0.15


def pattern(query: str) -> re.Pattern[str]:
    """Return a quick test of whether a name has the letters of a query in order."""
    letters = [re.escape(letter) for letter in query.lower() if not letter.isspace()]
    return re.compile(".*?".join(letters), re.DOTALL)


def score(query: str, name: str) -> float | None:
    """Return how well a query fits a name; None where it lacks a letter.

    Every word of the query must be there, in any order; a word that stands in the name as it is
    counts most, then letters that begin words or follow each other.
    """
    low = name.lower()
    total = 0.0
    for word in query.lower().split():
        place = _place(low, word)
        if place >= 0:
            total += _WHOLE + len(word) * _NEXT + (_START if _begins(low, place) else 0)
            total -= _GAP * place
            continue
        found = _scattered(low, word)
        if found is None:
            return None
        total += found
    return total - _GAP * len(low) / 4


def _place(name: str, word: str) -> int:
    """Return where a word stands in a name, at the beginning of a word if it does."""
    place = first = name.find(word)
    while place >= 0:
        if _begins(name, place):
            return place
        place = name.find(word, place + 1)
    return first


def _begins(name: str, place: int) -> bool:
    return place == 0 or not name[place - 1].isalnum()


def _scattered(name: str, word: str) -> float | None:
    total, last = 0.0, -1
    for letter in word:
        # A letter that begins a word is meant before one within a word.
        starts = (n for n in range(last + 1, len(name)) if name[n] == letter and _begins(name, n))
        near = name.find(letter, last + 1)
        if near < 0:
            return None
        here = near if near == last + 1 else next(starts, near)
        rest = _START if _begins(name, here) else _NEXT if here == last + 1 else 1.0
        total += rest - _GAP * max(here - last - 1, 0)
        last = here
    return total
