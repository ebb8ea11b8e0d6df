"""What a model file says before its weights are read: free of torch, so the window can ask.

A ``.safetensors`` file is eight bytes of header length, a JSON header (metadata and where each
tensor lies) and the tensors' bytes.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from softcam_core.errors import ModelError
from softcam_core.models.spec import ModelSpec
from softcam_core.paths import is_folder

METADATA_KEY = "softcam"
_MAX_HEADER = 100_000_000  # the limit of safetensors itself
_CONVERT = "softcam convert makes a model of a classifier's weights"
_PICKLES = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")


@dataclass(frozen=True)
class Header:
    """The header of a whole ``.safetensors`` file.

    Attributes:
        metadata: free text by key.
        tensors: type, shape and place of each tensor, by name.
        shapes: of the tensors, by name.
        start: where the tensors' bytes begin.
    """

    metadata: dict[str, str]
    tensors: dict[str, Any]
    shapes: dict[str, tuple[int, ...]]
    start: int


def read_spec(path: str | Path) -> ModelSpec:
    """Read what a model file says about itself, without its weights.

    Raises:
        ModelError: one sentence that names the file and what to do: it is missing, a folder, a
            pickle, truncated, no safetensors file, no model of this project, or too new.
    """
    return spec_of(read_header(path), path)


def spec_of(header: Header, path: str | Path) -> ModelSpec:
    """Return the description in a header that was read from ``path``."""
    if METADATA_KEY not in header.metadata:
        raise ModelError(f"The file {path} holds weights but no SoftCAM model; {_CONVERT}.")
    try:
        return ModelSpec.from_json(header.metadata[METADATA_KEY])
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from error


def model_id(path: str | Path) -> str:
    """Return the SHA-256 (hexadecimal) of all that makes a model's predictions and their meaning.

    That is the weights, and of the description architecture, head, classes, input and options;
    editing the card keeps it.

    Raises:
        ModelError: see `read_spec`.
    """
    header = read_header(path)
    spec = dataclasses.asdict(spec_of(header, path))
    meaning = {key: spec[key] for key in ("arch", "head", "classes", "input", "options")}
    digest = hashlib.sha256(json.dumps([meaning, header.tensors], sort_keys=True).encode())
    try:
        with Path(path).open("rb") as file:
            file.seek(header.start)
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise ModelError(_unreadable(path, error)) from error
    return digest.hexdigest()


def read_header(path: str | Path) -> Header:
    """Read and check the header of a ``.safetensors`` file.

    Raises:
        ModelError: see `read_spec`.
    """
    path = Path(path)
    if is_folder(path):
        raise ModelError(f"The model {path} is a folder; choose a .safetensors file in it.")
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            first = file.read(8)
            length = int.from_bytes(first, "little")
            is_pickle = first.startswith(_PICKLES)
            text = b"" if is_pickle or length > _MAX_HEADER else file.read(length)
    except FileNotFoundError as error:
        raise ModelError(f"The model {path} does not exist; check the path.") from error
    except OSError as error:
        raise ModelError(_unreadable(path, error)) from error
    if is_pickle:
        raise ModelError(
            f"The file {path} is a PyTorch checkpoint, not a SoftCAM model; {_CONVERT}."
        )
    if text[:1] != b"{":
        raise ModelError(
            f"The file {path} is not a SoftCAM model (no safetensors header); choose a "
            ".safetensors file that this program saved."
        )
    if len(text) < length:
        raise _truncated(path, 8 + length, size)
    try:
        entries: dict[str, Any] = json.loads(text)
        metadata = {key: str(text) for key, text in entries.pop("__metadata__", {}).items()}
        shapes = {name: tuple(entry["shape"]) for name, entry in entries.items()}
        end = max((int(entry["data_offsets"][1]) for entry in entries.values()), default=0)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ModelError(f"The header of the model {path} is damaged; copy it again.") from error
    if size < 8 + length + end:
        raise _truncated(path, 8 + length + end, size)
    return Header(metadata, entries, shapes, 8 + length)


def _truncated(path: Path, expected: int, size: int) -> ModelError:
    return ModelError(
        f"The model {path} is truncated ({size:,} of {expected:,} bytes); copy it again."
    )


def _unreadable(path: str | Path, error: OSError) -> str:
    return f"The model {path} cannot be read ({error.strerror}); check its permissions."
