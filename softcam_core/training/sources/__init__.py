"""What a run is trained on: a table of images, whatever form the user's data has.

Free of torch. `read_data` is the one way in; each layout has a module of its own beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.paths import is_device, is_folder
from softcam_core.training.config import DataConfig
from softcam_core.training.sources.assemble import assemble
from softcam_core.training.sources.detect import TABLE, detect
from softcam_core.training.sources.folders import read_folders
from softcam_core.training.sources.kaggle import read_kaggle
from softcam_core.training.sources.listing import Listing
from softcam_core.training.sources.oct import read_oct
from softcam_core.training.sources.own import read_own
from softcam_core.training.sources.rsna import read_rsna
from softcam_core.training.sources.study import read_study
from softcam_core.training.sources.wsol import read_wsol
from softcam_core.training.table import Table

FORMATS: dict[str, Callable[[DataConfig, tuple[str, ...]], Listing]] = {
    "table": read_own,
    "kaggle-dr": read_kaggle,
    "oct": read_oct,
    "rsna": read_rsna,
    "folders": read_folders,
    "wsol": read_wsol,
}
"""Readers of the layouts that ``data.format`` names."""


def read_data(data: DataConfig, classes: Sequence[str] = (), *, need_val: bool = True) -> Table:
    """Return the images of a configuration with their classes, patients and splits.

    Args:
        data: where they are and in what form.
        classes: order of the logits, in place of ``data.classes``.
        need_val: ask that there are training and validation images.

    Raises:
        ConfigError: anything wrong with the data, one sentence.
    """
    wanted = tuple(classes) or data.classes
    if data.study:
        return read_study(data, wanted, need_val=need_val)
    path = Path(data.csv)
    if path.suffix.lower() == ".softcam":
        raise ConfigError(f"{path.name} is a study; name it in data.study, not in data.csv.")
    if is_device(path):
        raise ConfigError(f"{path} is neither a file nor a folder; check data.csv.")
    layout = detect(path) if data.format == "auto" else data.format
    if layout == "table" and is_folder(path):
        data = replace(data, csv=str(path / TABLE))
    return assemble(FORMATS[layout](data, wanted), data, wanted, need_val)
