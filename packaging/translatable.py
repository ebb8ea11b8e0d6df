"""What of the program is to be translated: every text with the context that Qt looks it up in.

Three kinds: literals in calls (``self.tr("…")``, a module's own ``tr``, `QCoreApplication`'s
``translate``), found in the source; tables of words that are translated where they are shown
(``WORD_TABLES``), read from the running modules; and the core's sentences, of which the core,
having no window, knows nothing (`core_sentences`).
"""

from __future__ import annotations

import ast
import builtins
import importlib
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from word_tables import CARD, FOR_FORMS, NOT_FOR_WINDOWS, NOTED, TEXT_ARGUMENTS, WORD_TABLES

ROOT = Path(__file__).resolve().parent.parent
CORE = "core"
"""The context of the core's words and sentences."""


@dataclass(frozen=True, order=True)
class Text:
    """One text to translate, and a file that says it (from the repository's root)."""

    context: str
    source: str
    file: str


def program_texts(problems: list[str] | None = None, root: Path = ROOT) -> list[Text]:
    """Return every text of the window, sorted, each once per context.

    Args:
        problems: takes a line for each text that is no literal, or whose context nobody can tell.
        root: of the repository.
    """
    modules = {_name(path, root): path for path in sorted((root / "app").rglob("*.py"))}
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in modules.items()}
    functions = _translators(trees)
    texts: dict[tuple[str, str], Text] = {}
    for name, tree in trees.items():
        file = modules[name].relative_to(root).as_posix()
        known = {alias: functions[real] for alias, real in _names(name, tree, functions).items()}
        for context, source in _Reader(file, known, problems).read(tree):
            texts.setdefault((context, source), Text(context, source, file))
    for table in WORD_TABLES:
        module, _, rest = table.place.partition(":")
        file = module.replace(".", "/") + ".py"
        if module == "word_tables":
            file = f"packaging/{file}"
        elif not (root / file).exists():
            file = module.replace(".", "/") + "/__init__.py"
        variable, _, fields = rest.partition(".")
        value = getattr(importlib.import_module(module), variable.removesuffix("()"))
        if variable.endswith("()"):
            value = value()
        if fields.isupper():
            value, fields = getattr(value, fields), ""
        for source in _strings(value, fields.split(",") if fields else []):
            for part in re.split(r": |, ", source) if table.phrases else [source]:
                texts.setdefault((table.context, part), Text(table.context, part, file))
    return sorted(texts.values())


def _name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _strings(value: object, fields: list[str]) -> Iterator[str]:
    """Yield a table's texts: of a mapping its values, of a row its ``fields`` (or first items)."""
    if isinstance(value, str):
        if re.search(r"[^\W\d_]", value):
            yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()), fields)
    elif fields and fields[0].isdigit() and isinstance(value, tuple):
        yield from _strings(value[int(fields[0])], [])
    elif fields and not isinstance(value, list | tuple | set | frozenset):
        for field in fields:
            first, _, rest = field.partition(".")
            yield from _strings(getattr(value, first), [rest] if rest else [])
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _strings(item, fields)


def _translators(trees: dict[str, ast.Module]) -> dict[str, str]:
    """Return the functions that only look a text up: ``app.texts.tr`` -> its context."""
    found = {}
    for module, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and len(node.args.args) == 1:
                for call in ast.walk(node):
                    if _is_translate(call) and isinstance(call.args[1], ast.Name):
                        found[f"{module}.{node.name}"] = ast.literal_eval(call.args[0])
    return found


def _is_translate(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "translate"
        and ast.unparse(node.func.value).endswith("QCoreApplication")
        and isinstance(node.args[0], ast.Constant)
    )


def _names(module: str, tree: ast.Module, functions: dict[str, str]) -> dict[str, str]:
    """Return what of ``functions`` a module can call, by the name it calls it."""
    names = {f.rpartition(".")[2]: f for f in functions if f.rpartition(".")[0] == module}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                real = f"{node.module}.{alias.name}"
                if real in functions:
                    names[alias.asname or alias.name] = real
                for function in functions:
                    if function.rpartition(".")[0] == real:
                        names[f"{alias.asname or alias.name}.{function.rpartition('.')[2]}"] = (
                            function
                        )
    return names


class _Reader:
    """Reads one module's calls, with the classes and arguments around each."""

    def __init__(self, file: str, functions: dict[str, str], problems: list[str] | None) -> None:
        self._file = file
        self._functions = functions
        self._problems = [] if problems is None else problems

    def read(self, tree: ast.Module) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        self._visit(tree, "", {}, found)
        return found

    def _visit(
        self, node: ast.AST, inside: str, types: dict[str, str], found: list[tuple[str, str]]
    ) -> None:
        if isinstance(node, ast.ClassDef):
            inside = node.name
        elif isinstance(node, ast.FunctionDef):
            types = {**types, **_types(node)}
        elif isinstance(node, ast.Call):
            context, texts = self._call(node, inside, types)
            for text in texts:
                found += [(context, source) for source in self._literals(text)]
        for child in ast.iter_child_nodes(node):
            self._visit(child, inside, types, found)

    def _call(
        self, node: ast.Call, inside: str, types: dict[str, str]
    ) -> tuple[str, list[ast.expr]]:
        """Return the context that a call looks its text up in, and the text; nothing otherwise."""
        call = node.func
        if any(isinstance(a, ast.Starred) for a in node.args[:1]):
            return "", []
        if _is_translate(node):
            return ast.literal_eval(node.args[0]), node.args[1:2]
        if ast.unparse(call) in self._functions:
            return self._functions[ast.unparse(call)], node.args[:1]
        if isinstance(call, ast.Name) and call.id in TEXT_ARGUMENTS and self._functions:
            places = TEXT_ARGUMENTS[call.id]
            named = [k.value for k in node.keywords if k.arg in places]
            texts = [a for place, a in enumerate(node.args) if place in places]
            context = self._functions.get("tr") or next(iter(self._functions.values()))
            return context, [t for t in (*texts, *named) if isinstance(t, ast.Constant)]
        if isinstance(call, ast.Attribute) and call.attr == "tr":
            owner = ast.unparse(call.value)
            context = inside if owner == "self" else types.get(owner, "")
            if not context:
                self._problems.append(
                    f"{self._file}:{node.lineno}: nobody can tell the class of {owner}; "
                    "use a module's tr, or annotate it."
                )
                return "", []
            return context, node.args[:1]
        return "", []

    def _literals(self, text: ast.expr) -> list[str]:
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            return [text.value] if text.value else []
        if isinstance(text, ast.IfExp):
            return [*self._literals(text.body), *self._literals(text.orelse)]
        if isinstance(text, ast.JoinedStr | ast.BinOp) or (
            isinstance(text, ast.Call) and ast.unparse(text.func).endswith(".format")
        ):
            self._problems.append(
                f"{self._file}:{text.lineno}: {ast.unparse(text)[:60]} is put together before it "
                "is looked up; translate a literal and format that."
            )
        return []  # A name: of one of the tables.


def _types(function: ast.FunctionDef) -> dict[str, str]:
    """Return the classes of a function's annotated arguments and of what it makes by a call."""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    types = {
        a.arg: ast.unparse(a.annotation).strip("'\"").rpartition(".")[2].split(" ")[0]
        for a in arguments
        if a.annotation is not None
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            name = ast.unparse(node.value.func).rpartition(".")[2]
            if name[:1].isupper():
                types.update({t.id: name for t in node.targets if isinstance(t, ast.Name)})
    return types


def core_sentences(folders: Iterable[str], root: Path = ROOT) -> list[Text]:
    """Return the templates of the sentences that the core raises, ``{0}`` for each part.

    ``folders``: of the core, the ones whose sentences reach the window.
    """
    found: dict[str, Text] = {}
    for folder in folders:
        place = root / folder
        for path in [place] if place.suffix else sorted(place.rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            file = path.relative_to(root).as_posix()
            noted = _noted(tree) if re.match(NOTED, file) else ()
            words = set(_words(tree)) if file == CARD else set()
            for template in [*_raised(tree), *noted, *words]:
                source = _shown(template, file)
                if (_is_sentence(source) or source in words) and not re.search(
                    NOT_FOR_WINDOWS, source
                ):
                    found.setdefault(source, Text(CORE, source, file))
    return sorted(found.values())


def _raised(tree: ast.Module) -> Iterator[str]:
    """Yield the templates of the errors that a module makes."""
    for node in ast.walk(tree):
        if _is_error(node):
            yield from templates(node.args[0])


def _words(tree: ast.Module) -> Iterator[str]:
    """Yield a module's words for people: its texts, but for docstrings and names of fields."""
    inside = {id(part) for node in ast.walk(tree) if _is_no_note(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in inside:
            for word in templates(node):
                if re.search(r"[A-Z ].*[a-z]", word.strip(" ,")):
                    yield word.strip(" ,")


def _noted(tree: ast.Module) -> Iterator[str]:
    """Yield the templates of a module's other sentences, such as notes; docstrings are none."""
    inside = {
        id(part)
        for node in ast.walk(tree)
        if _is_no_note(node)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if id(node) in inside or not isinstance(node, ast.JoinedStr | ast.Constant):
            continue
        for template in templates(node):
            if re.fullmatch(r"[A-Z{\"].*[a-z}\])]\.", template) and template.count(" ") > 2:
                yield template


def _is_no_note(node: ast.AST) -> bool:
    """Return whether a node's texts are no notes: a docstring, what is raised, part of a text."""
    return isinstance(node, ast.Raise | ast.Expr | ast.FormattedValue | ast.JoinedStr) and not (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Yield)
    )


def _shown(template: str, file: str) -> str:
    """Return a template as the window says it, its places numbered from 0 on."""
    if not file.startswith(FOR_FORMS):
        return template
    numbers = itertools.count()
    for_form = importlib.import_module("app.jobs.training_spoken").for_form
    return re.sub(r"\{\d+\}", lambda _: f"{{{next(numbers)}}}", for_form(template))


def _is_error(node: ast.AST) -> TypeGuard[ast.Call]:
    """Return whether one of the core's own errors is made; Python's are for programmers."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    name = ast.unparse(node.func)
    return name.endswith("Error") and not hasattr(builtins, name)


def _is_sentence(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\d+\}", "", text))) >= 2


def templates(node: ast.expr) -> list[str]:
    """Return the texts that an expression makes, with numbered places for what varies."""
    if isinstance(node, ast.IfExp):
        return [*templates(node.body), *templates(node.orelse)]
    numbers = itertools.count()
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [_literal(node.value, numbers)]
    if isinstance(node, ast.JoinedStr):
        return [
            "".join(
                _literal(str(value.value), numbers)
                if isinstance(value, ast.Constant)
                else f"{{{next(numbers)}}}"
                for value in node.values
            )
        ]
    return []


def _literal(text: str, numbers: Iterator[int]) -> str:
    """Return a literal part; ``{name}`` in it is filled in later, other braces are braces."""
    parts = re.split(r"(\{[a-z_]*\})", text)
    return "".join(
        f"{{{next(numbers)}}}" if number % 2 else part.replace("{", "{{").replace("}", "}}")
        for number, part in enumerate(parts)
    )
