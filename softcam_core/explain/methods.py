"""The explanation methods by id, and the error of one that is not there. Free of torch."""

from __future__ import annotations

from softcam_core.errors import SoftcamError

METHODS: dict[str, str] = {
    "evidence": "the SoftCAM model's own map: its spatial mean is the logit",
    "cam": "channels weighted by the linear layer (paper, eq. 1); not rectified",
    "gradcam": "channels weighted by the mean gradient of the logit (paper, eq. 2); rectified",
    "gradcam++": "channels weighted by their positive gradients, strong ones more; rectified",
    "xgradcam": "channels weighted by the gradient averaged over their activation; rectified",
    "layercam": "every cell of a channel weighted by its own positive gradient",
    "scorecam": "channels weighted by the logit of the image seen through them; rectified",
    "guided_backprop": "gradient at the image, its positive part alone at every ReLU",
    "integrated_gradients": "gradient integrated from a zero image to the image",
    "occlusion": "fall of the logit when a window of the image is covered",
    "smoothgrad": "gradient at the image, averaged over noisy copies of it",
    "opticam": "mix of channels through which the logit of the image is highest",
}
"""What can be asked for, by id, with a line for the user."""

TITLES: dict[str, str] = {
    "evidence": "Evidence",
    "cam": "CAM",
    "gradcam": "Grad-CAM",
    "gradcam++": "Grad-CAM++",
    "xgradcam": "XGrad-CAM",
    "layercam": "Layer-CAM",
    "scorecam": "Score-CAM",
    "guided_backprop": "Guided backpropagation",
    "integrated_gradients": "Integrated gradients",
    "occlusion": "Occlusion",
    "smoothgrad": "SmoothGrad",
    "opticam": "Opti-CAM",
}
"""The methods as people write them."""

SLOW = frozenset(
    {
        "scorecam",
        "guided_backprop",
        "integrated_gradients",
        "occlusion",
        "smoothgrad",
        "opticam",
    }
)
"""Methods that take many passes: a window computes them on demand, with progress and cancel."""

SIGNED = frozenset(
    {"evidence", "cam", "guided_backprop", "integrated_gradients", "smoothgrad", "occlusion"}
)
"""Methods whose maps may have negative values; those of the others are rectified."""


def units(method: str) -> str:
    """Return the units of a method's map: logits for evidence, arbitrary ones for the rest."""
    return "logit" if method == "evidence" else "a.u."


class MethodError(SoftcamError, ValueError):
    """A method that does not exist, or that the model does not allow."""


def check_method(method: str) -> None:
    """Refuse an unknown method.

    Raises:
        MethodError: with a list of those that are available.
    """
    if not isinstance(method, str) or method not in METHODS:
        raise MethodError(
            f"The method {method!r} is not available; choose from {', '.join(METHODS)}."
        )
