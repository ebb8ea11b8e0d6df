"""The texts of a case report in the user's language, for the child process, which has no Qt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.language import core_word
from softcam_core.case_report.words import TEXTS
from softcam_core.explain.methods import TITLES


def report_words() -> dict[str, str]:
    """Return every fixed text and method's name with its translation; those without are out."""
    translated = {text: QCoreApplication.translate("case_report", text) for text in TEXTS}
    translated |= {title: core_word(title) for title in TITLES.values()}
    return {text: found for text, found in translated.items() if found != text}
