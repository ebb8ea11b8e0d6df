"""The report as one page of HTML that refers to nothing outside itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from softcam_core.counts import counted
from softcam_core.evaluation.metric_ids import BASELINES, method_title, metric_title
from softcam_core.evaluation.model_names import architecture_title
from softcam_core.evaluation.report.examples import Example, Examples
from softcam_core.evaluation.report.numbers import (
    NONE,
    fixed,
    model_titles,
)
from softcam_core.evaluation.report.tables import TableView
from softcam_core.evaluation.report.tiles import key_numbers
from softcam_core.evaluation.results import Summary
from softcam_core.resources import resource_path

FOLDER = "report"
MOST_PROBLEMS = 200
SHORT_ID = 12
MOST_CLASSES = 12
MOST_IN_A_CELL = 3
HEADS = {"softcam": "SoftCAM", "blackbox": "black box", "dual-branch": "dual branch"}
EXPLAINED = {
    "label": "the label's, or the predicted class where there is none",
    "predicted": "the predicted class",
}
SHORT = {"activation_precision": "AP", "activation_sensitivity": "AS", "audc": "AUDC"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Figure:
    """One figure of the page."""

    name: str
    title: str
    caption: str
    svg: Markup
    wide: bool


@dataclass(frozen=True)
class Content:
    """What the page shows beside the summary.

    Attributes:
        tables: of the paper and the poster.
        differences: between methods and between models.
        figures: in their order.
        examples: pictures; empty for none.
        methods: the paragraphs of the methods section.
        references: what they refer to.
        problems: (case, image, sentence) of each image that failed.
    """

    tables: Sequence[TableView]
    differences: Sequence[TableView]
    figures: Sequence[Figure]
    examples: Sequence[Examples]
    methods: Sequence[str]
    references: Sequence[str]
    problems: Sequence[tuple[str, str, str]]


def render(summary: Summary, content: Content) -> str:
    """Return the page; every text is escaped, letters that HTML does not know are left out."""
    run = summary.run
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: _CONTROL.sub("", value) if type(value) is str else value,
    )
    template = environment.from_string(_resource("report.html.j2"))
    tiles = key_numbers(summary)
    groups = _groups(run, content.examples)
    title = f"Evaluation of {_models(run)} on {run['data']['name']}"
    return template.render(
        title=title,
        lead=_lead(summary),
        css=Markup(_resource("report.css")),
        script=Markup(_resource("report.js")),
        parts=_parts(content, groups, bool(tiles)),
        notes=_notes(summary),
        models=[_model(model, model_titles(run)) for model in run["models"]],
        class_lists=_class_lists(run),
        software=_software(run),
        facts=_facts(summary),
        key_numbers=tiles,
        tables=content.tables,
        sortable=any(len(table.rows) > 1 for table in content.tables),
        differences=content.differences,
        figures=content.figures,
        examples=groups,
        examples_hint=_examples_hint(content.examples),
        methods=content.methods,
        references=content.references,
        problems=content.problems[:MOST_PROBLEMS],
        problems_lead=_problems_lead(content.problems),
        problems_more=_more(content.problems),
        record=_record(run),
        version=run["versions"].get("softcam", ""),
    )


def _notes(summary: Summary) -> list[str]:
    """What a reader should know; images that failed have a section of their own."""
    failed = {why for _, _, why in summary.failed}
    return [note for note in summary.notes if note not in failed]


def _resource(name: str) -> str:
    return resource_path(FOLDER, name).read_text(encoding="utf-8")


def _models(run: Mapping[str, Any]) -> str:
    models = run["models"]
    if len(models) == 1:
        return next(iter(model_titles(run).values()))
    return f"{len(models)} models"


def _lead(summary: Summary) -> str:
    run = summary.run
    methods = list(dict.fromkeys(m for model in run["models"] for m in model["methods"]))
    ordered = sorted(methods, key=lambda one: (one in BASELINES, one != "evidence"))
    names = ", ".join(method_title(method) for method in ordered)
    images = counted(summary.counts["measured"], "image")
    return f"{images}, {counted(len(run['models']), 'model')}; maps: {names}."


def _parts(
    content: Content, groups: Sequence[Mapping[str, Any]], tiles: bool
) -> list[dict[str, Any]]:
    """The table of contents: parts with their tables, figures and models."""

    def part(id_: str, title: str, items: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
        return {"id": id_, "title": title, "items": items}

    parts = [part("evaluated", "What was evaluated")]
    if tiles:
        parts.append(part("key-numbers", "Key numbers"))
    named = [(f"table-{t.id}", f"{n}. {t.title}") for n, t in enumerate(content.tables, 1)]
    parts.append(part("tables", "Tables", named))
    if content.figures:
        named = [(f"figure-{f.name}", f"{n}. {f.title}") for n, f in enumerate(content.figures, 1)]
        parts.append(part("figures", "Figures", named))
    if groups:
        named = [(f"examples-{n}", group["title"]) for n, group in enumerate(groups, 1)]
        parts.append(part("examples", "Examples", named))
    if content.differences:
        parts.append(part("differences", "Differences"))
    parts.append(part("methods", "Methods"))
    if content.problems:
        parts.append(part("problems", "Problems"))
    return [*parts, part("versions", "Versions and parameters")]


def _model(model: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, str]:
    classes = list(model["classes"])
    named = ", ".join(classes)
    if len(classes) > MOST_IN_A_CELL:
        named = f"{len(classes)} classes"
    return {
        "title": titles[model["name"]],
        "file": model["file"],
        "arch": architecture_title(str(model["arch"])),
        "head": HEADS.get(model["head"], model["head"]),
        "classes": named,
        "size": _by(model.get("size")),
        "grid": _by(model.get("grid")),
        "parameters": fixed(model["parameters"] / 1e6, 2),
        "l1": _small(model["l1"]),
        "l2": _small(model["l2"]),
        "short_id": model["id"][:SHORT_ID],
    }


def _class_lists(run: Mapping[str, Any]) -> list[str]:
    """The names of the classes that a cell of the models' table has no room for."""
    titles = model_titles(run)
    whose: dict[tuple[str, ...], list[str]] = {}
    for model in run["models"]:
        if len(model["classes"]) > MOST_IN_A_CELL:
            whose.setdefault(tuple(model["classes"]), []).append(titles[model["name"]])
    lists = []
    for classes, models in whose.items():
        named = ", ".join(classes[:MOST_CLASSES])
        more = len(classes) - MOST_CLASSES
        end = f" and {more} more" if more > 0 else ""
        lists.append(f"Classes of {', '.join(models)}: {named}{end}.")
    return lists


def _software(run: Mapping[str, Any]) -> str:
    versions = dict(run["versions"])
    own = versions.pop("softcam", "")
    others = ", ".join(f"{name} {_plain(value)}" for name, value in versions.items())
    return f"softcam {own} ({others})"


def _by(size: Sequence[int] | None) -> str:
    return " × ".join(map(str, size)) if size else NONE


def _small(value: float | None) -> str:
    return f"{value:g}" if value else "0"


def _facts(summary: Summary) -> list[tuple[str, str]]:
    run, counts = summary.run, summary.counts
    data, parameters = run["data"], run["parameters"]
    failed, others = counts["failed"], counts["others"]
    missing = data["images"] - counts["measured"] - failed - others
    images = [f"{counts['measured']:,}"]
    if failed:
        images.append(f"{failed:,} failed")
    if others:
        images.append(f"{others:,} of another kind left out")
    if missing > 0:
        images.append(f"{missing:,} not measured yet")
    explained = parameters["explained"]
    labels = [f"{name or 'none'} {count:,}" for name, count in counts.get("labels", {}).items()]
    units = "by patient" if counts.get("by_patient") else "by image"
    facts = [
        ("Data", f"{data['name']} ({data['digest'][:SHORT_ID]})"),
        ("Images", ", ".join(images)),
        ("Patients", f"{counts['patients']:,}" if counts.get("by_patient") else ""),
        ("Labels", ", ".join(labels[:MOST_CLASSES]) + (" …" if labels[MOST_CLASSES:] else "")),
        ("Images with marks", f"{counts['marked']:,}" if "marked" in counts else ""),
        ("Marks of", data.get("reader") or parameters.get("reader") or ""),
        ("Images in deletion curves", f"{counts['deletion']:,}" if counts["deletion"] else ""),
        ("Class explained", EXPLAINED.get(explained, explained)),
        ("Patches", f"{parameters['k']} of {parameters['patch']} × {parameters['patch']} px"),
        ("Intervals", f"95%, {parameters['resamples']:,} resamples {units}"),
        ("Device", f"{run['device']}, precision {parameters['precision']}"),
        ("Run", run["fingerprint"]),
    ]
    return [(name, value) for name, value in facts if value]


def _groups(run: Mapping[str, Any], examples: Sequence[Examples]) -> list[dict[str, Any]]:
    titles = model_titles(run)
    return [
        {
            "title": titles[model["name"]],
            "rows": [_row(one, titles) for one in examples if one.ranking.model == model["name"]],
        }
        for model in run["models"]
        if any(one.ranking.model == model["name"] for one in examples)
    ]


def _row(one: Examples, titles: Mapping[str, str]) -> dict[str, Any]:
    ranking = one.ranking
    metric = metric_title(ranking.metric)[0]
    reach = f"{one.limit:.3g}"
    return {
        "title": method_title(ranking.method),
        "bar": Markup(one.bar),
        "low": f"−{reach}" if one.signed else "0",
        "signed": one.signed,
        "high": f"+{reach}",
        "ranked": f"{counted(ranking.images, 'image')}, by {_inside(metric)}.",
        "pictures": [
            _picture(picture, method_title(ranking.method), titles[ranking.model])
            for picture in one.pictures
        ],
    }


def _inside(title: str) -> str:
    """A metric's title within a sentence."""
    return title if title[:2].isupper() else title[0].lower() + title[1:]


def _picture(picture: Example, method: str, model: str) -> dict[str, Any]:
    values = picture.case.values
    shown = [name for name in SHORT if name in values]
    spoken = ", ".join(
        f"{_inside(metric_title(name)[0])} {fixed(values[name], 2)}" for name in shown
    )
    marks = "; white: outline of the marks" if picture.marked else ""
    right = next((name for name in ("activation_precision", "audc") if name in values), "")
    left = "activation_sensitivity"
    return {
        "uri": Markup(picture.uri),
        "width": picture.width,
        "height": picture.height,
        "alt": f"{method} of {model} over {picture.case.image}, class {picture.class_}; "
        f"{spoken}{marks}.",
        "left": f"{SHORT[left]} {fixed(values[left], 2)}" if left in values else "",
        "right": f"{SHORT[right]} {fixed(values[right], 2)}" if right else "",
        "kind": picture.case.kind.capitalize(),
        "image": picture.case.image,
        "about": f"class {picture.class_}" if picture.class_ else "",
        "error": picture.error,
    }


def _examples_hint(examples: Sequence[Examples]) -> str:
    pair = (
        "The map of the named class over the best, the median and the worst image of each method. "
        "Orange or cyan: for the class; blue or violet: against it; nothing where the map is zero. "
        "One scale of colour for all images of a row."
    )
    if any(one.ranking.metric == "activation_precision" for one in examples):
        pair += (
            " White line: outline of the marks. Upper right: activation precision (AP), the "
            "share of the map on the marks; upper left: activation sensitivity (AS), how strongly "
            "the map covers the marks."
        )
    if any(one.ranking.metric == "audc" for one in examples):
        pair += " Without marks cases are ranked by the area under the deletion curve (AUDC)."
    return pair


def _problems_lead(problems: Sequence[tuple[str, str, str]]) -> str:
    failed = len(problems)
    return (
        f"{counted(failed, 'image')} failed and {'is' if failed == 1 else 'are'} in no table; the "
        "others are not touched by it."
    )


def _more(problems: Sequence[tuple[str, str, str]]) -> str:
    more = len(problems) - MOST_PROBLEMS
    return f"And {more:,} more: see results.json." if more > 0 else ""


def _record(run: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything that the numbers depend on, as titled pairs."""
    models = [
        (f"{model['file']}: {key}", value)
        for model in run["models"]
        for key, value in (("SHA-256", model["id"]), ("methods", ", ".join(model["methods"])))
    ]
    data = [("name", run["data"]["name"]), ("SHA-256", run["data"]["digest"])]
    return [
        ("Models", models),
        ("Data", data),
        ("Parameters", [(key, _plain(value)) for key, value in run["parameters"].items()]),
        ("Software", [(key, _plain(value)) for key, value in run["versions"].items()]),
    ]


def _plain(value: Any) -> str:
    if value is None or value == "" or value == []:
        return NONE
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
