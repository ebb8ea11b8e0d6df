"""What the reading protocol lets the reader at work see of a training."""

from __future__ import annotations

from app.evaluation.sight import may_be_seen
from app.state import ViewerState
from app.training.words import tr
from softcam_core.training.config import Config


def hides(state: ViewerState, config: Config) -> bool:
    """Return whether a run knows cases of the open study that the reader may not see."""
    data = config.data
    if not data.study:
        return False
    known = {case.id for case in state.cases}
    wanted = known.intersection(data.cases) if data.cases else known
    return not all(may_be_seen(state, case, data.reader) for case in wanted)


def hidden_sentence() -> str:
    """Return why the protocol keeps a run back."""
    return tr(
        "This run knows cases of which your first read is not locked; the protocol hides what "
        "models and others say about them until then."
    )
