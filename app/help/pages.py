"""The pages of the help: found, named and searched. Files of Markdown, one folder a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from softcam_core.resources import resource_path

FALLBACK = "en"
ORDER = (
    "index",
    "open",
    "review",
    "compare",
    "ledger",
    "annotate",
    "blinded",
    "train",
    "evaluate",
    "export",
    "limits",
    "glossary",
    "intended-use",
)
"""The pages as they are listed: first the tasks, then what one should know."""


@dataclass(frozen=True)
class Page:
    """One page of the help.

    Attributes:
        name: the file's name without its suffix.
        path: the file.
    """

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        """The page as Markdown."""
        return self.path.read_text("utf-8")

    @cached_property
    def title(self) -> str:
        """What the first heading says."""
        found = re.search(r"^# (.+)$", self.text, re.MULTILINE)
        return found[1] if found else self.name

    def holds(self, words: str) -> bool:
        """Return whether every one of some words stands on the page, in whatever case."""
        text = self.text.casefold()
        return all(word in text for word in words.casefold().split())


def pages(language: str) -> list[Page]:
    """Return the pages in a language; one that is not translated comes in English."""
    folders = [resource_path("help") / language, resource_path("help", FALLBACK)]
    files = ([folder / f"{name}.md" for folder in folders] for name in ORDER)
    found = (next(path for path in paths if path.is_file() or path is paths[-1]) for paths in files)
    return [Page(path.stem, path) for path in found]
