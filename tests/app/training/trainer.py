"""A worker without torch that "trains" in steps; the child imports it by name.

Files beside the run's folder tell it to wait, to fail, or to die.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.jobs.train import PAUSE, DataSummary, pause
from app.jobs.training_asked import TrainingAsked, read_training
from softcam_core.errors import TrainingError
from softcam_core.training.status import RunStatus, write_status

EPOCHS_ROW = {"train_loss": 0.5, "val_accuracy": 0.75, "best": True, "seconds": 60.0}
SUMMARY = DataSummary(
    classes=("mild", "normal", "severe"),
    images={
        "train": {"mild": 3, "normal": 4, "severe": 5},
        "val": {"mild": 1, "normal": 1, "severe": 1},
        "test": {},
    },
    patients={"train": 12, "val": 3, "test": 0},
    notes=("The study does not name patients.",),
    drawn=4,
    lesions=("MA", "HE"),
)


@dataclass(frozen=True)
class Time:
    """Stands for the core's estimate."""

    seconds_per_epoch: float
    seconds: float


class Trainer:
    def device_text(self) -> str:
        return "no device"

    def devices(self) -> list[tuple[str, str]]:
        return []

    def run(self, kind: str, payload: dict[str, Any], progress: Any, cancelled: Any) -> Any:
        if kind == "training_data":
            return SUMMARY
        if kind == "training_time":
            return Time(42.0, 840.0)
        if kind == "training_weights":
            return ("resnet18",)
        if kind == "pause":
            return pause()
        assert kind == "train"
        return self._train(payload["asked"], payload["resume"], progress)

    def _train(self, asked: TrainingAsked, resume: bool, progress: Any) -> dict[str, Any]:
        if resume:
            asked = read_training(asked.folder)
        else:
            asked = asked.own()
            asked.write()
        folder, beside = asked.folder, Path(os.environ["SOFTCAM_DATA_DIR"])
        epochs = asked.config.train.epochs
        begin = 2 if resume else 1
        write_status(folder, RunStatus("running", begin - 1, epochs))
        progress(0, 0, "note", "Resuming." if resume else SUMMARY.notes[0])
        progress(0, 0, "note", "Started from nothing.")
        progress(1, 4, "step", ("training", begin))
        progress(begin, epochs, "epoch", {**EPOCHS_ROW, "epoch": begin})
        progress(2, 4, "step", ("training", begin + 1))
        if (beside / "die").exists():
            time.sleep(0.1)  # Let the progress be written first.
            os._exit(1)
        if (beside / "fail").exists():
            raise TrainingError("There is not enough memory; try a batch of 4.")
        while (beside / "wait").exists():
            if PAUSE.is_set():
                write_status(folder, RunStatus("paused", begin, epochs))
                return {"paused": True, "best": {}, "notes": []}
            time.sleep(0.005)
        (folder / "best.safetensors").write_bytes(b"model")
        write_status(folder, RunStatus("finished", epochs, epochs))
        best = {**EPOCHS_ROW, "epoch": begin}
        return {"paused": False, "best": best, "notes": [SUMMARY.notes[0], "One image was lost."]}

    def explain(self, error: Exception) -> tuple[str, bool]:
        return f"Unexpected {type(error).__name__}.", False
