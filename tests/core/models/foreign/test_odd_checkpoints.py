"""Checkpoints with numbers that no trained network has, or with more than the architecture has."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.build import build_model
from softcam_core.models.foreign.from_checkpoint import convert_checkpoint
from tests.core.models.foreign.test_from_checkpoint import (
    ARCH,
    CLASSES,
    State,
    prefixed,
    renamed,
    same,
    save,
)
from tests.core.models.networks import varied_classifier


@pytest.fixture(scope="module")
def net() -> nn.Module:
    return varied_classifier(ARCH, 3)


def changed_weight(change: Callable[[Tensor], Tensor]) -> Callable[[State], State]:
    """Change the weight of the last layer."""
    return lambda state: state | {"fc.weight": change(state["fc.weight"])}


BAD: dict[str, tuple[Callable[[State], object], str]] = {
    "sparse": (
        changed_weight(lambda t: t.to_sparse()),
        "fc.weight is sparse or nested; save it dense",
    ),
    "quantised": (
        changed_weight(lambda t: torch.quantize_per_tensor(t, 0.1, 0, torch.qint8)),
        "fc.weight is quantised; save the weights from before",
    ),
    "without numbers": (lambda s: {n: t.to("meta") for n, t in s.items()}, "no numbers .*meta"),
    "complex": (changed_weight(lambda t: t + 0j), "hold fc.weight as complex64, and weights are"),
    "whole numbers": (
        lambda s: {n: t.long() for n, t in s.items()},
        "as int64, and weights are real floating-point",
    ),
    "no number": (changed_weight(lambda t: t * float("nan")), r"no finite numbers \(fc.weight\)"),
    "too large for fp32": (changed_weight(lambda t: t.double() + 1e300), "no finite numbers"),
    "negative variance": (
        lambda s: s | {"conv5.1.running_var": -torch.ones(1024)},
        r"negative variance \(conv5.1.running_var\)",
    ),
    "normed weight": (
        lambda s: renamed("fc.weight", "fc.weight_v")(s) | {"fc.weight_g": torch.ones(3, 1)},
        r"code makes of others \(fc.weight_v, fc.weight_g\), as weight_norm",
    ),
    "a layer before the head": (
        lambda s: s | {"embed.0.weight": torch.ones(1024, 1024), "embed.0.bias": torch.ones(1024)},
        r"that .* may stand between its pooling and its head \(embed.0.weight, embed.0.b",
    ),
    "two layers before the head": (
        lambda s: prefixed("module.")(
            s | {"neck.0.weight": torch.ones(64, 1024), "neck.2.weight": torch.ones(1024, 64)}
        ),
        r"between its pooling and its head \(module.neck.0.weight, module.neck.2.weight\)",
    ),
    "a norm before the head": (
        lambda s: s | {"bnneck.weight": torch.ones(1024), "bnneck.bias": torch.ones(1024)},
        r"between its pooling and its head \(bnneck.weight, bnneck.bias\)",
    ),
    "a norm before a head outside": (
        lambda s: (
            renamed("encoder.fc.", "classifier.")(prefixed("encoder.")(s))
            | {"norm.weight": torch.ones(1024)}
        ),
        r"between its pooling and its head \(norm.weight\)",
    ),
}


@pytest.mark.filterwarnings("ignore:.*quantiz:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:.*quantiz:UserWarning")
@pytest.mark.parametrize("case", BAD)
def test_what_no_network_has_is_one_sentence(tmp_path: Path, net: nn.Module, case: str) -> None:
    change, words = BAD[case]
    path = save(tmp_path / "w.pth", change(net.state_dict()))
    with pytest.raises(ModelError, match=words) as error:
        convert_checkpoint(path, ARCH, CLASSES)
    text = str(error.value)
    assert text.startswith(f"The weights {path}")
    assert text.endswith(".")
    assert "\n" not in text


def test_no_model_starts_from_numbers_that_are_none(tmp_path: Path, net: nn.Module) -> None:
    state = net.state_dict()
    path = save(tmp_path / "w.pth", state | {"conv1.0.weight": state["conv1.0.weight"] * torch.nan})
    with pytest.raises(ModelError, match=r"no finite numbers \(backbone.conv1.0.weight\)"):
        build_model(ARCH, CLASSES, weights=path)


UNKNOWN: dict[str, State] = {
    "extra.weight": {"extra.weight": torch.zeros(3, 3)},
    "temperature": {"temperature": torch.tensor(2.0)},
    "age.weight, age.bias": {"age.weight": torch.ones(5, 1024), "age.bias": torch.ones(5)},
}


@pytest.mark.parametrize("named", UNKNOWN)
@pytest.mark.parametrize("prefix", ["", "module."])
def test_what_the_architecture_does_not_have_is_said(
    tmp_path: Path, net: nn.Module, named: str, prefix: str
) -> None:
    state = prefixed(prefix)(net.state_dict() | UNKNOWN[named])
    path = save(tmp_path / "w.pth", state)
    converted = convert_checkpoint(path, ARCH, CLASSES, card={"limits": "Adults only."})
    shown = ", ".join(prefix + name for name in UNKNOWN[named])
    assert not converted.report.exact
    assert f"more than a {ARCH} ({shown})" in converted.report.reason
    assert f"({shown})" in converted.notes[0]
    spec = converted.model.spec
    assert spec.conversion["exact"] is False
    assert "approximate" in spec.card["conversion"]
    assert spec.card["limits"] == f"Adults only. {spec.card['conversion']}"
    assert same(converted, net)


def test_what_is_approximate_keeps_its_reason(tmp_path: Path) -> None:
    state = varied_classifier("mobilenet_v3_small", 3).state_dict()
    path = save(tmp_path / "w.pth", state | UNKNOWN["temperature"])
    converted = convert_checkpoint(path, "mobilenet_v3_small", CLASSES)
    assert "hidden" in converted.report.reason
    assert "(temperature)" in converted.report.reason
    card = converted.model.spec.card
    assert card["limits"] == card["conversion"]
