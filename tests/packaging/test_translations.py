"""The German texts: all there, of the same shape as the English ones, compiled."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import translatable
import translations
from translatable import Text, program_texts, templates


def test_every_text_of_the_program_is_in_german():
    found = translations.problems()
    assert not found, "\n".join(["python packaging/translations.py --check says:", *found])


def test_menu_keys_are_unique_within_a_menu():
    from app.actions import ACTIONS

    german = translations.read_german()
    menus: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for spec in ACTIONS:
        text = german["actions", spec.text]
        key = re.search(r"&(\w)", text)
        if key:
            menus[f"{spec.menu}/{spec.submenu}"][key[1].lower()].append(text)
    twice = [texts for keys in menus.values() for texts in keys.values() if len(texts) > 1]
    assert not twice


@pytest.mark.parametrize(
    ("german", "flaw"),
    [
        ("{0} von {2}", "other places"),
        ("Offnen", "the key of the menu"),
        ("&{0} von {1}…", "ends in"),
    ],
)
def test_a_translation_of_another_shape_is_a_flaw(german, flaw):
    text = Text("actions", "&{0} of {1}", "app/actions/file.py")
    assert any(flaw in each for each in translations.flaws(text, german))


def test_a_text_of_the_same_shape_is_none():
    text = Text("actions", "&{0} of {1}…", "app/actions/file.py")
    assert translations.flaws(text, "{0} &von {1}…") == []


def _app(tmp_path: Path, source: str) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "part.py").write_text(source, "utf-8")
    return tmp_path


def _found(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[str, str]], list[str]]:
    monkeypatch.setattr(translatable, "WORD_TABLES", ())
    problems: list[str] = []
    texts = program_texts(problems, root)
    return [(text.context, text.source) for text in texts], problems


def test_the_context_is_the_class_that_asks(tmp_path, monkeypatch):
    root = _app(
        tmp_path,
        "class Panel(QWidget):\n"
        "    def name(self, label: QLabel):\n"
        "        label.tr('Label')\n"
        "        return self.tr('One') if self else self.tr('Two')\n",
    )
    texts, problems = _found(root, monkeypatch)
    assert texts == [("Panel", "One"), ("Panel", "Two"), ("QLabel", "Label")]
    assert not problems


def test_a_function_of_a_module_carries_its_context_to_others(tmp_path, monkeypatch):
    root = _app(
        tmp_path,
        "def tr(text):\n    return QCoreApplication.translate('words', text)\n\nA = tr('Here')\n",
    )
    (root / "app" / "other.py").write_text("from app.part import tr\ntr('There')\n", "utf-8")
    (root / "app" / "third.py").write_text("from app import part\npart.tr('Far')\n", "utf-8")
    texts, _ = _found(root, monkeypatch)
    assert texts == [("words", "Far"), ("words", "Here"), ("words", "There")]


@pytest.mark.parametrize(
    "call", ["self.tr(f'{n} cases')", "self.tr('a ' + n)", "self.tr('{0}'.format(n))", "x.tr('a')"]
)
def test_what_nobody_can_look_up_is_a_problem(tmp_path, monkeypatch, call):
    root = _app(tmp_path, f"class Panel:\n    def name(self, n, x=None):\n        return {call}\n")
    texts, problems = _found(root, monkeypatch)
    (problem,) = problems
    assert "app/part.py:3" in problem
    assert not texts


def test_a_sentence_of_the_core_becomes_a_template():
    import ast

    node = ast.parse('f\'The file {path} {"is" if one else "are"} gone ({why:.2f}).\'').body[0]
    assert isinstance(node, ast.Expr)
    assert templates(node.value) == ["The file {0} {1} gone ({2})."]
    named = ast.parse("'The study {path} is busy.'").body[0]
    assert isinstance(named, ast.Expr)
    assert templates(named.value) == ["The study {0} is busy."]


def test_german_is_kept_and_what_is_gone_is_dropped(tmp_path):
    ts = tmp_path / "de.ts"
    old = Text("Panel", 'Say "it" & <more>', "app/part.py")
    translations.write_ts([old], {("Panel", old.source): "Sag „es“ & <mehr>"}, ts)
    assert translations.read_german(ts) == {("Panel", old.source): "Sag „es“ & <mehr>"}
    new = Text("Panel", "New", "app/part.py")
    translations.write_ts([new], translations.read_german(ts), ts)
    assert translations.read_german(ts) == {("Panel", "New"): ""}


def test_a_text_that_moves_to_another_class_takes_its_german_along():
    texts = [Text("New", "Open", "app/a.py"), Text("New", "Case", "app/a.py")]
    german = {
        ("Old", "Open"): "Öffnen",
        ("Old", "Case"): "Fall",
        ("Menu", "Case"): "Gehäuse",
    }
    full = translations.borrowed(texts, german)
    assert full["New", "Open"] == "Öffnen"
    assert ("New", "Case") not in full  # Nobody can tell which of the two is meant.
