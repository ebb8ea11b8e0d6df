"""Where a network's tensors are in a checkpoint, under whatever names its author gave them.

Wrappers put words before every name: ``module.``, ``state_dict.model.``, ``net.encoder.``. No list
of them is kept: the prefix is the one below which most tensors have the name and shape that the
architecture expects. The children of a network may also be numbered, ``0.weight`` for
``conv1.weight``, as in ``nn.Sequential(*list(network.children())[:-1])``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from softcam_core.errors import ModelError

Shape = tuple[int, ...]
_INSIDE = re.compile(r"\b(?:_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\.")
_OLD_DENSENET = re.compile(r"(denselayer\d+\.(?:norm|conv))\.([12]\.)")
_SHOWN = 3  # names that an error lists before it counts
_SECOND_HAND = re.compile(r"ema|teacher|momentum|target|swa|average", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a network was found.

    Attributes:
        prefix: what stands before the names of its tensors.
        names: the checkpoint's name of each expected tensor that is there, whatever its shape.
        missing: expected tensors that are not there, or have another shape.
        extra: tensors that stand between those that are expected.
        numbers: number of each child of the network if the checkpoint has numbers for names.
        others: prefixes of further copies that fit as well.
        copies: prefixes of all that is mostly such a network, equal or not.
    """

    prefix: str
    names: dict[str, str]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    numbers: dict[str, str]
    others: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def plain_name(name: str) -> str:
    """Return torchvision's present spelling of one name, its prefix kept."""
    name = _INSIDE.sub("", name)
    return _OLD_DENSENET.sub(r"\1\2", name)


def plain_names(given: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the tensors by `plain_name`."""
    return {plain_name(name): tensor for name, tensor in given.items()}


def locate(
    given: Mapping[str, Tensor],
    expected: Mapping[str, Shape],
    children: Sequence[str] = (),
    part: str = "",
) -> Place:
    """Find the tensors of a network in a checkpoint.

    Args:
        given: the checkpoint's tensors by `plain_name`.
        expected: shape of each tensor by its name in the network.
        children: names of the network's children in order, to look for numbered ones too.
        part: beginning of the prefix, to choose between several networks.

    Raises:
        ModelError: two different networks fit equally well.
    """
    place = _locate(given, expected, {}, part)
    if place.missing and children:
        numbers = {name: str(index) for index, name in enumerate(children)}
        numbered = _locate(given, expected, numbers, part)
        if len(numbered.missing) < len(place.missing):
            return numbered
    return place


def _locate(
    given: Mapping[str, Tensor], expected: Mapping[str, Shape], numbers: dict[str, str], part: str
) -> Place:
    spelled = {_numbered(name, numbers): name for name in expected}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name in given:
        for prefix, rest in _cuts(name):
            if rest in spelled and prefix.startswith(part):
                found[prefix][spelled[rest]] = name

    def fitting(prefix: str) -> int:
        names = found[prefix].items()
        return sum(given[name].shape == expected[own] for own, name in names)

    def order(prefix: str) -> tuple[int, int, bool, int, str]:
        second_hand = bool(_SECOND_HAND.search(prefix))
        return -fitting(prefix), -len(found[prefix]), second_hand, len(prefix), prefix

    ranked = sorted(found, key=order)
    if not ranked:
        return Place("", {}, tuple(expected), (), numbers)
    best = ranked[0]
    names = found[best]
    missing = tuple(
        name for name, shape in expected.items()
        if name not in names or given[names[name]].shape != shape
    )  # fmt: skip
    equals = [] if missing else [p for p in ranked[1:] if order(p)[:2] == order(best)[:2]]
    others = [p for p in equals if not _same(given, names, found[p])]
    for other in others:
        if order(other)[2] == order(best)[2]:
            raise ModelError(
                f"two networks of this architecture are in it, one under '{best}' and one under "
                f"'{other}'; choose one of these names as the part to take."
            )
    used, tops = set(names.values()), {name.partition(".")[0] for name in spelled}
    extra = tuple(
        name
        for name in given
        if name.startswith(best)
        and name not in used
        and name.removeprefix(best).partition(".")[0] in tops
        and counts(name)
    )
    copies = tuple(p for p in ranked[1:] if p and 2 * fitting(p) > len(expected))
    return Place(best, dict(names), missing, extra, numbers, tuple(others), copies)


def counts(name: str) -> bool:
    """Whether a tensor matters: old checkpoints do not count batches, which predicts nothing."""
    return not name.endswith("num_batches_tracked")


def _same(given: Mapping[str, Tensor], one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(given[name].equal(given[other[own]]) for own, name in one.items())


def _cuts(name: str) -> Iterable[tuple[str, str]]:
    """Yield every way to cut a dotted name in a prefix and a rest: "" and all of it first."""
    yield "", name
    for match in re.finditer(r"\.", name):
        yield name[: match.end()], name[match.end() :]


def _numbered(name: str, numbers: Mapping[str, str]) -> str:
    child, dot, rest = name.partition(".")
    return f"{numbers.get(child, child)}{dot}{rest}"


def head_layers(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Group ``classifier.3.weight``-like names by layer, in the order of their numbers.

    Returns one ``{"weight": name, "bias": name}`` per layer, with the values of ``names``.
    """
    layers: dict[str, dict[str, str]] = {}
    for key, name in names.items():
        layer, _, part = key.rpartition(".")
        layers.setdefault(layer, {})[part] = name

    def order(layer: str) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", layer)]

    return [layers[layer] for layer in sorted(layers, key=order)]


def find_head(
    given: Mapping[str, Tensor], place: Place, classifier: str, widths: Iterable[int]
) -> list[dict[str, str]]:
    """Return the layers of the classifier that belongs to a backbone, as `head_layers` does.

    It is the network's own child ``classifier``, or stands beside the network under another name,
    as in ``encoder.conv1.weight`` and ``head.weight``.

    Args:
        given: the checkpoint's tensors by `plain_name`.
        place: of the backbone.
        classifier: the child's name.
        widths: numbers of features that its first layer may take.
    """
    own = f"{place.prefix}{_numbered(classifier, place.numbers)}."
    layers = head_layers({k: k for k in given if k.startswith(own)})
    if layers or not place.prefix:
        return layers
    above = parent(place.prefix)
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for name in given:
        rest = name.removeprefix(above)
        if name.startswith(above) and not name.startswith(place.prefix) and "." in rest:
            groups[rest.partition(".")[0]][name] = name

    def fits(group: str) -> bool:
        weight = head_layers(groups[group])[0].get("weight")
        return weight is not None and given[weight].ndim > 1 and given[weight].shape[1] in widths

    usual = ["head", "classifier", "fc"]
    ranked = sorted(groups, key=lambda g: usual.index(g) if g in usual else len(usual))
    return next((head_layers(groups[group]) for group in ranked if fits(group)), [])


def parent(prefix: str) -> str:
    """Return the prefix one level up: ``net.`` for ``net.encoder.``."""
    return re.sub(r"[^.]*\.$", "", prefix)


def listed(names: Sequence[str]) -> str:
    """Return a few names, then a count."""
    shown = ", ".join(names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown
