"""``softcam demo``: the demo study, or phantoms to train on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from softcam_core.cli.common import Json, print_json, with_progress
from softcam_core.errors import SoftcamError


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder to write into.", metavar="DIR")],
    training_set: Annotated[
        int,
        typer.Option(
            "--training-set",
            min=0,
            metavar="N",
            help="Draw N new phantoms per modality to train on, in place of the demo study.",
        ),
    ] = 0,
    workers: Annotated[int, typer.Option(min=1, help="Processes that draw phantoms.")] = 1,
    json_: Json = False,
) -> None:
    """Write the demo study (synthetic images, labels, lesion masks, models) into DIR."""
    try:
        if training_set:
            _write_training_sets(folder, training_set, workers, json_)
        else:
            _write_demo(folder, json_)
    except SoftcamError as error:
        typer.echo(f"softcam demo: {error}", err=True)
        raise typer.Exit(1) from error


def _write_demo(folder: Path, json_: bool) -> None:
    from softcam_core.demo import demo_cases, demo_models
    from softcam_core.demo.write import write_demo

    files = list(write_demo(folder))
    cases, models = demo_cases(folder), demo_models(folder)
    if json_:
        for case in cases:
            record = {"path": str(case.path), "label": case.label, "modality": case.modality}
            print_json(record | {"mask": str(case.mask) if case.mask else None})
        for model in models:
            print_json({"model": str(model)})
        return
    print(f"Wrote {len(files)} files to {folder}: synthetic phantoms, no patients.")
    for modality in dict.fromkeys(case.modality for case in cases):
        own = [case for case in cases if case.modality == modality]
        marked = sum(case.mask is not None for case in own)
        print(f"  {modality}: {len(own)} images, {marked} with lesion masks")
    print(f"  labels: {folder / 'labels.csv'}")
    for model in models:
        print(f"  model: {model}")


def _write_training_sets(folder: Path, count: int, workers: int, json_: bool) -> None:
    from softcam_core.demo.build import CLASSES, build, training_plans
    from softcam_core.demo.write import refuse_foreign_files

    refuse_foreign_files(folder, set())
    for modality in CLASSES:
        plans = training_plans(modality, count)
        drawn = build(folder / modality, plans, workers)
        for _ in with_progress(drawn, f"drawing {modality}", len(plans)):
            pass
        table = folder / modality / "labels.csv"
        if json_:
            print_json({"modality": modality, "images": count, "table": str(table)})
        else:
            print(f"{modality}: {count} phantoms, {table}")
