"""``softcam predict``: classes, probabilities and evidence shapes of images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from softcam_core.cli.common import (
    Device,
    Json,
    ModelFile,
    Paths,
    find_files,
    print_json,
    warn,
    with_progress,
)
from softcam_core.errors import SoftcamError


def predict(model: ModelFile, paths: Paths, json: Json = False, device: Device = "auto") -> None:
    """Predict the class of each image."""
    from softcam_core.models.checkpoint import load_model

    network = load_model(model, device)
    files, problems = find_files(paths)
    for problem in problems:
        warn(str(problem))
    failed = len(problems)
    for path, _ in with_progress(files, "Predicting"):
        try:
            record = _predict(network, path)
        except SoftcamError as error:
            failed += 1
            warn(f"{path}: {error}")
            record = {"path": str(path), "error": str(error)}
        if json:
            print_json(record)
        elif "error" not in record:
            print(_line(record), flush=True)
    raise typer.Exit(1 if failed else 0)


def _predict(network: Any, path: Path) -> dict[str, Any]:
    from softcam_core.imaging.read import read_image
    from softcam_core.models.predict import predict as predict_image

    found = predict_image(network, read_image(path))
    names = network.spec.classes
    return {
        "path": str(path),
        "predicted": found.predicted,
        "probabilities": dict(zip(names, found.probabilities.tolist(), strict=True)),
        "logits": dict(zip(names, found.logits.tolist(), strict=True)),
        "evidence_shape": None if found.evidence is None else list(found.evidence.shape),
    }


def _line(record: dict[str, Any]) -> str:
    """One image in words for a person."""
    classes = ", ".join(
        f"{name} {probability:.3f} ({record['logits'][name]:+.2f})"
        for name, probability in record["probabilities"].items()
    )
    shape = record["evidence_shape"]
    evidence = "no evidence" if shape is None else "evidence " + " x ".join(map(str, shape))
    return f"{record['path']}: {record['predicted']}; {classes}; {evidence}"
