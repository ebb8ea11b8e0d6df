"""``softcam figure``: the paper's figures of a user's own models and images."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from softcam_core.cli.common import (
    Device,
    Json,
    check_device,
    memory_in_words,
    print_json,
    steps,
    warn,
    with_progress,
    write_bytes,
)
from softcam_core.errors import SoftcamError
from softcam_core.explain.methods import METHODS
from softcam_core.paths import shown

if TYPE_CHECKING:
    from softcam_core.models.softcam import Network
    from softcam_core.plates.values import Model

FORMATS = ("png", "svg", "pdf")
LAYOUTS = ("methods", "localization", "classes")
DEFAULT_METHODS = {
    "methods": "scorecam,layercam,gradcam,guided_backprop,integrated_gradients,evidence",
    "localization": "gradcam,layercam,evidence",
    "classes": "gradcam,evidence",
}
STYLES = ("blend", "contour", "threshold")
COLOURS = ("grey", "fundus", "print")


def figure(
    models: Annotated[
        list[Path],
        typer.Argument(help="Model files (.safetensors) to show.", metavar="MODEL..."),
    ],
    data: Annotated[
        list[Path],
        typer.Option(
            help="A table (CSV), a study (.softcam), images or folders; may be given again.",
            metavar="CSV_OR_STUDY|PATH",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            help="File to write: .png, .svg or .pdf; the caption goes beside it as FILE.txt.",
            metavar="FILE",
        ),
    ],
    layout: Annotated[
        str,
        typer.Option(
            help="methods: a row per image, a column per method (the paper's Figure 2); "
            "localization: a row per architecture, marks and both activation metrics over every "
            "map (Figure 4); classes: a column per class (Figure 15).",
            metavar="|".join(LAYOUTS),
        ),
    ] = "methods",
    methods: Annotated[
        str,
        typer.Option(
            help=f"Method ids with commas between them: {', '.join(METHODS)}. Post-hoc methods "
            "explain the black boxes, and SoftCAM models that have none beside them. Default: "
            "those of the paper's figure.",
            metavar="A,B",
        ),
    ] = "",
    case: Annotated[
        list[str] | None,
        typer.Option(
            "--case", help="Image to show, by name or number; may be given again.", metavar="NAME"
        ),
    ] = None,
    class_: Annotated[
        str,
        typer.Option(
            "--class", help="Whose maps: predicted, label, or a class by name.", metavar="CLASS"
        ),
    ] = "predicted",
    reader: Annotated[
        str | None,
        typer.Option(
            help="Whose marks of a study: a reader's name, union, majority or adjudicated.",
            metavar="NAME",
        ),
    ] = None,
    split: Annotated[
        str, typer.Option(help="Rows of a table: train, val, test, all or auto.")
    ] = "auto",
    title: Annotated[str, typer.Option(help="Above the figure.")] = "",
    width: Annotated[
        float, typer.Option(help="In mm: 85 fills one column of a journal, 175 two.", min=40)
    ] = 175.0,
    dpi: Annotated[int, typer.Option(help="Dots per inch of pictures.", min=72, max=1200)] = 300,
    opacity: Annotated[int, typer.Option(help="Of maps, percent.", min=0, max=100)] = 60,
    style: Annotated[
        str, typer.Option(help="How maps are drawn.", metavar="|".join(STYLES))
    ] = "blend",
    threshold: Annotated[
        int,
        typer.Option(help="Of contour and threshold, percent of the limit.", min=0, max=100),
    ] = 50,
    colours: Annotated[
        str,
        typer.Option(
            help=f"Of maps: auto suits each image; or one of {', '.join(COLOURS)}; print "
            "tells + from − on grey paper too.",
            metavar="auto|NAME",
        ),
    ] = "auto",
    positive: Annotated[
        bool, typer.Option("--positive", help="Only what speaks for the class.")
    ] = False,
    cells: Annotated[
        bool, typer.Option("--cells", help="The models' own cells instead of smooth maps.")
    ] = False,
    marks: Annotated[
        bool | None,
        typer.Option(
            "--marks/--no-marks",
            help="Outline the marks over maps too. Default: for the layout localization.",
        ),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Call images by their files' names, not by letters.")
    ] = False,
    dark: Annotated[bool, typer.Option("--dark", help="White letters on black.")] = False,
    no_footer: Annotated[
        bool, typer.Option("--no-footer", help="Leave out the small print.")
    ] = False,
    no_bars: Annotated[
        bool, typer.Option("--no-bars", help="Leave out the bars of colours.")
    ] = False,
    no_scale: Annotated[
        bool, typer.Option("--no-scale", help="Leave out the bar of a length in mm.")
    ] = False,
    json: Json = False,
    device: Device = "auto",
) -> None:
    """Draw maps of models over images as a figure for print (PNG, SVG, PDF), with its caption.

    Colours run between limits that are the same for every image; names and folders of images stay
    out of the file unless --names asks for them.
    """
    check_device(device)
    kind = out.suffix.lower().removeprefix(".")
    _check(kind, FORMATS, f"{out.name} ends with none of .png, .svg and .pdf.", "--out")
    _check(layout, LAYOUTS, f"{layout!r} is none of {', '.join(LAYOUTS)}.", "--layout")
    _check(style, STYLES, f"{style!r} is none of {', '.join(STYLES)}.", "--style")
    chosen = [m.strip() for m in (methods or DEFAULT_METHODS[layout]).split(",") if m.strip()]
    known = f"{colours!r} is none of auto, {', '.join(COLOURS)}."
    _check(colours, ("auto", *COLOURS), known, "--colours")
    if not chosen:
        raise typer.BadParameter("It names no method.", param_hint="--methods")
    for method in chosen:
        known = f"{method!r} is not available; choose from {', '.join(METHODS)}."
        _check(method, METHODS, known, "--methods")
    from softcam_core.cli.figure_cases import read_cases
    from softcam_core.cli.figure_files import caption_of, check_free, in_tables
    from softcam_core.plates.explaining import Explainer
    from softcam_core.plates.make import make_figure
    from softcam_core.plates.values import LABEL, PREDICTED, Asked, Look, Page

    text = caption_of(out)
    check_free(out, [*models, *data, *in_tables(data)])
    cases = read_cases(
        *(data, case or (), partial(check_free, out)), reader=reader, split=split, names=names
    )
    networks, known_models = _models(models, device)
    asked = Asked(
        layout,  # type: ignore[arg-type]
        tuple(cases),
        tuple(known_models),
        tuple(chosen),
        {"predicted": PREDICTED, "label": LABEL}.get(class_, class_),
        look=Look(
            opacity=opacity / 100,
            style=style,
            threshold=threshold / 100,
            smooth=not cells,
            positive=positive,
            colours=colours,
            marks=layout == "localization" if marks is None else marks,
        ),
        page=Page(
            width=width,
            dpi=dpi,
            title=title,
            dark=dark,
            bars=not no_bars,
            scale=not no_scale,
            footer=not no_footer,
        ),
    )
    for _ in with_progress([None], "Drawing"):
        with steps("Maps") as progress, memory_in_words():
            made = make_figure(asked, Explainer(networks.__getitem__, progress=progress), kind)
    # The caption first: where it cannot be written, there is no figure either.
    write_bytes(text, (made.caption + "\n").encode())
    try:
        write_bytes(out, made.data)
    except SoftcamError:
        text.unlink(missing_ok=True)
        raise
    for problem in made.problems:
        warn(problem)
    if json:
        print_json(
            {
                "figure": shown(out),
                "caption": made.caption,
                "caption_file": shown(text),
                "problems": list(made.problems),
            }
        )
    else:
        print(f"{shown(out)}\n{made.caption}")
    raise typer.Exit(1 if made.problems else 0)


def _check(value: str, known: object, sentence: str, option: str) -> None:
    if value not in known:  # type: ignore[operator]
        raise typer.BadParameter(sentence, param_hint=option)


def _models(paths: list[Path], device: str) -> tuple[dict[str, Network], list[Model]]:
    """Load models; return the networks by id, and what figures know of them."""
    from softcam_core.explain.attribution import check_applies
    from softcam_core.explain.methods import MethodError
    from softcam_core.models.checkpoint import load_model, model_id
    from softcam_core.plates.values import Model

    networks: dict[str, Network] = {}
    known = []
    for path in dict.fromkeys(paths):
        identity = model_id(path)
        if identity in networks:
            continue
        network = networks[identity] = load_model(path, device=device)
        refused = {}
        for method in METHODS:
            try:
                check_applies(network, method)
            except MethodError as error:
                refused[method] = str(error)
        known.append(Model(identity, network.spec, dict(network.spec.map_limits), refused))
    return networks, known
