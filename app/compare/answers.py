"""What the buttons in panes do: compute a map, stop it, renew it, or show the black box."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.compare.partner import find_partner, open_black_box
from app.state import PaneContent, ViewerState


def answer(
    state: ViewerState, wish: str, asked: PaneContent, repeating: Collection[int], window: QWidget
) -> None:
    """Do what a button offers.

    Args:
        state: whose maps and models these are.
        wish: an answer as in `Description`.
        asked: the map that it is about.
        repeating: the panes that show the evidence again, which take the black box.
        window: over which a model may be asked for.
    """
    model = state.pane_model(asked)
    if wish == "partner":
        _show_partner(state, repeating, window)
    elif wish == "renew":
        state.renewal_wanted.emit()
    elif model is not None:
        signal = state.map_unwanted if wish == "cancel" else state.map_wanted
        signal.emit(model.id, asked.method)


def _show_partner(state: ViewerState, repeating: Collection[int], window: QWidget) -> None:
    model = state.predicting_model()
    if model is None:
        return
    there = open_black_box(state.models, model)
    if there is None:
        partner = find_partner(model, window)
        if partner is not None:
            state.model_wanted.emit(Path(partner))
        return
    # It is open already: the panes that show the same picture twice take it.
    state.set_panes(
        [
            replace(content, model=there.id) if number in repeating else content
            for number, content in enumerate(state.panes)
        ]
    )
