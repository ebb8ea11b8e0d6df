"""A program made from a model never speaks for weights that have changed since."""

import gc
import threading
import weakref
from collections.abc import Callable

import pytest
import torch
from torch import nn

from softcam_core.engines import state as state_module
from softcam_core.engines.engine import make_engine
from softcam_core.engines.state import State, one_comparison
from softcam_core.explain import attribute
from tests.core.engines.test_engine import Small
from tests.core.models.networks import images


def in_place(model: Small) -> None:
    with torch.no_grad():
        model.fc.weight.mul_(2)


def load(model: Small) -> None:
    model.load_state_dict(
        {k: v * 2 for k, v in model.state_dict().items() if v.is_floating_point()}
        | {"norm.num_batches_tracked": torch.tensor(0)}
    )


def assign(model: Small) -> None:
    model.load_state_dict({k: v * 2 for k, v in model.state_dict().items()}, assign=True)


def optimise(model: Small) -> None:
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    model(images(2, 16, 16)).square().sum().backward()
    optimizer.step()
    optimizer.zero_grad()


def adam(model: Small) -> None:
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1, foreach=True)
    model(images(2, 16, 16)).square().sum().backward()
    optimizer.step()


def statistics(model: Small) -> None:
    model.train()(images(4, 16, 16, seed=3) * 5)
    model.eval()


def new_layer(model: Small) -> None:
    model.fc = nn.Linear(8, 4)


def new_parameter(model: Small) -> None:
    model.fc.weight = nn.Parameter(model.fc.weight.detach() * 2)


def new_activation(model: Small) -> None:
    model.norm = nn.Sequential(model.norm, nn.Tanh())


CHANGES = [in_place, load, assign, optimise, adam, statistics, new_layer, new_parameter]


@pytest.fixture(params=["torch-folded", "openvino"])
def name(request: pytest.FixtureRequest) -> str:
    if request.param == "openvino":
        pytest.importorskip("openvino", reason="the extra fast-cpu is not installed")
    return request.param


@pytest.mark.parametrize("change", [*CHANGES, new_activation], ids=lambda change: change.__name__)
def test_a_change_is_noticed(name: str, change: Callable[[Small], None]) -> None:
    torch.manual_seed(0)
    model = Small().eval()
    x = images(2, 16, 16)
    engine = make_engine(model, name)
    before = engine.logits(x)
    change(model)
    with torch.no_grad():
        expected = model(x)
    assert not torch.allclose(before, expected, atol=1e-2)
    assert torch.allclose(engine.logits(x), expected, atol=1e-4)
    assert torch.allclose(make_engine(model, name).logits(x), expected, atol=1e-4)


def data(model: Small) -> None:
    model.fc.weight.data.mul_(3)


def data_swapped(model: Small) -> None:
    model.fc.weight.data = model.fc.weight.data.flip(0).contiguous()


def data_in_another_order(model: Small) -> None:
    model.fc.weight.data.copy_(model.fc.weight.data.flip(0))


def data_of_a_buffer(model: Small) -> None:
    model.norm.running_mean.data.add_(1)


def plain_value(model: Small) -> None:
    model.norm.eps = 4.0


def array(model: Small) -> None:
    model.fc.weight.detach().numpy()[:] *= 3


HIDDEN = [data, data_swapped, data_in_another_order, data_of_a_buffer, plain_value, array]


@pytest.mark.parametrize("change", HIDDEN, ids=lambda change: change.__name__)
def test_a_change_that_no_version_tells_is_noticed(
    name: str, change: Callable[[Small], None]
) -> None:
    torch.manual_seed(0)
    model = Small().eval()
    x = images(2, 16, 16)
    engine = make_engine(model, name)
    before = engine.logits(x)
    versions = [p._version for p in [*model.parameters(), *model.buffers()]]
    change(model)
    assert versions == [p._version for p in [*model.parameters(), *model.buffers()]]
    with torch.no_grad():
        expected = model(x)
    assert not torch.allclose(before, expected, atol=1e-2)
    assert torch.allclose(engine.logits(x), expected, atol=1e-4)
    assert engine.name != "torch"


def test_contents_are_compared_once_in_a_loop_and_at_every_call_elsewhere() -> None:
    model = Small()
    state = State(model)
    with one_comparison():
        assert state.is_of(model)
        model.fc.weight.data.mul_(3)
        assert state.is_of(model)
        in_place(model)  # which a version tells
        assert not state.is_of(model)
    state = State(model)
    model.fc.weight.data.mul_(3)
    assert not state.is_of(model)
    with one_comparison():
        assert not state.is_of(model)


def test_a_module_without_tensors_counts_as_well() -> None:
    model = Small()
    model.extra = nn.ReLU()
    state = State(model)
    assert state.is_of(model)
    model.extra = nn.Tanh()
    assert not state.is_of(model)


@pytest.mark.parametrize("method", ["occlusion", "scorecam"])
def test_a_method_reads_the_weights_once_for_an_image(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Small().eval()
    read: list[int] = []
    plain = state_module._checksum

    def count(tensor: torch.Tensor) -> int:
        read.append(tensor.numel())
        return plain(tensor)

    monkeypatch.setattr(state_module, "_checksum", count)
    options = {"layer": "norm"} if method == "scorecam" else {"window": 4}
    attribute(model, images(2, 16, 16), method, engine="torch-folded", memory_mb=0, **options)
    tensors = len([*model.parameters(), *model.buffers()])
    assert len(read) == 2 * tensors  # when the program is made, and for the second image


class Counting(Small):
    """It changes a value of its own at each pass."""

    def __init__(self) -> None:
        super().__init__()
        self.passes = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.passes += 1
        return super().forward(x)


def test_a_model_that_counts_its_passes_is_not_run_again_and_again(name: str) -> None:
    model = Counting().eval()
    engine = make_engine(model, name)
    x = images(2, 16, 16)
    engine.logits(x)
    first = model.passes
    for _ in range(3):
        engine.logits(x)
    assert model.passes == first


def test_any_tensor_has_a_checksum() -> None:
    model = nn.Module()
    for number, tensor in enumerate(
        [
            torch.tensor(3),
            torch.empty(0, 2),
            torch.ones(3, dtype=torch.bfloat16),
            torch.tensor([True]),
            torch.randn(2, 3, 4, 4).contiguous(memory_format=torch.channels_last),
            torch.ones(2, dtype=torch.complex64),
            torch.ones(1).expand(5),
        ]
    ):
        model.register_buffer(f"b{number}", tensor)
    state = State(model)
    assert state.is_of(model)
    model.b4.data[0, 0, 0, 1] += 1
    assert not state.is_of(model)


def test_the_program_is_made_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Small().eval()
    made: list[State] = []
    plain = State.__init__

    def count(state: State, network: nn.Module) -> None:
        made.append(state)
        plain(state, network)

    monkeypatch.setattr(State, "__init__", count)
    for side in (16, 16, 24):
        make_engine(model, name).output(images(1, side, 16))
    assert len(made) == 1


def test_the_program_goes_with_the_model(name: str) -> None:
    model = Small().eval()
    gone = weakref.ref(model)
    make_engine(model, name).logits(images(1, 16, 16))
    del model
    gc.collect()
    assert gone() is None


def test_weights_made_in_inference_mode_leave_no_trace_so_nothing_is_kept() -> None:
    with torch.inference_mode():
        model = Small().eval()
    x = images(1, 16, 16)
    engine = make_engine(model, "torch-folded")
    with torch.no_grad():
        assert torch.equal(engine.logits(x), model(x))
    assert engine.name == "torch"


def test_threads_share_an_engine(name: str) -> None:
    model = Small().eval()
    engine = make_engine(model, name)
    batches = [images(2, 16, 16, seed=seed) for seed in range(4)]
    with torch.no_grad():
        expected = [model(x) for x in batches]
    wrong: list[int] = []

    def work(number: int) -> None:
        for _ in range(20):
            if not torch.allclose(engine.logits(batches[number]), expected[number], atol=1e-4):
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
