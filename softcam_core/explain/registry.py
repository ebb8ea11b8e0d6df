"""Which function makes the maps of which method, and for which models it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from softcam_core.explain import feature_maps
from softcam_core.explain.parts import Parts


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
}
"""In the order of `METHODS`, which has the same ids."""
