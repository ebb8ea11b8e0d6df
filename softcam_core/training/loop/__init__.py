"""The training loop, parted by idea: `run` holds it together."""

from softcam_core.training.loop.run import train

__all__ = ["train"]
