"""A worker without torch that compares readers; the child imports it by name.

Files beside the study tell it to wait until it is cancelled, or to fail.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from app.jobs.compare import compare
from softcam_core.errors import CancelledError, SoftcamError


class Comparer:
    def device_text(self) -> str:
        return "no device"

    def devices(self) -> list[tuple[str, str]]:
        return []

    def run(self, kind: str, payload: dict[str, Any], progress: Any, cancelled: Any) -> Any:
        assert kind == "agreement"
        beside = Path(payload["study"]).parent
        if (beside / "wait").exists():
            progress(1, 4)
            while not cancelled():
                time.sleep(0.005)
            (beside / "stopped").touch()
            raise CancelledError
        if (beside / "fail").exists():
            raise SoftcamError("The disk is gone.")
        return compare(payload, None, progress, cancelled)

    def explain(self, error: Exception) -> tuple[str, bool]:
        return f"Unexpected {type(error).__name__}.", False
