"""The guidance term: values by hand, gradients only outside lesions, and what evidence does."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor
from torch.nn.functional import adaptive_max_pool2d

from softcam_core.models.checkpoint import load_model
from softcam_core.phantoms.cxr import cxr
from softcam_core.training.config import load_config
from softcam_core.training.data import ImageStore
from softcam_core.training.lesions import lesion_masks
from softcam_core.training.loop import train
from softcam_core.training.loss import guidance_penalty, softcam_loss
from softcam_core.training.sources import read_data

# Two images, two classes, 2 x 2 cells.
EVIDENCE = torch.tensor(
    [
        [[[1.0, -2.0], [3.0, 4.0]], [[5.0, 6.0], [-7.0, 8.0]]],
        [[[2.0, 0.5], [-1.0, 1.5]], [[9.0, 9.0], [9.0, 9.0]]],
    ]
)
TARGET = torch.tensor([1, 0])


def lesions(*marked: tuple[int, int, int]) -> Tensor:
    """Return masks (2, 4, 4) with single pixels (image, row, column) marked."""
    masks = torch.zeros(2, 4, 4, dtype=torch.bool)
    for image, row, column in marked:
        masks[image, row, column] = True
    return masks


def test_by_hand():
    # The first image's lesion touches its upper right cell: outside lie 5, -7 and 8 of class 1.
    # The second's the two left ones: outside lie 0.5 and 1.5 of class 0.
    masks = lesions((0, 1, 2), (1, 0, 0), (1, 3, 1))
    drawn = torch.tensor([True, True])
    assert guidance_penalty(EVIDENCE, TARGET, masks, drawn).item() == (5 + 8 + 0.5 + 1.5) / 2
    # Only one of the two is known; the mean stays that of the batch.
    drawn = torch.tensor([True, False])
    assert guidance_penalty(EVIDENCE, TARGET, masks, drawn).item() == (5 + 8) / 2


def test_the_gradient_lies_on_positive_evidence_of_the_own_class_outside_lesions():
    evidence = EVIDENCE.clone().requires_grad_()
    masks = lesions((0, 1, 2), (1, 0, 0), (1, 3, 1))
    guidance_penalty(evidence, TARGET, masks, torch.tensor([True, True])).backward()
    wanted = torch.zeros(2, 2, 2, 2)
    wanted[0, 1, 0, 0] = wanted[0, 1, 1, 1] = wanted[1, 0, 0, 1] = wanted[1, 0, 1, 1] = 0.5
    assert torch.equal(evidence.grad, wanted)


def test_an_image_without_drawn_lesions_costs_nothing_and_pulls_nowhere():
    evidence = EVIDENCE.clone().requires_grad_()
    value = guidance_penalty(evidence, TARGET, lesions(), torch.tensor([False, False]))
    value.backward()
    assert value.item() == 0
    assert not evidence.grad.any()


def test_all_within_lesions_costs_nothing():
    masks = torch.ones(2, 4, 4, dtype=torch.bool)
    assert guidance_penalty(EVIDENCE, TARGET, masks, torch.tensor([True, True])).item() == 0


def test_the_loss_weighs_it_and_takes_a_batch_without_lesions():
    masks, drawn = lesions((0, 1, 2)), torch.tensor([True, False])
    logits = EVIDENCE.mean((2, 3))
    terms = softcam_loss(logits, EVIDENCE, TARGET, guidance=0.1, lesions=masks, drawn=drawn)
    assert terms.guidance.item() == pytest.approx(0.65)
    assert terms.total.item() == pytest.approx(terms.ce.item() + 0.65)
    assert softcam_loss(logits, EVIDENCE, TARGET, guidance=0.1).guidance.item() == 0
    with pytest.raises(ValueError, match=r"lesions: expected \(2, H, W\)"):
        guidance_penalty(EVIDENCE, TARGET, masks[:1], drawn)


@pytest.fixture
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def make_films(folder: Path) -> Path:
    """Write 60 phantom films, half of them with an opacity and its mask; return the table."""
    folder.mkdir()
    rows = ["path,label,split,mask"]
    for n in range(60):
        film = cxr("opacity" if n % 2 else "normal", n, size=128)
        pixels = (film.pixels / film.pixels.max() * 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{n}.png")
        mask = ""
        if film.masks:
            mask = f"mask-{n}.png"
            Image.fromarray(film.lesion_mask.astype(np.uint8) * 255).save(folder / mask)
        rows.append(f"{n}.png,{film.label},{'train' if n < 44 else 'val'},{mask}")
    table = folder / "labels.csv"
    table.write_text("\n".join(rows) + "\n")
    return table


def precision_after(table: Path, folder: Path, guidance: float) -> tuple[float, float]:
    """Train; return the share of positive evidence in cells with lesions, and the accuracy."""
    file = folder / "films.toml"
    file.write_text(
        f"[data]\ncsv = '{table}'\nimage_size = 224\naugment = 'none'\n"
        "[model]\narch = 'shufflenet_v2_x0_5'\n"
        "[train]\nepochs = 15\nbatch_size = 8\nlr = 0.05\nseed = 1\ndevice = 'cpu'\n"
    )
    run = folder / f"run-{guidance}"
    config = load_config(file, [f"loss.guidance={guidance}", f"output.dir={run}"])
    assert list(train(config))
    model = load_model(run / "best.safetensors").eval()
    found = read_data(config.data)
    store = ImageStore(found, model.spec.input, 2**30, lesions=lesion_masks(found, config.data))
    assert list(store.load(2))
    store.mean, store.std = model.spec.input.mean, model.spec.input.std
    (batch,) = store.batches(found.indices("train"), 100)
    with torch.no_grad():
        out = model(batch.images)
    positive = out.evidence[batch.drawn, 1].relu()
    cells = adaptive_max_pool2d(batch.lesions[batch.drawn, None].float(), positive.shape[1:])[:, 0]
    inside = (positive * cells).sum((1, 2)) / positive.sum((1, 2))
    accuracy = (out.logits.argmax(1) == batch.labels).float().mean().item()
    return inside.mean().item(), accuracy


@pytest.mark.slow
def test_it_moves_positive_evidence_into_lesions(tmp_path, one_thread):
    table = make_films(tmp_path / "films")
    free, _ = precision_after(table, tmp_path, 0.0)
    guided, accuracy = precision_after(table, tmp_path, 0.001)
    assert guided > free + 0.05
    assert accuracy > 0.95
