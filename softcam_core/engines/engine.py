"""The way in to every engine: `make_engine`."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor, nn

from softcam_core.engines.eager import EagerEngine
from softcam_core.engines.fast import FastEngine
from softcam_core.engines.folding import FoldedProgram, helps
from softcam_core.engines.names import (
    OPENVINO_MISSING,
    EngineError,
    check_engine,
    check_precision,
    openvino_version,
)
from softcam_core.engines.openvino import OpenVinoProgram
from softcam_core.models.softcam import ModelOutput

FOLDED = "torch-folded"
"""The engine of folded convolutions, which ``auto`` may choose, by name."""


class Engine(Protocol):
    """A model's forward pass in eval mode, without gradients; the model is never changed."""

    @property
    def name(self) -> str:
        """What really runs: ``torch``, ``torch (folded, channels last)``, ``openvino``..."""
        ...

    @property
    def precision(self) -> str:
        """One of `PRECISIONS`."""
        ...

    def output(self, x: Tensor) -> ModelOutput:
        """Return logits (B, C) and evidence (B, C, h, w) of normalised x (B, 3, H, W).

        They are on x's device in float32; any batch and image size that the model takes. For a
        network that returns logits alone the evidence is None; for a dual-branch model the result
        has its further fields.
        """
        ...

    def logits(self, x: Tensor) -> Tensor:
        """Return the logits (B, C) of normalised x (B, 3, H, W)."""
        ...


def make_engine(
    model: nn.Module, name: str = "torch", *, precision: str = "32", compile: bool = False
) -> Engine:
    """Return an engine that runs a model.

    Several threads may use one engine. What is made from a model (a folded copy, a program of
    OpenVINO) is kept for as long as the model lives and made anew when its weights change.

    Args:
        model: one of ours, or any classifier that returns logits (B, C).
        name: ``torch``: the model itself; in float32 the numbers are bit for bit those of
            ``model(x)``. ``openvino``: OpenVINO on the CPU, equal to 1e-4. ``auto``, for work of
            many passes: ``openvino`` on the CPU if it is installed, else ``torch-folded`` on the
            CPU if it helps this model, else ``torch``. ``torch-folded``: a copy with batch norms
            folded into convolutions and the tensors in the order channels last, equal to 1e-4.
            ``auto`` and ``torch-folded`` go on with ``torch`` where a model does not lend itself
            to more; `Engine.name` says so.
        precision: ``32``; ``bf16`` or ``16``: convolutions and linear layers in that precision.
        compile: let `torch.compile` speed ``torch`` up, which takes a minute or more at first and
            pays for thousands of passes of one size.

    Raises:
        EngineError: an unknown name or precision; one that is not installed, or that does not go
            with the device or with ``compile``. A model that OpenVINO cannot run is found at the
            first pass.
    """
    if name != FOLDED:
        check_engine(name)
    check_precision(precision)
    if compile and name in ("openvino", FOLDED):
        raise EngineError(f"The engine {name} does not go with compile; choose torch.")
    sample = next(model.parameters(), None)
    on_cpu = sample is None or sample.device.type == "cpu"
    if name == "openvino":
        if openvino_version() is None:
            raise EngineError(OPENVINO_MISSING)
        if not on_cpu:
            raise EngineError("The engine openvino computes on the CPU; choose the device cpu.")
        return _openvino(model, precision, demanded=True)
    if name == "auto" and on_cpu and not compile:
        if openvino_version() is not None:
            return _openvino(model, precision, demanded=False)
        if precision == "32" and helps(model):
            return _folded(model)
    if name == FOLDED and precision == "32":
        return _folded(model)
    return EagerEngine(model, precision, compile)


def _folded(model: nn.Module) -> FastEngine:
    return FastEngine(
        model, "32", FoldedProgram.name, lambda m, _, only: FoldedProgram(m, only), FOLDED
    )


def _openvino(model: nn.Module, precision: str, demanded: bool) -> FastEngine:
    threads = torch.get_num_threads()

    def make(network: nn.Module, x: Tensor, only_logits: bool) -> OpenVinoProgram:
        return OpenVinoProgram(network, x, only_logits, precision=precision, threads=threads)

    key = ("openvino", precision, threads)
    return FastEngine(model, precision, OpenVinoProgram.name, make, key, demanded)
