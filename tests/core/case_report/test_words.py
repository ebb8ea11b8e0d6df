"""Every fixed text of a report is in the one list that is translated, and nothing else is."""

from __future__ import annotations

import ast
from pathlib import Path

import softcam_core.case_report
from softcam_core.case_report.words import TEXTS, Words

FOLDER = Path(softcam_core.case_report.__file__).parent


def literals() -> set[str]:
    found = set()
    for path in FOLDER.glob("*.py"):
        if path.name != "words.py":
            tree = ast.parse(path.read_text("utf-8"))
            found |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def looked_up() -> set[str]:
    """Return the literals that are handed to ``words`` directly."""
    found = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "words":
                found |= {
                    one.value
                    for argument in node.args[:1]
                    for one in ast.walk(argument)
                    if isinstance(one, ast.Constant) and " " in str(one.value)
                }
    return found


def test_what_is_looked_up_is_in_the_list():
    assert looked_up() - set(TEXTS) == set()


def test_the_list_has_nothing_that_is_not_used():
    stored = {"unread", "in progress", "done", "flagged", "possible", "probable", "definite"}
    stored |= {"box", "ellipse", "polygon", "freehand", "spline", "point", "mask", "length"}
    stored |= {"angle", "logit", "a.u."}
    disclaimer = TEXTS[0]
    assert set(TEXTS) - literals() - stored == {disclaimer}


def test_no_text_is_there_twice():
    assert len(TEXTS) == len(set(TEXTS))


def test_a_translation_keeps_its_places_and_values_are_not_looked_up():
    words = Words({"Case {0}": "Fall {0}", "done": "fertig"})
    assert words("Case {0}", "done") == "Fall done"
    assert words("Case {0}: {1}", "{0}", "done") == "Case {0}: done"
    assert words("done") == "fertig"
