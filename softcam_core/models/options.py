"""What may be chosen of an architecture, and the values it may have; free of torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from softcam_core.errors import ModelError

if TYPE_CHECKING:
    from softcam_core.models.spec import ModelSpec

OPTIONS: dict[str, tuple[str, ...]] = {
    "vgg_head": ("released", "exact"),
    "squeezenet_head": ("linear", "exact"),
}
"""Options that choose an evidence head; the first is the default for training."""
_FLAGS = ("false", "true")
_OTHERS = ("dropout", "transform_input", "image_size", "last_relu", "features", "classifier")


def check_options(options: dict[str, str]) -> None:
    """Refuse an option that does not exist, and a value that it cannot have.

    Raises:
        ModelError: naming what is possible.
    """
    for name, value in options.items():
        if name == "dropout":
            dropout(options)
        elif name == "image_size":
            image_size(options)
        elif name in ("features", "classifier"):
            continue  # names in the user's own network, which `cut` looks up
        elif name not in ("transform_input", "last_relu", *OPTIONS):
            raise ModelError(
                f"The model option {name!r} is not known; choose from "
                f"{', '.join([*OPTIONS, *_OTHERS[:4]])}."
            )
        elif value not in (possible := OPTIONS.get(name, _FLAGS)):
            raise ModelError(
                f"The model option {name} cannot be {value!r}; choose from {', '.join(possible)}."
            )


def option(spec: ModelSpec, name: str) -> str:
    """Return the value of an option that chooses a head; "" where there is no such choice."""
    return spec.options.get(name, OPTIONS[name][0]) if name in OPTIONS else ""


def dropout(options: dict[str, str]) -> float:
    """Return the probability of dropout between pooling and the linear layer.

    Of a head with more layers (VGG, SqueezeNet) it is that of each of its own dropouts.

    Raises:
        ModelError: it is no number in [0, 1).
    """
    text = options["dropout"]
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate < 1:
        raise ModelError(f"The model option dropout cannot be {text!r}; give a number in [0, 1).")
    return rate


def image_size(options: dict[str, str]) -> int:
    """Return the side of the images whose positions a ViT learns; 0 for the architecture's own.

    Raises:
        ModelError: it is no whole number.
    """
    text = options.get("image_size", "0")
    if not text.isascii() or not text.isdigit() or len(text) > 5:
        raise ModelError(
            f"The model option image_size cannot be {text!r}; give the side in pixels."
        )
    return int(text)
