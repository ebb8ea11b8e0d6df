"""SoftCAM's science and files: models, evidence, metrics and annotations, without a window.

The names below load on first use, so that ``import softcam_core`` stays quick: it imports
neither torch nor Qt. It does install the import hook that keeps ``import torchvision`` working
beside a CPU build of torch (see :mod:`softcam_core.torchvision_hook`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from softcam_core import torchvision_hook

if TYPE_CHECKING:
    from softcam_core import metrics
    from softcam_core.annotations.study import Study
    from softcam_core.explain.attribution import attribute
    from softcam_core.models.build import build_model
    from softcam_core.models.checkpoint import load_model, save_model
    from softcam_core.models.convert import from_classifier

__version__ = "0.1.0"

__all__ = [
    "Study",
    "__version__",
    "attribute",
    "build_model",
    "from_classifier",
    "load_model",
    "metrics",
    "save_model",
]

_HOMES = {
    "Study": "softcam_core.annotations.study",
    "attribute": "softcam_core.explain.attribution",
    "build_model": "softcam_core.models.build",
    "from_classifier": "softcam_core.models.convert",
    "load_model": "softcam_core.models.checkpoint",
    "save_model": "softcam_core.models.checkpoint",
}

torchvision_hook.install()


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first used (PEP 562)."""
    if name == "metrics":
        return import_module("softcam_core.metrics")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names too, although they are not loaded yet."""
    return sorted({*globals(), *__all__})
