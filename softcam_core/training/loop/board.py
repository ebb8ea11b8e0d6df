"""TensorBoard's event files: the one place that imports the package tensorboard, if asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from softcam_core.errors import ConfigError


def check_board() -> None:
    """Refuse to write event files without the package for it.

    Raises:
        ConfigError: it is not installed.
    """
    if find_spec("tensorboard") is None:
        raise ConfigError(
            "output.tensorboard needs the package tensorboard, which is not installed; install "
            "softcam-viewer[tensorboard], or set output.tensorboard to false."
        )


class Board:
    """Writes the rows of metrics.csv as TensorBoard's curves."""

    def __init__(self, folder: Path, epoch: int) -> None:
        """Write into ``folder``; what it shows from ``epoch`` on, counted from 1, is replaced."""
        from torch.utils.tensorboard import SummaryWriter

        self._writer = SummaryWriter(str(folder), purge_step=epoch)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add an epoch; undefined values are left out."""
        for name, value in row.items():
            group, _, rest = name.partition("_")
            if isinstance(value, float) and value == value:
                self._writer.add_scalar(f"{group}/{rest}" if rest else name, value, row["epoch"])
        self._writer.flush()

    def close(self) -> None:
        """End the file."""
        self._writer.close()
