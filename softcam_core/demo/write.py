"""Copy the bundled demo study into a folder of the user's."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from softcam_core.demo import demo_folder
from softcam_core.errors import SoftcamError
from softcam_core.paths import exists, is_folder


def refuse_foreign_files(folder: Path, ours: set[Path]) -> None:
    """Check that ``folder`` is missing, empty, or holds nothing but files of the demo study.

    Args:
        folder: where the study is to be written.
        ours: relative paths that may be there already and will be replaced.

    Raises:
        SoftcamError: a file of somebody else's lies there, or ``folder`` is a file.
    """
    if exists(folder) and not is_folder(folder):
        raise SoftcamError(f"{folder} is a file; choose a folder for the demo study.")
    for path in sorted(folder.rglob("*")) if is_folder(folder) else ():
        if path.is_dir() and not path.is_symlink():
            continue
        if path.relative_to(folder) not in ours:
            raise SoftcamError(
                f"The folder {folder} holds other files ({path.relative_to(folder)}); choose an "
                "empty folder for the demo study."
            )


def write_demo(folder: Path) -> Iterator[Path]:
    """Copy images, masks, labels.csv, models and the README into ``folder``.

    Yields:
        Every file when it is in place, as it lies in ``folder``.

    Raises:
        SoftcamError: the folder holds other files, or cannot be written.
    """
    source = demo_folder()
    files = sorted(p.relative_to(source) for p in source.rglob("*") if p.is_file())
    refuse_foreign_files(folder, set(files))
    for name in files:
        target = folder / name
        partial = target.with_name(f".{target.name}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, partial)
            partial.replace(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise SoftcamError(
                f"The demo study cannot be written to {folder} "
                f"({error.strerror or 'unknown reason'}); choose another folder."
            ) from error
        yield target
