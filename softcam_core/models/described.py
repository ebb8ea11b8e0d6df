"""What a model file says of the network beside its weights: parameters, and size of its maps."""

from __future__ import annotations

import dataclasses
from typing import Any

import torch

from softcam_core.errors import ModelError
from softcam_core.models.backbones import CUSTOM
from softcam_core.models.build import Model
from softcam_core.models.build import network as build_network
from softcam_core.models.spec import ModelSpec


def described(model: Model) -> ModelSpec:
    """Return the model's description with its ``network``; the model stays as it is."""
    facts: dict[str, Any] = {"parameters": sum(p.numel() for p in model.parameters())}
    if model.spec.arch == CUSTOM:
        facts |= {key: model.spec.network[key] for key in ("map",) if key in model.spec.network}
    else:
        with torch.device("meta"):
            facts |= map_size(build_network(model.spec))
    return dataclasses.replace(model.spec, network=facts)


def map_size(empty: Model) -> dict[str, Any]:
    """Return ``{"map": [rows, columns]}`` of the evidence, or of the features of a black box.

    Nothing is computed.

    Args:
        empty: the network on the device "meta"; {} is returned where its shapes need numbers.
    """
    was_training = empty.training
    empty.eval()
    x = torch.empty(1, 3, *empty.spec.input.size, device="meta")
    try:
        with torch.no_grad():
            maps = empty(x).evidence
            maps = empty.features(x) if maps is None else maps
    except (RuntimeError, ValueError, ModelError):
        return {}
    finally:
        empty.train(was_training)
    return {"map": list(maps.shape[2:])}
