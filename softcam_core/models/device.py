"""Which device to compute on."""

from __future__ import annotations

import re

import torch

from softcam_core.errors import DeviceError


def resolve_device(name: str | torch.device = "auto") -> torch.device:
    """Return the device of ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.

    ``auto`` is the first CUDA device if there is one that computes, else the CPU.

    Raises:
        DeviceError: the name is none of these, or the device is not there.
    """
    text = str(name)
    if text == "cpu":
        return torch.device("cpu")
    if text == "auto":
        return torch.device("cuda:0" if _computes("cuda:0") else "cpu")
    if not re.fullmatch(r"cuda(:\d+)?", text):
        raise DeviceError(f"The device {text!r} is not known; choose auto, cpu, cuda or cuda:N.")
    if not torch.cuda.is_available():
        raise DeviceError(f"The device {text} is not there: no CUDA device is found; choose cpu.")
    device = torch.device(text if ":" in text else "cuda:0")
    count = torch.cuda.device_count()
    if (device.index or 0) >= count:
        raise DeviceError(
            f"The device {text} is not there: this machine has cuda:0 to cuda:{count - 1}."
        )
    return device


def _computes(device: str) -> bool:
    """Whether the card is there and this torch has kernels for it."""
    if not torch.cuda.is_available():
        return False
    try:
        return bool(torch.ones(1, device=device).add(1).item() == 2)
    except RuntimeError:
        return False
