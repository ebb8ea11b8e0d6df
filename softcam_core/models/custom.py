"""A user's own network, cut where its features leave a module that the user names.

The rest of its forward is assumed to be global average pooling and the classifier named; whether
that is so is measured by the conversion, not believed.
"""

from __future__ import annotations

import copy
import difflib
from typing import Any

from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import CUSTOM, Backbone
from softcam_core.models.heads import layers_of, per_cell

ASSUMED = (
    "assumed is global average pooling between features and classifier, and nothing else, which "
    "the measurement shows"
)


class _Reached(BaseException):
    """Carries the features out of a forward pass whose rest is not wanted."""

    def __init__(self, features: Any) -> None:
        super().__init__()
        self.features = features


class _Last(nn.Module):
    """The module that makes the features: the last one of its network that runs."""

    def __init__(self, stage: nn.Module) -> None:
        super().__init__()
        self.stage = stage

    def forward(self, *inputs: Any, **named: Any) -> None:
        """Run the module, and leave the network with what it gave."""
        raise _Reached(self.stage(*inputs, **named))


class CutNetwork(nn.Module):
    """A network up to one of its modules: (B, 3, H, W) -> (B, D, h, w). No hooks."""

    def __init__(self, network: nn.Module, features: str, classifier: str, channels: int) -> None:
        """Copy ``network`` and cut the copy behind ``features``; ``classifier`` is left out."""
        super().__init__()
        self.channels = channels
        self.network = _copied(network)
        self.name = features
        _put(self.network, features, _Last(self.network.get_submodule(features)))
        _put(self.network, classifier, nn.Identity())

    def forward(self, x: Tensor) -> Tensor:
        """Return what the module gives when it is first called.

        Raises:
            ModelError: it is not called, or gives no features (B, D, h, w).
        """
        try:
            self.network(x)
        except _Reached as reached:
            features = reached.features
        else:
            raise ModelError(
                f"The module {self.name!r} takes no part in the network's forward pass; name the "
                "module whose output is pooled."
            )
        if not isinstance(features, Tensor) or features.ndim != 4:
            found = (
                f"shape {tuple(features.shape)}"
                if isinstance(features, Tensor)
                else f"a {type(features).__name__}"
            )
            raise ModelError(
                f"The module {self.name!r} gives {found}, and features have the shape (B, D, h, "
                "w); name the module whose output is pooled."
            )
        if features.shape[1] != self.channels:
            raise ModelError(
                f"The module {self.name!r} gives {features.shape[1]} channels, and the classifier "
                f"takes {self.channels} features; name the module whose output is pooled for it."
            )
        return features


def cut(
    network: nn.Module | None, options: dict[str, str]
) -> tuple[Backbone, nn.Module, nn.Module]:
    """Return a row, features and a fresh evidence head of a user's own network.

    Args:
        network: the classifier; it is copied, and stays as it is.
        options: ``features`` and ``classifier``, the names of two of its modules.

    Raises:
        ModelError: there is no network, no such module, or the classifier is not linear.
    """
    features, classifier = options.get("features", ""), options.get("classifier", "")
    if network is None:
        raise ModelError(
            "This model was converted from a network of the user's own, whose code is not in the "
            "file; load it in Python with softcam_core.load_model(path, network=...), which needs "
            f"an instance of that network (its modules {features!r} and {classifier!r} are used)."
        )
    _module(network, features, "features")
    last = _module(network, classifier, "classifier")
    linear = [layer for layer in layers_of(last) if isinstance(layer, nn.Linear)]
    if not linear:
        raise ModelError(
            f"The module {classifier!r} is a {type(last).__name__} without a linear layer; name "
            "the classifier, a Linear or a Sequential that holds one."
        )
    head = nn.Sequential()
    head.add_module(classifier.rpartition(".")[2], per_cell(last))
    row = Backbone(
        name=CUSTOM,
        family=type(network).__name__,
        stages=(features,),
        pool="",
        classifier=classifier.rpartition(".")[2],
        head="gap_linear" if len(linear) == 1 else "hidden",
        channels=linear[0].in_features,
        reason=ASSUMED,
    )
    return row, CutNetwork(network, features, classifier, row.channels), head


def _copied(network: nn.Module) -> nn.Module:
    try:
        return copy.deepcopy(network)
    except (RuntimeError, TypeError) as error:
        raise ModelError(
            f"The {type(network).__name__} cannot be copied ({str(error).splitlines()[0]}); remove "
            "weight_norm and other hooks that make its weights, with torch.nn.utils, first."
        ) from error


def _put(network: nn.Module, name: str, module: nn.Module) -> None:
    parent, _, last = name.rpartition(".")
    setattr(network.get_submodule(parent), last, module)


def _module(network: nn.Module, name: str, role: str) -> nn.Module:
    names = [known for known, _ in network.named_modules() if known]
    if name in names:
        return network.get_submodule(name)
    near = (
        difflib.get_close_matches(name, names, 5, 0.4)
        or [known for known, _ in network.named_children()][-8:]
    )
    raise ModelError(
        f"The {type(network).__name__} has no module {name!r} for {role}; near that name are "
        f"{', '.join(near)}."
    )
