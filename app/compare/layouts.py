"""Layouts of panes as JSON: what each pane shows, and of which model, however that is called here.

A layout names its models by the checksum of their weights, by file and by title. It comes back as
far as it fits: a pane whose model is not open takes the model that suits its map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.compare.arrangement import MOST
from app.state import DIFFERENCE, IMAGE, MARKS, LoadedModel, PaneContent
from softcam_core.explain.methods import METHODS

VERSION = 1
"""Raised when an older program would misread what is stored."""


@dataclass(frozen=True)
class ModelName:
    """How a model is found again: the same weights, or the same file and title."""

    id: str
    file: str = ""
    title: str = ""

    def find(self, models: Iterable[LoadedModel]) -> LoadedModel | None:
        """Return the open model that is meant, the same weights preferred."""
        there = list(models)
        same = [m for m in there if m.id == self.id]
        alike = [m for m in there if (m.path.name, m.spec.title) == (self.file, self.title)]
        return next(iter(same or alike), None)


@dataclass(frozen=True)
class Layout:
    """Some panes, whether they are linked, and the names of the models that they show."""

    panes: tuple[PaneContent, ...]
    linked: bool = True
    models: dict[str, ModelName] = field(default_factory=dict)

    def fitted(self, models: Sequence[LoadedModel]) -> list[PaneContent]:
        """Return the panes for the models that are open."""
        return [self._fitted(content, models) for content in self.panes]

    def complete(self, models: Sequence[LoadedModel]) -> bool:
        """Return whether every model of the layout is open."""
        return all(name.find(models) is not None for name in self.models.values())

    def _fitted(self, content: PaneContent, models: Sequence[LoadedModel]) -> PaneContent:
        name = self.models.get(content.model)
        found = name.find(models) if name is not None else None
        pair = content.pair
        if pair is not None:
            pair = self._fitted(pair[0], models), self._fitted(pair[1], models)
        return replace(content, model="" if found is None else found.id, pair=pair)


def layout_of(panes: Sequence[PaneContent], linked: bool, models: Sequence[LoadedModel]) -> Layout:
    """Return the layout of panes as they are; whose marks they show does not belong to it."""
    named = {m.id: ModelName(m.id, m.path.name, m.spec.title) for m in models}
    kept = tuple(replace(content, reader="") for content in panes)
    used = {part.model for content in kept for part in (content, *(content.pair or ()))}
    return Layout(kept, linked, {name: named[name] for name in used if name in named})


def to_json(layout: Layout) -> dict[str, Any]:
    """Return a layout as JSON can hold it."""
    return {
        "version": VERSION,
        "linked": layout.linked,
        "panes": [_pane(content, layout.models) for content in layout.panes],
    }


def _pane(content: PaneContent, models: dict[str, ModelName]) -> dict[str, Any]:
    found: dict[str, Any] = {"method": content.method}
    if content.model in models:
        name = models[content.model]
        found["model"] = {"id": name.id, "file": name.file, "title": name.title}
    if content.class_name:
        found["class"] = content.class_name
    if content.opacity is not None:
        found["opacity"] = content.opacity
    if not content.linked:
        found["linked"] = False
    if content.pair is not None:
        found["pair"] = [_pane(part, models) for part in content.pair]
    return found


def from_json(value: Any) -> Layout | None:
    """Return the layout that was stored, None of anything else: foreign, newer or damaged."""
    if not isinstance(value, dict) or value.get("version") != VERSION:
        return None
    stored, linked = value.get("panes"), value.get("linked", True)
    if not isinstance(stored, list) or not 1 <= len(stored) <= MOST or not isinstance(linked, bool):
        return None
    models: dict[str, ModelName] = {}
    panes = [_content(pane, models) for pane in stored]
    known = [content for content in panes if content is not None]
    return Layout(tuple(known), linked, models) if len(known) == len(panes) else None


def _content(
    value: Any, models: dict[str, ModelName], *, inside: bool = False
) -> PaneContent | None:
    """Return a pane, or one side (``inside``) of a difference; None of anything unknown."""
    if not isinstance(value, dict):
        return None
    method, name = value.get("method"), value.get("class", "")
    opacity, linked = value.get("opacity"), value.get("linked", True)
    if not isinstance(method, str):
        return None
    if method not in METHODS and (inside or method not in (MARKS, IMAGE, DIFFERENCE)):
        return None
    if not isinstance(name, str) or not isinstance(linked, bool):
        return None
    if opacity is not None and not _is_share(opacity):
        return None
    pair = None
    if method == DIFFERENCE:
        sides = value.get("pair")
        if not isinstance(sides, list) or len(sides) != 2:
            return None
        first, second = (_content(part, models, inside=True) for part in sides)
        if first is None or second is None:
            return None
        pair = first, second
    model = _model(value.get("model"))
    if model is not None:
        models[model.id] = model
    return PaneContent(
        method,
        model.id if model is not None else "",
        class_name=name,
        opacity=None if opacity is None else float(opacity),
        linked=linked,
        pair=pair,
    )


def _is_share(value: Any) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and 0 <= value <= 1


def _model(value: Any) -> ModelName | None:
    if not isinstance(value, dict):
        return None
    parts = [value.get(part, "") for part in ("id", "file", "title")]
    if not parts[0] or not all(isinstance(part, str) for part in parts):
        return None
    return ModelName(*parts)
