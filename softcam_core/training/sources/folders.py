"""A folder for each class, with or without train, val and test above."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.imaging.index import find_images
from softcam_core.paths import is_folder, shown
from softcam_core.training.config import DataConfig
from softcam_core.training.rows import SPLIT_WORDS, Split
from softcam_core.training.sources.images import is_text
from softcam_core.training.sources.listing import LeftOut, Listing, Record
from softcam_core.training.sources.tables import refuse_quality


def read_folders(data: DataConfig, _wanted: tuple[str, ...]) -> Listing:
    """List a tree of images by their folders; no image is opened.

    Raises:
        ConfigError: it holds no images, or no folders of classes.
    """
    root = Path(data.csv)
    refuse_quality(root, data)
    left_out = LeftOut()
    records = list(walk_classes(root, left_out))
    parted = "train, val and test above" if records[0].split else "no split"
    return Listing(
        root,
        "folders",
        f"{shown(root.name)} is a folder of images with a folder for each class (folders), "
        f"{parted}.",
        records,
        left_out=left_out,
    )


def walk_classes(root: Path, left_out: LeftOut) -> Iterator[Record]:
    """Yield the images of a tree with split and class; a name in other capitals is one class.

    Raises:
        ConfigError: it holds no images, or no folders of classes.
    """
    if not is_folder(root):
        raise ConfigError(f"The folder {root} does not exist; check data.csv.")
    top = class_root(root)
    # `is_split_tree` looks at the folders alone, so that no class is called train by mistake.
    parted = is_split_tree(top)
    start = len(top.parts)
    spelled: dict[str, str] = {}
    count = listed = 0
    for chunk in find_images(top):
        for path in chunk:
            count += 1
            parts = list(path.parts[start:])
            place = shown("/".join(parts))
            if not is_text(path):
                left_out.add("its name is no text", place)
                continue
            split: Split | None = None
            if parted:
                split = SPLIT_WORDS.get(parts.pop(0).lower())
                if split is None:
                    left_out.add("it lies outside train, val and test", place)
                    continue
            if len(parts) < 2:
                left_out.add("it lies in no folder of a class", place)
                continue
            listed += 1
            label = spelled.setdefault(parts[0].casefold(), parts[0])
            yield Record(place, path, label, split=split)
    if not count:
        raise ConfigError(f"The folder {root} holds no images; choose another folder.")
    if not listed:
        raise ConfigError(
            f"No image of {root} lies in a folder of its class; put those of each class into a "
            "folder of its name, or give a table."
        )


def class_root(root: Path) -> Path:
    """Return the folder in which those of splits or classes lie: the only one inside, and so on."""
    while True:
        inside = subfolders(root)
        if len(inside) != 1 or inside[0].name.lower() in SPLIT_WORDS or not subfolders(inside[0]):
            return root
        root = inside[0]


def is_split_tree(root: Path) -> bool:
    """Return whether a folder holds folders of splits, and these hold others."""
    found = [f for f in subfolders(root) if f.name.lower() in SPLIT_WORDS]
    return any(subfolders(folder) for folder in found)


def class_names(root: Path) -> set[str]:
    """Return the names of the folders that would be classes."""
    top = class_root(root)
    parts = [f for f in subfolders(top) if f.name.lower() in SPLIT_WORDS]
    return {f.name for one in (parts if is_split_tree(top) else [top]) for f in subfolders(one)}


def subfolders(folder: Path) -> list[Path]:
    """Return the folders right below, without hidden ones and what archives of a Mac add."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir()]
    except OSError:
        return []
    return [folder / name for name in sorted(names) if not name.startswith((".", "__"))]
