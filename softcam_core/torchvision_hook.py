"""Keeps ``import torchvision`` working beside a CPU build of torch.

On Linux, PyPI's torchvision wheel is compiled against CUDA builds of torch. Beside a CPU build
its compiled library (``torchvision/_C.so``) cannot load. torchvision expects that and goes on
without it, but then registers shape rules for two operators which only that library declares,
and the whole import fails: "operator torchvision::nms does not exist" (then
"torchvision::qnms"). Model definitions and transforms, all that anyone here uses, need neither.

The hook waits for the one module that registers those rules. If the compiled library has not
loaded, it declares the two operators (names and arguments, no implementation) just before.
Where the library has loaded the hook does nothing, and calling such an operator still fails
with torchvision's own explanation. It works for whoever imports torchvision first: this
package, torchmetrics, lightning or a user's script.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

_AWAITED = "torchvision._meta_registrations"

SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)

# torch forgets a declaration when the object that made it is collected.
_libraries: list[torch.library.Library] = []


class TorchvisionFinder(MetaPathFinder):
    """Finds no module: it only acts when torchvision is about to register its shape rules."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Declare what is missing if this is the awaited module, then let others find it."""
        if fullname == _AWAITED:
            declare_missing_operators()
        return None


def install() -> None:
    """Wait for torchvision's import; a second call does nothing."""
    if not any(isinstance(finder, TorchvisionFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, TorchvisionFinder())


def declare_missing_operators() -> None:
    """Declare the operators that torchvision is about to describe and has not loaded.

    Called while torchvision is being imported; its ``extension`` module comes first and knows
    whether the compiled library is there.
    """
    import torch

    extension = import_module("torchvision.extension")
    if extension._has_ops():
        return
    library = torch.library.Library("torchvision", "FRAGMENT")
    for schema in SCHEMAS:
        name = schema.partition("(")[0]
        if not hasattr(torch.ops.torchvision, name):
            library.define(schema)
    _libraries.append(library)


def state() -> str:
    """Import torchvision and say in one phrase how it stands (for ``softcam doctor``)."""
    try:
        extension = import_module("torchvision.extension")
        torchvision = import_module("torchvision")
    except (ImportError, RuntimeError) as error:
        return f"cannot be imported: {str(error).splitlines()[0]}"
    if extension._has_ops():
        return f"{torchvision.__version__}, with its compiled operators"
    return (
        f"{torchvision.__version__}, without its compiled operators (built for another torch); "
        "models and transforms work"
    )
