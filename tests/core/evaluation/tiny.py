"""Tiny models and images for evaluations that take a second."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image

import softcam_core
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.softcam import Network

CLASSES = ("normal", "pneumonia")
SIDE = 96


def tiny_model(
    path: Path, head: str = "softcam", seed: int = 0, arch: str = "shufflenet_v2_x0_5", **kw: object
) -> Path:
    """Write a small model with drawn weights whose logits vary between images."""
    torch.manual_seed(seed)
    model = softcam_core.build_model(
        arch, classes=list(CLASSES), head=head, input=InputSpec(size=(SIDE, SIDE)), **kw
    )
    assert isinstance(model, Network)
    model.train()
    with torch.no_grad():  # Batch norms that have seen images, else all of them look alike.
        for _ in range(8):
            model.features(torch.randn(8, 3, SIDE, SIDE))
    softcam_core.save_model(model.eval(), path)
    return path


def write_images(folder: Path, count: int = 5, size: tuple[int, int] = (80, 60)) -> list[Path]:
    """Write grey images (width, height) with a bright spot each, and a mask of it beside."""
    folder.mkdir(parents=True, exist_ok=True)
    width, height = size
    rows, columns = np.mgrid[:height, :width]
    paths = []
    for n in range(count):
        rng = np.random.default_rng(n)
        x, y = rng.uniform(15, width - 15), rng.uniform(15, height - 15)
        spot = np.hypot(rows + 0.5 - y, columns + 0.5 - x) < 8
        pixels = rng.integers(0, 90, (height, width)) + 120 * spot
        path = folder / f"{n}.png"
        Image.fromarray(pixels.astype(np.uint8)).save(path)
        Image.fromarray((spot * 255).astype(np.uint8)).save(folder / f"{n}_mask.png")
        paths.append(path)
    return paths


def write_table(
    path: Path, images: Sequence[Path], labels: Sequence[str] = (), masked: Sequence[int] = ()
) -> Path:
    """Write a table of images; ``masked``: which have their mask, by default the odd ones."""
    chosen = masked or range(1, len(images), 2)
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["path", "label", "patient", "mask"])
        for n, image in enumerate(images):
            label = labels[n] if labels else CLASSES[n % 2]
            mask = f"{image.parent.name}/{n}_mask.png" if n in chosen else ""
            writer.writerow([f"{image.parent.name}/{image.name}", label, f"p{n // 2}", mask])
    return path
