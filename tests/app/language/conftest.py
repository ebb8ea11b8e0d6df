"""German for a test, English again after it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import language

# The tests beside this file share `shown`.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The program speaks German."""
    language.install(qapp, "de")
    yield
    language.install(qapp, "en")
