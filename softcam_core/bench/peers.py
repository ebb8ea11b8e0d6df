"""The other libraries, each used as its own documentation shows.

Where a library's call takes one class, it is called once per class. The maps are taken before a
library scales them for display where it offers that.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import torch
from torch import Tensor, nn

from softcam_core.bench.cases import FORWARD, PEERS
from softcam_core.bench.subject import Subject, feature_layer
from softcam_core.errors import SoftcamError

Task = Callable[[], Tensor]
Maker = Callable[[nn.Module, Subject], Task]

INTERNAL_BATCH = 10
"""Images per pass that captum is given: its quickest here of 1, 5, 10, 25 and 50."""


class PeerError(SoftcamError):
    """A peer cannot do what it is asked for; one sentence says why."""


def installed(peer: str) -> bool:
    """Whether a peer is there."""
    return not PEERS[peer] or find_spec(PEERS[peer]) is not None


def peer_task(peer: str, method: str, subject: Subject) -> Task:
    """Return what a peer does for a method: its maps (1, classes, ..), or the logits (1, C).

    The peer gets a copy of the network, on which it may leave what it likes.

    Raises:
        PeerError: the peer does not have the method, or cannot do it for this network.
    """
    network = copy.deepcopy(subject.classifier)
    if peer == FORWARD:
        return lambda: _forward(network, subject.x)
    makers = _MAKERS[peer]
    if method not in makers:
        raise PeerError(f"{peer} has no counterpart of {method}.")
    return makers[method](network, subject)


def _forward(network: nn.Module, x: Tensor) -> Tensor:
    with torch.inference_mode():
        logits: Tensor = network(x)
        return logits


def _layer(peer: str, subject: Subject) -> str:
    layer = feature_layer(subject)
    if layer is None:
        raise PeerError(
            f"{peer} explains the output of a module, and what enters this network's pooling is "
            "the output of none."
        )
    return layer


def _torchcam(kind: str) -> Maker:
    """Return a maker of GradCAM or a relative: a forward and a part of a backward pass per call."""

    def make(network: nn.Module, subject: Subject) -> Task:
        extractor_class = _take("torchcam.methods", kind)
        layer = _layer("torchcam", subject)

        def run() -> Tensor:
            maps = []
            with extractor_class(network, layer) as extractor:
                for target in subject.classes:
                    scores = network(subject.x)
                    maps += extractor(target, scores, normalized=False)
            return torch.stack(maps, dim=1)

        return run

    return make


def _torchcam_kept(network: nn.Module, subject: Subject) -> Task:
    """GradCAM on one forward pass whose graph is kept, an argument that is not documented."""
    extractor_class = _take("torchcam.methods", "GradCAM")
    layer = _layer("torchcam", subject)

    def run() -> Tensor:
        maps = []
        with extractor_class(network, layer) as extractor:
            scores = network(subject.x)
            for target in subject.classes:
                maps += extractor(target, scores, normalized=False, retain_graph=True)
        return torch.stack(maps, dim=1)

    return run


def _torchcam_forward(kind: str, **arguments: Callable[[nn.Module], str]) -> Maker:
    """Return a maker of CAM or ScoreCAM, which need no gradients; the forward pass is shared.

    ScoreCAM makes 32 masked images per pass, its default.
    """

    def make(network: nn.Module, subject: Subject) -> Task:
        extractor_class = _take("torchcam.methods", kind)
        layer = _layer("torchcam", subject)
        given = {name: choose(network) for name, choose in arguments.items()}

        def run() -> Tensor:
            maps = []
            with extractor_class(network, layer, **given) as extractor, torch.inference_mode():
                network(subject.x)
                for target in subject.classes:
                    maps += extractor(class_idx=target, normalized=False)
            return torch.stack(maps, dim=1)

        return run

    return make


def _last_linear(network: nn.Module) -> str:
    """Return the name of the layer that torchcam would choose too, but with a warning."""
    modules = network.named_modules()
    names: list[str] = [name for name, module in modules if isinstance(module, nn.Linear)]
    return names[-1]


def _grad_cam(kind: str) -> Maker:
    """Return a maker of pytorch-grad-cam: a forward and a whole backward pass per call."""

    def make(network: nn.Module, subject: Subject) -> Task:
        cam_class = _take("pytorch_grad_cam", kind)
        target_class = _take("pytorch_grad_cam.utils.model_targets", "ClassifierOutputTarget")
        layer = network.get_submodule(_layer("grad-cam", subject))

        def run() -> Tensor:
            with cam_class(model=network, target_layers=[layer]) as cam:
                maps = [
                    torch.from_numpy(cam(input_tensor=subject.x, targets=[target_class(target)]))
                    for target in subject.classes
                ]
            return torch.stack(maps, dim=1)

        return run

    return make


def _captum_integrated(network: nn.Module, subject: Subject) -> Task:
    """IntegratedGradients: 50 steps of Gauss-Legendre and a zero baseline are its defaults."""
    method = _take("captum.attr", "IntegratedGradients")(network)
    return lambda: _per_class(
        lambda target: method.attribute(
            subject.x, target=target, n_steps=50, internal_batch_size=INTERNAL_BATCH
        ),
        subject,
    )


def _captum_guided(network: nn.Module, subject: Subject) -> Task:
    """GuidedBackprop, on a network without in-place ReLU, as its documentation asks for."""
    for module in network.modules():
        if isinstance(module, nn.ReLU):
            module.inplace = False
    method = _take("captum.attr", "GuidedBackprop")(network)

    def explain(target: int) -> Tensor:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it sets hooks, and wants a gradient of x
            attributions: Tensor = method.attribute(subject.x, target=target)
            return attributions

    return lambda: _per_class(explain, subject)


def _captum_occlusion(network: nn.Module, subject: Subject) -> Task:
    """Occlusion with the windows that are this project's default."""
    method = _take("captum.attr", "Occlusion")(network)
    side = max(1, round(min(subject.x.shape[2:]) / 8))
    step = max(1, side // 2)
    return lambda: _per_class(
        lambda target: method.attribute(
            subject.x,
            target=target,
            sliding_window_shapes=(3, side, side),
            strides=(3, step, step),
            perturbations_per_eval=INTERNAL_BATCH,
        ),
        subject,
    )


def _per_class(explain: Callable[[int], Tensor], subject: Subject) -> Tensor:
    """Return captum's attributions, summed over the colours: (1, classes, H, W)."""
    maps = [explain(target).detach().sum(dim=1) for target in subject.classes]
    return torch.stack(maps, dim=1)


def _take(module: str, name: str) -> Any:
    return getattr(import_module(module), name)


_MAKERS: dict[str, dict[str, Maker]] = {
    "torchcam": {
        "cam": _torchcam_forward("CAM", fc_layer=_last_linear),
        "gradcam": _torchcam("GradCAM"),
        "xgradcam": _torchcam("XGradCAM"),
        "layercam": _torchcam("LayerCAM"),
        "gradcam++": _torchcam("GradCAMpp"),
        "scorecam": _torchcam_forward("ScoreCAM"),
    },
    "torchcam-retain-graph": {"gradcam": _torchcam_kept},
    "grad-cam": {
        "gradcam": _grad_cam("GradCAM"),
        "xgradcam": _grad_cam("XGradCAM"),
        "layercam": _grad_cam("LayerCAM"),
        "gradcam++": _grad_cam("GradCAMPlusPlus"),
    },
    "captum": {
        "integrated_gradients": _captum_integrated,
        "guided_backprop": _captum_guided,
        "occlusion": _captum_occlusion,
    },
}
