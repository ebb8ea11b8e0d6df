"""A worker without torch for tests of the queue and the pipe; the child imports it by name."""

from __future__ import annotations

import os
import time
from typing import Any

from softcam_core.errors import CancelledError, SoftcamError


class FakeWorker:
    def __init__(self) -> None:
        self.models: set[str] = set()
        self.order: list[str] = []

    def device_text(self) -> str:
        return "fake device"

    def devices(self) -> list[tuple[str, str]]:
        return [("cpu", "CPU")]

    def run(self, kind: str, payload: dict[str, Any], progress: Any, cancelled: Any) -> Any:
        if kind == "echo":
            self.order.append(payload.get("name", ""))
            return payload
        if kind == "order":
            return self.order
        if kind in ("sleep", "explain"):
            for step in range(payload["steps"]):
                progress(step, payload["steps"])
                if cancelled():
                    self.order.append("cancelled")
                    raise CancelledError
                time.sleep(0.01)
            return "slept"
        if kind == "die":
            os._exit(1)
        if kind == "load_model":
            self.models.add(payload["path"])
            return {"id": payload["path"]}
        if kind == "models":
            return sorted(self.models)
        if kind == "mistake":
            raise SoftcamError("One sentence.")
        if kind == "fault":
            raise OSError("the graphics card")
        if kind == "bug":
            raise KeyError("/home/patient name.png")
        if kind == "imported":
            import sys

            return [name for name in payload["names"] if name in sys.modules]
        raise AssertionError(kind)

    def explain(self, error: Exception) -> tuple[str, bool]:
        return f"Unexpected {type(error).__name__}.", isinstance(error, OSError)
