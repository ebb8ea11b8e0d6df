"""What a configuration trains, in a word; free of torch."""

from __future__ import annotations

from softcam_core.training.config import Config


def kind(config: Config) -> str:
    """Return the name of what is trained: black box, dense, ..., elastic net or dual branch."""
    if config.model.head != "softcam":
        return {"blackbox": "black box", "dual-branch": "dual branch"}[config.model.head]
    l1, l2 = config.loss.l1 > 0, config.loss.l2 > 0
    return {(0, 0): "dense", (1, 0): "sparse", (0, 1): "ridge", (1, 1): "elastic net"}[l1, l2]
