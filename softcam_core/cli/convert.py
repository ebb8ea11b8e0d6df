"""``softcam convert``: a classifier's checkpoint becomes a SoftCAM model file."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from softcam_core.cli.common import Json, find_files, print_json, warn
from softcam_core.errors import ModelError, SoftcamError
from softcam_core.imaging.geometry import GEOMETRIES
from softcam_core.paths import exists, is_file, is_folder

if TYPE_CHECKING:
    from softcam_core.imaging.preprocess import InputSpec
    from softcam_core.models.foreign.finding import Found
    from softcam_core.models.foreign.from_checkpoint import Converted

MEASURED_IMAGES = 8
"""Most real images that the difference is measured on, taken evenly from all that are given."""
CARD = ("title", "description", "intended_use", "data", "metrics", "limits", "licence")
SIDES = (16, 4096)
"""Smallest and largest side of an input, in pixels."""
MODALITIES = ("fundus", "oct", "cxr")


def one_of(*values: str) -> Any:
    """Return a check that refuses any other value."""

    def check(value: str) -> str:
        if value and value not in values:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(values)}.")
        return value

    return check


def pairs(values: list[str]) -> list[str]:
    """Refuse what is no KEY=VALUE."""
    for value in values:
        if "=" not in value:
            raise typer.BadParameter(f"{value!r} is no KEY=VALUE.")
    return values


def card_pairs(values: list[str]) -> list[str]:
    """Refuse what is no line of a model card."""
    for value in pairs(values):
        one_of(*CARD)(value.partition("=")[0])
    return values


def three_numbers(text: str) -> str:
    """Refuse what is neither one number nor three."""
    try:
        numbers = [float(part) for part in text.split(",")] if text else []
    except ValueError:
        numbers = [math.nan]
    if len(numbers) not in (0, 1, 3) or not all(map(math.isfinite, numbers)):
        raise typer.BadParameter(f"{text!r} is neither one number nor three with commas between.")
    return text


def side(value: int) -> int:
    """Refuse an input that no classifier sees anything in, or no memory holds."""
    if value and not SIDES[0] <= value <= SIDES[1]:
        raise typer.BadParameter(f"{value} is not in the range {SIDES[0]} to {SIDES[1]} pixels.")
    return value


def safetensors(path: Path) -> Path:
    """Refuse the name of a file that the viewer would not open as a model."""
    if path.suffix != ".safetensors":
        raise typer.BadParameter(f"{path} does not end in .safetensors, as a model file does.")
    return path


def convert(
    checkpoint: Annotated[
        Path,
        typer.Argument(
            help="Weights of a classifier: .pth, .pt, .ckpt, .bin or .safetensors.",
            metavar="CHECKPOINT",
        ),
    ],
    arch: Annotated[str, typer.Option(help="torchvision's name of the architecture, resnet50.")],
    classes: Annotated[
        str,
        typer.Option(
            help="Class names in the order of the outputs: a,b,c, or a text file with one a line."
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="Model file to write (.safetensors).", callback=safetensors)
    ],
    input_size: Annotated[
        int,
        typer.Option(
            help=f"Side of the input in pixels, {SIDES[0]} to {SIDES[1]}; 0: what the "
            "architecture was made for.",
            callback=side,
        ),
    ] = 0,
    geometry: Annotated[
        str,
        typer.Option(
            help="How an image gets that size: squash, crop or pad.", callback=one_of(*GEOMETRIES)
        ),
    ] = "squash",
    mean: Annotated[
        str, typer.Option(help="Normalisation, pixels in [0, 1]: r,g,b.", callback=three_numbers)
    ] = "",
    std: Annotated[str, typer.Option(help="Likewise: r,g,b.", callback=three_numbers)] = "",
    colour: Annotated[
        str, typer.Option(help="rgb or grey.", callback=one_of("rgb", "grey"))
    ] = "rgb",
    fundus_crop: Annotated[
        bool, typer.Option("--fundus-crop", help="Cut to the fundus disc first.")
    ] = False,
    modality: Annotated[
        str, typer.Option(help="fundus, oct or cxr.", callback=one_of(*MODALITIES))
    ] = "",
    title: Annotated[str, typer.Option(help="Name of the model in the viewer.")] = "",
    card: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=TEXT",
            help=f"A line of the model card ({', '.join(CARD)}); may be repeated.",
            callback=lambda values: card_pairs(values or []),
        ),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE",
            help="An option of the architecture: squeezenet_head=linear, transform_input=true "
            "(GoogLeNet and Inception v3 with torchvision's ImageNet weights); may be repeated.",
            callback=lambda values: pairs(values or []),
        ),
    ] = None,
    images: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="Real images, or a folder of them, to measure the difference on too; may be "
            "repeated.",
        ),
    ] = None,
    part: Annotated[
        str, typer.Option(help="Which network, if the checkpoint holds several: ema, for one.")
    ] = "",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the model file if it exists.")
    ] = False,
    json: Json = False,
) -> None:
    """Turn a classifier's weights into a SoftCAM model, and say how exactly."""
    _check_paths(checkpoint, out, overwrite)
    names = class_names(classes)
    from softcam_core.models.checkpoint import model_id, save_model
    from softcam_core.models.foreign.finding import find_classifier
    from softcam_core.models.foreign.from_checkpoint import check_outputs, convert_found

    _check_new(checkpoint)
    found = find_classifier(checkpoint, arch, part=part)
    check_outputs(found, checkpoint, names)
    spec = _input_spec(found, arch, input_size, geometry, mean, std, colour, fundus_crop)
    lines = dict(line.split("=", 1) for line in card or ()) | ({"title": title} if title else {})
    samples, used = _samples(images or [], spec)
    converted = convert_found(
        found,
        checkpoint,
        arch,
        names,
        input=spec,
        samples=samples,
        options=dict(line.split("=", 1) for line in option or ()),
        modality=modality,
        card=lines,
    )
    save_model(converted.model, out)
    for note in converted.notes:
        warn(note)
    if json:
        print_json(_record(converted, out, arch, used) | {"model_id": model_id(out)})
    else:
        print("\n".join(_lines(converted, out, used, found)))


def class_names(text: str) -> list[str]:
    """Return the names of ``a,b,c``, or of a text file with one a line.

    Raises:
        ModelError: the file is no text, or a name is empty or comes twice.
    """
    names = [name.strip() for name in text.split(",")]
    where = "The classes"
    if is_file(Path(text)):
        where = f"The classes in {text}"
        try:
            lines = Path(text).read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"The classes {text} cannot be read as a text file.") from error
        names = [line.strip() for line in lines if line.strip()]
    elif Path(text).suffix in (".txt", ".csv", ".names"):
        raise ModelError(f"The file of classes {text} does not exist; check the path.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not all(names) or not names:
        problem = f"name {twice[0]!r} twice" if twice else "have an empty name"
        raise ModelError(f"{where} {problem}; give every output a name of its own.")
    return names


def _check_paths(checkpoint: Path, out: Path, overwrite: bool) -> None:
    """Refuse what would lose a file, before anything is computed."""
    if is_folder(out):
        raise ModelError(f"The output {out} is a folder; give the name of a file in it.")
    if exists(out) and exists(checkpoint) and out.samefile(checkpoint):
        raise ModelError(f"The output {out} is the checkpoint itself; choose another name.")
    if exists(out) and not overwrite:
        raise ModelError(
            f"The file {out} exists; choose another name, or replace it with --overwrite."
        )
    if not is_folder(out.absolute().parent):
        raise ModelError(f"The folder {out.absolute().parent} does not exist; make it first.")


def _check_new(checkpoint: Path) -> None:
    """Refuse a model file of this project that needs no conversion."""
    from softcam_core.models.header import METADATA_KEY, read_header, spec_of

    try:
        header = read_header(checkpoint)
    except ModelError:
        return  # no safetensors file, or none at all: see `read_weights`
    if METADATA_KEY in header.metadata and spec_of(header, checkpoint).head == "softcam":
        raise ModelError(f"The file {checkpoint} already is a SoftCAM model; open it as it is.")


def _input_spec(
    found: Found,
    arch: str,
    size: int,
    geometry: str,
    mean: str,
    std: str,
    colour: str,
    fundus_crop: bool,
) -> InputSpec:
    from softcam_core.models.foreign.from_checkpoint import default_input

    spec = default_input(found, arch)
    changes: dict[str, Any] = {"geometry": geometry, "colour": colour, "fundus_crop": fundus_crop}
    if size:
        changes["size"] = (size, size)
    for key, text in (("mean", mean), ("std", std)):
        numbers = [float(part) for part in text.split(",")] if text else []
        if numbers:
            changes[key] = tuple(numbers if len(numbers) == 3 else numbers * 3)
    if min(changes.get("std", spec.std)) <= 0:
        raise ModelError(f"The standard deviation {std} is not above 0; give positive numbers.")
    return dataclasses.replace(spec, **changes)


def _samples(given: list[Path], spec: InputSpec) -> tuple[Any, int]:
    """Return real images as the model's input (N, 3, H, W) and their number; None without any."""
    if not given:
        return None, 0
    import torch

    from softcam_core.imaging.preprocess import model_input
    from softcam_core.imaging.read import read_image

    files, problems = find_files(given)
    step = max(1, math.ceil(len(files) / MEASURED_IMAGES))
    inputs = []
    for path, _ in files[::step]:
        try:
            inputs.append(torch.from_numpy(model_input(read_image(path), spec)[0]))
        except SoftcamError as error:
            problems.append(type(error)(f"{path}: {error}"))
    for problem in problems:
        warn(str(problem))
    if not inputs:
        raise ModelError("None of the images to measure on can be read; give others with --images.")
    return torch.stack(inputs), len(inputs)


def _record(converted: Converted, out: Path, arch: str, images: int) -> dict[str, Any]:
    """Return what happened for programs."""
    model, report = converted.model, converted.report
    return {
        "path": str(out),
        "arch": arch,
        "classes": list(model.spec.classes),
        "layout": converted.layout,
        "exact": report.exact,
        "reason": report.reason,
        "max_abs_difference": report.max_abs_difference,
        "real_max_abs_difference": report.real_max_abs_difference,
        "images": images,
        "input_size": list(model.spec.input.size),
        "notes": list(converted.notes),
    }


def _lines(converted: Converted, out: Path, images: int, found: Found) -> list[str]:
    """Return what happened for people."""
    model, report = converted.model, converted.report
    rows, columns = model.spec.input.size
    kind = "exact" if report.exact else "approximate"
    measured = f"{report.max_abs_difference:.2g} on random input"
    if report.real_max_abs_difference is not None:
        plural = "s" if images > 1 else ""
        measured += f", {report.real_max_abs_difference:.2g} on {images} real image{plural}"
    return [
        f"{kind}: {report.reason}",
        f"largest logit difference: {measured}",
        f"input: {rows} x {columns} px, {model.spec.input.geometry} (--input-size, --geometry)",
        f"written: {out} ({len(model.spec.classes)} classes, {found.layout} layout)",
    ]
