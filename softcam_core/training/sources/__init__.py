"""What a run is trained on: a table of images, whatever form the user's data has.

Free of torch. `read_data` is the one way in.
"""

from __future__ import annotations

from collections.abc import Sequence

from softcam_core.training.config import DataConfig
from softcam_core.training.table import Table, read_table


def read_data(data: DataConfig, classes: Sequence[str] = (), *, need_val: bool = True) -> Table:
    """Return the images of a configuration with their classes, patients and splits.

    Args:
        data: where they are and in what form.
        classes: order of the logits, in place of ``data.classes``.
        need_val: ask that there are training and validation images.

    Raises:
        ConfigError: anything wrong with the data, one sentence.
    """
    order = tuple(classes) or data.classes
    return read_table(data.csv, order, split_seed=data.split_seed, need_val=need_val)
