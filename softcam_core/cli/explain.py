"""``softcam explain``: maps as arrays, and as pictures over the images."""

from __future__ import annotations

import io
import json as json_text
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

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
    make_folder,
    memory_in_words,
    print_json,
    steps,
    warn,
    with_progress,
    write_bytes,
)
from softcam_core.errors import SoftcamError
from softcam_core.explain.methods import METHODS

if TYPE_CHECKING:
    from torch import Tensor

    from softcam_core.engines.engine import Engine
    from softcam_core.explain.attribution import Attribution
    from softcam_core.imaging.geometry import Region
    from softcam_core.imaging.stored import StoredImage
    from softcam_core.models.predict import Prediction
    from softcam_core.models.softcam import Network

PERCENTILE = 99.5
SAMPLED = 1 << 16
"""Values of a method and image, at most, that its limit over the run is taken of."""
MANY = 200
"""Maps of one image that nobody asks for by mistake without hearing of it."""
NAME_BYTES = 80
LONGEST_SIDE = 1024


def explain(
    model: ModelFile,
    paths: Paths,
    out: Annotated[Path, typer.Option(help="Folder to write into.", metavar="DIR")],
    methods: Annotated[
        str,
        typer.Option(
            help=f"Method ids with commas between them: {', '.join(METHODS)}. "
            "Default: evidence, or gradcam for a black box.",
            metavar="A,B",
        ),
    ] = "",
    classes: Annotated[
        str,
        typer.Option(
            help="Class names with commas between them; all; or, of each image, predicted or "
            "topN (top5), the most probable.",
            metavar="A,B",
        ),
    ] = "all",
    json: Json = False,
    device: Device = "auto",
    engine: EngineName = "auto",
    precision: Precision = "32",
    compile: Compile = False,
) -> None:
    """Write each image's maps (NPZ) and a picture per method and class (PNG)."""
    check_compile(engine, compile)
    asked = [name.strip() for name in methods.split(",") if name.strip()]
    for name in asked:
        if name not in METHODS:
            raise typer.BadParameter(
                f"{name!r} is not available; choose from {', '.join(METHODS)}.",
                param_hint="--methods",
            )
    from softcam_core.engines.engine import make_engine
    from softcam_core.models.checkpoint import load_model

    network = load_model(model, device)
    wanted = _methods(network, asked)
    runner = make_engine(network, "torch", precision=precision)
    engines = _engines(
        wanted, engine, make_engine(network, engine, precision=precision, compile=compile)
    )
    chosen = _classes(network, classes)
    pictures = len(wanted) * (len(chosen) if isinstance(chosen, list) else chosen)
    if pictures > MANY:
        warn(
            f"{pictures:,} maps of each image are computed and drawn; --classes predicted or top5 "
            "keeps to its most probable classes."
        )
    run = _Run(network, wanted, chosen, out, runner, engines)
    make_folder(out)
    files, problems = find_files(paths, skip=out)
    for problem in problems:
        warn(str(problem))
    failed = len(problems)
    for path, place in with_progress(files, "Explaining"):
        try:
            run.explain(path, place)
        except SoftcamError as error:
            run.records.append({"path": str(path), "error": str(error)})
    for record in with_progress(run.records, "Drawing"):
        try:
            run.draw(record)
        except SoftcamError as error:
            record = {"path": record["path"], "error": str(error)}
        if "error" in record:
            failed += 1
            warn(f"{record['path']}: {record['error']}")
        if json:
            print_json(record)
        elif "error" not in record:
            print(f"{record['path']}: {record['predicted']}; {record['npz']}", flush=True)
    raise typer.Exit(1 if failed else 0)


def _methods(network: Network, asked: list[str]) -> list[str]:
    """The methods asked for, each once; an error if the model does not allow one."""
    from softcam_core.explain.attribution import available_methods, check_applies

    possible = available_methods(network)
    chosen = list(dict.fromkeys(asked)) or ["evidence" if "evidence" in possible else "gradcam"]
    for method in chosen:
        check_applies(network, method)
    return chosen


def _engines(methods: list[str], name: str, engine: Engine) -> dict[str, Engine]:
    """Return the engine of the methods that take forward passes alone.

    Raises:
        MethodError: OpenVINO was asked for by name, for a method that needs more of the model.
    """
    from softcam_core.explain.methods import MethodError
    from softcam_core.explain.registry import REGISTRY

    for method in methods:
        if name == "openvino" and not REGISTRY[method].forward_only:
            raise MethodError(
                f"The method {method!r} needs more of the model than its logits, which the engine "
                "openvino does not give; choose --engine auto."
            )
    return {method: engine for method in methods if REGISTRY[method].forward_only}


def _classes(network: Network, text: str) -> list[str] | int:
    """The classes asked for, or how many of each image's most probable ones."""
    known = network.spec.classes
    if text == "all":
        return list(known)
    most = re.fullmatch(r"top([1-9]\d*)", text)
    if text not in known and (text == "predicted" or most):
        return min(int(most[1]) if most else 1, len(known))
    # A class may have a comma in its name.
    chosen = [text] if text in known else [name.strip() for name in text.split(",")]
    for name in chosen:
        if name not in known:
            raise typer.BadParameter(
                f"{name!r} is no class of the model; choose from {_some(known)}.",
                param_hint="--classes",
            )
    return list(dict.fromkeys(chosen))


def _some(names: Sequence[str]) -> str:
    more = len(names) - 20
    return ", ".join(names[:20]) + (f" and {more:,} more" if more > 0 else "")


@dataclass
class _Run:
    """The files of one run, and the values that the common limits come from."""

    network: Network
    methods: list[str]
    classes: list[str] | int
    out: Path
    runner: Engine
    engines: dict[str, Engine]
    records: list[dict[str, Any]] = field(default_factory=list)
    _values: dict[str, list[NDArray[np.float32]]] = field(default_factory=dict)
    _regions: dict[str, Region] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def explain(self, path: Path, place: Path) -> None:
        """Compute one image's maps and write them as NPZ."""
        from softcam_core.imaging.read import read_image
        from softcam_core.models.predict import predict

        with memory_in_words():
            found = predict(self.network, read_image(path), self.runner.output)
            classes = self._shown(found)
            made = {method: self._attribution(method, found.x, classes) for method in self.methods}
        maps = {method: one.maps[0].float().cpu().numpy() for method, one in made.items()}
        for method, values in maps.items():
            every = -(-values.size // SAMPLED)
            self._values.setdefault(method, []).append(np.abs(values).ravel()[::every].copy())
        stem = self._stem(place)
        names = self.network.spec.classes
        indices = [names.index(name) for name in classes]
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            allow_pickle=False,
            **maps,
            classes=np.array(classes, dtype=np.str_),
            logits=found.logits.numpy()[indices],
        )
        engines = {method: one.engine for method, one in made.items()}
        how = {"engines": engines, "precision": self.runner.precision}
        # Beside the arrays, where nobody who goes through them meets it.
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.comment = json_text.dumps(how).encode()
        npz = self.out / f"{stem}.npz"
        write_bytes(npz, buffer.getvalue())
        self._regions[str(npz)] = found.region
        self.records.append(
            {
                "path": str(path),
                "predicted": found.predicted,
                "npz": str(npz),
                "overlays": [
                    str(self.out / f"{stem}_{method}_{name}.png")
                    for method in self.methods
                    for name in _file_names(classes)
                ],
                **how,
            }
        )

    def _shown(self, found: Prediction) -> list[str]:
        """The classes asked for, or this image's most probable ones, in that order."""
        if isinstance(self.classes, list):
            return self.classes
        best = found.probabilities.argsort(descending=True, stable=True)[: self.classes]
        return [self.network.spec.classes[index] for index in best.tolist()]

    def _attribution(self, method: str, x: Tensor, classes: list[str]) -> Attribution:
        from softcam_core.explain.attribution import attribution

        with steps(method) as progress:
            return attribution(
                *(self.network, x, method, classes, progress),
                precision=self.runner.precision,
                engine=self.engines.get(method, "torch"),
            )

    def draw(self, record: dict[str, Any]) -> None:
        """Draw one image's maps, between limits that are the same over the whole run."""
        if "error" in record:
            return
        from PIL import Image

        from softcam_core.explain.overlay import draw_overlay
        from softcam_core.imaging.read import read_image

        image = read_image(record["path"])
        display = _display(image)
        size = (image.pixels.shape[0], image.pixels.shape[1])
        region = self._regions[record["npz"]]
        files = iter(record["overlays"])
        with np.load(record["npz"], allow_pickle=False) as arrays:
            for method in self.methods:
                for values in arrays[method]:
                    picture = draw_overlay(display, size, region, values, self._limit(method))
                    buffer = io.BytesIO()
                    Image.fromarray(picture).save(buffer, "PNG")
                    write_bytes(Path(next(files)), buffer.getvalue())

    def _limit(self, method: str) -> float:
        """The model's own limit of the method, else the 99.5th percentile over the run."""
        limits = self.network.spec.map_limits
        if method not in limits:
            return float(np.percentile(np.concatenate(self._values[method]), PERCENTILE))
        return limits[method]

    def _stem(self, place: Path) -> str:
        """A name for the results, which no other image of the run has."""
        plain = place.with_suffix("").as_posix()
        names = chain(
            (plain, place.as_posix().replace(".", "_")), (f"{plain}_{n}" for n in count(2))
        )
        # Not every file system tells capitals from small letters.
        stem = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(stem.casefold())
        return stem


def _display(image: StoredImage) -> NDArray[np.uint8]:
    """The image as the window shows it at first, at most `LONGEST_SIDE` pixels long."""
    import cv2

    from softcam_core.imaging.window import default_window, to_display

    shown = to_display(image.pixels, default_window(image))
    rows, columns = shown.shape[:2]
    scale = LONGEST_SIDE / max(rows, columns)
    if scale >= 1:
        return shown
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    return np.asarray(cv2.resize(shown, size, interpolation=cv2.INTER_AREA), np.uint8)


def _file_names(classes: list[str]) -> list[str]:
    """Return each class name as part of a file name, told apart by a number where needed."""
    names: list[str] = []
    for name in classes:
        plain = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "class"
        # File systems count bytes, and the image's own name stands before it.
        plain = plain.encode()[:NAME_BYTES].decode(errors="ignore")
        options = chain((plain,), (f"{plain}-{n}" for n in count(2)))
        names.append(next(n for n in options if n.casefold() not in map(str.casefold, names)))
    return names
