"""Keeps the German texts: finds what is to be translated, and compiles what Qt reads.

``python packaging/translations.py``          bring softcam_de.ts and .qm up to date
``python packaging/translations.py --check``  say what is missing or wrong; 1 where anything is
``python packaging/translations.py --missing``  print what is missing, as TSV to fill in
``python packaging/translations.py --take FILE``  take such a TSV: context, source, German

``resources/translations/softcam_de.ts`` is Qt's own format: Linguist opens it too. German texts are
kept while their English stays; what the program no longer says is dropped.
``core_sentences.json`` holds the core's sentences, for `app.language` to recognise them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from translatable import CORE, ROOT, Text, core_sentences, program_texts
from word_tables import CORE_FOLDERS

FOLDER = ROOT / "resources" / "translations"
TS, QM = FOLDER / "softcam_de.ts", FOLDER / "softcam_de.qm"
SENTENCES = FOLDER / "core_sentences.json"
Key = tuple[str, str]
"""Context and English text."""


def read_german(path: Path = TS) -> dict[Key, str]:
    """Return the German texts of a .ts file; "" for one that is unfinished."""
    found: dict[Key, str] = {}
    if not path.exists():
        return found
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            text = message.find("translation")
            done = text is not None and text.get("type") is None
            found[name, message.findtext("source") or ""] = (
                (text.text or "") if text is not None and done else ""
            )
    return found


def write_ts(texts: Iterable[Text], german: Mapping[Key, str], path: Path) -> None:
    """Write a .ts file with these texts; those without German are marked unfinished."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        '<TS version="2.1" language="de_DE" sourcelanguage="en">',
    ]
    open_context = None
    for text in sorted(texts):
        if text.context != open_context:
            lines += ["</context>"] * (open_context is not None)
            lines += ["<context>", f"    <name>{escape(text.context)}</name>"]
            open_context = text.context
        translation = german.get((text.context, text.source), "")
        lines += [
            "    <message>",
            f'        <location filename="../../{text.file}"/>',
            f"        <source>{_xml(text.source)}</source>",
            f"        <translation>{_xml(translation)}</translation>"
            if translation
            else '        <translation type="unfinished"></translation>',
            "    </message>",
        ]
    lines += ["</context>"] * (open_context is not None) + ["</TS>", ""]
    _replace(path, "\n".join(lines).encode())


def _replace(path: Path, content: bytes) -> None:
    """Put a new file in the place of an old one, which programs may have mapped into memory."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)


def _xml(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&apos;"})


def compiled(ts: Path) -> bytes:
    """Return a .ts file compiled by Qt's own lrelease, which PySide6 brings."""
    lrelease = str(Path(sys.executable).parent / "pyside6-lrelease")
    with tempfile.TemporaryDirectory() as folder:
        qm = Path(folder, "compiled.qm")
        subprocess.run([lrelease, "-silent", ts, "-qm", qm], check=True)
        return qm.read_bytes()


def wanted(problems: list[str] | None = None) -> list[Text]:
    """Return every text that German must have: the window's, and the core's sentences."""
    texts = program_texts(problems)
    words = {text.source for text in texts if text.context == CORE}
    return sorted(texts + [t for t in core_sentences(CORE_FOLDERS) if t.source not in words])


def borrowed(texts: Iterable[Text], german: Mapping[Key, str]) -> dict[Key, str]:
    """Return ``german`` with what another context says of the same text, where that is clear."""
    known: dict[str, set[str]] = {}
    for (_, source), translation in german.items():
        if translation:
            known.setdefault(source, set()).add(translation)
    full = dict(german)
    for text in texts:
        same = known.get(text.source, set())
        if not full.get((text.context, text.source)) and len(same) == 1:
            (full[text.context, text.source],) = same
    return full


def update(taken: Mapping[Key, str] | None = None) -> int:
    """Bring the files up to date, with ``taken`` texts; returns how many have no German yet."""
    FOLDER.mkdir(exist_ok=True)
    texts = wanted()
    german = borrowed(texts, {**read_german(), **(taken or {})})
    write_ts(texts, german, TS)
    _replace(QM, compiled(TS))
    _replace(SENTENCES, _sentence_file(texts).encode())
    return sum(not german.get((t.context, t.source)) for t in texts)


def _sentence_file(texts: Iterable[Text]) -> str:
    sentences = [text.source for text in texts if text.context == CORE and "{0}" in text.source]
    return json.dumps(sentences, indent=1, ensure_ascii=False) + "\n"


def problems() -> list[str]:
    """Return what is missing or wrong, a line each."""
    found: list[str] = []
    texts, german = wanted(found), read_german()
    for text in texts:
        if (text.context, text.source) not in german:
            found.append(f"not in {TS.name}: {text.context}: {text.source!r} ({text.file})")
        elif translation := german[text.context, text.source]:
            found += [f"{text.context}: {text.source!r}: {p}" for p in flaws(text, translation)]
        else:
            found.append(f"no German: {text.context}: {text.source!r} ({text.file})")
    known = {(text.context, text.source) for text in texts}
    found += [f"no longer said: {c}: {s!r}" for c, s in german if (c, s) not in known]
    if not QM.exists() or compiled(TS) != QM.read_bytes():
        found.append(f"{QM.name} is not {TS.name}, compiled.")
    if not SENTENCES.exists() or SENTENCES.read_text("utf-8") != _sentence_file(texts):
        found.append(f"{SENTENCES.name} is not what the core says.")
    return found


def flaws(text: Text, translation: str) -> list[str]:
    """Return what is wrong with a translation as such, whatever it says."""
    found = []
    source = text.source
    if sorted(set(places(source))) != sorted(set(places(translation))):
        found.append(f"other places than {places(source)}: {translation!r}")
    if text.context == "actions" and ("&" in source) != ("&" in translation):
        found.append(f"the key of the menu (&): {translation!r}")
    for end in (" ", "…", ":", "\n"):
        if source.endswith(end) != translation.endswith(end):
            found.append(f"ends in {end!r} in one of the two: {translation!r}")
    if source.startswith(" ") != translation.startswith(" "):
        found.append("begins with a space in one of the two")
    return found


def places(text: str) -> list[str]:
    """Return the places of a text that are filled in: ``{0}``, ``{name}``, ``{0:.2f}``."""
    return re.findall(r"(?<!\{)\{[^{}]*\}(?!\})", text)


def _tsv(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _from_tsv(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def take(path: Path) -> int:
    """Take German texts from a TSV of context, source and German; returns how many."""
    taken = {}
    for line in path.read_text("utf-8").splitlines():
        cells = [_from_tsv(cell) for cell in line.split("\t")]
        if len(cells) >= 3 and cells[2]:
            taken[cells[0], cells[1]] = cells[2]
    update(taken)
    return len(taken)


def main(arguments: list[str]) -> int:
    """Do what the command line asks; returns the exit code."""
    sys.path.insert(0, str(ROOT))
    if arguments == ["--check"]:
        found = problems()
        print("\n".join(found) or "Everything is in German.")
        return int(bool(found))
    if arguments == ["--missing"]:
        german = read_german()
        for text in wanted():
            if not german.get((text.context, text.source)):
                print(f"{text.context}\t{_tsv(text.source)}\t")
        return 0
    if len(arguments) == 2 and arguments[0] == "--take":
        print(f"{take(Path(arguments[1]))} taken.")
        return 0
    print(f"{update()} texts have no German yet; see --missing.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
