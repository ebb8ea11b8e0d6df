"""What is measured: which method on which network, beside which peers. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from softcam_core.explain.methods import SLOW

FORWARD = "forward"
"""The peer that is no library: the network's own plain forward pass."""

PEERS: dict[str, str] = {
    FORWARD: "",
    "torchcam": "torchcam",
    "torchcam-retain-graph": "torchcam",
    "grad-cam": "pytorch_grad_cam",
    "captum": "captum",
}
"""Peers by the name of their package, with the module to import."""

PEERS_OF: dict[str, tuple[str, ...]] = {
    "evidence": (FORWARD,),
    "cam": (FORWARD, "torchcam"),
    "gradcam": (FORWARD, "torchcam", "torchcam-retain-graph", "grad-cam"),
    "gradcam++": (FORWARD, "torchcam", "grad-cam"),
    "xgradcam": (FORWARD, "torchcam", "grad-cam"),
    "layercam": (FORWARD, "torchcam", "grad-cam"),
    "scorecam": (FORWARD, "torchcam"),
    "guided_backprop": (FORWARD, "captum"),
    "integrated_gradients": (FORWARD, "captum"),
    "occlusion": (FORWARD, "captum"),
}
"""The peers of a method; every other method is set beside the plain forward pass."""


@dataclass(frozen=True)
class Way:
    """One of several ways in which this project can do the same work.

    Attributes:
        label: part of the row's name; "" for the usual way.
        options: arguments of `attribute`.
        needs: a module without which the way is left out.
    """

    label: str = ""
    options: dict[str, object] = field(default_factory=dict, hash=False)
    needs: str = ""


@dataclass(frozen=True)
class Case:
    """One piece of work.

    Attributes:
        method: id of an explanation method.
        arch: torchvision's name of the network; "" for the user's own model.
        size: side of the square input, in pixels.
        peers: names of `PEERS`.
        ways: ours, each of which is a row per peer.
    """

    method: str
    arch: str
    size: int
    peers: tuple[str, ...]
    ways: tuple[Way, ...] = (Way(),)

    def name(self, way: Way, subject: str = "") -> str:
        """Return what a row of this case is called, for a person and for a script."""
        parts = (self.method, way.label, self.arch or subject, f"{self.size} px")
        return " ".join(filter(None, parts))


GRADIENTS = Way("gradient path", {"closed_form": False})
"""Grad-CAM and its relatives without their closed forms, which only some heads allow."""
OPENVINO = Way("openvino", {"engine": "openvino"}, needs="openvino")
FAMILY = ("gradcam", "gradcam++", "xgradcam", "layercam")

SUITE: tuple[Case, ...] = (
    *(
        Case("evidence", arch, 512, (FORWARD,))
        for arch in ("resnet18", "resnet50", "squeezenet1_1")
    ),
    *(Case(method, "resnet50", 224, PEERS_OF[method], (Way(), GRADIENTS)) for method in FAMILY),
    *(Case(method, "densenet121", 224, (FORWARD,), (Way(), GRADIENTS)) for method in FAMILY),
    *(
        Case(method, arch, 224, (FORWARD, "torchcam"))
        for arch in ("vgg16", "squeezenet1_1")
        for method in FAMILY
    ),
    Case("scorecam", "resnet18", 224, ("torchcam",), (Way(), OPENVINO)),
    Case("scorecam", "resnet18", 512, ("torchcam",)),
    Case("integrated_gradients", "resnet18", 224, ("captum",)),
    Case("guided_backprop", "resnet18", 224, ("captum",)),
    Case("guided_backprop", "vgg16", 224, ("captum",)),
    Case("occlusion", "resnet18", 224, ("captum",)),
)
"""What ``softcam bench`` measures when nothing else is asked for."""

QUICK_SIZE = 64
QUICK: tuple[Case, ...] = tuple(
    Case("gradcam", arch, QUICK_SIZE, PEERS_OF["gradcam"]) for arch in ("resnet18", "squeezenet1_1")
)
"""A few seconds: whether everything works, not how fast it is."""


def chosen_cases(
    archs: list[str], methods: list[str], size: int | None, *, quick: bool = False
) -> tuple[Case, ...]:
    """Return the cases of what was asked for; the whole `SUITE` if nothing was.

    Args:
        archs: names; empty: ResNet-50, and ResNet-18 for the methods of many passes.
        methods: ids; empty: evidence and gradcam, if architectures are named.
        size: side of the input; None: 224 px, or as in the suite.
        quick: leave it at `QUICK`'s networks, methods and size where nothing else is asked for.
    """
    if not archs and not methods:
        cases = QUICK if quick else SUITE
        return cases if size is None else tuple(replace(case, size=size) for case in cases)
    side = size or (QUICK_SIZE if quick else 224)
    cases = ()
    for method in methods or ["evidence", "gradcam"]:
        small = quick or method in SLOW
        for arch in archs or ["resnet18" if small else "resnet50"]:
            cases += (Case(method, arch, side, PEERS_OF.get(method, (FORWARD,))),)
    return cases


def own_model(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """Return the cases for the user's own model, each once."""
    return tuple(dict.fromkeys(replace(case, arch="") for case in cases))
