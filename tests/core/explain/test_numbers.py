"""Numbers of other kinds: NaN, half precision, inference mode, another default type."""

import pytest
import torch
from torch import nn

from softcam_core.explain import MethodError, attribute
from softcam_core.explain.registry import REGISTRY
from softcam_core.models.convert import from_classifier
from tests.core.explain.pixels.pixel_nets import mixed, network, photos
from tests.core.models.networks import varied_classifier

PIXELS = {
    "guided_backprop": {},
    "integrated_gradients": {"steps": 3},
    "smoothgrad": {"samples": 2},
}


def every(method: str) -> dict[str, object]:
    return PIXELS.get(method, {"iterations": 3, "layer": "third"})


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("method", [*PIXELS, "opticam"])
def test_a_model_in_half_precision_is_one_sentence(method: str, dtype: torch.dtype) -> None:
    net = nn.Sequential(nn.Conv2d(3, 3, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    options = {"layer": "1"} if method == "opticam" else {}
    kind = str(dtype).removeprefix("torch.")
    with pytest.raises(MethodError, match=f"in {kind}; call model.float.. first") as error:
        attribute(net.to(dtype), photos(1, 8, 8), method, **options)
    assert method in str(error.value)


@pytest.mark.parametrize("method", [*PIXELS, "opticam"])
def test_a_model_made_in_inference_mode_is_as_good_as_another(method: str) -> None:
    plain = mixed()
    with torch.inference_mode():
        model = mixed()
        x = photos(2, 14, 11)
    expected = attribute(plain, photos(2, 14, 11), method, **every(method))
    assert float(expected.abs().max()) > 0
    assert torch.allclose(attribute(model, x, method, **every(method)), expected, rtol=1e-10)
    assert all(weight.is_inference() for weight in model.parameters())


@pytest.mark.parametrize("method", [*PIXELS, "opticam"])
def test_the_default_type_of_torch_changes_nothing(method: str) -> None:
    net = mixed()
    x = photos(2, 14, 11)
    expected = attribute(net, x, method, **every(method))
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        found = attribute(net, x, method, **every(method))
    finally:
        torch.set_default_dtype(before)
    assert torch.equal(found, expected)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
@pytest.mark.parametrize("method", list(REGISTRY))
def test_an_image_that_is_not_finite_is_one_sentence(method: str, wrong: float) -> None:
    net = varied_classifier("squeezenet1_1", 3)
    if method == "evidence":
        net = from_classifier(net, "squeezenet1_1", ["a", "b", "c"])[0]
    x = photos(2, 48, 48).float()
    x[1, 0, 3, 3] = wrong
    if method == "cam":
        net = network("shufflenet_v2_x0_5").float()
    with pytest.raises(ValueError, match=r"^x: expected finite numbers, got NaN or infinity$"):
        attribute(net, x, method)


@pytest.mark.parametrize("method", PIXELS)
def test_a_logit_that_is_not_finite_gives_no_map_of_zeros(method: str) -> None:
    net = mixed()
    with torch.no_grad():
        net.fc.bias[1] = torch.nan
    found = attribute(net, photos(1, 14, 11), method, **every(method))
    assert bool(found[:, 1].isnan().all())
    assert bool(found[:, [0, 2]].isfinite().all())
