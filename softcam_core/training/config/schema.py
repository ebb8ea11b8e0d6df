"""The tables and keys of a training configuration, with their defaults. Free of torch."""

from __future__ import annotations

import dataclasses
import json
import types
from dataclasses import dataclass, field
from typing import Any, Literal

AugmentName = Literal["fundus", "oct", "cxr", "released-fundus", "released-cxr", "none"]


FormatName = Literal["auto", "table", "kaggle-dr", "oct", "rsna", "folders", "wsol"]


@dataclass(frozen=True)
class DataConfig:
    """``[data]``: which images, and how they become inputs.

    Attributes:
        csv: table of images, or what ``format`` reads (a folder for folders, RSNA and WSOL).
        study, reader: a study file and the reader whose labels count, in place of ``csv``.
        cases: ids of the study's cases that may be used; empty: all of them.
        as_of: number of the last line of the study's history that counts; 0 for all. A run keeps
            the number that it began with, so that what is drawn meanwhile changes nothing.
        format: layout of ``csv``; ``auto`` tells from its columns or folders.
        images: folder of the image files, where they are not beside ``csv``.
        task: ``binary`` or ``multiclass`` for data sets that serve both; "" for their usual one.
        quality_column, quality_max: leave out rows whose score in that column is above the limit.
        min_width: leave out images that are not wider than this, in pixels; 0 keeps all.
        keep_healthy: share of the first class's images that is kept, drawn by ``split_seed``.
        sample: number of images drawn for training and validation together; 0 for all.
        test_per_class: images of each class drawn for the test set before the rest is split.
        shares: of training, validation and test images where the data has no split of its own; of
            what is not the test set where it has one.
        keep_split: which splits of the data's own hold: ``all``; ``test``, and the rest is split
            anew; ``none``, and all of it is.
        shared_patients: a patient in two splits is an ``error``; ``drop`` keeps the images of the
            test set, else of the validation set, and trains without the others.
        patient_from: regular expression that finds the patient in a file's name: its first group,
            else all that matches.
        labels_from: how a study's cases get their class: image-level grades, the labels of drawn
            lesions, or grades where there are any and lesions elsewhere; the rules are in
            `softcam_core.training.readings`.
        grade_classes: class that a grade of a study stands for, ``{"mild NPDR" = "DR"}``; "" for
            one whose cases are left out; the rules are in `softcam_core.training.grading`.
        lesion_classes: class that a lesion label stands for, ``{MA = "DR", HE = "DR"}``; "" for a
            label of what is no lesion.
        healthy: class of a case that was read to its end and in which nothing is drawn.
        hard_model, hard_weight: cases in which the study's reader and this model (a file) disagree
            are drawn so many times as often in training, see `softcam_core.training.hard`.
        classes: names in the order of the logits; empty: sorted, normal / healthy / no ... first.
        image_size: side of the square input in pixels.
        geometry: ``squash``, ``crop`` or ``pad``.
        augment: see `softcam_core.training.augment`.
        modality: ``fundus``, ``oct``, ``cxr`` or "", recorded in the model.
        fundus_crop: cut every image to the fundus disc first.
        colour: ``rgb`` or ``grey``.
        split_seed: draws the split by patient where the table has none.
        max_failed: share of the images that may be missing or unreadable.
        cache_gb: memory for decoded inputs; what does not fit is decoded again in every epoch.
        cache_dir: folder that keeps decoded inputs between runs; "" keeps none.
    """

    csv: str = ""
    study: str = ""
    reader: str = ""
    cases: tuple[int, ...] = ()
    as_of: int = 0
    format: FormatName = "auto"
    images: str = ""
    task: Literal["", "binary", "multiclass"] = ""
    quality_column: str = ""
    quality_max: float = 0.5
    min_width: int = 0
    keep_healthy: float = 1.0
    sample: int = 0
    test_per_class: int = 0
    shares: tuple[float, ...] = (0.75, 0.10, 0.15)
    keep_split: Literal["all", "test", "none"] = "all"
    shared_patients: Literal["error", "drop"] = "error"
    patient_from: str = ""
    labels_from: Literal["grades", "lesions", "both"] = "both"
    grade_classes: dict[str, str] = field(default_factory=dict)
    lesion_classes: dict[str, str] = field(default_factory=dict)
    healthy: str = ""
    hard_model: str = ""
    hard_weight: float = 1.0
    classes: tuple[str, ...] = ()
    image_size: int = 512
    geometry: Literal["squash", "crop", "pad"] = "squash"
    augment: AugmentName = "fundus"
    modality: Literal["", "fundus", "oct", "cxr"] = ""
    fundus_crop: bool = False
    colour: Literal["rgb", "grey"] = "rgb"
    split_seed: int = 0
    max_failed: float = 0.05
    cache_gb: float = 4.0
    cache_dir: str = ""


@dataclass(frozen=True)
class ModelConfig:
    """``[model]``: the network and what it starts from.

    Attributes:
        arch: torchvision's name of the classifier.
        head: ``softcam``, ``blackbox`` or ``dual-branch``.
        weights: ``none``, ``imagenet``, or a local .pth / .safetensors file.
        options: of the architecture, ``{vgg_head = "released"}``.
    """

    arch: str = "resnet50"
    head: Literal["softcam", "blackbox", "dual-branch"] = "softcam"
    weights: str = "none"
    options: dict[str, str] = field(default_factory=dict)


Lambda = Literal["l1", "l2"]


@dataclass(frozen=True)
class LossConfig:
    """``[loss]``: CE + l1 * P1 + l2 * P2 + guidance * G; see `softcam_core.training.loss`.

    Attributes:
        l1, l2: the lambdas; they depend on grid size and number of classes.
        guidance: weight of positive evidence outside drawn lesions.
        select: lambdas that are still to be chosen by ``softcam sweep``; a run refuses to start
            with one of them at 0.
        reduction, ridge: the authors' released variants, see `evidence_penalties`.
    """

    l1: float = 0.0
    l2: float = 0.0
    guidance: float = 0.0
    select: tuple[Lambda, ...] = ()
    reduction: Literal["mean", "first_sample"] = "mean"
    ridge: Literal["norm", "squared"] = "norm"


@dataclass(frozen=True)
class TrainConfig:
    """``[train]``: the optimiser's run.

    A dual-branch head is trained in steps instead of the cosine: ``decay_every`` epochs between
    them, 0 for a third of the run. Its default ``lr`` is the poster's for VGG, 0.003.

    Attributes:
        batch_size: images of one process in one pass through the network.
        accumulate: passes between steps of the optimiser; a step sees batch_size x accumulate x
            processes images.
        patience: epochs without a better ``stop_by`` on the validation set after which the run
            ends; 0 for none.
        deterministic: refuse operations that do not repeat to the bit.
        checkpoint_minutes: time after which the middle of an epoch is kept, for ``--resume``; 0
            keeps it only when the run is stopped.
        sync_batchnorm: statistics over all processes; CUDA only.
        channels_last: memory layout of network and inputs.
    """

    epochs: int = 70
    batch_size: int = 16
    accumulate: int = 1
    lr: float = 1e-3
    min_lr: float = 1e-4
    decay_every: int = 0
    momentum: float = 0.9
    weight_decay: float = 5e-4
    patience: int = 0
    stop_by: Literal["accuracy", "auc", "kappa", "loss"] = "accuracy"
    seed: int = 0
    device: str = "auto"
    precision: Literal["32", "bf16", "16"] = "32"
    deterministic: bool = False
    checkpoint_minutes: float = 10.0
    sync_batchnorm: bool = False
    channels_last: bool = True


@dataclass(frozen=True)
class OutputConfig:
    """``[output]``: what a run writes.

    Attributes:
        dir: the run folder; default ``runs/<name of the configuration file>``.
        watch: validation images whose evidence maps are kept after every epoch.
        tensorboard: write TensorBoard's event files too; needs the package tensorboard.
    """

    dir: str = ""
    watch: int = 0
    tensorboard: bool = False


@dataclass(frozen=True)
class SweepConfig:
    """``[sweep]``: the selection of the lambdas; see `softcam_core.training.sweep`.

    Attributes:
        over: penalties that are swept, each by itself; empty: those of ``loss.select``, else l1.
        l1, l2: values to try; empty: a grid around the paper's. 0, the dense model, is always
            tried.
        archs: architectures to compare; empty: ``model.arch`` alone.
        seeds: runs of each value; empty: ``train.seed`` alone.
        tolerance: what accuracy and AUC (kappa) may lose against the dense model.
        halving: 0 trains every value to the end; N > 1 keeps the best N-th part at each rung.
    """

    over: tuple[Lambda, ...] = ()
    l1: tuple[float, ...] = ()
    l2: tuple[float, ...] = ()
    archs: tuple[str, ...] = ()
    seeds: tuple[int, ...] = ()
    tolerance: float = 0.005
    halving: int = 0


@dataclass(frozen=True)
class CardConfig:
    """``[card]``: sentences for the model card; what is empty is filled from the run."""

    title: str = ""
    description: str = ""
    data: str = ""
    limits: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Config:
    """A whole training configuration; `load_config` reads and checks one."""

    data: DataConfig = field(default_factory=DataConfig)
    model: ModelConfig = field(default_factory=ModelConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    train: TrainConfig = field(default_factory=TrainConfig)
    output: OutputConfig = field(default_factory=OutputConfig)
    sweep: SweepConfig = field(default_factory=SweepConfig)
    card: CardConfig = field(default_factory=CardConfig)

    def to_dict(self) -> dict[str, dict[str, Any]]:
        """Return plain dictionaries, tuples as lists: what TOML and JSON hold."""
        tables: dict[str, dict[str, Any]] = json.loads(json.dumps(dataclasses.asdict(self)))
        return tables

    def to_toml(self) -> str:
        """Return the configuration as a TOML file that `load_config` reads back as the same."""
        lines: list[str] = []
        for table, values in self.to_dict().items():
            lines.append(f"[{table}]")
            lines += [f"{key} = {toml_value(value)}" for key, value in values.items()]
            lines.append("")
        return "\n".join(lines)


def toml_value(value: Any) -> str:
    """Write one value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, dict):
        items = (f"{toml_value(key)} = {toml_value(item)}" for key, item in value.items())
        return "{" + ", ".join(items) + "}"
    return str(value) if isinstance(value, types.NoneType) else repr(value)
