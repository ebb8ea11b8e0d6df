"""Each recipe learns sixteen phantoms by heart: the losses lead where they should.

The network and its start, the losses and the optimiser's settings are the loop's; the loop itself,
with its files, is tested elsewhere. Cross-entropy is that of the training batch, as metrics.csv
has it: sixteen images leave the running statistics of evaluation mode a little behind. The answers
are evaluation mode's. A second head has no cross-entropy of its own: what must fall is its
balanced binary cross-entropy, and its own answers must be right; its network is in evaluation mode
all the time.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import cos, pi
from pathlib import Path

import pytest
import torch
from PIL import Image
from torch.nn import functional

from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import Model
from softcam_core.models.checkpoint import save_model
from softcam_core.phantoms.fundus import fundus
from softcam_core.training.config import Config
from softcam_core.training.data import Batch, ImageStore
from softcam_core.training.dual_branch import parameter_groups
from softcam_core.training.kind import kind
from softcam_core.training.loss import balanced_bce, training_loss
from softcam_core.training.sources import read_data
from softcam_core.training.start import start_model

SPEC = InputSpec(size=(48, 48))
RECIPES = {
    "black box": ("model.head=blackbox",),
    "dense": (),
    "sparse": ("loss.l1=5e-5",),
    "ridge": ("loss.l2=7e-5",),
    "elastic net": ("loss.l1=5e-5", "loss.l2=7e-5"),
}


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of 16 fundus phantoms, eight healthy and eight of the worst grade."""
    folder = tmp_path_factory.mktemp("phantoms")
    rows = ["path,label,split"]
    for i in range(16):
        Image.fromarray(fundus(4 * (i % 2), i, 256).pixels).save(folder / f"{i}.png")
        rows.append(f"{i}.png,{'DR' if i % 2 else 'healthy'},train")
    (folder / "labels.csv").write_text("\n".join(rows) + "\n")
    return folder / "labels.csv"


def learnt(
    config: Config, weights: Path | None = None, rate: float = 0.03, steps: int = 60
) -> tuple[Model, Batch]:
    """Train on all images at once; return the model, its statistics settled, and the images."""
    store = ImageStore(read_data(config.data, need_val=False), SPEC, 2**30)
    list(store.load(1))
    spec = replace(SPEC, mean=store.mean, std=store.std)
    (batch,) = store.batches(range(16), 16)
    model = start_model(config, store.table.classes, spec, weights).model
    sgd = torch.optim.SGD(
        parameter_groups(model), lr=rate, momentum=0.9, nesterov=True, weight_decay=5e-4
    )
    model.train()
    for step in range(steps):
        for group in sgd.param_groups:
            group["lr"] = rate * (1 + cos(pi * step / steps)) / 2
        sgd.zero_grad()
        training_loss(model(batch.images), batch.labels, config.loss).total.backward()
        sgd.step()
    with torch.no_grad():
        for _ in range(30):
            model(batch.images)
    return model, batch


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_learns_sixteen_images_by_heart(
    name: str, phantoms: Path, configure: Callable[..., Config]
) -> None:
    config = configure(f"data.csv={phantoms}", "model.options={}", *RECIPES[name])
    assert kind(config) == name
    model, batch = learnt(config)
    with torch.no_grad():
        logits = model(batch.images).logits
        assert float(functional.cross_entropy(logits, batch.labels)) < 1e-3
        answers = model.eval()(batch.images).logits.argmax(1)
    assert torch.equal(answers, batch.labels)


def test_a_second_head_learns_sixteen_images_by_heart(
    phantoms: Path, configure: Callable[..., Config], tmp_path: Path
) -> None:
    config = configure(f"data.csv={phantoms}", "model.options={}", "model.head=blackbox")
    first, batch = learnt(config)
    save_model(first, tmp_path / "first.safetensors")
    words = ("model.head=dual-branch", f"model.weights={tmp_path / 'first.safetensors'}")
    dual = configure(f"data.csv={phantoms}", "model.options={}", *words)
    assert kind(dual) == "dual branch"
    model, _ = learnt(dual, tmp_path / "first.safetensors", rate=1.0)
    first.eval()
    with torch.no_grad():
        out = model(batch.images)
        assert torch.equal(out.logits, first(batch.images).logits)
    assert float(balanced_bce(out.sigmoid_logits, batch.labels)) < 1e-3
    assert torch.equal(out.sigmoid_logits.argmax(1), batch.labels)
