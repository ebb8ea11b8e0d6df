"""What this installation can do, and what is wrong with it: the facts of ``softcam doctor``."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import softcam_core
from softcam_core import system_libraries, torchvision_hook
from softcam_core.engines.names import openvino_version
from softcam_core.errors import SoftcamError

PACKAGES = (
    "torch",
    "torchvision",
    "numpy",
    "PySide6-Essentials",
    "SQLAlchemy",
    "pydicom",
    "pylibjpeg",
    "pylibjpeg-openjpeg",
    "python-gdcm",
    "opencv-python-headless",
    "Pillow",
    "safetensors",
    "torchmetrics",
    "lightning-fabric",
)
CUDA_INDEX = "https://download.pytorch.org/whl/cu126"

# Words in the names of transfer syntaxes for video, sound and links.
_NOT_IMAGES = ("MPEG", "HEVC", "SMPTE", "JPIP")


@dataclass
class Diagnosis:
    """The facts, and the problems that have to be mended.

    Attributes:
        versions: package -> version, "missing" where it is not installed.
        device: what models run on when nothing else is asked for.
        engines: what can run forward passes, with versions.
        torchvision: its state, in one phrase.
        missing_libraries: names of system libraries that Qt needs and does not find.
        model_formats: model files that can be read.
        architectures: backbones of those models.
        image_formats: image files that can be read.
        dicom_syntaxes: transfer syntax -> whether it can be decoded here.
        notes: worth knowing, nothing is wrong.
        problems: one sentence each, with the fix.
    """

    versions: dict[str, str] = field(default_factory=dict)
    device: str = ""
    engines: list[str] = field(default_factory=list)
    torchvision: str = ""
    missing_libraries: list[str] = field(default_factory=list)
    model_formats: list[str] = field(default_factory=list)
    architectures: list[str] = field(default_factory=list)
    image_formats: list[str] = field(default_factory=list)
    dicom_syntaxes: dict[str, bool] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def healthy(self) -> bool:
        """Whether nothing has to be mended."""
        return not self.problems


def diagnose() -> Diagnosis:
    """Look at everything that the program depends on; takes some seconds, as torch is loaded."""
    found = Diagnosis(versions=_versions())
    found.problems += [
        f"The package {name} is not installed; run: python3 packaging/launch.py setup"
        for name, number in found.versions.items()
        if number == "missing"
    ]
    _check_system(found)
    if found.versions["torch"] != "missing":
        _check_models(found)
    if found.versions["pydicom"] != "missing":
        _check_images(found)
    _check_data_folder(found)
    return found


def _versions() -> dict[str, str]:
    versions = {
        "softcam-viewer": softcam_core.__version__,
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "missing"
    return versions


def _check_system(found: Diagnosis) -> None:
    """Look for what Qt needs of the system."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        return
    found.missing_libraries = system_libraries.missing_libraries(Path(spec.origin).parent)
    if found.missing_libraries:
        found.problems.append(system_libraries.advice(found.missing_libraries))
    window = os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    if sys.platform.startswith("linux") and not window:
        found.notes.append("There is no display here; the window needs a desktop session.")


def _check_models(found: Diagnosis) -> None:
    """Look at torch, its device and torchvision."""
    found.torchvision = torchvision_hook.state()
    if found.torchvision.startswith("cannot"):
        found.problems.append(
            f"torchvision {found.torchvision}; run: python3 packaging/launch.py setup"
        )
        return
    import torch

    from softcam_core.models.backbones import BACKBONES
    from softcam_core.models.device import resolve_device
    from softcam_core.models.migrate import FORMAT_VERSION

    device = resolve_device("auto")
    threads = f"{torch.get_num_threads()} threads"
    found.device = (
        f"{device} ({torch.cuda.get_device_name(device)})"
        if device.type == "cuda"
        else f"cpu ({threads})"
    )
    if device.type == "cpu" and shutil.which("nvidia-smi"):
        found.notes.append(
            "An NVIDIA driver is here and this torch does not use it; for a build that does, run: "
            f"python3 packaging/launch.py setup --torch-index {CUDA_INDEX}"
        )
    found.engines = [f"torch {torch.__version__}"]
    fast = openvino_version()
    if fast is not None:
        found.engines.append(f"openvino {fast}")
    elif device.type == "cpu":
        found.notes.append(
            "Score-CAM and occlusion run at twice the speed or more on the CPU with OpenVINO; run: "
            'pip install "softcam-viewer[fast-cpu]"'
        )
    found.model_formats = [f"SoftCAM model (.safetensors), format versions 1 to {FORMAT_VERSION}"]
    found.architectures = list(BACKBONES)


def _check_images(found: Diagnosis) -> None:
    """Look at what can be decoded."""
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import AllTransferSyntaxes

    from softcam_core.imaging.read import DICOM_SUFFIXES, IMAGE_SUFFIXES

    found.image_formats = sorted(suffix.lstrip(".") for suffix in IMAGE_SUFFIXES - DICOM_SUFFIXES)
    found.image_formats.append("DICOM (.dcm, or by content)")
    for syntax in AllTransferSyntaxes:
        if any(word in syntax.name for word in _NOT_IMAGES):
            continue
        try:
            readable = get_decoder(syntax).is_available
        except NotImplementedError:
            readable = False
        found.dicom_syntaxes[syntax.name] = readable


def _check_data_folder(found: Diagnosis) -> None:
    """See whether studies can be stored."""
    from softcam_core.annotations.location import user_data_dir

    folder = user_data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except (OSError, SoftcamError):
        writable = False
    if not writable:
        found.problems.append(
            f"Studies cannot be stored in {folder}; make it writable, or choose another folder "
            "with the environment variable SOFTCAM_DATA_DIR."
        )
