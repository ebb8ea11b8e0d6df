"""Reading a training configuration: the file, then what was typed with ``--set``.

Relative paths of the file are relative to the file; those typed with ``--set`` are relative to the
current folder, and so are the run folder ``output.dir`` and all paths of a bundled recipe. Free of
torch.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
import typing
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from softcam_core.errors import ConfigError
from softcam_core.training.config.checks import check
from softcam_core.training.config.schema import Config, toml_value
from softcam_core.training.recipes import is_recipe

_TABLES: dict[str, type[Any]] = {f.name: f.default_factory for f in dataclasses.fields(Config)}  # type: ignore[misc]
_HINTS = {name: typing.get_type_hints(table) for name, table in _TABLES.items()}
_PATHS = {
    ("data", "csv"),
    ("data", "study"),
    ("data", "images"),
    ("data", "hard_model"),
    ("data", "cache_dir"),
    ("model", "weights"),
}
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
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        raise ConfigError(f"{path} is not valid TOML: {error}.") from error

    folder = Path.cwd() if is_recipe(path) else path.resolve().parent
    tables: dict[str, dict[str, Any]] = {name: {} for name in _TABLES}
    for table, values in raw.items():
        if table not in _TABLES:
            raise ConfigError(_unknown(path.name, table, ""))
        if not isinstance(values, dict):
            raise ConfigError(f"{path.name}: {table} must be a table, [{table}].")
        for key, value in values.items():
            checked = _checked(path.name, table, key, value)
            tables[table][key] = _anchored(path.name, table, key, checked, folder)
    return _made(path.name, tables, overrides, str(Path("runs") / path.stem))


def make_config(overrides: Sequence[str]) -> Config:
    """Return the configuration of ``table.key=value`` texts alone, checked.

    Raises:
        ConfigError: as `load_config`.
    """
    return _made("--set", {name: {} for name in _TABLES}, overrides, str(Path("runs") / "run"))


def _made(
    where: str, tables: dict[str, dict[str, Any]], overrides: Sequence[str], folder: str
) -> Config:
    """Apply overrides, fill in what depends on other keys, and check the whole."""
    for override in overrides:
        _override(tables, override)
    if tables["model"].get("head") == "dual-branch":
        tables["train"].setdefault("lr", _DUAL_BRANCH_LR)
    if not tables["output"].get("dir"):
        tables["output"]["dir"] = folder
    config = Config(**{name: _TABLES[name](**values) for name, values in tables.items()})
    check(where, config)
    return config


def _anchored(where: str, table: str, key: str, value: Any, folder: Path) -> Any:
    """Make a relative path of the configuration file absolute; ``output.dir`` stays as it is."""
    is_path = (table, key) in _PATHS and value not in _WEIGHT_WORDS
    if not value or not (is_path or (table, key) == ("output", "dir")):
        return value
    if "\0" in value:
        raise ConfigError(f"{where}: {table}.{key} holds a character that no path can have.")
    try:
        path = Path(value).expanduser()
    except RuntimeError as error:
        raise ConfigError(
            f"{where}: {table}.{key} is {value}, and there is no such user's home folder; write "
            "the path in full."
        ) from error
    return str(folder / path) if is_path else value


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
    tables[table][key] = _anchored("--set", table, key, checked, Path.cwd())


def _typed(hint: Any, text: str) -> Any:
    """Read the text of an override: quotes may be left out, lists may be ``a,b``, 0.5 be ``.5``."""
    if hint is float and text.startswith("."):
        text = f"0{text}"
    try:
        value = tomllib.loads(f"v = {text}")["v"]
    except (ValueError, RecursionError):
        value = text
    if typing.get_origin(hint) is tuple and not isinstance(value, list):
        item = typing.get_args(hint)[0]
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return [_typed(item, part) for part in parts] if item in (int, float) else parts
    wants_text = hint is str or typing.get_origin(hint) is Literal
    return text if wants_text and not isinstance(value, str) else value


def _checked(where: str, table: str, key: str, value: Any) -> Any:
    """Return ``value`` in the type of its key."""
    hint = _HINTS[table].get(key)
    if hint is None:
        raise ConfigError(_unknown(where, table, key))
    origin = typing.get_origin(hint)
    name = f"{where}: {table}.{key}"
    got = toml_value(value) if not isinstance(value, dict) else "a table"
    if origin is Literal:
        choices = typing.get_args(hint)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value not in choices:
            wanted = ", ".join(choice or '""' for choice in choices)
            raise ConfigError(f"{name} is {got}; choose one of {wanted}.")
        return value
    if origin is tuple:
        return _items(name, typing.get_args(hint)[0], value)
    if origin is dict:
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return dict(value)
        raise ConfigError(f"{name} must be a table of texts, not {got}.")
    if hint is float and type(value) in (int, float):
        return _float(name, value)
    if type(value) is hint:
        return value
    wanted = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}[hint]
    raise ConfigError(f"{name} must be {wanted}, not {got}.")


def _items(name: str, hint: Any, value: Any) -> tuple[Any, ...]:
    """Return a list of one type as a tuple."""
    wanted = {float: "numbers", int: "whole numbers"}.get(hint, "names")
    kinds = {float: (int, float), int: (int,)}.get(hint, (str, int))
    if not isinstance(value, list) or any(
        isinstance(item, bool) or not isinstance(item, kinds) for item in value
    ):
        raise ConfigError(f"{name} must be a list of {wanted}, not {toml_value(value)}.")
    if typing.get_origin(hint) is Literal:
        for item in value:
            if item not in typing.get_args(hint):
                choices = ", ".join(typing.get_args(hint))
                raise ConfigError(f"{name} holds {item!r}; choose from {choices}.")
        return tuple(value)
    if hint is float:
        return tuple(_float(name, item) for item in value)
    return tuple((int if hint is int else str)(item) for item in value)


def _float(name: str, value: float) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise ConfigError(f"{name} is too large a number; write a smaller one.") from error


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
