"""``softcam doctor``: what this installation can do, and what is wrong with it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from softcam_core.cli.common import Json, print_json

if TYPE_CHECKING:
    from softcam_core.diagnosis import Diagnosis


def doctor(json: Json = False) -> None:
    """Show versions, device, missing system libraries and readable formats; exit 1 if ill."""
    from softcam_core.diagnosis import diagnose

    found = diagnose()
    if json:
        print_json(asdict(found) | {"healthy": found.healthy})
    else:
        print("\n".join(_lines(found)))
    raise typer.Exit(0 if found.healthy else 1)


def _lines(found: Diagnosis) -> list[str]:
    """Return the diagnosis in words for a person."""
    readable = [name for name, ready in found.dicom_syntaxes.items() if ready]
    unreadable = [name for name, ready in found.dicom_syntaxes.items() if not ready]
    facts = {
        **found.versions,
        "device": found.device,
        "engines": "; ".join(found.engines),
        "torchvision state": found.torchvision,
        "missing libraries": ", ".join(found.missing_libraries) or "none",
        "models": ", ".join(found.model_formats),
        "architectures": ", ".join(found.architectures),
        "images": ", ".join(found.image_formats),
        "DICOM, readable": "; ".join(readable),
        "DICOM, not readable": "; ".join(unreadable) or "none",
    }
    width = max(map(len, facts)) + 2
    lines = [f"{name:<{width}}{value}" for name, value in facts.items()]
    lines += ["", *(f"Note: {note}" for note in found.notes)] if found.notes else [""]
    lines += [f"Problem: {problem}" for problem in found.problems] or ["Everything is in order."]
    return lines
