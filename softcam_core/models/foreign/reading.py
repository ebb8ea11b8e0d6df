"""Tensors out of a file of weights, whoever wrote it; nothing in the file is ever run.

PyTorch's restricted unpickler (``weights_only=True``) refuses a whole checkpoint because of one
object in it that is no tensor: hyper-parameters, a path, a date. Here every class that it does not
know is replaced by an empty dictionary, so such objects come out hollow, no code but torch's is
imported, and the tensors beside them can be read.
"""

from __future__ import annotations

import pickle
import warnings
import zipfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor
from torch.serialization import get_unsafe_globals_in_checkpoint, safe_globals

from softcam_core.errors import ModelError
from softcam_core.paths import is_file, is_folder

_INTEGERS = ("num_batches_tracked", "relative_position_index")
"""Ends of the names of what is counted, in batches or positions."""
_SAVE = "save torch.save(model.state_dict(), 'weights.pth') where it was made"
# What a checkpoint never needs, and code that means harm does.
# What a checkpoint never needs, and code that means harm does; Python 2's names as pickle has them.
_CODE = {"commands", "ctypes", "importlib", "nt", "os", "posix", "runpy", "shutil", "socket"}
_CODE |= {"subprocess", "sys", "urllib", "webbrowser"}
_CODE_BUILTINS = {"__import__", "apply", "breakpoint", "compile", "eval", "exec", "execfile"}
_CODE_BUILTINS |= {"getattr", "globals", "input", "locals", "open", "setattr", "vars"}


def read_weights(path: str | Path) -> dict[str, Tensor]:
    """Read the tensors of a ``.safetensors`` or a PyTorch checkpoint; no pickled code is run.

    Names in nested dictionaries are joined by dots: ``state_dict.model.conv1.weight``. What a file
    is, its content says and not its name.

    Raises:
        ModelError: one sentence that names the file and what to do: it is missing, damaged, a
            whole pickled network, no checkpoint at all, or holds no tensors.
    """
    path = Path(path)
    if is_folder(path):
        raise ModelError(f"The weights {path} are a folder; choose a file in it.")
    if not is_file(path):
        raise ModelError(f"The weights {path} do not exist; check the path.")
    try:
        with path.open("rb") as file:
            first = file.read(512)
    except OSError as error:
        raise ModelError(
            f"The weights {path} cannot be read ({error.strerror}); check its permissions."
        ) from error
    _check_kind(path, first)
    if first[8:9] == b"{" or path.suffix == ".safetensors":
        try:
            return load_file(path)
        except (SafetensorError, OSError) as error:
            raise ModelError(f"The weights {path} are damaged; copy them again.") from error
    content = _unpickled(path)
    tensors = dict(_tensors(content))
    if tensors:
        _check_dense(tensors, path)
        return tensors
    if any(_is_module(value) for value in (content, *_values(content))):
        raise ModelError(
            f"The weights {path} are a whole pickled network, which opens only by running its "
            f"code; {_SAVE}."
        )
    raise ModelError(f"The weights {path} hold no state_dict; {_SAVE}.")


def check_values(state: Mapping[str, Tensor], where: str) -> None:
    """Refuse weights that no trained network has.

    Args:
        state: tensors by torchvision's names.
        where: what the tensors are, to begin an error with.

    Raises:
        ModelError: a tensor of integers or complex numbers, NaN, infinity, a negative variance.
    """
    for name, tensor in state.items():
        if not tensor.is_floating_point():
            if name.endswith(_INTEGERS):
                continue
            kind = str(tensor.dtype).removeprefix("torch.")
            raise ModelError(
                f"{where} hold {name} as {kind}, and weights are real floating-point numbers; save "
                "the network's own weights, neither rounded nor complex."
            )
        if not bool(tensor.float().isfinite().all()):
            raise ModelError(
                f"{where} hold weights that are no finite numbers ({name}); train or copy them "
                "again."
            )
        if name.endswith("running_var") and bool((tensor.float() < 0).any()):
            raise ModelError(
                f"{where} hold a negative variance ({name}); train or copy them again."
            )


def _check_dense(tensors: Mapping[str, Tensor], path: Path) -> None:
    """Refuse tensors that are not simply all of their numbers."""
    for name, tensor in tensors.items():
        problem, advice = "", ""
        if tensor.is_meta:
            problem, advice = (
                "has a shape but no numbers (device meta)",
                "save them where they are loaded",
            )
        elif tensor.is_quantized:
            problem, advice = "is quantised", "save the weights from before the quantisation"
        elif tensor.layout != torch.strided or tensor.is_nested:
            problem, advice = "is sparse or nested", "save it dense, as .to_dense() makes it"
        if problem:
            raise ModelError(
                f"The weights {path} cannot be used, since {name} {problem}; {advice}."
            )


def _check_kind(path: Path, first: bytes) -> None:
    """Refuse by its first bytes what people take for weights."""
    start = first.lstrip().lower()
    if not first:
        raise ModelError(f"The weights {path} are empty; copy or download them again.")
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise ModelError(
            f"The weights {path} are a web page, which a failed download leaves behind; download "
            "them again."
        )
    if start.startswith(b"version https://git-lfs"):
        raise ModelError(
            f"The weights {path} are a Git LFS pointer, not the file that it stands for; fetch it "
            "with git lfs pull."
        )
    if first.startswith(b"\x89HDF"):
        raise ModelError(
            f"The weights {path} are an HDF5 file of another framework; convert them to a PyTorch "
            "state_dict first."
        )


def _unpickled(path: Path) -> Any:
    hollow: list[tuple[type, str]] = []
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        if any(name.endswith("/constants.pkl") for name in names):
            raise ModelError(f"The weights {path} are a TorchScript program; {_SAVE}.")
        if not any(name.endswith("/data.pkl") for name in names):
            raise ModelError(
                f"The weights {path} are an archive without PyTorch weights; unpack it and choose "
                "the file of weights in it."
            )
        hollow = [(_hollow(name), name) for name in _unknown(path)]
    try:
        with warnings.catch_warnings(), safe_globals(list(hollow)):
            warnings.simplefilter("ignore")  # of a pickle protocol that torch did not write
            return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ModelError(f"The weights {path} cannot be read safely; {_SAVE}.") from error
    except Exception as error:  # torch.load has no one error for a file that it cannot read
        raise ModelError(
            f"The weights {path} cannot be read: they are damaged or no PyTorch checkpoint; copy "
            f"them again, or {_SAVE}."
        ) from error


def _unknown(path: Path) -> list[str]:
    """Return the names of the classes and functions that torch does not know."""
    try:
        names = sorted(get_unsafe_globals_in_checkpoint(str(path)))
    except Exception as error:  # of a damaged archive; see above
        raise ModelError(f"The weights {path} are damaged; copy them again.") from error
    for name in names:
        module, _, rest = name.rpartition(".")
        builtin = module in ("", "builtins", "__builtin__")
        if rest in _CODE_BUILTINS if builtin else module.split(".")[0] in _CODE:
            raise ModelError(
                f"The weights {path} call {name} when they are opened, as no weights do; do not "
                "use this file."
            )
    return names


def _hollow(name: str) -> type:
    """Return a class in place of the unknown one, for which everything is let go.

    Most leave an empty dictionary, since a subclass of dict is filled and another object's
    attributes are set. What is restored from a tuple needs a class of its own.
    """
    if name.startswith(("numpy.", "functools.")):
        return type("Hollow", (_Stateful,), {})
    return type("Hollow", (_Empty,), {})


class _Empty:
    def __new__(cls, *_args: object, **_kwargs: object) -> Any:
        return OrderedDict()


class _Stateful:
    def __init__(self, *_args: object) -> None:
        pass

    def __setstate__(self, state: object) -> None:
        pass


def _is_module(value: Any) -> bool:
    """Whether this is what is left of a pickled network."""
    return isinstance(value, OrderedDict) and "_modules" in vars(value)


def _values(content: Any) -> list[Any]:
    return list(content.values()) if isinstance(content, dict) else []


def _tensors(content: Any, prefix: str = "") -> Iterator[tuple[str, Tensor]]:
    """Walk the dictionaries of a checkpoint; lists hold no networks."""
    if not isinstance(content, dict):
        return
    for key, value in content.items():
        name = f"{prefix}{key}"
        if isinstance(value, Tensor):
            yield name, value
        else:
            yield from _tensors(value, f"{name}.")
