"""``softcam predict``: classes, probabilities and evidence shapes of images."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from softcam_core.cli.common import (
    Compile,
    Device,
    EngineName,
    Json,
    ModelFile,
    Paths,
    Precision,
    check_compile,
    find_files,
    memory_in_words,
    print_json,
    warn,
    with_progress,
)
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from softcam_core.engines.engine import Engine
    from softcam_core.models.softcam import Network


def predict(
    model: ModelFile,
    paths: Paths,
    json: Json = False,
    device: Device = "auto",
    engine: EngineName = "auto",
    precision: Precision = "32",
    compile: Compile = False,
) -> None:
    """Predict the class of each image; the engine auto is torch here."""
    check_compile(engine, compile)
    from softcam_core.engines.engine import make_engine
    from softcam_core.models.checkpoint import load_model

    network = load_model(model, device)
    # One pass an image: nothing is made that would have to pay for itself.
    name = "torch" if engine == "auto" else engine
    runner = make_engine(network, name, precision=precision, compile=compile)
    files, problems = find_files(paths)
    for problem in problems:
        warn(str(problem))
    failed = len(problems)
    for path, _ in with_progress(files, "Predicting"):
        try:
            record = _predict(network, runner, path)
        except SoftcamError as error:
            failed += 1
            warn(f"{path}: {error}")
            record = {"path": str(path), "error": str(error)}
        if json:
            print_json(record)
        elif "error" not in record:
            print(_line(record), flush=True)
    raise typer.Exit(1 if failed else 0)


def _predict(network: Network, engine: Engine, path: Path) -> dict[str, Any]:
    from softcam_core.imaging.read import read_image
    from softcam_core.models.predict import predict as predict_image

    with memory_in_words():
        found = predict_image(network, read_image(path), engine.output)
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
