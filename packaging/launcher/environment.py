"""The Python environment that the program runs in: where it lies, whether it is ready."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAMP = "softcam-setup.json"
INSTALLING, READY = "installing", "ready"


class SetupError(Exception):
    """Something the user has to know: the text is one sentence."""


def python_of(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def user_data_dir() -> Path:
    """Return this user's folder for the program's data (as ``platformdirs`` would)."""
    if chosen := os.environ.get("SOFTCAM_DATA_DIR"):
        return Path(chosen)
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "softcam-viewer"


def default_folder(root: Path) -> Path:
    """Return where the environment belongs: in the checkout, or beside the user's data.

    The second where the checkout cannot be written, and no finished environment is in it.
    """
    inside = root / ".venv"
    if os.access(root, os.W_OK) or is_ready(inside, root, []):
        return inside
    place = hashlib.sha256(str(root).encode()).hexdigest()[:12]
    return user_data_dir() / f"environment-{place}"


def fingerprint(root: Path) -> str:
    """Return a hash of all that an environment depends on; a moved checkout changes it too."""
    digest = hashlib.sha256(str(root).encode())
    for name in ("pyproject.toml", "packaging/constraints.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def read_stamp(folder: Path) -> dict[str, object]:
    """Return what the last set-up noted in an environment; empty where none did."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(folder: Path, **entries: object) -> None:
    """Note the state of a set-up, at once or not at all."""
    part = folder / (STAMP + ".part")
    part.write_text(json.dumps(entries), encoding="utf-8")
    part.replace(folder / STAMP)


def is_ready(folder: Path, root: Path, extras: Iterable[str], torch_index: str = "") -> bool:
    """Return whether a finished set-up of exactly this version lies in a folder."""
    stamp = read_stamp(folder)
    installed = stamp.get("extras")
    return (
        stamp.get("state") == READY
        and isinstance(installed, list)
        and set(extras) <= set(installed)
        and (not torch_index or stamp.get("torch_index") == torch_index)
        and stamp.get("fingerprint") == fingerprint(root)
        and python_of(folder).exists()
    )


def requirements(root: Path, extras: Iterable[str]) -> list[str]:
    """Return the requirements that pyproject.toml lists, with those of some extras."""
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    return [*project["dependencies"], *(line for extra in extras for line in optional[extra])]


def unmet(root: Path, extras: Iterable[str]) -> list[str]:
    """Return the requirements that the running Python does not meet."""
    from importlib.metadata import PackageNotFoundError, version

    missing = []
    for line in requirements(root, extras):
        name, ranges = split_requirement(line)
        try:
            if not in_ranges(version(name), ranges):
                missing.append(line)
        except PackageNotFoundError:
            missing.append(line)
    return missing


def split_requirement(line: str) -> tuple[str, str]:
    """Split ``name>=1,<2`` into the name and the ranges."""
    found = re.fullmatch(r"([A-Za-z0-9_.-]+?)\s*([<>=!][^;]*)?", line.strip())
    if found is None:
        raise ValueError(f"pyproject.toml: {line!r} is more than a name with ranges")
    return found[1], found[2] or ""


def in_ranges(version: str, ranges: str) -> bool:
    """Return whether a version lies in ranges such as ``>=1.2,<2,!=1.4``."""
    have = _numbers(version)
    tests = {
        ">=": lambda want: have >= want,
        "<=": lambda want: have <= want,
        "==": lambda want: have == want,
        "!=": lambda want: have != want,
        ">": lambda want: have > want,
        "<": lambda want: have < want,
    }
    parts = re.findall(r"([<>=!]+)\s*([^,\s]+)", ranges)
    return all(tests[sign](_numbers(want)) for sign, want in parts)


def _numbers(version: str) -> tuple[int, ...]:
    """Return a version's numbers without its local part, and without zeros at the end."""
    numbers = [int(n) for n in re.findall(r"\d+", version.partition("+")[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_prepared(folder: Path, root: Path, extras: Iterable[str]) -> bool:
    """Return whether somebody else's environment already meets every requirement."""
    python = python_of(folder)
    if not python.exists():
        return False
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; "
        "from launcher.environment import unmet; "
        "sys.exit(bool(unmet(Path(sys.argv[2]), sys.argv[3:])))"
    )
    command = [str(python), "-c", code, str(ROOT / "packaging"), str(root), *extras]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
