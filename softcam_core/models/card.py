"""A model's card in plain words: what it is for, what it takes and gives, where it comes from.

Free of torch and Qt, so that a window, a report and a terminal say the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from softcam_core.models.spec import ModelSpec

NOT_STATED = "not stated"
HEADS = {"softcam": "SoftCAM", "blackbox": "black box", "dual-branch": "dual branch"}
MODALITIES = {"fundus": "fundus photographs", "oct": "OCT B-scans", "cxr": "chest films"}
_HEAD_WORDS = {
    "softcam": "SoftCAM: its evidence map is its prediction",
    "blackbox": "Black box: predicts without evidence; maps are made afterwards",
    "dual-branch": "Dual branch: a black box and a second head that localises",
}
_GEOMETRY = {
    "squash": "the whole image, stretched to this size",
    "crop": "the middle of the image, cut to this shape",
    "pad": "the whole image, with borders added to this shape",
}
_STATED = ("description", "intended_use", "limits", "licence")
_METRICS = {
    "accuracy": ("Accuracy", "%"),
    "auc": ("Area under the ROC curve", ""),
    "kappa": ("Quadratic kappa", ""),
    "sensitivity": ("Sensitivity", "%"),
    "specificity": ("Specificity", "%"),
    "loss": ("Loss", ""),
    "ce": ("Cross-entropy", "nats"),
    "l1": ("Lasso penalty", ""),
    "l2": ("Ridge penalty", ""),
    "mean_abs_evidence": ("Mean size of the evidence", "logit units per cell"),
    "positive_share": ("Share of cells with evidence for the class", "%"),
}
_SETS = {"train": "training set", "val": "validation set", "test": "test set"}
_RUN = {
    "epochs": "Epochs",
    "batch_size": "Images per step",
    "lr": "Learning rate",
    "min_lr": "Smallest learning rate",
    "momentum": "Momentum",
    "weight_decay": "Weight decay",
    "precision": "Precision, bits",
    "seed": "Seed",
}
_OPTIONS = {
    ("vgg_head", "released"): "VGG head as the authors released it (1x1 cells)",
    ("vgg_head", "exact"): "VGG head as VGG's own (7x7 cells)",
    ("squeezenet_head", "linear"): "SqueezeNet head without its last ReLU: signed evidence",
    ("squeezenet_head", "exact"): "SqueezeNet head with its last ReLU: evidence is never negative",
    ("last_relu", "false"): "no ReLU behind the last norm, as the authors' DenseNet",
    ("transform_input", "true"): "input normalised again inside the network",
}


@dataclass(frozen=True)
class Section:
    """A heading and its lines, each a label and a text."""

    title: str
    lines: tuple[tuple[str, str], ...]


def card_sections(
    spec: ModelSpec, *, identity: str = "", file: str = "", device: str = ""
) -> list[Section]:
    """Return the whole card, section by section.

    Args:
        spec: the model's description.
        identity: SHA-256 of the model, `softcam_core.models.header.model_id`.
        file: path of its file.
        device: what it is computed on.
    """
    made = [
        ("About", _about(spec)),
        ("Conversion", _conversion(spec)),
        ("Input", _input(spec)),
        ("Output", _output(spec)),
        ("Network", _network(spec)),
        ("Data", _data(spec)),
        ("Measured", _measured(spec)),
        ("Training", _training(spec)),
        ("File", _file(spec, identity, file, device)),
    ]
    return [Section(title, tuple(lines)) for title, lines in made if lines]


def card_text(sections: list[Section]) -> str:
    """Return sections as plain text: a heading, and below it ``label: text`` lines."""
    return "\n\n".join(
        "\n".join([section.title, *(f"  {label}: {text}" for label, text in section.lines)])
        for section in sections
    )


def conversion_word(spec: ModelSpec) -> str:
    """Return ``exact`` or ``approximate`` for a model that was converted, "" for another."""
    if not spec.conversion:
        return ""
    return "exact" if spec.conversion.get("exact") is True else "approximate"


def penalty(spec: ModelSpec) -> str:
    """Return the penalty of the training loss in short, ``lasso λ₁ 5e-05``; "" if none is known."""
    found = [
        f"{name} {symbol} {plain(spec.lambdas[key])}"
        for key, name, symbol in (("l1", "lasso", "λ₁"), ("l2", "ridge", "λ₂"))
        if spec.lambdas.get(key)
    ]
    return " and ".join(found)


def metric_lines(spec: ModelSpec) -> list[tuple[str, str]]:
    """Return the figures of the training record in words: name with its data set, value, unit."""
    measured = spec.training.get("metrics")
    if not isinstance(measured, dict):
        return []
    splits, names = ["val", "test", "train"], list(_METRICS)

    def order(key: str) -> tuple[int, int, str]:
        split = _set_of(key)
        name = str(key).removeprefix(f"{split}_")
        place = names.index(name) if name in names else len(names)
        return splits.index(split) if split in splits else len(splits), place, str(key)

    lines = []
    for key in sorted(measured, key=order):
        value = measured[key]
        split = _set_of(key)
        name, unit = _METRICS.get(key.removeprefix(f"{split}_"), (words(key), ""))
        label = f"{name}, {_SETS[split]}" if split else name
        share = unit == "%" and isinstance(value, float | int) and 0 <= value <= 1
        text = f"{100 * value:.1f} %" if share else f"{plain(value)} {unit if unit != '%' else ''}"
        lines.append((label, text.strip()))
    return lines


def size_words(spec: ModelSpec) -> str:
    """Return the input's size, ``448 × 448 px``, as one word that no line breaks."""
    rows, columns = spec.input.size
    return f"{columns} × {rows} px".replace(" ", "\u00a0")


def words(key: str) -> str:
    """Return a field's name as words: ``val_auc`` -> ``Val auc``."""
    text = str(key).replace("_", " ")
    return text[:1].upper() + text[1:]


def plain(value: Any) -> str:
    """Return a value as a person would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}" if math.isfinite(value) else "undefined"
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u202f")
    if isinstance(value, dict):
        return ", ".join(f"{key} {plain(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(plain(part) for part in value)
    return str(value)


def _about(spec: ModelSpec) -> list[tuple[str, str]]:
    lines = [("Title", spec.title)]
    for key in _STATED:
        lines.append((words(key), spec.card.get(key) or NOT_STATED))
    shown = (*_STATED, "title", "data", "metrics", "conversion")
    return lines + [(words(k), text) for k, text in spec.card.items() if k not in shown and text]


def _conversion(spec: ModelSpec) -> list[tuple[str, str]]:
    word = conversion_word(spec)
    if not word:
        return []
    record = spec.conversion
    meaning = {
        "exact": "exact: the logits are the original's, up to rounding",
        "approximate": "approximate: the logits may differ from the original's",
    }
    lines = [("Kind", meaning[word]), ("Why", plain(record.get("reason") or NOT_STATED))]
    for key, name in (
        ("max_abs_difference", "Largest logit difference, random input"),
        ("real_max_abs_difference", "Largest logit difference, real images"),
    ):
        value = record.get(key)
        lines.append((name, "not measured" if value is None else plain(value)))
    return lines


def _input(spec: ModelSpec) -> list[tuple[str, str]]:
    given = spec.input
    crop = "cut to the fundus disc, then " if given.fundus_crop else ""
    grey = "grey, the same in all three channels" if given.colour == "grey" else "red, green, blue"
    return [
        ("Images", MODALITIES.get(spec.modality, spec.modality) or NOT_STATED),
        ("Size", f"{size_words(spec)}: {crop}{_GEOMETRY[given.geometry]}"),
        ("Colour", grey),
        ("Mean taken off", f"{plain(given.mean)} (pixels from 0 to 1)"),
        ("Divided by", plain(given.std)),
    ]


def _output(spec: ModelSpec) -> list[tuple[str, str]]:
    lines = [(f"Classes, {len(spec.classes)}", ", ".join(spec.classes))]
    grid = _grid(spec)
    name = "Features" if spec.head == "blackbox" else "Evidence"
    text = NOT_STATED
    if grid is not None:
        rows, columns = grid
        height, width = spec.input.size[0] / rows, spec.input.size[1] / columns
        text = (
            f"{columns} × {rows} cells for an input of {size_words(spec)}; a cell stands for "
            f"{width:.4g} × {height:.4g} px of it"
        )
    lines.append((f"{name}, size of the map", text))
    if spec.map_limits:
        limits = ", ".join(f"{name} ±{plain(v)}" for name, v in spec.map_limits.items())
        lines.append(("Colours are full at", f"{limits} (evidence in logit units)"))
    return lines


def _grid(spec: ModelSpec) -> tuple[int, int] | None:
    """Return (rows, columns) of the map, from the file or from the training record."""
    for grid in (spec.network.get("map"), spec.lambdas.get("grid")):
        if isinstance(grid, list | tuple) and len(grid) == 2:
            rows, columns = grid
            if isinstance(rows, int) and isinstance(columns, int) and min(rows, columns) > 0:
                return rows, columns
    return None


def _network(spec: ModelSpec) -> list[tuple[str, str]]:
    count = spec.network.get("parameters")
    lines = [("Architecture", spec.arch), ("Head", _HEAD_WORDS[spec.head])]
    lines.append(("Parameters", NOT_STATED if count is None else plain(count)))
    for key, value in spec.options.items():
        lines.append(("Option", _OPTIONS.get((key, value), f"{words(key)} {value}".strip())))
    return lines


def _data(spec: ModelSpec) -> list[tuple[str, str]]:
    lines = [("In the author's words", spec.card.get("data") or NOT_STATED)]
    data = spec.training.get("data")
    if not isinstance(data, dict):
        return lines
    images, patients = data.get("images"), data.get("patients")
    order = list(_SETS)
    found = list(images.items()) if isinstance(images, dict) else []
    found.sort(key=lambda item: order.index(item[0]) if item[0] in order else len(order))
    for split, counts in found:
        name = words(_SETS.get(split, str(split)))
        if isinstance(counts, dict):
            total = sum(n for n in counts.values() if isinstance(n, int))
            each = ", ".join(f"{plain(n)} {label}" for label, n in counts.items())
            lines.append((name, f"{plain(total)} images: {each}"))
        else:
            lines.append((name, f"{plain(counts)} images"))
        if isinstance(patients, Mapping) and split in patients:
            label, text = lines.pop()
            lines.append((label, f"{text}; {plain(patients[split])} patients"))
    if data.get("digest"):
        lines.append(("Checksum of the table", str(data["digest"])))
    return lines


def _measured(spec: ModelSpec) -> list[tuple[str, str]]:
    return [("In the author's words", spec.card.get("metrics") or NOT_STATED), *metric_lines(spec)]


def _training(spec: ModelSpec) -> list[tuple[str, str]]:
    record = spec.training
    if not record and not spec.lambdas:
        return [("Record", NOT_STATED)]
    lines = [("Kind", str(record["kind"]))] if record.get("kind") else []
    if spec.lambdas:
        text = penalty(spec) or "none: dense"
        grid = spec.lambdas.get("grid")
        if isinstance(grid, list | tuple) and len(grid) == 2:
            text += f", on a map of {plain(grid[1])} × {plain(grid[0])} cells"
        if spec.lambdas.get("classes"):
            text += f" and {plain(spec.lambdas['classes'])} classes"
        lines.append(("Penalty on the evidence", text))
    weights = record.get("weights")
    if isinstance(weights, dict):
        source = {"none": "fresh weights", "imagenet": "ImageNet weights"}
        start = str(weights.get("source", NOT_STATED))
        named = f"the file {weights['file']}" if weights.get("file") else source.get(start, start)
        lines.append(("Began from", named))
    run = record.get("train")
    if isinstance(run, dict):
        lines += [(_RUN.get(key, words(key)), plain(value)) for key, value in run.items()]
    lines += _annotations(record.get("annotations"))
    if record.get("best_epoch"):
        lines.append(("Epoch that was kept", plain(record["best_epoch"])))
    known = ("kind", "weights", "train", "annotations", "best_epoch", "metrics", "data")
    rest = [(k, v) for k, v in record.items() if k not in known and v not in (None, "", {}, [])]
    names = {"augment": "Augmentation", "software": "Software"}
    return lines + [(names.get(key, words(key)), plain(value)) for key, value in rest]


def _annotations(record: object) -> list[tuple[str, str]]:
    """Return what of a study a model learnt from."""
    if not isinstance(record, Mapping):
        return []
    counts = ", ".join(
        f"{plain(record[key])} {name}"
        for key, name in (("annotations", "marks"), ("grades", "grades"), ("cases", "images"))
        if isinstance(record.get(key), int)
    )
    study, reader = record.get("study", NOT_STATED), record.get("reader", NOT_STATED)
    date = f" on {record['date']}" if record.get("date") else ""
    lines = [("Study", f"{study}{date}, by {reader}: {counts}")]
    rules = record.get("rules")
    means = rules.get("grade_classes") if isinstance(rules, Mapping) else None
    if isinstance(means, Mapping) and means:
        each = ", ".join(f"{grade}: {label or 'left out'}" for grade, label in means.items())
        lines.append(("What its grades mean", each))
    if record.get("digest"):
        lines.append(("Checksum of its marks and grades", str(record["digest"])))
    return lines


def _file(spec: ModelSpec, identity: str, file: str, device: str) -> list[tuple[str, str]]:
    lines = [("Path", file), ("Identity, SHA-256", identity), ("Computed on", device)]
    lines = [(label, text) for label, text in lines if text]
    return [*lines, ("Format version", str(spec.format_version))]


def _set_of(key: str) -> str:
    head = str(key).partition("_")[0]
    return head if head in _SETS else ""
