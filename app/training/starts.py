"""What a file of weights says of its network before it is read: no torch, and nothing is run."""

from __future__ import annotations

import pickletools
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.training.words import ARCHITECTURES, tr
from softcam_core.errors import ModelError, SoftcamError
from softcam_core.models.header import METADATA_KEY, read_header, spec_of
from softcam_core.models.spec import ModelSpec

LARGEST = 2**24
"""Bytes of a pickle beyond which it is not looked into."""
OWN = "{0} has a network of its own, which cannot be built anew; choose other weights."
SIGNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "squeezenet1_0": ("features.5.squeeze.weight", ()),
    "squeezenet1_1": ("features.6.squeeze.weight", ()),
    "shufflenet_v2_x0_5": ("stage4.3.branch2.0.weight", ()),
    "mobilenet_v3_small": ("features.12.0.weight", ("features.13.block.0.0.weight",)),
    "efficientnet_b0": ("features.7.0.block.3.0.weight", ("features.7.1.block.0.0.weight",)),
    "resnet18": ("layer3.1.conv2.weight", ("layer3.2.conv2.weight", "layer3.1.conv3.weight")),
    "resnet50": ("layer3.5.conv3.weight", ("layer3.6.conv3.weight",)),
    "vgg16": ("features.28.weight", ("features.1.weight", "features.30.weight")),
    "densenet121": (
        "features.denseblock3.denselayer24.norm1.weight",
        ("features.denseblock3.denselayer25.norm1.weight",),
    ),
    "inception_v3": ("Mixed_7c.branch_pool.conv.weight", ()),
    "convnext_tiny": ("features.5.8.block.0.weight", ("features.5.9.block.0.weight",)),
}
"""Network -> a tensor that it has, and those that only larger ones of its family have."""


@dataclass(frozen=True)
class Start:
    """A file of weights, as far as it can be known.

    Attributes:
        arch: its network, "" where that cannot be told.
        spec: its description, where this program saved it.
        problem: why it cannot be started from, "" as far as is known.
    """

    arch: str = ""
    spec: ModelSpec | None = None
    problem: str = ""


def look_at(path: Path) -> Start:
    """Look into a file of weights; what is wrong with it is a part of the answer."""
    try:
        if path.suffix != ".safetensors":
            return Start(network_of(_pickled_names(path)))
        header = read_header(path)
        if METADATA_KEY not in header.metadata:
            return Start(network_of(header.shapes))
        spec = spec_of(header, path)
    except SoftcamError as error:
        return Start(problem=str(error))
    if spec.arch == "custom":
        return Start(problem=tr(OWN).format(path.name))
    return Start(spec.arch, spec)


def unfit_text(path: str, start: Start, arch: str) -> str:
    """Return why a network cannot start from a file, "" where it may."""
    if start.problem or start.arch in ("", arch):
        return start.problem
    if start.spec is None and arch not in SIGNS:
        return ""  # The names tell those networks apart alone.
    title = tr(ARCHITECTURES.get(start.arch, start.arch)).partition(" · ")[0]
    return tr("{0} holds a {1}; choose that network, or other weights.").format(
        Path(path).name, title
    )


def network_of(names: Iterable[str]) -> str:
    """Return the network that has tensors of these names, "" where none or several have."""
    whole = set(names)
    # Checkpoints put the network below names of their own: `model.`, `module.`, ...
    known = whole | {n.partition(".")[2] for n in whole}
    known |= {n.partition(".")[2] for n in known}
    found = [
        arch
        for arch, (sign, larger) in SIGNS.items()
        if sign in known and not known.intersection(larger)
    ]
    return found[0] if len(found) == 1 else ""


def _pickled_names(path: Path) -> set[str]:
    """Return the texts in a checkpoint of PyTorch, which is parsed and not run; often its names.

    Raises:
        ModelError: there is no such file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = next((i for i in archive.infolist() if i.filename.endswith("data.pkl")), None)
            if inside is None or inside.file_size > LARGEST:
                return set()
            content = archive.read(inside)
        return {arg for _, arg, _ in pickletools.genops(content) if isinstance(arg, str)}
    except FileNotFoundError as error:
        text = tr("The weights {0} do not exist; check the path.")
        raise ModelError(text.format(path)) from error
    except (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile):
        return set()
