"""A user's own network: cut where the user says, converted as far as the measurement allows."""

import threading
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

import softcam_core
from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models import measure
from softcam_core.models.backbones import torchvision_classifier
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import load_model, save_model
from softcam_core.models.convert import from_classifier
from softcam_core.models.header import read_spec
from tests.core.models.networks import bits, changed, images, varied_classifier

CLASSES = ["a", "b", "c"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures a conversion at small sizes."""
    monkeypatch.setattr(measure, "SIZES", ((48, 48), (48, 64)))


class Mine(nn.Module):
    """Two convolutions, a part that never runs before the features, and a head to choose."""

    def __init__(self, head: nn.Module | None = None, pool: nn.Module | None = None) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(2.0))
        self.register_buffer("shift", torch.tensor(0.5), persistent=False)
        self.body = nn.ModuleDict(
            {
                "first": nn.Sequential(nn.Conv2d(3, 8, 3, 2), nn.BatchNorm2d(8), nn.ReLU(True)),
                "last": nn.Conv2d(8, 16, 3, 2),
            }
        )
        self.pool = pool or nn.AdaptiveAvgPool2d(1)
        self.heads = nn.ModuleDict({"class": head or nn.Linear(16, 3)})
        self.runs = 0

    def forward(self, x: Tensor) -> Tensor:
        z = self.body["last"](self.body["first"](x * self.scale + self.shift))
        self.runs += 1
        return self.heads["class"](self.pool(z).flatten(1))


def mine(head: nn.Module | None = None, pool: nn.Module | None = None, std: float = 3) -> Mine:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        net = Mine(head, pool)
        with torch.no_grad():
            for parameter in net.parameters():
                if parameter.ndim > 1:
                    nn.init.normal_(parameter, std=std / parameter[0].numel() ** 0.5)
            net.body["first"][1].running_var.uniform_(0.5, 2)
            net.body["first"][1].running_mean.uniform_(-0.5, 0.5)
    return net.eval()


def converted(net: nn.Module, **more: object):
    names = {"features": "body.last", "classifier": "heads.class", "classes": CLASSES}
    return from_classifier(net, **(names | more))


def test_a_network_with_average_pooling_and_one_linear_layer_is_exact() -> None:
    net = mine()
    before = bits(net)
    model, report = converted(net)
    assert report.exact
    assert "global average pooling" in report.reason
    assert "48 x 48 and 48 x 64" in report.reason
    assert "Mine" in model.spec.card["conversion"]
    assert model.spec.arch == "custom"
    runs = net.runs
    with torch.no_grad():
        x = images(3, 40, 72)
        out, expected = model(x), net(x)
    assert expected.std(dim=0).mean() >= 1
    assert torch.allclose(out.logits, expected, atol=1e-4 * float(expected.abs().max()))
    assert out.evidence.shape == (3, 3, 9, 17)
    assert torch.allclose(out.evidence.mean((2, 3)), out.logits, atol=1e-6)
    assert changed(net, before) == []
    assert net.runs == runs + 1
    assert model.backbone.network.runs == 0  # what follows the features never runs


def test_torchvisions_network_is_one_too() -> None:
    net = varied_classifier("resnet18", 3)
    model, report = from_classifier(net, features="layer4", classifier="fc", classes=CLASSES)
    assert report.exact
    known, _ = from_classifier(net, "resnet18", CLASSES)
    with torch.no_grad():
        x = images(2, 64, 96)
        assert torch.allclose(model(x).evidence, known(x).evidence, atol=1e-4)


def test_what_stands_between_features_and_classifier_is_noticed() -> None:
    net = varied_classifier("densenet121", 3)  # a ReLU follows its features
    _, report = from_classifier(net, features="features", classifier="classifier", classes=CLASSES)
    assert not report.exact
    assert "something else stands between" in report.reason
    _, report = converted(mine(pool=nn.AdaptiveMaxPool2d(1)))
    assert not report.exact


def test_a_hidden_layer_is_applied_to_each_cell_and_said_to_be_approximate() -> None:
    head = nn.Sequential(
        nn.Flatten(), nn.Dropout(0.3), nn.Linear(16, 8), nn.GELU(), nn.Linear(8, 3, bias=False)
    )
    net = mine(head)
    model, report = converted(net)
    assert not report.exact
    assert "hidden" in report.reason
    assert "approximate" in model.spec.card["limits"]
    with torch.no_grad():
        z = net.body["last"](net.body["first"](images(1, 40, 40) * 2 + 0.5))
        expected = head(z.permute(0, 2, 3, 1).reshape(-1, 16)).T.reshape(1, 3, *z.shape[2:])
        assert torch.allclose(model(images(1, 40, 40)).evidence, expected, atol=1e-5)


def test_norms_between_pooling_and_the_linear_layer_are_exact() -> None:
    head = nn.Sequential(nn.BatchNorm1d(16), nn.LayerNorm(16), nn.Linear(16, 3))
    nn.init.uniform_(head[0].running_var, 0.5, 2)
    nn.init.uniform_(head[1].weight, 0.5, 2)
    _, report = converted(mine(head))
    assert report.exact, str(report)


def test_logits_that_never_vary_prove_nothing() -> None:
    net = mine()
    nn.init.zeros_(net.heads["class"].weight)
    _, report = converted(net)
    assert not report.exact
    assert "hardly vary" in report.reason


def test_it_is_explained_predicted_saved_and_loaded(tmp_path: Path) -> None:
    net = mine()
    model, _ = converted(net, input=InputSpec(size=(40, 56)))
    x = images(2, 40, 56)
    for method in ("evidence", "cam", "gradcam"):
        maps = softcam_core.attribute(model, x, method=method)
        assert maps.shape == (2, 3, 9, 13)
    path = tmp_path / "mine.safetensors"
    save_model(model, path)
    assert read_spec(path).options == {"features": "body.last", "classifier": "heads.class"}
    other = Mine()
    before = bits(other)
    loaded = load_model(path, network=other)
    assert changed(other, before) == []
    assert loaded.spec.options == model.spec.options
    assert loaded.spec.card == model.spec.card
    with torch.no_grad():
        assert torch.equal(loaded(x).logits, model(x).logits)


def test_a_file_without_its_network_is_one_sentence(tmp_path: Path) -> None:
    model, _ = converted(mine())
    path = tmp_path / "mine.safetensors"
    save_model(model, path)
    with pytest.raises(ModelError, match=r"user's own.*load_model\(path, network=") as error:
        load_model(path)
    assert str(path) in str(error.value)
    assert str(error.value).count(". ") == 0
    with pytest.raises(ModelError, match=r"Linear has no module 'body.last'"):
        load_model(path, network=nn.Linear(1, 1))
    with pytest.raises(ModelError, match="does not fit its own description"):
        load_model(path, network=Mine(nn.Linear(16, 5)))
    save_model(build_model("shufflenet_v2_x0_5", CLASSES), path)
    with pytest.raises(ModelError, match="needs no network of your own"):
        load_model(path, network=Mine())


def test_two_threads_use_one_model() -> None:
    model, _ = converted(mine())
    inputs = [images(1, 64, 64, seed=n) for n in range(8)]
    with torch.no_grad():
        expected = [model(x).logits for x in inputs]
    found: dict[int, list[Tensor]] = {}

    def run(part: int) -> None:
        with torch.no_grad():
            found[part] = [model(x).logits for _ in range(20) for x in inputs[part::2]]

    threads = [threading.Thread(target=run, args=(part,)) for part in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for part in range(2):
        own = expected[part::2] * 20
        assert all(torch.equal(a, b) for a, b in zip(found[part], own, strict=True))


def test_gradients_flow_through_the_cut() -> None:
    model, _ = converted(mine())
    model.train()(images(2, 40, 40)).logits.sum().backward()
    assert model.backbone.network.scale.grad.abs() > 0


class Odd(nn.Module):
    def __init__(self, result: str) -> None:
        super().__init__()
        self.conv, self.fc, self.result = nn.Conv2d(3, 4, 3), nn.Linear(4, 3), result
        self.unused = nn.Conv2d(3, 4, 1)

    def forward(self, x: Tensor) -> object:
        if x.shape[-1] != 48 and self.result == "one size":
            raise RuntimeError("48 only, please")
        logits = self.fc(self.conv(x).mean((2, 3)))
        return {"logits": logits} if self.result == "dict" else logits


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"features": "body.lst"}, r"Mine has no module 'body.lst' for features.*body.last"),
        ({"classifier": "head"}, r"no module 'head' for classifier.*heads"),
        ({"features": "pool"}, "'pool' gives one cell"),
        ({"classifier": "body.last"}, "Conv2d without a linear layer"),
        ({"features": "body.first"}, "'body.first' gives 8 channels.* takes 16"),
        ({"classes": ["a", "b"]}, "3 outputs, but 2 classes"),
        ({"classifier": None}, "both names"),
        ({"arch": "resnet18"}, "both names"),
    ],
)
def test_what_cannot_be_cut_is_one_sentence(change: dict, words: str) -> None:
    with pytest.raises(ModelError, match=words) as error:
        converted(mine(), **change)
    assert str(error.value).count(". ") == 0


def test_a_classifier_of_one_output_is_one_sentence() -> None:
    with pytest.raises(ModelError, match=r"The classifier has one output, .* row of zeros"):
        converted(mine(nn.Linear(16, 1)), classes=["a", "b"])


@pytest.mark.parametrize("bias", [True, False])
def test_a_head_of_parametrised_layers_becomes_plain_ones(bias: bool) -> None:
    weight_norm = nn.utils.parametrizations.weight_norm
    head = nn.Sequential(weight_norm(nn.Linear(16, 5, bias)), nn.Tanh(), nn.Linear(5, 3, bias))
    model, report = converted(mine(head))
    assert report.max_abs_difference < 10  # approximate, since tanh comes before the mean
    x = torch.randn(2, 3, 56, 56)
    net = mine(head).eval()
    one = torch.randn(1, 16, 1, 1)
    with torch.no_grad():
        assert torch.allclose(model.head(one).flatten(1), head(one.flatten(1)), atol=1e-6)
        assert model(x).logits.shape == net(x).shape


def test_conversion_draws_nothing_from_the_global_generator() -> None:
    net = mine()
    before = torch.random.get_rng_state()
    converted(net)
    assert torch.equal(before, torch.random.get_rng_state())


def test_a_network_whose_hooks_forbid_a_copy_is_one_sentence() -> None:
    with pytest.warns(FutureWarning, match="weight_norm"):
        net = mine(nn.utils.weight_norm(nn.Linear(16, 3)))
    with pytest.raises(ModelError, match=r"Mine cannot be copied .*remove weight_norm"):
        converted(net)


def test_a_classifier_of_other_layers_is_one_sentence() -> None:
    with pytest.raises(ModelError, match="LSTM in the classifier cannot"):
        converted(mine(nn.Sequential(nn.Linear(16, 3), nn.LSTM(3, 3))))


@pytest.mark.parametrize(
    ("net", "features", "words"),
    [
        (Odd("one size"), "conv", r"fails on images of 40 x 40.*\(48 only, please\).*input=InputS"),
        (Odd("unused"), "unused", "takes no part in the network's forward pass"),
        (Odd("dict"), "conv", "gives dict for one image"),
        (torchvision_classifier("vit_b_32", 3), "encoder", r"'encoder' gives shape \(1, 50, 768\)"),
    ],
)
def test_a_network_that_gives_something_else_is_one_sentence(
    net: nn.Module, features: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "SIZES", ((40, 40),))
    classifier = "fc" if isinstance(net, Odd) else "heads"
    spec = InputSpec(size=(224, 224))
    with pytest.raises(ModelError, match=words):
        from_classifier(net, features=features, classifier=classifier, classes=CLASSES, input=spec)


def test_a_network_of_one_size_is_measured_at_that_size() -> None:
    net = Odd("one size").eval()
    nn.init.normal_(net.fc.weight, std=4)
    _, report = from_classifier(net, features="conv", classifier="fc", classes=CLASSES)
    assert report.exact
    assert "measured at 48 x 48;" in report.reason
