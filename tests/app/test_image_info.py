"""The image panel says what the file says, and never takes room from the panels beside it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.image_info import ImageInfo
from app.state import Case, ViewerState
from app.theme import apply_theme
from app.worklist.panel import LEAST

sys.path.insert(0, str(Path(__file__).parent))
import synthetic

BAR = 12
"""Room for the scroll bar, px."""
NAME = "a_very_long_name_of_a_file_without_any_space_in_it_at_all_20261123.dcm"
TAGS = {
    "Photometric interpretation": "MONOCHROME2",
    "Manufacturer's model name": "Topcon_Triton_plus_swept_source",
    "Rescale": "1.000000 × value + 0.000000",
}


@pytest.fixture
def panel(qtbot: Any, qapp: QApplication, state: ViewerState) -> ImageInfo:
    apply_theme(qapp, "dark")
    panel = ImageInfo(state)
    qtbot.addWidget(panel)
    return panel


def show(state: ViewerState, name: str, info: dict[str, str]) -> None:
    state.case = Case(1, Path(name), name)
    state.image = replace(synthetic.image(), info=info, spacing=(0.01, 0.02))
    state.image_changed.emit()


def test_whatever_a_file_says_the_panel_is_no_wider_than_the_worklist(
    panel: ImageInfo, state: ViewerState
) -> None:
    show(state, "eye.png", {})
    assert panel.minimumSizeHint().width() <= LEAST - BAR
    show(state, NAME, TAGS)
    assert panel.minimumSizeHint().width() <= LEAST - BAR


def test_what_has_no_room_is_in_the_tip(panel: ImageInfo, state: ViewerState) -> None:
    show(state, NAME, TAGS)
    panel.resize(204, 600)
    panel.grab()
    told = {label.text(): label for label in panel.findChildren(QLabel)}
    assert told[NAME].toolTip() == NAME
    assert told[NAME].shown().startswith("a_v")  # type: ignore[attr-defined]
    assert told[NAME].shown().endswith(".dcm")  # type: ignore[attr-defined]
    for name, value in TAGS.items():
        assert told[name].toolTip() == name
        assert told[value].toolTip() == value
        assert told[value].geometry().right() <= panel.width()


def test_it_says_size_depth_and_spacing(panel: ImageInfo, state: ViewerState) -> None:
    show(state, "eye.png", {"Modality": "OP"})
    rows = dict(panel.rows())
    height, width = state.image.pixels.shape[:2]  # type: ignore[union-attr]
    assert rows["File"] == "eye.png"
    assert rows["Size"] == f"{width} × {height} px"
    assert rows["Spacing"] == "0.01 × 0.02 mm"
    assert rows["Modality"] == "OP"
