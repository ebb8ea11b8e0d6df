"""Which function makes the maps of which method, and for which models it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from softcam_core.explain import feature_maps
from softcam_core.explain.occlusion import occlusion
from softcam_core.explain.opticam import opticam
from softcam_core.explain.parts import Parts
from softcam_core.explain.pixels.guided import guided_backprop, needs_relu
from softcam_core.explain.pixels.integrated import integrated_gradients
from softcam_core.explain.pixels.smoothgrad import smoothgrad
from softcam_core.explain.scorecam import scorecam


@dataclass(frozen=True)
class Method:
    """One method.

    Attributes:
        run: (request, options by keyword) -> (B, C of the request, h, w) or (.., H, W). Its
            keyword-only parameters are the options of the method, with their defaults.
        applies: raises MethodError, in one sentence, for a model that the method cannot explain;
            None: it can explain any.
        at_layer: it weighs feature maps, so the user may name the layer that they come from.
        forward_only: it takes logits from `Request.forward` alone, which any engine can give.
    """

    run: Callable[..., Tensor]
    applies: Callable[[Parts], object] | None = None
    at_layer: bool = False
    forward_only: bool = False


REGISTRY: dict[str, Method] = {
    "evidence": Method(feature_maps.evidence, feature_maps.needs_evidence),
    "cam": Method(feature_maps.cam, feature_maps.needs_linear),
    "gradcam": Method(feature_maps.gradcam, at_layer=True),
    "gradcam++": Method(feature_maps.gradcampp, at_layer=True),
    "xgradcam": Method(feature_maps.xgradcam, at_layer=True),
    "layercam": Method(feature_maps.layercam, at_layer=True),
    "scorecam": Method(scorecam, at_layer=True, forward_only=True),
    "guided_backprop": Method(guided_backprop, needs_relu),
    "integrated_gradients": Method(integrated_gradients),
    "occlusion": Method(occlusion, forward_only=True),
    "smoothgrad": Method(smoothgrad),
    "opticam": Method(opticam, at_layer=True),
}
"""In the order of `METHODS`, which has the same ids."""
