"""Taking this computer's folders out of texts: what is left of a path is its file's name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath

# A folder of a path in a text: it may have blanks inside, but neither begins nor ends with one.
_FOLDER = r'[^\\/:*?"<>|\s](?:[^\\/:*?"<>|\r\n\t]*[^\\/:*?"<>|\s,;])?[\\/]+'
_PATHS = re.compile(
    rf"""
    (?P<web> \bhttps?://[^\s"<>]* )
    | (?: \b(?P<url>[a-z][\w+.-]+):[\\/]+ (?P<in_url>(?:[^\\/"<>\s]+[\\/]+ | {_FOLDER})*)
        | (?<![\w.\\/])
          (?P<start> [\\/]{{2}}[?.][\\/](?:[a-z]:[\\/]+)?
            | [a-z]:[\\/]+ | ~[^\\/\s]*[\\/]+ | [\\/]+ )
          (?=[^\s\\/]) (?P<folders> (?:{_FOLDER})*)
      )
      (?P<last> [^\\/:*?"<>|\s,;]* )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Folders of accounts, disks and shares: what follows is the name of one.
_OWNERS = frozenset(
    {"home", "homes", "users", "documents and settings", "media", "mnt", "net", "volumes"}
)


def without_folders(text: str) -> str:
    """Return a text with the folders of all whole paths and file URLs taken out.

    Of ``/home/name/marks.json`` the file's name stays; of ``/home/name``, nothing. Where blanks
    leave in doubt how far a path goes it is taken to go on: rather too much is taken out than
    somebody's name left in. Relative paths and addresses of the web stay.
    """
    for flavour in (PurePosixPath, PureWindowsPath):
        path = flavour(text)
        if path.is_absolute():
            return "" if _is_owned(path.parts[1:-1]) else _PATHS.sub(_shortened, path.name)
    return _PATHS.sub(_shortened, text)


def _shortened(match: re.Match[str]) -> str:
    if match["web"]:
        return match[0]
    inner = match["in_url"] if match["url"] else match["folders"]
    folders = [folder for folder in re.split(r"[\\/]+", inner) if folder]
    if not folders and match["start"] == "/":  # "and /or" is no path
        return match[0]
    return "" if _is_owned(folders) else match["last"]


def _is_owned(folders: list[str] | tuple[str, ...]) -> bool:
    names = [folder.casefold() for folder in folders]
    return names[-1:] != [] and (names[-1] in _OWNERS or names[-2:-1] == ["media"])
