"""The texts of a case report in the user's language, for the child process, which has no Qt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from softcam_core.case_report.words import TEXTS


def report_words() -> dict[str, str]:
    """Return every fixed text of a report with its translation; those that have none are out."""
    translated = {text: QCoreApplication.translate("case_report", text) for text in TEXTS}
    return {text: found for text, found in translated.items() if found != text}
