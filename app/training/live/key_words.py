"""Words for the keys of a configuration, and what it means that runs differ in them."""

from __future__ import annotations

from collections.abc import Iterable

from app.training.live.words import tr

WORDS = {
    "loss.l1": "Sparsity λ₁",
    "loss.l2": "Ridge λ₂",
    "loss.guidance": "Weight of lesions",
    "data.study": "Study",
    "data.csv": "Table",
    "data.images": "Folder of images",
    "data.format": "Layout",
    "data.reader": "Labels of",
    "data.labels_from": "Class from",
    "data.grade_classes": "What grades mean",
    "data.lesion_classes": "What lesions mean",
    "data.healthy": "Class without lesions",
    "data.cases": "Images",
    "data.classes": "Classes, in order",
    "data.task": "Two classes or more",
    "data.as_of": "Edits of the study so far",
    "data.modality": "Kind of images",
    "data.shares": "Split",
    "data.split_seed": "Seed of the split",
    "data.image_size": "Input, px",
    "data.augment": "Augmentation",
    "data.fundus_crop": "Cut to the fundus",
    "data.hard_model": "Hard cases of",
    "data.hard_weight": "Hard cases, drawn times",
    "data.colour": "Colour",
    "data.geometry": "Fitted into the input",
    "model.arch": "Network",
    "model.head": "Head",
    "model.weights": "Started from",
    "model.options": "Options of the network",
    "train.epochs": "Epochs",
    "train.batch_size": "Images in a batch",
    "train.accumulate": "Batches in a step",
    "train.lr": "Learning rate",
    "train.min_lr": "Lowest learning rate",
    "train.weight_decay": "Weight decay",
    "train.patience": "Stop early after",
    "train.seed": "Seed",
    "train.device": "Device",
    "train.precision": "Precision",
    "train.deterministic": "Repeats to the bit",
}
"""Key -> what people call it; of others the key itself is read."""
CLASSES = frozenset(
    f"data.{key}" for key in ("classes", "task", "grade_classes", "lesion_classes", "healthy")
)
LABELS = frozenset(
    f"data.{key}"
    for key in (
        *("study", "csv", "images", "reader", "labels_from", "as_of", "cases", "modality"),
        *("shares", "split_seed", "keep_split"),
    )
)


def word(key: str) -> str:
    """Return what people call a key of a configuration."""
    return tr(WORDS.get(key, key.partition(".")[2].replace("_", " ").capitalize()))


def caution(differing: Iterable[str]) -> str:
    """Return why the figures of runs are not of the same question, "" where they may be."""
    keys = set(differing)
    if keys & CLASSES:
        return tr("These runs have other classes, or another order of them: do not compare them.")
    if keys & LABELS:
        return tr("These runs have other images or labels: their validation sets may differ.")
    return ""
