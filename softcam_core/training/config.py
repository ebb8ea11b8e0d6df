"""The training configuration: a TOML file, its typed form, and what is wrong with it.

Relative paths of the file are relative to the file; those typed with ``--set`` are relative to the
current folder, and so is the run folder ``output.dir``. Free of torch.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import math
import tomllib
import types
import typing
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from softcam_core.errors import ConfigError

AugmentName = Literal["fundus", "oct", "cxr", "released-fundus", "released-cxr", "none"]


@dataclass(frozen=True)
class DataConfig:
    """``[data]``: which images, and how they become inputs.

    Attributes:
        csv: table of images; the one key without a default.
        study, reader: a study file and the reader whose labels count, in place of ``csv``.
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
    """

    csv: str = ""
    study: str = ""
    reader: str = ""
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


@dataclass(frozen=True)
class LossConfig:
    """``[loss]``: CE + l1 * P1 + l2 * P2; see `softcam_core.training.loss`."""

    l1: float = 0.0
    l2: float = 0.0
    guidance: float = 0.0
    reduction: Literal["mean", "first_sample"] = "mean"
    ridge: Literal["norm", "squared"] = "norm"


@dataclass(frozen=True)
class TrainConfig:
    """``[train]``: the optimiser's run; ``batch_size`` is that of one process.

    A dual-branch head is trained in steps instead of the cosine: ``decay_every`` epochs between
    them, 0 for a third of the run. Its default ``lr`` is the poster's for VGG, 0.003.
    """

    epochs: int = 70
    batch_size: int = 16
    lr: float = 1e-3
    min_lr: float = 1e-4
    decay_every: int = 0
    momentum: float = 0.9
    weight_decay: float = 5e-4
    seed: int = 0
    device: str = "auto"
    precision: Literal["32", "bf16", "16"] = "32"


@dataclass(frozen=True)
class OutputConfig:
    """``[output]``: the run folder; default ``runs/<name of the configuration file>``."""

    dir: str = ""


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
            lines += [f"{key} = {_toml_value(value)}" for key, value in values.items()]
            lines.append("")
        return "\n".join(lines)


_TABLES: dict[str, type[Any]] = {f.name: f.default_factory for f in dataclasses.fields(Config)}  # type: ignore[misc]
_HINTS = {name: typing.get_type_hints(table) for name, table in _TABLES.items()}
_PATHS = {("data", "csv"), ("data", "study"), ("model", "weights")}
_DUAL_BRANCH_LR = 0.003  # the poster's for VGG; it gives none for other networks
_WEIGHT_WORDS = ("none", "imagenet")


def load_config(path: Path | str, overrides: Sequence[str] = ()) -> Config:
    """Read a TOML file, apply ``table.key=value`` overrides, check everything.

    Raises:
        ConfigError: unreadable file, unknown key, wrong type or value, or a thing that this
            version does not train; one sentence each.
    """
    path = Path(path)
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise ConfigError(f"The configuration {path} cannot be read: {reason}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not a TOML text file; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from error

    tables: dict[str, dict[str, Any]] = {name: {} for name in _TABLES}
    for table, values in raw.items():
        if table not in _TABLES:
            raise ConfigError(_unknown(path.name, table, ""))
        if not isinstance(values, dict):
            raise ConfigError(f"{path.name}: {table} must be a table, [{table}].")
        for key, value in values.items():
            checked = _checked(path.name, table, key, value)
            tables[table][key] = _anchored(table, key, checked, path.resolve().parent)
    for override in overrides:
        _override(tables, override)
    if tables["model"].get("head") == "dual-branch":
        tables["train"].setdefault("lr", _DUAL_BRANCH_LR)
    if not tables["output"].get("dir"):
        tables["output"]["dir"] = str(Path("runs") / path.stem)
    config = Config(**{name: _TABLES[name](**values) for name, values in tables.items()})
    _check(path.name, config)
    return config


def _anchored(table: str, key: str, value: Any, folder: Path) -> Any:
    """Make a relative path of the configuration file absolute."""
    if (table, key) not in _PATHS or not value or value in _WEIGHT_WORDS:
        return value
    return str(folder / Path(value).expanduser())


def _override(tables: dict[str, dict[str, Any]], text: str) -> None:
    """Apply one ``--set table.key=value``."""
    name, equals, value = text.partition("=")
    parts = name.strip().split(".")
    if not equals or len(parts) < 2:
        raise ConfigError(f"--set {text}: write it as table.key=value, --set train.epochs=4.")
    table, key = parts[0], parts[1]
    if table not in _TABLES or key not in _HINTS[table]:
        raise ConfigError(_unknown("--set", table, key))
    hint = _HINTS[table][key]
    if typing.get_origin(hint) is dict and len(parts) == 3:
        tables[table][key] = {**tables[table].get(key, {}), parts[2]: value.strip()}
        return
    if len(parts) != 2:
        raise ConfigError(f"--set {text}: {table}.{key} is one value and has no parts.")
    checked = _checked("--set", table, key, _typed(hint, value.strip()))
    tables[table][key] = _anchored(table, key, checked, Path.cwd())


def _typed(hint: Any, text: str) -> Any:
    """Read the text of an override: quotes may be left out, lists may be ``a,b``."""
    try:
        value = tomllib.loads(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError:
        value = text
    if typing.get_origin(hint) is tuple and not isinstance(value, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    wants_text = hint is str or typing.get_origin(hint) is Literal
    return text if wants_text and not isinstance(value, str) else value


def _checked(where: str, table: str, key: str, value: Any) -> Any:
    """Return ``value`` in the type of its key."""
    hint = _HINTS[table].get(key)
    if hint is None:
        raise ConfigError(_unknown(where, table, key))
    origin = typing.get_origin(hint)
    name = f"{where}: {table}.{key}"
    got = _toml_value(value) if not isinstance(value, dict) else "a table"
    if origin is Literal:
        choices = typing.get_args(hint)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value not in choices:
            wanted = ", ".join(choice or '""' for choice in choices)
            raise ConfigError(f"{name} is {got}; choose one of {wanted}.")
        return value
    if origin is tuple:
        if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
            return tuple(str(item) for item in value)
        raise ConfigError(f"{name} must be a list of names, not {got}.")
    if origin is dict:
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return dict(value)
        raise ConfigError(f"{name} must be a table of texts, not {got}.")
    if hint is float and type(value) in (int, float):
        return float(value)
    if type(value) is hint:
        return value
    wanted = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}[hint]
    raise ConfigError(f"{name} must be {wanted}, not {got}.")


def _unknown(where: str, table: str, key: str) -> str:
    """Say which known key is nearest to an unknown one."""
    if not key:
        wrong, known = table, list(_TABLES)
    else:
        wrong = f"{table}.{key}"
        known = [f"{name}.{known_key}" for name, hints in _HINTS.items() for known_key in hints]

    def likeness(candidate: str) -> float:
        name, _, leaf = candidate.rpartition(".")
        same = difflib.SequenceMatcher(None, wrong.rpartition(".")[2].lower(), leaf).ratio()
        return same + (0.1 if name and name == table else 0.0)

    return f"{where}: unknown key {wrong}; did you mean {max(known, key=likeness)}?"


def _check(where: str, config: Config) -> None:
    """Check ranges, and refuse what this version does not train."""
    data, model, loss, train = config.data, config.model, config.loss, config.train
    if data.study:
        raise ConfigError(
            f"{where}: data.study cannot be trained on yet; name a table of images in data.csv."
        )
    if not data.csv:
        raise ConfigError(f'{where}: data.csv is missing; name the table, csv = "labels.csv".')
    if model.head == "dual-branch" and model.weights == "none":
        raise ConfigError(
            f"{where}: a dual-branch model keeps a trained classifier and adds a head to it; set "
            "model.weights to the classifier's file."
        )
    if loss.guidance:
        raise ConfigError(f"{where}: loss.guidance cannot be used yet; leave it at 0.")
    if model.head != "softcam" and (loss.l1 or loss.l2):
        name = "black box" if model.head == "blackbox" else "dual-branch model"
        raise ConfigError(
            f"{where}: a {name} has no evidence to penalise; set loss.l1 and loss.l2 to 0, or "
            "model.head to softcam."
        )
    if len(set(data.classes)) != len(data.classes) or len(data.classes) == 1:
        raise ConfigError(f"{where}: data.classes must hold two or more different names.")
    limits: list[tuple[str, float, float, float]] = [
        ("data.image_size", data.image_size, 16, 8192),
        ("data.max_failed", data.max_failed, 0, 1),
        ("data.cache_gb", data.cache_gb, 0, math.inf),
        ("data.split_seed", data.split_seed, 0, 2**63),
        ("loss.l1", loss.l1, 0, math.inf),
        ("loss.l2", loss.l2, 0, math.inf),
        ("train.epochs", train.epochs, 1, math.inf),
        ("train.batch_size", train.batch_size, 1, math.inf),
        ("train.decay_every", train.decay_every, 0, math.inf),
        ("train.min_lr", train.min_lr, 0, math.inf),
        ("train.momentum", train.momentum, 0, 1),
        ("train.weight_decay", train.weight_decay, 0, math.inf),
        ("train.seed", train.seed, 0, 2**63),
    ]
    for name, value, low, high in limits:
        if not low <= value <= high or math.isinf(value):
            upper = "" if high in (math.inf, 2**63) else f" and at most {high:g}"
            raise ConfigError(f"{where}: {name} is {value:g}; it must be at least {low:g}{upper}.")
    if not 0 < train.lr < math.inf:
        raise ConfigError(f"{where}: train.lr is {train.lr:g}; it must be above 0.")


def _toml_value(value: Any) -> str:
    """Write one value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml_value(item) for item in value) + "]"
    if isinstance(value, dict):
        items = (f"{_toml_value(key)} = {_toml_value(item)}" for key, item in value.items())
        return "{" + ", ".join(items) + "}"
    return str(value) if isinstance(value, types.NoneType) else repr(value)
