"""Draw the shift that softmax cannot see: ``python -m softcam_core.demo.shift_figure OUT.png``.

The bundled black box of fundus phantoms gets a second, sigmoid head, trained here on the frozen
features of fresh phantoms. Then one vector is subtracted from the weights of every class in both
heads (`softcam_core.models.shift`), and the maps of one image of the demo study are drawn before
and after. Everything comes from seeds: the same picture each time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from softcam_core.demo import demo_cases, demo_models
from softcam_core.demo.build import CLASSES, make_phantom, training_plans
from softcam_core.explain import attribute
from softcam_core.explain.overlay import draw_overlay
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.read import read_image
from softcam_core.imaging.stored import StoredImage
from softcam_core.models.add_head import add_sigmoid_head
from softcam_core.models.checkpoint import load_model
from softcam_core.models.dual_branch import DualBranch
from softcam_core.models.shift import shifted
from softcam_core.training.loss import balanced_bce
from softcam_core.training.schedule import stepped_rate

PHANTOMS = 60
EPOCHS = 300
CASE = "fundus-01.jpg"
_PANEL, _GAP, _HEAD, _FOOT = 300, 14, 56, 74
_INK, _PAPER, _QUIET = (24, 24, 28), (255, 255, 255), (96, 96, 104)
_LINE = 20


@dataclass(frozen=True)
class Panel:
    """One picture: a title in two lines, an image or a map over it, and what is below."""

    title: str
    subtitle: str
    picture: NDArray[np.uint8]
    notes: tuple[str, ...]


def draw(path: Path, phantoms: int = PHANTOMS, epochs: int = EPOCHS) -> None:
    """Train the second head, shift both heads, and write the figure.

    Args:
        path: of the PNG.
        phantoms: how many are drawn to train on.
        epochs: passes over their features.
    """
    box = next(file for file in demo_models() if file.stem == "fundus-black-box")
    # In float64 what must cancel does so to the last digits that are shown.
    model = add_sigmoid_head(load_model(box)).double()
    train(model, phantoms, epochs)
    case = next(case for case in demo_cases() if case.path.name == CASE)
    compose(panels(model, read_image(case.path), case.label)).save(path, optimize=True)


def train(model: DualBranch, phantoms: int, epochs: int) -> None:
    """Fit the second head to the frozen features of phantoms."""
    plans = training_plans("fundus", phantoms)
    pooled = []
    for plan in plans:
        pixels = make_phantom(plan).pixels
        x, _ = _input(model, StoredImage(pixels, (0.0, 255.0), None, None, "PNG"))
        with torch.no_grad():
            pooled.append(model.features(x))
    features = torch.cat(pooled)
    target = torch.tensor([plan.grade for plan in plans])
    sgd = torch.optim.SGD(
        model.sigmoid_head.parameters(), lr=1.0, momentum=0.9, nesterov=True, weight_decay=5e-4
    )
    for epoch in range(epochs):
        for group in sgd.param_groups:
            group["lr"] = stepped_rate(epoch, 0.03, epochs)
        loss = balanced_bce(model.sigmoid_head(features), target)
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    model.eval()


def panels(model: DualBranch, image: StoredImage, label: str) -> list[Panel]:
    """Return the five pictures of one image."""
    x, region = _input(model, image)
    target = torch.tensor([CLASSES["fundus"].index(label)])
    other = shifted(model)
    found = []
    for branch in ("softmax", "sigmoid"):
        maps = [
            attribute(m, x, "cam", classes=int(target), branch=branch)[0, 0].relu()
            for m in (model, other)
        ]
        limit = float(maps[0].amax())
        found += [_overlay(image, region, values, limit) for values in maps]
    probabilities, sigmoids, losses = [], [], []
    for m in (model, other):
        with torch.no_grad():
            out = m(x)
        probabilities.append(out.logits[0].softmax(0))
        sigmoids.append(float(out.sigmoid_logits[0, target].sigmoid()))
        losses.append(float(balanced_bce(out.sigmoid_logits, target)))
    apart = float((probabilities[0] - probabilities[1]).abs().max())
    chances = [f"softmax probability {float(p[target]):.6f}" for p in probabilities]
    seen = [f"sigmoid {s:.3f}, loss {n:.2f}" for s, n in zip(sigmoids, losses, strict=True)]
    pinned = ("the loss sees the shift,", "so training works against it")
    return [
        Panel("Image", f"phantom, {label}", image.pixels, ("class asked for:", label)),
        Panel("Softmax head: CAM", "as trained", found[0], (chances[0],)),
        Panel(
            *("Softmax head: CAM", "v subtracted from every class", found[1]),
            (chances[1], f"largest difference, any class {apart:.0e}", "every weight is negative"),
        ),
        Panel("Sigmoid head: map", "as trained", found[2], (seen[0],)),
        Panel("Sigmoid head: map", "the same v subtracted", found[3], (seen[1], *pinned)),
    ]


def compose(parts: list[Panel]) -> Image.Image:
    """Put panels side by side on white."""
    width = len(parts) * (_PANEL + _GAP) + _GAP
    height = max(round(_PANEL * p.picture.shape[0] / p.picture.shape[1]) for p in parts)
    sheet = Image.new("RGB", (width, _HEAD + height + _FOOT), _PAPER)
    pen = ImageDraw.Draw(sheet)
    bold, plain = ImageFont.load_default(18), ImageFont.load_default(15)
    for number, part in enumerate(parts):
        left = _GAP + number * (_PANEL + _GAP)
        pen.text((left, 8), part.title, _INK, bold)
        pen.text((left, 30), part.subtitle, _QUIET, plain)
        picture = Image.fromarray(part.picture).resize((_PANEL, height), Image.Resampling.LANCZOS)
        sheet.paste(picture, (left, _HEAD))
        for line, note in enumerate(part.notes):
            pen.text((left, _HEAD + height + 8 + line * _LINE), note, _INK, plain)
    return sheet


def _input(model: DualBranch, image: StoredImage) -> tuple[Tensor, Region]:
    pixels, region = model_input(image, model.spec.input)
    return torch.from_numpy(pixels)[None].double(), region


def _overlay(image: StoredImage, region: Region, values: Tensor, limit: float) -> NDArray[np.uint8]:
    size = (image.pixels.shape[0], image.pixels.shape[1])
    return draw_overlay(image.pixels, size, region, values.float().numpy(), limit, opacity=0.85)


def main() -> None:
    """Draw the figure into the file that was named."""
    draw(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
