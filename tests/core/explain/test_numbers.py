"""Numbers that a method cannot digest: half precision, inference mode, another default type."""

import pytest
import torch
from torch import nn

from softcam_core.explain import MethodError, attribute
from tests.core.explain.pixel_nets import mixed, photos

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
