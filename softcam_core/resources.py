"""Where the bundled files lie: icons, label presets, recipes, the demo study and its models."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def is_demo(image: Path) -> bool:
    """Return whether an image is one of the demo's phantoms, which a program has drawn."""
    try:
        return image.resolve().is_relative_to(resource_path("demo").resolve())
    except (OSError, FileNotFoundError):
        return False


def resource_path(*parts: str) -> Path:
    """Return the path of a bundled file or folder.

    A wheel and a frozen program carry the files inside the package (``softcam_core/_resources``);
    a checkout and an editable install have them beside it (``resources``).

    Raises:
        FileNotFoundError: nothing of that name is bundled.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    name = "/".join(parts)
    raise FileNotFoundError(f"The bundled file {name} is missing; reinstall SoftCAM Viewer.")
