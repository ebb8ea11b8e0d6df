"""A figure from what is asked for: the one way in, for the command line and the window."""

from __future__ import annotations

from dataclasses import dataclass, replace

from softcam_core.plates.caption import caption, footer
from softcam_core.plates.compose import composed
from softcam_core.plates.explaining import Explainer
from softcam_core.plates.save import rendered
from softcam_core.plates.values import Asked, Plate


@dataclass(frozen=True, eq=False)
class Made:
    """A finished figure.

    Attributes:
        data: the file's bytes.
        caption: for the paper.
        problems: what could not be shown, one sentence each.
        waiting: how many maps a quick figure left out.
    """

    data: bytes
    caption: str
    problems: tuple[str, ...]
    waiting: int = 0


def plate_of(asked: Asked, explainer: Explainer) -> Plate:
    """Return a figure's pictures and words, before it is drawn.

    Raises:
        SoftcamError: one sentence why there is no figure.
        CancelledError: it is not wanted any more.
    """
    plate, account = composed(asked, explainer)
    return replace(
        plate,
        footer=footer(asked, account),
        caption=caption(asked, account),
        problems=tuple(account.problems),
    )


def make_figure(asked: Asked, explainer: Explainer, kind: str = "png") -> Made:
    """Compute and draw a figure: ``png``, ``svg`` or ``pdf``.

    Raises:
        SoftcamError: one sentence why there is no figure.
        CancelledError: it is not wanted any more.
    """
    plate = plate_of(asked, explainer)
    data = rendered(plate, asked.page, kind, explainer.check)
    return Made(data, plate.caption, plate.problems, explainer.waiting)
