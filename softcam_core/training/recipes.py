"""The bundled training configurations and their names. Free of torch.

A recipe is a TOML file below ``resources/recipes``. The comment at its top says in its first line
what it trains, and below that where its numbers come from and the command that runs it.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from softcam_core.errors import ConfigError
from softcam_core.paths import is_file
from softcam_core.resources import resource_path

_SUFFIX = ".toml"


@dataclass(frozen=True)
class Recipe:
    """One bundled configuration.

    Attributes:
        name: what ``softcam train`` takes, ``paper/rsna-vgg16-ridge``.
        title: what it trains, in a line.
        text: the rest of the file's opening comment, its lines joined; the command stands on a
            line of its own.
        kind: ``black box``, ``dense``, ``sparse``, ``ridge``, ``elastic net`` or ``dual branch``.
        modality: ``fundus``, ``oct``, ``cxr`` or "".
        select: lambdas that the recipe leaves to ``softcam sweep``: ``l1``, ``l2``.
        path: of the file.
    """

    name: str
    title: str
    text: str
    kind: str
    modality: str
    select: tuple[str, ...]
    path: Path


def recipes() -> list[Recipe]:
    """Return all bundled recipes, by folder and name."""
    root = _root()
    files = sorted(root.rglob(f"*{_SUFFIX}"), key=lambda path: (path.parent, path.stem))
    return [_read(path, root) for path in files]


def find_recipe(name: str) -> Path:
    """Return the file of a recipe.

    Args:
        name: as `Recipe.name`, with or without ``.toml``; the folder may be left out where one
            recipe alone has the rest.

    Raises:
        ConfigError: none or several have that name; it tells the nearest.
    """
    wanted = name.replace("\\", "/").removesuffix(_SUFFIX)
    files = {_name(path, _root()): path for path in _root().rglob(f"*{_SUFFIX}")}
    if wanted in files:
        return files[wanted]
    same = [known for known in files if known.rpartition("/")[2] == wanted]
    if len(same) == 1:
        return files[same[0]]
    near = same or difflib.get_close_matches(wanted, files, 1, 0.6)
    advice = (
        f"did you mean {' or '.join(sorted(near))}?" if near else "see softcam train --recipes."
    )
    raise ConfigError(f"There is no file and no bundled recipe {name}; {advice}")


def config_path(text: str | Path) -> Path:
    """Return the configuration that a command line names: a file, or a bundled recipe.

    A file goes first. What has a suffix or is in a folder that exists is taken for a file that is
    missing, unless it is a recipe's name.

    Raises:
        ConfigError: it is neither.
    """
    path = Path(text).expanduser()
    if is_file(path):
        return path
    try:
        return find_recipe(str(text))
    except ConfigError:
        if path.suffix == _SUFFIX or path.is_absolute():
            return path  # whoever reads it says that it cannot be read
        raise


def is_recipe(path: Path) -> bool:
    """Tell whether a file is a bundled recipe."""
    return path.resolve().is_relative_to(_root().resolve())


def _root() -> Path:
    return resource_path("recipes")


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).with_suffix("").as_posix()


def _read(path: Path, root: Path) -> Recipe:
    text = path.read_text(encoding="utf-8")
    values = tomllib.loads(text)
    title, _, rest = _comment(text).partition("\n")
    return Recipe(
        name=_name(path, root),
        title=title.removesuffix("."),
        text=rest,
        kind=_kind(values),
        modality=values.get("data", {}).get("modality", ""),
        select=tuple(values.get("loss", {}).get("select", ())),
        path=path,
    )


def _comment(text: str) -> str:
    """Return the comment that a file begins with; sentences that were wrapped are joined."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        words = line.removeprefix("#").strip()
        goes_on = len(lines) > 1 and not words.startswith("softcam ")
        if goes_on and lines[-1].endswith("\\"):
            lines[-1] = f"{lines[-1][:-1].rstrip()} {words}"
        elif goes_on and not lines[-1].startswith("softcam "):
            lines[-1] += f" {words}"
        else:
            lines.append(words)
    return "\n".join(lines)


def _kind(values: dict[str, Any]) -> str:
    """Return what a recipe trains; a lambda that is still to be chosen counts as set."""
    head = values.get("model", {}).get("head", "softcam")
    if head != "softcam":
        return {"blackbox": "black box", "dual-branch": "dual branch"}[head]
    loss = values.get("loss", {})
    penalties = {name for name in ("l1", "l2") if loss.get(name) or name in loss.get("select", ())}
    return {
        frozenset(): "dense",
        frozenset({"l1"}): "sparse",
        frozenset({"l2"}): "ridge",
        frozenset({"l1", "l2"}): "elastic net",
    }[frozenset(penalties)]
