"""A figure as a file: the same figure gives the same bytes, and names nobody and no day."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import matplotlib
from matplotlib.figure import Figure

import softcam_core
from softcam_core.figures.save import as_svg
from softcam_core.figures.style import drawing, plain
from softcam_core.plates.draw import drawn
from softcam_core.plates.errors import PlateError
from softcam_core.plates.values import FORMATS, Page, Plate

SOFTWARE = f"SoftCAM Viewer {softcam_core.__version__}"
_TEXT: dict[Any, Any] = {
    # Words stay words, which an editor can change and a search can find.
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "image.composite_image": False,
    "savefig.facecolor": "auto",
}


def rendered(
    plate: Plate, page: Page, kind: str, check: Callable[[], object] = lambda: None
) -> bytes:
    """Return a figure as ``png``, ``svg`` or ``pdf``; ``check`` as for `drawn`.

    Raises:
        PlateError: it does not fit onto the page, or nobody knows the kind of file.
    """
    if kind not in FORMATS:
        raise PlateError(f"A figure cannot be written as {kind!r}; choose {', '.join(FORMATS)}.")
    with drawing(), matplotlib.rc_context(_TEXT):
        figure = drawn(plate, page, check)
        if kind == "svg":
            return as_svg(figure, plain(page.title) or "Figure")
        return _saved(figure, page, kind)


def _saved(figure: Figure, page: Page, kind: str) -> bytes:
    buffer = io.BytesIO()
    options: dict[str, Any] = {"format": kind, "dpi": page.dpi, "facecolor": figure.get_facecolor()}
    if kind == "png":
        figure.savefig(buffer, metadata={"Software": SOFTWARE}, **options)
    else:
        about = {"Creator": SOFTWARE, "Producer": SOFTWARE, "CreationDate": None}
        figure.savefig(buffer, metadata=about, **options)
    return buffer.getvalue()
