"""What the open study says of a model: that its marks trained it, and what was changed since."""

from __future__ import annotations

from app.controller.opening import GIVEN
from app.state import LoadedModel, ViewerState
from app.texts import tr
from softcam_core.annotations.trained import trained_models
from softcam_core.errors import SoftcamError
from softcam_core.models.card import Section


def trained_section(state: ViewerState, model: LoadedModel) -> Section | None:
    """Return the part of a card that only the open study can tell; None where it says nothing."""
    if state.study is None:
        return None
    try:
        found = trained_models(state.study, model.id)
    except SoftcamError as error:
        state.message.emit(str(error))
        return None
    if not found:
        return None
    label = tr("Its part in this model")
    given = tr("given with the images") if found[0].reader == GIVEN else ""
    return Section(tr("The open study"), ((label, found[0].sentence(given)),))
