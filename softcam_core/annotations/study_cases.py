"""The part of a study that holds its images."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from softcam_core.annotations.records import CaseRecord
from softcam_core.errors import StudyError

if TYPE_CHECKING:
    from softcam_core.annotations.cases import Cases

PathLike = str | os.PathLike[str]


class StudyCases:
    """Cases and how far each is read; a base of `Study`."""

    _cases: Cases

    def add_case(self, path: PathLike, modality: str = "") -> int:
        """Add an image and return its id; the same file again gives the same id.

        Raises:
            StudyError: there is no such file.
        """
        if not Path(path).is_file():
            raise StudyError(f"There is no image {os.fspath(path)}; check its name and folder.")
        return self._cases.add([path], modality)[0]

    def add_cases(self, paths: Iterable[PathLike], modality: str = "") -> list[int]:
        """Add many images in one transaction; return an id for each path, in order."""
        return self._cases.add(paths, modality)

    def cases(self, reader: str | None = None) -> list[CaseRecord]:
        """Return all cases in the order they were added.

        ``label`` is the grade by ``reader``, or the latest by anybody.
        """
        return self._cases.all(reader)

    def case(self, case: int) -> CaseRecord:
        """Return one case.

        Raises:
            StudyError: the study has no such case.
        """
        return self._cases.get(case)

    def set_status(self, case: int, status: str) -> None:
        """Set a case ``unread``, ``in progress``, ``done`` or ``flagged``.

        Raises:
            ValueError: another status.
            StudyError: the study has no such case, or cannot be written.
        """
        self._cases.set_status(case, status)

    def set_modality(self, case: int, modality: str) -> None:
        """Set what a case shows, for instance ``fundus``."""
        self._cases.change(case, modality=modality)

    def image_size(self, case: int) -> tuple[int, int]:
        """Return (width, height) of a case's image in pixels.

        Raises:
            ImageError: the image cannot be read.
        """
        return self._cases.image_size(case)
