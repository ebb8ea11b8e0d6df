"""What the training of a second, sigmoid head begins with: a trained classifier that stays frozen.

The classifier's own input (size, geometry, normalisation) and classes are those of the run.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import torch
from torch import nn

from softcam_core.errors import ConfigError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.add_head import add_sigmoid_head
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import load_model
from softcam_core.models.dual_branch import CARD_TEXT, DualBranch
from softcam_core.models.header import METADATA_KEY, read_header, spec_of
from softcam_core.models.spec import ModelSpec
from softcam_core.models.weights import load_weights
from softcam_core.training.config import Config

HEAD_SCALE = 10.0
"""Rate of a new head over the base rate, for VGG and Inception (poster)."""


def parameter_groups(model: nn.Module) -> list[dict[str, Any]]:
    """Return the optimiser's groups: what is trained, and ``scale``, its rate over the base rate.

    Of a dual-branch model only the second head is trained, at ten times the base rate for VGG and
    Inception.
    """
    if not isinstance(model, DualBranch):
        return [{"params": list(model.parameters()), "scale": 1.0}]
    scale = HEAD_SCALE if model.row.name.startswith(("vgg", "inception")) else 1.0
    return [{"params": list(model.sigmoid_head.parameters()), "scale": scale}]


def frozen_spec(config: Config) -> ModelSpec | None:
    """Return what the file of a dual-branch run's classifier says about itself.

    None for another head, and for weights without a description (torchvision's, ImageNet's).

    Raises:
        ConfigError: the file holds another architecture.
        ModelError: the file is damaged.
    """
    path = Path(config.model.weights)
    if config.model.head != "dual-branch" or path.suffix != ".safetensors":
        return None
    header = read_header(path)
    if METADATA_KEY not in header.metadata:
        return None
    spec = spec_of(header, path)
    if spec.arch != config.model.arch:
        raise ConfigError(
            f"model.arch is {config.model.arch}, but the classifier {path.name} is a {spec.arch}; "
            "set model.arch to that."
        )
    return spec


def frozen_input(config: Config, spec: InputSpec) -> tuple[InputSpec, str]:
    """Return the input that a dual-branch run must use, and a sentence about it.

    Args:
        config: of the run.
        spec: the input that the configuration asks for.
    """
    known = frozen_spec(config)
    if known is not None:
        rows, columns = known.input.size
        return known.input, (
            f"The inputs are those of the frozen classifier: {rows} x {columns} px, "
            f"{known.input.geometry}, its own normalisation."
        )
    return dataclasses.replace(spec, mean=InputSpec().mean, std=InputSpec().std), (
        "The weights do not say how their inputs were normalised; ImageNet's mean and standard "
        "deviation are used."
    )


def start_dual_branch(
    config: Config, classes: tuple[str, ...], spec: InputSpec, file: Path
) -> tuple[DualBranch, tuple[str, ...]]:
    """Return the trained classifier with a fresh second head, and notes for the user.

    Args:
        config: of the run.
        classes: names in the order of the logits.
        spec: the model's input, from `frozen_input`.
        file: of the classifier: a model of this project or torchvision's weights.

    Raises:
        ConfigError: the classifier has other classes.
        ModelError: the weights do not fit, or the file's head is not a standard one.
    """
    choice = config.model
    card = {key: text for key, text in vars(config.card).items() if text}
    known = frozen_spec(config)
    notes = []
    if known is None:
        torch.manual_seed(config.train.seed)
        model = build_model(
            *(choice.arch, classes, "dual-branch"),
            input=spec,
            options=choice.options,
            modality=config.data.modality,
            card=card,
        )
        assert isinstance(model, DualBranch)
        if load_weights(model, file).fresh:
            raise ConfigError(
                f"The weights {file.name} hold no softmax head for {len(classes)} classes, and a "
                "dual-branch model keeps the head frozen; give a trained classifier of these "
                "classes."
            )
        notes.append(
            f"The weights name no classes: they are taken to be {', '.join(classes[:5])}"
            f"{', ...' if len(classes) > 5 else ''} in this order."
        )
    else:
        if known.classes != classes:
            raise ConfigError(
                f"The classifier {file.name} has the classes {', '.join(known.classes)}, the table "
                f"{', '.join(classes)}; set data.classes to the classifier's, in its order."
            )
        classifier = load_model(file)
        torch.manual_seed(config.train.seed)
        model = add_sigmoid_head(classifier)
        model.spec = dataclasses.replace(
            model.spec,
            modality=config.data.modality or known.modality,
            training={},
            card=card | {"branches": CARD_TEXT},
        )
    if not choice.arch.startswith("vgg"):
        notes.append(
            "The poster gives a base learning rate for VGG alone (0.003); train.lr = "
            f"{config.train.lr:g} is not verified for {choice.arch}."
        )
    return model, tuple(notes)
