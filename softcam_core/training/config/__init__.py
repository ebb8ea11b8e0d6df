"""The training configuration: a TOML file, its typed form, and what is wrong with it."""

from softcam_core.training.config.reading import load_config, make_config
from softcam_core.training.config.schema import (
    AugmentName,
    CardConfig,
    Config,
    DataConfig,
    FormatName,
    LossConfig,
    ModelConfig,
    OutputConfig,
    SweepConfig,
    TrainConfig,
)

__all__ = [
    "AugmentName",
    "CardConfig",
    "Config",
    "DataConfig",
    "FormatName",
    "LossConfig",
    "ModelConfig",
    "OutputConfig",
    "SweepConfig",
    "TrainConfig",
    "load_config",
    "make_config",
]
