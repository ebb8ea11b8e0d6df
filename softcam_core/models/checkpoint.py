"""Model files: one ``.safetensors`` with the description in its metadata."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import BACKBONES, CUSTOM
from softcam_core.models.build import Model
from softcam_core.models.build import network as build_network
from softcam_core.models.described import described, map_size
from softcam_core.models.device import resolve_device
from softcam_core.models.header import METADATA_KEY, model_id, read_header, read_spec, spec_of

__all__ = ["load_model", "model_id", "read_spec", "save_model"]


def save_model(model: Model, path: str | Path) -> None:
    """Write a model and its description to ``path``, all or nothing.

    Raises:
        ModelError: the folder is missing or cannot be written.
    """
    path = Path(path)
    state = {name: tensor.detach().contiguous() for name, tensor in model.state_dict().items()}
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.touch()
        mode = partial.stat().st_mode
        save_file(state, partial, metadata={METADATA_KEY: described(model).to_json()})
        # safetensors writes a file for its owner alone; a model is as readable as any new file.
        partial.chmod(mode)
        partial.replace(path)
    except (OSError, SafetensorError) as error:
        raise ModelError(
            f"The model cannot be written to {path} ({error}); choose another folder."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


def load_model(
    path: str | Path, device: str | torch.device = "cpu", network: nn.Module | None = None
) -> Model:
    """Read a model file; the model is in eval mode.

    Args:
        path: a ``.safetensors`` file that `save_model` wrote.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        network: for a model that was converted from a network of your own, an instance of that
            network; it is copied, and the file gives the weights.

    Raises:
        ModelError: one sentence that names the file and what to do.
        DeviceError: the device is not there.
    """
    target = resolve_device(device)
    header = read_header(path)
    spec = spec_of(header, path)
    if spec.arch not in BACKBONES and spec.arch != CUSTOM:
        raise ModelError(
            f"The model {path} has the architecture {spec.arch!r}, which this version does not "
            "know; update SoftCAM Viewer."
        )
    try:
        with torch.device("meta"):
            model = build_network(spec, network)
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from error
    expected = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    if header.shapes != expected:
        raise ModelError(_mismatch(path, spec.arch, expected, header.shapes))
    try:
        state = load_file(path, device=str(target))
    except (SafetensorError, OSError) as error:
        raise ModelError(f"The model {path} is damaged ({error}); copy it again.") from error
    if not spec.network:  # a file of the first version
        facts = {"parameters": sum(p.numel() for p in model.parameters())} | map_size(model)
        model.spec = dataclasses.replace(spec, network=facts)
    types = {name: tensor.dtype for name, tensor in model.state_dict().items()}
    # The file is mapped into memory on a CPU: a copy lets it be replaced or removed.
    copies = {name: _cast(path, name, state[name], dtype) for name, dtype in types.items()}
    model.load_state_dict(copies, assign=True)
    if network is not None:
        model.to(target)  # what its user's network keeps beside its state is still where it was
    return model.eval()


def _cast(path: str | Path, name: str, tensor: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """Return a copy in the network's own type: half precision computes in few places only."""
    if tensor.is_floating_point() != dtype.is_floating_point:
        raise ModelError(
            f"The model {path} holds tensor {name} as {tensor.dtype}, expected {dtype}; save the "
            "model again without quantisation."
        )
    copy = tensor.to(dtype, copy=True)
    if not bool(torch.isfinite(copy).all()):
        raise ModelError(
            f"The model {path} holds weights that are no finite numbers (tensor {name}); train or "
            "copy it again."
        )
    return copy


def _mismatch(
    path: str | Path,
    arch: str,
    expected: dict[str, tuple[int, ...]],
    found: dict[str, tuple[int, ...]],
) -> str:
    name = min(n for n in {*expected, *found} if expected.get(n) != found.get(n))
    return (
        f"The model {path} does not fit its own description ({arch}): tensor {name} has shape "
        f"{found.get(name, 'none')}, expected {expected.get(name, 'none')}; save the model again."
    )
