"""Which leading folders of a path belong to a machine, and never leave it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path, PurePath

# Folders with a folder for each account.
_HOMES = frozenset({"home", "homes", "users", "documents and settings"})
_HOMES_WITHIN = 5
# Top folders -> how many levels below them are names of mounts, accounts or the system's own.
_BELOW = {
    "cygdrive": 1,
    "dev": 1,
    "media": 2,
    "mnt": 1,
    "net": 1,
    "nfs": 1,
    "private": 2,
    "run": 3,
    "var": 1,
    "volumes": 1,
}


def hidden_parts() -> Callable[[PurePath], int]:
    """Return a function that says how many leading parts of a path are the machine's.

    These are the root or drive, of POSIX paths the top folder too, which is where disks are
    mounted, and everything down to the name of an account, a disk or a share.
    """
    accounts = _accounts()
    known: dict[tuple[str, ...], int] = {}

    def hidden(path: PurePath) -> int:
        folders = path.parts[:-1]
        if folders not in known:
            known[folders] = _hidden(path, folders, accounts)
        return known[folders]

    return hidden


def _hidden(path: PurePath, folders: tuple[str, ...], accounts: set[str]) -> int:
    count = 1 if path.anchor else 0
    names = [name.casefold() for name in folders]
    if path.root and not path.drive and len(names) > 1:
        count = 2 + _BELOW.get(names[1], 0)
    homes = [i + 2 for i, name in enumerate(names[:_HOMES_WITHIN]) if name in _HOMES]
    own = [i + 1 for i, name in enumerate(names) if name in accounts]
    return min(max([count, *homes, *own]), len(folders))


def _accounts() -> set[str]:
    """Return what the account is called in which the program runs."""
    names = [os.environ.get(name, "") for name in ("USER", "LOGNAME", "USERNAME")]
    with contextlib.suppress(RuntimeError):  # An account without a home folder.
        names.append(Path.home().name)
    return {name.casefold() for name in names if name}
