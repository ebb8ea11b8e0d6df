"""The engines and precisions by name, and the error of one that is not there. Free of torch."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from softcam_core.errors import SoftcamError

ENGINES: dict[str, str] = {
    "auto": "the quickest that is installed, for methods that take many forward passes",
    "torch": "PyTorch as it is",
    "openvino": "OpenVINO on the CPU, for methods that take forward passes alone",
}
"""What a user can ask for, by name, with a line that says what it is."""

PRECISIONS = ("32", "bf16", "16")
"""float32, and what convolutions and linear layers can compute in instead."""

OPENVINO_MISSING = (
    "The engine openvino is not installed, the optional fast forward passes on the CPU "
    '(OpenVINO 2024.4 or newer); run: pip install "softcam-viewer[fast-cpu]"'
)


class EngineError(SoftcamError, ValueError):
    """An engine or precision that does not exist, is not installed, or cannot run a model."""


def check_engine(name: str) -> None:
    """Refuse an unknown engine.

    Raises:
        EngineError: with those there are.
    """
    if name not in ENGINES:
        raise EngineError(f"The engine {name!r} is not known; choose from {', '.join(ENGINES)}.")


def check_precision(name: str) -> None:
    """Refuse an unknown precision.

    Raises:
        EngineError: with those there are.
    """
    if name not in PRECISIONS:
        raise EngineError(
            f"The precision {name!r} is not known; choose from {', '.join(PRECISIONS)}."
        )


def openvino_version() -> str | None:
    """Return the version of OpenVINO that is installed, without loading it; None for none."""
    try:
        return version("openvino")
    except PackageNotFoundError:
        return None
