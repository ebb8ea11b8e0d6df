"""What the window asked a training for: kept in its folder, so that it can go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.paths import exists
from softcam_core.training.config import Config, load_config

CONFIG = "config.toml"
SWEEP = "sweep.toml"
"""The configuration of a sweep has another name: its folder is not the folder of one run."""


@dataclass(frozen=True)
class TrainingAsked:
    """One training, or a sweep of several.

    Attributes:
        folder: where it writes.
        config: what is trained.
        sweep: whether lambdas are tried one after the other.
    """

    folder: Path
    config: Config
    sweep: bool = False

    def own(self) -> TrainingAsked:
        """Return the same with its own folder as the one that it writes into."""
        output = replace(self.config.output, dir=str(self.folder))
        return replace(self, config=replace(self.config, output=output))

    def write(self) -> None:
        """Keep it in its folder, whole or not at all.

        Raises:
            ConfigError: the folder cannot be written to.
        """
        place = self.folder / (SWEEP if self.sweep else CONFIG)
        partial = place.with_name(place.name + ".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial.write_text(self.config.to_toml(), encoding="utf-8")
            partial.replace(place)
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
    sweep = exists(folder / SWEEP)
    config = load_config(folder / (SWEEP if sweep else CONFIG))
    # The folder may have been moved since.
    return TrainingAsked(folder, config, sweep).own()
