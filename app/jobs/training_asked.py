"""What the window asked a training for: kept in its folder, so that it can go on."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from softcam_core.errors import ConfigError
from softcam_core.training.config import Config, load_config

ASKED = "asked.json"
CONFIG = "config.toml"
SWEEP = "sweep.toml"
"""The configuration of a sweep has another name: its folder is not the folder of one run."""
OWN_STUDY = "study.softcam"
"""The study as it was when the run began: reading on does not change a run that goes on later."""


@dataclass(frozen=True)
class TrainingAsked:
    """One training, or a sweep of several.

    Attributes:
        folder: where it writes.
        config: what is trained; ``data.study`` is the study that is open.
        sweep: whether lambdas are tried one after the other.
        study: the file that is open, where the run itself has a copy; None for a table.
    """

    folder: Path
    config: Config
    sweep: bool = False
    study: Path | None = None

    def own(self) -> TrainingAsked:
        """Return the same over the run's own copy of the study, and with its own folder."""
        config = self.config
        data = config.data
        if data.study:
            data = replace(data, study=str(self.folder / OWN_STUDY))
        output = replace(config.output, dir=str(self.folder))
        return replace(self, config=replace(config, data=data, output=output))

    def write(self) -> None:
        """Keep it in its folder; the configuration last: without it there is no run.

        Raises:
            ConfigError: the folder cannot be written to.
        """
        plain = {"sweep": self.sweep, "study": str(self.study) if self.study else ""}
        for name, text in (
            (ASKED, json.dumps(plain, ensure_ascii=False)),
            (SWEEP if self.sweep else CONFIG, self.config.to_toml()),
        ):
            partial = self.folder / (name + ".part")
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                partial.write_text(text, encoding="utf-8")
                partial.replace(self.folder / name)
            except OSError as error:
                raise ConfigError(
                    f"The folder {self.folder} cannot be written to ({error.strerror}); make room "
                    "there or set SOFTCAM_DATA_DIR to another folder."
                ) from error


def read_training(folder: Path) -> TrainingAsked:
    """Return what a training was asked for.

    Raises:
        ConfigError: the folder holds none that can be read.
    """
    try:
        plain: dict[str, Any] = json.loads((folder / ASKED).read_text(encoding="utf-8"))
        study = str(plain["study"])
        sweep = bool(plain["sweep"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"The folder {folder} holds no training of this window; go on with it from the "
            "command line."
        ) from error
    config = load_config(folder / (SWEEP if sweep else CONFIG))
    # The folder may have been moved since.
    return TrainingAsked(folder, config, sweep, Path(study) if study else None).own()
