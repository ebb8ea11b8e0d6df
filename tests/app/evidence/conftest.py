"""Panels are measured with the window's own text, whatever was tested before in the process."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.theme import apply_theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Give the program the dark theme at the usual size of text."""
    apply_theme(qapp, "dark")
