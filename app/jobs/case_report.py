"""A case report, as the child makes it: a case at a time, as HTML and as blocks for paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from softcam_core.case_report.gather import Gathered
    from softcam_core.case_report.values import Asked, CaseReport, Looked
    from softcam_core.case_report.words import Words

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
SlowMap = Callable[[dict[str, Any], int, Progress, Cancelled], "NDArray[np.float32]"]
"""(job ``analyse`` of one method, class index, progress, cancelled) -> (h, w) map."""


def report(
    payload: dict[str, Any],
    model: Callable[[str], Any],
    progress: Progress,
    cancelled: Cancelled,
    slow: SlowMap | None = None,
) -> dict[str, Any]:
    """Make one piece of a report.

    ``payload["piece"]`` is ``front``, ``case`` or ``closing``; a case with ``payload["error"]``
    says that sentence alone, and so does one whose image or models fail. ``slow`` returns the maps
    of slow methods, which may be on the disk; without it they are computed.

    Raises:
        CancelledError: ``cancelled()`` said so.
    """
    from softcam_core.case_report import html
    from softcam_core.case_report.front import front
    from softcam_core.case_report.words import Words
    from softcam_core.case_report.written import closing_parts

    words = Words(payload["words"])
    if payload["piece"] == "front":
        head = front(**payload["front"], words=words)
        before, behind = html.page(head)
        return {
            "before": before,
            "behind": behind,
            "blocks": html.front_blocks(head),
            "css": html.print_css(),
            "title": head.title,
            "disclaimer": head.disclaimer,
            "page": head.page,
        }
    if payload["piece"] == "closing":
        parts = closing_parts({one: model(one).spec for one in payload["models"]}, words)
        return {"html": html.parts_html(parts), "blocks": html.parts_blocks(parts)}
    case, told, failed = _case(payload, words, model, progress, cancelled, slow)
    return {
        "html": html.case_html(case),
        "blocks": html.case_blocks(case),
        "models": told,
        "failed": failed,
    }


def _case(
    payload: dict[str, Any],
    words: Words,
    model: Callable[[str], Any],
    progress: Progress,
    cancelled: Cancelled,
    slow: SlowMap | None,
) -> tuple[CaseReport, list[str], str]:
    """Return a case, the models that it tells of, and why it failed, "" where it did not."""
    from softcam_core.case_report.build import build_case, failed_case

    asked: Asked = payload["asked"]
    if payload.get("error"):
        return failed_case(asked, payload["error"], words), [], ""
    try:
        found, looks = _told(payload, model, progress, cancelled, slow)
        case = build_case(asked, found, looks, words)
    except SoftcamError as error:
        return failed_case(asked, str(error), words), [], str(error)
    return case, [looked.model for looked in looks], ""


def _models(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the models to ask; none while the protocol hides what they say."""
    return [] if payload["asked"].model_hidden else payload["models"]


def _told(
    payload: dict[str, Any],
    model: Callable[[str], Any],
    progress: Progress,
    cancelled: Cancelled,
    slow: SlowMap | None,
) -> tuple[Gathered, list[Looked]]:
    """Return what the study and the file say of a case, and what each model says."""
    from softcam_core.case_report.gather import gather

    asked: Asked = payload["asked"]
    found = gather(asked)
    looks: list[Looked] = []
    for one in _models(payload):
        predicted = looks[0] if looks else None
        looks.append(_look(payload, one, found, model, predicted, progress, cancelled, slow))
    return found, looks


def _look(
    payload: dict[str, Any],
    one: dict[str, Any],
    found: Gathered,
    model: Callable[[str], Any],
    first: Looked | None,
    progress: Progress,
    cancelled: Cancelled,
    slow: SlowMap | None,
) -> Looked:
    """Return what one model says; of the class that the first one predicts, where there is one."""
    from softcam_core.case_report.look import look

    asked: Asked = payload["asked"]

    def kept_map(method: str, index: int) -> NDArray[np.float32]:
        assert slow is not None
        image = {"model": one["id"], "path": str(asked.path), "frame": asked.frame}
        return slow({**image, "methods": [method]}, index, progress, cancelled)

    predicted = None if first is None else first.spec.classes[int(first.probabilities.argmax())]
    return look(
        model(one["id"]),
        one["id"],
        found.image,
        methods=one["methods"],
        classes=payload["classes"],
        predicted=predicted,
        limits=one["limits"],
        regions=found.masks(),
        progress=progress,
        cancelled=cancelled,
        engine="auto",
        slow=None if slow is None else kept_map,
    )
