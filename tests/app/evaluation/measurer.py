"""A worker without torch that "measures" by copying a finished run; the child imports it by name.

Files beside the study tell it to wait until it is told to go on, to fail, or to die.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

from app.jobs.asked import Asked
from app.jobs.evaluate import read
from softcam_core.errors import CancelledError, EvaluationError

PREPARED = "prepared"


class Measurer:
    def device_text(self) -> str:
        return "no device"

    def devices(self) -> list[tuple[str, str]]:
        return []

    def run(self, kind: str, payload: dict[str, Any], progress: Any, cancelled: Any) -> Any:
        if kind == "evaluation":
            return read(Path(payload["folder"]))
        assert kind == "evaluate"
        asked: Asked = payload["asked"]
        beside = asked.study.parent
        if not payload["resume"]:
            asked.write()
        progress(0, 4, None, 0, "")
        while (beside / "wait-at-first").exists():
            time.sleep(0.005)
        (asked.folder / "finished").mkdir(exist_ok=True)
        (asked.folder / "finished" / "0.jsonl").write_text("{}\n", encoding="utf-8")
        progress(1, 4, None, 0, "")
        progress(2, 4, 30.0, 1, "")
        if (beside / "die").exists():
            time.sleep(0.1)  # Let the progress be written first.
            os._exit(1)
        if (beside / "fail").exists():
            raise EvaluationError("The disk is gone.")
        while (beside / "wait").exists():
            if cancelled():
                raise CancelledError
            time.sleep(0.005)
        progress(4, 4, None, 1, "Computing intervals")
        shutil.copytree(beside / PREPARED, asked.folder, dirs_exist_ok=True)
        return {"failed": ["eye-4.png cannot be read."], "problems": []}

    def explain(self, error: Exception) -> tuple[str, bool]:
        return f"Unexpected {type(error).__name__}.", False
