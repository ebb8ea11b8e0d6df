"""Precision, determinism and engine of a call hold for the call, and are recorded."""

import threading

import pytest
import torch
from torch import Tensor, nn

from softcam_core.engines.engine import make_engine
from softcam_core.engines.names import EngineError
from softcam_core.explain import MethodError, attribute
from softcam_core.explain.attribution import attribution
from softcam_core.explain.numerics import deterministic
from softcam_core.explain.registry import REGISTRY
from softcam_core.models.build import build_model
from tests.core.models.networks import images, varied_classifier

METHODS = ("evidence", "cam", "gradcam", "gradcam++", "xgradcam", "layercam")


@pytest.mark.parametrize("head", ["softcam", "blackbox", "dual-branch"])
@pytest.mark.parametrize("precision", ["bf16", "16"])
def test_lower_precision_gives_float32_maps_near_the_exact_ones(head: str, precision: str) -> None:
    torch.manual_seed(0)
    model = build_model("squeezenet1_1", ["a", "b"], head).eval()
    x = images(1, 48, 48)
    for method in METHODS:
        try:
            exact = attribute(model, x, method)
        except MethodError:
            continue
        record = attribution(model, x, method, precision=precision)
        assert record.precision == precision
        assert record.maps.dtype == torch.float32
        assert bool(record.maps.isfinite().all())
        assert not torch.equal(record.maps, exact) or not exact.any()
        error = float((record.maps - exact).abs().max())
        assert error < 0.1 * float(exact.abs().max()), method


def test_lower_precision_reaches_a_named_layer() -> None:
    net = varied_classifier("resnet18", 3)
    x = images(1, 48, 48)
    kinds = []
    net.layer4[0].conv1.register_forward_hook(lambda _m, _i, out: kinds.append(out.dtype))
    exact = attribute(net, x, layer="layer3")
    lower = attribute(net, x, layer="layer3", precision="bf16")
    assert kinds == [torch.float32, torch.bfloat16]
    assert lower.dtype == torch.float32
    # Gradients through many layers are coarse in bfloat16, where a ReLU falls to the other side.
    alike = torch.nn.functional.cosine_similarity(lower.flatten(2), exact.flatten(2), dim=2)
    assert float(alike.min()) > 0.95


@pytest.mark.parametrize("method", [name for name in REGISTRY if name != "evidence"])
def test_a_callers_autocast_stays_outside(method: str) -> None:
    net = varied_classifier("shufflenet_v2_x0_5", 3)
    x = images(1, 32, 32)
    few = {"scorecam": {"layer": "conv1"}, "integrated_gradients": {"steps": 2}}
    few |= {"smoothgrad": {"samples": 2}, "opticam": {"iterations": 2}}
    expected = attribute(net, x, method, **few.get(method, {}))
    with torch.autocast("cpu", torch.bfloat16):
        found = attribute(net, x, method, **few.get(method, {}))
        assert torch.is_autocast_enabled("cpu")
        if method == "gradcam":
            lower = attribute(net, x, method, precision="bf16")
            assert not torch.equal(lower, expected)
    assert found.dtype == torch.float32
    assert torch.equal(found, expected)


def test_a_precision_that_cannot_be_is_one_sentence() -> None:
    net = varied_classifier("shufflenet_v2_x0_5", 3)
    with pytest.raises(EngineError, match="'64' is not known"):
        attribute(net, images(1, 48, 48), precision="64")
    with pytest.raises(MethodError, match="float64; choose 32"):
        attribute(net.double(), images(1, 48, 48), precision="bf16")


def test_deterministic_holds_for_the_call_and_is_recorded() -> None:
    net = varied_classifier("shufflenet_v2_x0_5", 3)
    seen: list[bool] = []
    x = images(1, 48, 48)

    def look(_done: int, _total: int) -> None:
        seen.append(torch.are_deterministic_algorithms_enabled())

    assert attribution(net, x, progress=look, deterministic=True).deterministic
    assert not attribution(net, x, progress=look).deterministic
    assert seen == [True, False]

    def fails(_done: int, _total: int) -> None:
        raise KeyError("gone")

    with pytest.raises(KeyError):
        attribute(net, x, progress=fails, deterministic=True)
    assert not torch.are_deterministic_algorithms_enabled()


def test_the_users_own_switches_come_back_after_the_last_of_two_threads() -> None:
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.backends.cudnn.benchmark = True
    try:
        inside, leave = threading.Event(), threading.Event()

        def hold() -> None:
            with deterministic(True):
                inside.set()
                leave.wait(5)

        thread = threading.Thread(target=hold)
        thread.start()
        assert inside.wait(5)
        with deterministic(True):
            pass
        assert torch.get_deterministic_debug_mode() == 2
        assert torch.backends.cudnn.deterministic
        assert not torch.backends.cudnn.benchmark
        leave.set()
        thread.join()
        assert torch.get_deterministic_debug_mode() == 1
        assert torch.backends.cudnn.benchmark
        assert not torch.backends.cudnn.deterministic
    finally:
        torch.use_deterministic_algorithms(False)
        torch.backends.cudnn.benchmark = False


class Chance(nn.Module):
    """Has a step that torch cannot do deterministically."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.fc = nn.Linear(4, 2)

    def forward(self, x: Tensor) -> Tensor:
        z = self.conv(x)
        torch.empty(3, 3).put_(torch.tensor([0]), torch.tensor([1.0]), accumulate=False)
        return self.fc(z.mean(dim=(2, 3)))


def test_what_torch_refuses_is_one_sentence() -> None:
    model = Chance()
    x = images(1, 8, 8)
    attribute(model, x, layer="conv")
    with pytest.raises(MethodError, match=r"'gradcam' has no deterministic algorithm.*on cpu"):
        attribute(model, x, layer="conv", deterministic=True)
    assert not torch.are_deterministic_algorithms_enabled()


def test_engine_and_device_are_recorded() -> None:
    net = varied_classifier("squeezenet1_1", 3)
    x = images(1, 48, 48)
    record = attribution(net, x, "scorecam")
    assert (record.engine, record.device, record.precision) == ("torch", "cpu", "32")
    engine = make_engine(net, "torch-folded")
    folded = attribution(net, x, "scorecam", engine=engine)
    assert folded.engine == engine.name
    assert torch.allclose(folded.maps, record.maps, atol=1e-3 * float(record.maps.max()))


def test_methods_that_need_more_than_logits_refuse_an_engine() -> None:
    net = varied_classifier("shufflenet_v2_x0_5", 3)
    x = images(1, 48, 48)
    with pytest.raises(MethodError, match="'gradcam' needs more of the model than its logits"):
        attribute(net, x, engine=make_engine(net, "torch-folded"))
    assert attribution(net, x, engine="auto").engine == "torch"
    with pytest.raises(EngineError, match="'jax' is not known"):
        attribute(net, x, engine="jax")
