"""Training a second head: the classifier stays as it is to the bit, and the head learns."""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from softcam_core.cli.main import main
from softcam_core.errors import ConfigError, ModelError
from softcam_core.imaging.preprocess import IMAGENET_MEAN, InputSpec
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import load_model, save_model
from softcam_core.models.dual_branch import DualBranch
from softcam_core.training.config import Config, load_config
from softcam_core.training.dual_branch import parameter_groups
from softcam_core.training.events import Note
from softcam_core.training.loop import learner, train
from tests.core.models.networks import changed, varied_classifier

ARCH = "shufflenet_v2_x0_5"
CLASSES = ("healthy", "lesion")


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def classifier(tmp_path: Path) -> Path:
    """A black box of ours, with an input and a dropout of its own."""
    given = InputSpec((48, 48), "pad", mean=(0.2, 0.3, 0.4), std=(0.1, 0.2, 0.3))
    model = build_model(ARCH, CLASSES, "blackbox", input=given, options={"dropout": "0.2"})
    model.load_state_dict(named(varied_classifier(ARCH, 2).state_dict()))
    path = tmp_path / "box.safetensors"
    save_model(model, path)
    return path


def named(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {f"{'head' if n.startswith('fc.') else 'backbone'}.{n}": t for n, t in state.items()}


@pytest.fixture
def dual(configure: Callable[..., Config], classifier: Path) -> Callable[..., Config]:
    """A small dual-branch configuration from the black box."""
    return lambda *more: configure(
        "model.head=dual-branch", f"model.weights={classifier}", "train.epochs=2", *more
    )


def best(config: Config) -> Path:
    return Path(config.output.dir) / "best.safetensors"


def rows_of(config: Config) -> list[dict[str, str]]:
    with (Path(config.output.dir) / "metrics.csv").open() as stream:
        return list(csv.DictReader(stream))


def test_the_command_trains_a_second_head_and_leaves_the_classifier_to_the_bit(
    toy: Path,
    classifier: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "dual.toml"
    file.write_text(
        f"[data]\ncsv = '{toy}'\naugment = 'cxr'\n"
        f"[model]\narch = '{ARCH}'\nhead = 'dual-branch'\nweights = '{classifier.name}'\n"
        f"[train]\nepochs = 1\nbatch_size = 8\n[output]\ndir = '{tmp_path / 'run'}'\n"
    )
    words = ["softcam", "train", str(file), "--json", "--device", "cpu"]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    captured = capsys.readouterr()
    (row,) = [json.loads(line) for line in captured.out.splitlines()]
    assert row["lr"] == 0.003
    assert "48 x 48 px, pad, its own normalisation" in captured.err
    assert "nan" not in captured.err

    before, after = load_model(classifier), load_model(tmp_path / "run" / "best.safetensors")
    assert isinstance(after, DualBranch)
    x = torch.randn(5, 3, 48, 48, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        assert torch.equal(before(x).logits, after(x).logits)
    state = after.state_dict()
    assert changed(before, {name: state[name] for name in before.state_dict()}) == []
    assert state["sigmoid_head.fc.bias"].abs().min() > 0  # fresh ones are 0


def test_the_second_head_learns_and_the_lowest_loss_is_best(dual: Callable[..., Config]) -> None:
    config = dual("train.epochs=6", "train.lr=0.02", "data.augment=none")
    list(train(config))
    rows = rows_of(config)
    losses = [float(row["val_loss"]) for row in rows]
    assert losses[-1] < losses[0] - 0.05
    assert len({row["val_accuracy"] for row in rows}) == 1  # the classifier is frozen
    assert {row["train_ce"] for row in rows} == {""}
    kept = max(i for i, row in enumerate(rows) if row["best"] == "1")
    assert losses[kept] == min(losses)
    assert [float(row["lr"]) for row in rows] == pytest.approx([0.02, 0.02, 2e-3, 2e-3, 2e-4, 2e-4])
    assert not (Path(config.output.dir) / "best-auc.safetensors").exists()


def test_the_model_says_what_its_branches_are(dual: Callable[..., Config]) -> None:
    config = dual("train.epochs=1", "data.modality=fundus")
    list(train(config))
    spec = load_model(best(config)).spec
    assert spec.head == "dual-branch"
    assert spec.modality == "fundus"
    assert spec.input == InputSpec((48, 48), "pad", mean=(0.2, 0.3, 0.4), std=(0.1, 0.2, 0.3))
    assert spec.options == {"dropout": "0.2"}
    assert "second head, one sigmoid per class" in spec.card["branches"]
    assert "frozen classifier's" in spec.card["metrics"]
    assert spec.training["kind"] == "dual branch"
    assert spec.training["weights"]["file"] == "box.safetensors"
    assert spec.map_limits.keys() == {"gradcam", "evidence"}
    assert spec.title == f"Dual branch {ARCH}"


def test_a_resumed_run_is_the_unbroken_run(dual: Callable[..., Config], tmp_path: Path) -> None:
    unbroken = dual("train.decay_every=1", f"output.dir={tmp_path / 'one'}")
    list(train(unbroken))
    broken = dual("train.decay_every=1", f"output.dir={tmp_path / 'two'}")
    first = iter(train(broken))
    while not (Path(broken.output.dir) / "last.ckpt").exists():
        next(first)
    del first
    list(train(broken, resume=True))
    one, two = load_file(best(unbroken)), load_file(best(broken))
    assert all(torch.equal(one[name], two[name]) for name in one)
    assert [row["lr"] for row in rows_of(broken)] == ["0.02", "0.002"]


def test_weights_of_torchvision_serve_with_imagenets_normalisation(
    configure: Callable[..., Config], tmp_path: Path
) -> None:
    network = varied_classifier(ARCH, 2)
    torch.save(network.state_dict(), tmp_path / "plain.pth")
    config = configure(
        "model.head=dual-branch", f"model.weights={tmp_path / 'plain.pth'}", "train.epochs=1"
    )
    notes = " ".join(event.text for event in train(config) if isinstance(event, Note))
    assert "taken to be healthy, lesion in this order" in notes
    assert "not verified for shufflenet" in notes
    trained = load_model(best(config))
    assert trained.spec.input.mean == IMAGENET_MEAN
    x = torch.randn(3, 3, 32, 32)
    with torch.no_grad():
        assert torch.equal(trained(x).logits, network(x))


def test_the_classes_are_the_classifiers_in_its_order(
    dual: Callable[..., Config], classifier: Path
) -> None:
    model = load_model(classifier)
    model.spec = replace(model.spec, classes=("lesion", "healthy"))
    save_model(model, classifier)
    config = dual("train.epochs=1")
    list(train(config))
    assert load_model(best(config)).spec.classes == ("lesion", "healthy")
    with pytest.raises(ConfigError, match="has the classes lesion, healthy, the table healthy"):
        list(train(dual("data.classes=healthy,lesion"), overwrite=True))


def test_what_cannot_stay_frozen_is_one_sentence(
    dual: Callable[..., Config], tmp_path: Path, classifier: Path
) -> None:
    with pytest.raises(ConfigError, match=f"classifier box.safetensors is a {ARCH}"):
        list(train(dual("model.arch=resnet18", "model.options={}")))
    torch.save(varied_classifier(ARCH, 5).state_dict(), tmp_path / "five.pth")
    with pytest.raises(ConfigError, match="no softmax head for 2 classes"):
        list(train(dual(f"model.weights={tmp_path / 'five.pth'}")))
    with pytest.raises(ConfigError, match="do not exist"):
        list(train(dual(f"model.weights={tmp_path / 'none.pth'}")))
    save_model(build_model(ARCH, CLASSES, "dual-branch"), classifier)
    with pytest.raises(ModelError, match="second head already"):
        list(train(dual()))


@pytest.mark.parametrize(("arch", "scale"), [("vgg11", 10), ("resnet18", 1)])
def test_only_the_second_head_is_trained_and_faster_for_vgg(arch: str, scale: float) -> None:
    with torch.device("meta"):
        model = build_model("vgg16" if arch == "vgg11" else arch, CLASSES, "dual-branch")
    (group,) = parameter_groups(model)
    assert group["scale"] == scale
    assert {id(p) for p in group["params"]} == {
        id(p) for name, p in model.named_parameters() if name.startswith("sigmoid_head.")
    }


def test_the_rate_of_the_head_is_its_scale_times_the_base(
    dual: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[float] = []
    groups = learner.parameter_groups

    def scaled(model: Any) -> Any:
        return [group | {"scale": 10.0} for group in groups(model)]

    step = torch.optim.SGD.step

    def spied(self: torch.optim.SGD, *args: Any, **kwargs: Any) -> Any:
        seen.append(self.param_groups[0]["lr"])
        return step(self, *args, **kwargs)

    monkeypatch.setattr(learner, "parameter_groups", scaled)
    monkeypatch.setattr(torch.optim.SGD, "step", spied)
    list(train(dual("train.epochs=1")))
    assert set(seen) == {0.2}


def test_a_steps_length_is_a_third_of_the_run(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("[data]\ncsv='a'\n[model]\nhead='dual-branch'\nweights='w'\n")
    assert load_config(file).train.lr == 0.003
    assert load_config(file, ["train.lr=0.1"]).train.lr == 0.1
