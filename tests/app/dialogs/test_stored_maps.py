"""The dialog that says what stored maps take, and removes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.dialogs.stored_maps import StoredMapsDialog
from softcam_core.explain.map_cache import MapCache, entry_name, maps_folder


def test_it_says_what_they_take_and_removes_them(qtbot: Any) -> None:
    cache = MapCache(maps_folder())
    name = entry_name("model", "image", 0, "scorecam")
    cache.put(name, {"map": np.zeros(500_000, np.float32)})
    dialog = StoredMapsDialog()
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.clear.isEnabled)
    assert dialog.room.text() == "They take 2.0 MB."
    dialog.clear.click()
    qtbot.waitUntil(lambda: dialog.room.text() == "No map is stored.")
    assert cache.get(name) is None
    assert not dialog.clear.isEnabled()


def test_an_empty_store_offers_nothing_to_remove(qtbot: Any) -> None:
    dialog = StoredMapsDialog()
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.room.text() == "No map is stored.")
    assert not dialog.clear.isEnabled()
