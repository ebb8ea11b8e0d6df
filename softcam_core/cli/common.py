"""What the subcommands share: JSON lines, options, files to read, and a bar."""

from __future__ import annotations

import contextlib
import json
import math
import re
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from softcam_core.engines.names import ENGINES, PRECISIONS
from softcam_core.errors import ImageError, SoftcamError
from softcam_core.paths import is_folder

if TYPE_CHECKING:
    from rich.progress import Progress


def check_device(value: str) -> str:
    """Refuse what can be no device; whether it is there is asked when it is used."""
    if not re.fullmatch(r"auto|cpu|cuda(:\d+)?", value):
        raise typer.BadParameter(f"{value!r} is none of auto, cpu, cuda and cuda:N.")
    return value


def _check_engine(value: str) -> str:
    if value not in ENGINES:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(ENGINES)}.")
    return value


def _check_precision(value: str) -> str:
    if value not in PRECISIONS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(PRECISIONS)}.")
    return value


Json = Annotated[bool, typer.Option("--json", help="One JSON object per line on stdout.")]
Device = Annotated[
    str, typer.Option(help="auto, cpu, cuda or cuda:N.", metavar="DEVICE", callback=check_device)
]
EngineName = Annotated[
    str,
    typer.Option(
        "--engine",
        help="What runs forward passes: "
        + "; ".join(f"{name}: {text}" for name, text in ENGINES.items())
        + ".",
        metavar="ENGINE",
        callback=_check_engine,
    ),
]
Precision = Annotated[
    str,
    typer.Option(
        help="32: float32; bf16, 16: convolutions and linear layers in bfloat16 or float16.",
        metavar="|".join(PRECISIONS),
        callback=_check_precision,
    ),
]
Compile = Annotated[
    bool,
    typer.Option(
        "--compile",
        help="Let torch.compile speed up long work of the engine torch; a minute at first.",
    ),
]
ModelFile = Annotated[Path, typer.Argument(help="Model file (.safetensors).", metavar="MODEL")]
Paths = Annotated[
    list[Path],
    typer.Argument(help="Image files, or folders to search recursively.", metavar="PATH..."),
]


def print_json(record: dict[str, Any]) -> None:
    """Print one JSON object on one line; a number that JSON does not know becomes null."""
    print(json.dumps(_plain(record)), flush=True)


def warn(text: str) -> None:
    """Print one line on stderr."""
    print(f"softcam: {text}", file=sys.stderr, flush=True)


def find_files(
    paths: Iterable[Path], skip: Path | None = None
) -> tuple[list[tuple[Path, Path]], list[SoftcamError]]:
    """Return the image files of ``paths`` in order, and what is wrong with some of these.

    Each file comes with its place below the path that was given, its name if it was given itself.
    A folder ``skip`` inside one of them, for results, is left out.
    """
    files: list[tuple[Path, Path]] = []
    problems: list[SoftcamError] = []
    for given in paths:
        if is_folder(given):
            from softcam_core.imaging.index import find_images

            found = [image for chunk in find_images(given) for image in chunk]
            if skip is not None and given.resolve() in skip.resolve().parents:
                found = [f for f in found if skip.resolve() not in f.resolve().parents]
            files += [(image, image.relative_to(given)) for image in found]
            if not found:
                problems.append(
                    ImageError(f"The folder {given} holds no images; choose another folder.")
                )
        else:
            files.append((given, Path(given.name)))
    return files, problems


def make_folder(path: Path) -> None:
    """Make a folder to write into, and those above it.

    Raises:
        SoftcamError: it cannot be made, or a file has its name.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SoftcamError(
            f"The folder {path} cannot be made ({error.strerror}); choose another one."
        ) from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, all or nothing, and the folders above it.

    Raises:
        SoftcamError: the folder cannot be written.
    """
    # Nobody knows the name before: no link lies there, and no other process writes into it.
    partial = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("xb") as file:
            file.write(data)
        partial.replace(path)
    except OSError as error:
        raise SoftcamError(
            f"{path} cannot be written ({error.strerror}); choose another folder."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


def check_compile(engine: str, compile: bool) -> None:
    """Refuse to compile for an engine that is not PyTorch, as a wrong use."""
    if compile and engine == "openvino":
        raise typer.BadParameter("--compile goes with the engine torch.", param_hint="--compile")


@contextlib.contextmanager
def memory_in_words() -> Iterator[None]:
    """Let a memory that is full be a user's error of one sentence.

    Raises:
        SoftcamError: instead of what Python or torch raises then.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        card = type(error).__name__ == "OutOfMemoryError"
        if card or "CUDA out of memory" in str(error):
            raise SoftcamError(
                "The memory of the graphics card is full; close what else uses it, or choose "
                "--device cpu."
            ) from error
        if isinstance(error, MemoryError) or re.search("allocate memory|enough memory", str(error)):
            raise SoftcamError(
                "The memory of this computer is full; close what else uses it, or take a smaller "
                "model or image size."
            ) from error
        raise


def with_progress(items: Iterable[Any], text: str, total: int | None = None) -> Iterator[Any]:
    """Go through ``items`` with a bar where stderr is a terminal.

    ``total`` is their number where ``items`` does not know it.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress

    global _bars
    with Progress(console=Console(stderr=True), transient=True) as _bars:
        try:
            yield from _bars.track(items, total=total, description=text)
        finally:
            _bars = None


_bars: Progress | None = None
"""The bars on the screen, of which there can be one set at a time."""


@contextlib.contextmanager
def steps(text: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function (done, total) that shows a bar below that of `with_progress`."""
    if _bars is None:
        yield lambda _done, _total: None
        return
    bars, task = _bars, _bars.add_task(text, total=None)
    try:
        yield lambda done, total: bars.update(task, completed=done, total=total)
    finally:
        bars.remove_task(task)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
