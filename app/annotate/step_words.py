"""The names of undo steps in the user's language; the study keeps them in English."""

from __future__ import annotations

import re

from app.texts import tr


def step_name(text: str) -> str:
    """Return the name of a step, ``Add box MA``, as the user reads it; others as they are."""
    if text == "Clear grade":
        return tr("Clear grade")
    relabelled = re.fullmatch(r"Relabel (\w+) ?(.*) to (.*)", text)
    if relabelled:
        return tr("Relabel {0} to {1}").format(
            _named(f"{relabelled[1]} {relabelled[2]}"), relabelled[3]
        )
    certain = re.fullmatch(r"Certainty of (.*): (.*)", text)
    if certain:
        return tr("Certainty of {0}: {1}").format(_named(certain[1]), _certainty(certain[2]))
    if text.startswith("Grade "):
        return tr("Grade {0}").format(text.removeprefix("Grade "))
    for english, said in _verbs().items():
        found = re.fullmatch(rf"{english} ({'|'.join(_kinds())})\b(.*)", text)
        if found:
            return said.format(_named(found[1] + found[2]))
    return text


def _verbs() -> dict[str, str]:
    return {
        "Add": tr("Add {0}"),
        "Delete": tr("Delete {0}"),
        "Change": tr("Change {0}"),
        "Move": tr("Move {0}"),
        "Lock": tr("Lock {0}"),
        "Unlock": tr("Unlock {0}"),
        "Hide": tr("Hide {0}"),
        "Show": tr("Show {0}"),
        "Reorder": tr("Reorder {0}"),
        "Note on": tr("Note on {0}"),
    }


def _kinds() -> dict[str, str]:
    return {
        "box": tr("box"),
        "ellipse": tr("ellipse"),
        "polygon": tr("polygon"),
        "freehand": tr("freehand"),
        "spline": tr("spline"),
        "point": tr("point"),
        "mask": tr("mask"),
        "length": tr("length"),
        "angle": tr("angle"),
    }


def kind_name(kind: str) -> str:
    """Return a kind of shape, which is stored in English, as the user reads it."""
    return _kinds().get(kind, kind)


def _named(shape: str) -> str:
    kind, _, label = shape.strip().partition(" ")
    return f"{kind_name(kind)} {label}".strip()


def _certainty(word: str) -> str:
    words = {
        "definite": tr("definite"),
        "probable": tr("probable"),
        "possible": tr("possible"),
        "not said": tr("not said"),
    }
    return words.get(word, word)
