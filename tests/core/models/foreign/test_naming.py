"""A network is found in a checkpoint under any names that wrappers give it."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import BACKBONES
from softcam_core.models.build import build_model
from softcam_core.models.foreign.naming import find_head, listed, locate, plain_name, plain_names
from softcam_core.models.weights import fitting_architectures, load_weights
from tests.core.models.networks import bits

ARCH = "shufflenet_v2_x0_5"
CLASSES = ["a", "b", "c"]
EXPECTED = {
    "conv1.weight": (4, 3, 1, 1),
    "layer1.0.conv1.weight": (4, 4, 1, 1),
    "layer1.0.bn1.weight": (4,),
    "layer1.0.bn1.running_mean": (4,),
}
WORDS = st.sampled_from(
    ["module", "model", "net", "state_dict", "conv1", "layer1", "0", "backbone"]
)


def network() -> dict[str, Tensor]:
    return {name: torch.rand(shape) for name, shape in EXPECTED.items()}


def named(prefix: str, state: dict[str, Tensor]) -> dict[str, Tensor]:
    return {prefix + name: tensor for name, tensor in state.items()}


@settings(deadline=None, max_examples=60)
@given(
    words=st.lists(WORDS, max_size=4),
    others=st.dictionaries(st.lists(WORDS, min_size=1, max_size=3).map(".".join), st.just((2,))),
)
def test_any_prefix_is_stripped_and_only_it(words: list[str], others: dict) -> None:
    prefix = "".join(f"{word}." for word in words)
    state = named(prefix, network())
    beside = {f"optimizer.{name}": torch.ones(shape) for name, shape in others.items()}
    place = locate(beside | state, EXPECTED)
    assert place.prefix == prefix
    assert place.missing == place.extra == place.others == ()
    assert place.names == {name: prefix + name for name in EXPECTED}


@settings(deadline=None, max_examples=30)
@given(words=st.lists(WORDS, max_size=3))
def test_numbered_children_are_found_below_any_prefix(words: list[str]) -> None:
    prefix = "".join(f"{word}." for word in words)
    numbers = {"conv1": "0", "layer1": "2"}
    state = {}
    for name, tensor in network().items():
        child, _, rest = name.partition(".")
        state[f"{prefix}{numbers[child]}.{rest}"] = tensor
    place = locate(state, EXPECTED, children=("conv1", "relu", "layer1"))
    assert place.missing == place.extra == ()
    assert place.names["layer1.0.conv1.weight"] == f"{prefix}2.0.conv1.weight"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("_orig_mod.conv1.weight", "conv1.weight"),
        ("net._orig_mod.layer1.0.weight", "net.layer1.0.weight"),
        ("a._fsdp_wrapped_module._checkpoint_wrapped_module.b", "a.b"),
        (
            "features.denseblock1.denselayer2.norm.1.running_mean",
            "features.denseblock1.denselayer2.norm1.running_mean",
        ),
        (
            "features.denseblock1.denselayer2.conv.2.weight",
            "features.denseblock1.denselayer2.conv2.weight",
        ),
        ("features.norm.1.weight", "features.norm.1.weight"),
        ("layer1.1.conv2.weight", "layer1.1.conv2.weight"),
    ],
)
def test_old_and_compiled_spellings(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_what_is_missing_and_what_is_too_much_is_named() -> None:
    state = named("net.", network())
    state["net.conv1.weight"] = torch.ones(5, 3, 1, 1)
    del state["net.layer1.0.bn1.weight"]
    state |= {"net.layer1.9.conv1.weight": torch.ones(1), "net.fc.weight": torch.ones(2, 4)}
    state["net.layer1.0.bn1.num_batches_tracked"] = torch.tensor(3)
    place = locate(state, EXPECTED)
    assert place.missing == ("conv1.weight", "layer1.0.bn1.weight")
    assert place.extra == ("net.layer1.9.conv1.weight",)
    assert locate({}, EXPECTED).missing == tuple(EXPECTED)


def test_of_a_network_and_its_average_the_network_is_taken_and_the_other_named() -> None:
    both = named("ema_model.", network()) | named("model.", network())
    place = locate(both, EXPECTED)
    assert (place.prefix, place.others) == ("model.", ("ema_model.",))
    assert locate(both, EXPECTED, part="ema").prefix == "ema_model."
    same = network()
    assert locate(named("a.", same) | named("b.", same), EXPECTED).others == ()


def test_of_two_equal_networks_none_is_guessed() -> None:
    with pytest.raises(ModelError, match=r"under 'left\.' and one under 'right\.'"):
        locate(named("left.", network()) | named("right.", network()), EXPECTED)


@pytest.mark.parametrize(
    "names",
    [
        ["fc.weight", "fc.bias"],
        ["fc.1.weight", "fc.1.bias"],
        ["head.fc.1.weight", "head.fc.1.bias"],
        ["classifier.weight", "classifier.bias"],
        ["final.weight", "final.bias"],
    ],
)
def test_a_head_is_the_networks_own_or_stands_beside_it(names: list[str]) -> None:
    beside = not names[0].startswith("fc")
    state = named("net.", network() | ({} if beside else dict.fromkeys(names, torch.ones(2, 4))))
    if beside:
        state |= dict.fromkeys(names, torch.ones(2, 4))
    state |= {"optimizer.state.0.exp_avg": torch.ones(2, 4), "aux.weight": torch.ones(2, 7)}
    place = locate(state, EXPECTED)
    (layer,) = find_head(state, place, "fc", [4])
    assert list(layer) == ["weight", "bias"]
    assert list(layer.values()) == ([f"net.{n}" for n in names] if not beside else names)


def test_a_checkpoint_of_another_architecture_is_told_which_it_is() -> None:
    state = build_model("shufflenet_v2_x1_0", CLASSES, "blackbox").state_dict()
    state = named("model.", {n.split(".", 1)[1]: t for n, t in state.items()})
    with pytest.raises(ModelError, match=r"they fit shufflenet_v2_x1_0, so choose"):
        load_weights(build_model(ARCH, CLASSES), state)


def test_a_deeper_network_does_not_pass_for_a_shallower_one() -> None:
    """Every tensor of ResNet-18 is in a ResNet-34, with the same shape."""
    state = build_model("resnet34", CLASSES, "blackbox").state_dict()
    with pytest.raises(ModelError, match=r"that has no .*layer1\.2\.conv1\.weight.*resnet34"):
        load_weights(build_model("resnet18", CLASSES), state)


@pytest.mark.parametrize("arch", ["resnet18", "vgg11", "squeezenet1_1", "mobilenet_v2"])
def test_architectures_are_known_by_their_shapes(arch: str) -> None:
    if arch not in BACKBONES:
        pytest.skip(f"{arch} has no row")
    state = build_model(arch, CLASSES, "blackbox").state_dict()
    assert arch in fitting_architectures(plain_names(state))


@pytest.mark.parametrize("prefix", ["module.", "state_dict.model.", "net.encoder."])
def test_weights_are_loaded_through_any_wrapper(prefix: str) -> None:
    source = build_model(ARCH, CLASSES, "blackbox")
    nn.init.constant_(source.backbone.conv5[1].num_batches_tracked, 7)
    plain = {n.split(".", 1)[1]: t for n, t in source.state_dict().items()}
    model = build_model(ARCH, CLASSES)
    taken = load_weights(model, named(prefix, plain))
    assert taken.fresh == ()
    own = bits(model)
    assert set(taken.loaded) == set(own)
    for name, tensor in source.state_dict().items():
        assert torch.equal(own[name].reshape(tensor.shape), tensor), name


def test_few_names_are_listed_and_many_are_counted() -> None:
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
