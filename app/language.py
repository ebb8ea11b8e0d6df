"""The language of the window: English, or German by Qt's translations in `resources`.

Numbers keep their decimal point in every language: what the window shows is compared with papers,
CSV files and other people's screens, where 0.125 and 0,125 must not meet.
"""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.settings import Settings
from softcam_core.resources import resource_path

LANGUAGES = ("system", "en", "de")
"""What can be chosen; ``system`` is German where the desktop is, else English."""
SETTING = "view/language"
VARIABLE = "SOFTCAM_LANGUAGE"
"""Environment variable that is stronger than what was chosen; ``en`` or ``de``."""
CORE = "core"
"""The context of the core's words and sentences; the core itself speaks English alone."""

_FOLDER = "translations"
_SEPARATORS = (": ", "; ", ", ", " (", ")")
_PLACE = re.compile(r"\{\d+\}")
_translators: list[QTranslator] = []


def chosen(settings: Settings) -> str:
    """Return what the menu has to tick: one of `LANGUAGES`."""
    language = settings.text(SETTING, "system")
    return language if language in LANGUAGES else "system"


def language_of(settings: Settings | None) -> str:
    """Return ``en`` or ``de``: what to speak; without settings English, unless asked otherwise."""
    asked = os.environ.get(VARIABLE, "")
    if asked in LANGUAGES[1:]:
        return asked
    language = chosen(settings) if settings is not None else "en"
    if language != "system":
        return language
    first = next(iter(QLocale.system().uiLanguages()), "en")
    return "de" if first.lower().startswith("de") else "en"


def install(app: QCoreApplication, language: str) -> None:
    """Let everything that is made from now on speak ``language``, Qt's own buttons too."""
    for translator in _translators:
        app.removeTranslator(translator)
    _translators.clear()
    in_language.cache_clear()
    QLocale.setDefault(QLocale.c())
    if language == "en":
        return
    own = str(resource_path(_FOLDER))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt), (f"softcam_{language}", own)):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            _translators.append(translator)


def core_word(text: str) -> str:
    """Return a word of the core, such as a metric's name, in the user's language."""
    return QCoreApplication.translate(CORE, text) if text else text


def in_phrases(text: str) -> str:
    """Return a text of the core's set phrases in the user's language, part by part.

    Parts stand between colons, semicolons, commas and brackets; what nobody knows stays.
    """
    return _in_parts(text, _SEPARATORS) if _translators else text


def _in_parts(text: str, separators: tuple[str, ...]) -> str:
    whole = in_language(text)
    if whole != text or not separators:
        return whole
    parts = text.split(separators[0])
    return separators[0].join(_in_parts(part, separators[1:]) for part in parts)


@lru_cache(maxsize=512)
def in_language(text: str) -> str:
    """Return a sentence of the core in the user's language; one that nobody knows as it is.

    What varies in it, such as a file's name, stays; a sentence within it is translated too.
    """
    if not _translators or not text.strip():
        return text
    known = core_word(text)
    if known != text:
        return known
    for template, pattern in _candidates(text):
        match = pattern.fullmatch(text)
        german = core_word(template) if match else template
        if match and german != template:
            return german.format(
                *(in_language(part) if " " in part else part for part in match.groups())
            )
    return text


def _candidates(text: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return the templates that may have made a text, the most telling first.

    One that begins with a word of its own says more than one that begins with any.
    """
    found = [template for template, needle, _ in _templates() if needle in text]
    weight = {template: length for template, _, length in _templates()}
    found.sort(key=lambda template: (template.startswith("{"), -weight[template]))
    return [(template, _pattern(template)) for template in found]


@lru_cache(maxsize=1)
def _templates() -> tuple[tuple[str, str, int], ...]:
    """Return each template with its longest literal part and the length of all of them."""
    known = json.loads(resource_path(_FOLDER, "core_sentences.json").read_text("utf-8"))
    parts = [(template, [_plain(part) for part in _PLACE.split(template)]) for template in known]
    return tuple((template, max(ps, key=len), sum(map(len, ps))) for template, ps in parts)


@lru_cache(maxsize=256)
def _pattern(template: str) -> re.Pattern[str]:
    literals = [re.escape(_plain(part)) for part in _PLACE.split(template)]
    return re.compile("(.*?)".join(literals), re.DOTALL)


def _plain(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")
