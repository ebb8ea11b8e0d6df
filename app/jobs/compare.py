"""A comparison of readers, as the child does it; free of torch where no model takes part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from softcam_core.agreement.table import Agreement


def compare(
    payload: dict[str, Any],
    model: Any,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Agreement:
    """Compare the readers of a study with each other, or with ``model`` where there is one.

    Raises:
        SoftcamError: with one sentence for the user.
        CancelledError: ``cancelled()`` said so.
    """
    from softcam_core.annotations.study import Study

    # The window has the file open for writing.
    with Study.open(payload["study"], read_only=True) as study:
        same = {
            "readers": payload["readers"],
            "cases": payload["cases"],
            "progress": progress,
            "cancelled": cancelled,
            **payload["options"],
        }
        if model is None:
            from softcam_core.agreement.between import agreement_between

            return agreement_between(study, **same)
        from softcam_core.agreement.evidence import agreement_with_model
        from softcam_core.agreement.threshold import Threshold

        return agreement_with_model(
            study,
            model,
            method=payload["method"],
            class_=payload["class_"],
            threshold=Threshold(*payload["threshold"]),
            name=payload["name"],
            **same,
        )
