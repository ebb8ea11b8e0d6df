"""What is asked for becomes rows and columns: the figure's maps, words and numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.errors import SoftcamError
from softcam_core.explain.methods import SIGNED, TITLES, units
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.window import default_window, to_display
from softcam_core.plates.account import Account, Shown
from softcam_core.plates.errors import PlateError
from softcam_core.plates.explaining import Explainer, Map, precision_and_sensitivity
from softcam_core.plates.layout import laid_out
from softcam_core.plates.paint import pair_of
from softcam_core.plates.sources import EVIDENCE, lanes, of_case
from softcam_core.plates.values import (
    LABEL,
    Asked,
    Cell,
    Column,
    MapShown,
    Model,
    Picture,
    Plate,
    Row,
    Scale,
)
from softcam_core.plates.words import (
    as_in_figure_15,
    columns_of,
    legible,
    letter_of,
    pane_title,
    share,
)

PERCENTILE = 99.5
MANY = 12
"""More classes than this are too many columns: the most probable ones are shown."""
SHOWN = 6
_ROW = 4
"""Panes of the window in a row."""


def composed(asked: Asked, explainer: Explainer) -> tuple[Plate, Account]:
    """Compute the maps and put them into rows and columns; footer and caption come later.

    Raises:
        PlateError: there is nothing to show.
        CancelledError: the figure is not wanted any more.
    """
    return _Composer(asked, explainer).plate()


class _Composer:
    def __init__(self, asked: Asked, explainer: Explainer) -> None:
        self._asked, self._explainer = asked, explainer
        self.account = Account()
        self._values: dict[tuple[str, str], list[Map]] = {}

    def plate(self) -> tuple[Plate, Account]:
        asked = self._asked
        self._read_cases()
        layouts: dict[str, Callable[[], Plate]] = {
            "methods": self._methods,
            "localization": self._localization,
            "classes": self._classes,
            "screen": self._screen,
        }
        plate = layouts[asked.layout]()
        self._check_something(plate)
        labels = {
            mark.label: mark.colour
            for shown in self.account.shown
            for mark in shown.case.marks
            if mark.label
        }
        key = tuple(labels.items()) if len(labels) > 1 else ()
        together = [pane.together for pane in asked.panes if pane.together is not None]
        hues = {n: c for one in together for n, c in zip(one.names, one.colours, strict=True)}
        key += tuple((name, "#{:02x}{:02x}{:02x}".format(*hue)) for name, hue in hues.items())
        return self._with_limits(replace(plate, key=key)), self.account

    def _check_something(self, plate: Plate) -> None:
        """Refuse a figure of explanations that has none; panes of the window may have none.

        Raises:
            PlateError: what was chosen has no map.
        """
        cells = [cell for row in plate.rows for cell in row.cells if cell is not None]
        if self._asked.layout == "screen" or self._explainer.waiting or any(c.map for c in cells):
            return
        nothing = "There is nothing to show; choose a model and a method that fit."
        raise PlateError(" ".join(self.account.problems) or nothing)

    def _read_cases(self) -> None:
        many = len(self._asked.cases) > 1
        for number, case in enumerate(self._asked.cases):
            letter = legible(case.name) or (letter_of(number) if many else "")
            try:
                image = self._explainer.image(case)
            except SoftcamError as error:
                self.account.problems.append(str(error))
                continue
            height, width = image.pixels.shape[:2]
            picture = Picture(
                to_display(image.pixels, case.window or default_window(image)),
                case.view or (0.0, 0.0, float(width), float(height)),
                *true_spacing(image.spacing),
            )
            plain = Cell(picture, None, self._asked.look, case.marks, ruler=True)
            self.account.shown.append(Shown(case, letter, plain, number))
        if not self.account.shown:
            raise PlateError(
                self.account.problems[0] if self.account.problems else "Choose a case to show."
            )

    # Layouts

    def _methods(self) -> Plate:
        """A row per case, a column per method (the paper's Figure 2)."""
        found = lanes(self._asked.models, self._asked.methods, by_arch=False)
        self._check_room(1, columns_of(found))
        self._explainer.plan(len(found) * len(self.account.shown))
        rows = []
        for shown in self.account.shown:
            name = self._class_of(shown)
            cells = [
                self._cell(shown, of_case(models, shown.case.modality), lane.method, name)
                for lane, models in found.items()
            ]
            rows.append(Row(shown.letter, name, (shown.plain, *cells)))
        return Plate((self._image_column(), *columns_of(found)), tuple(rows))

    def _localization(self) -> Plate:
        """A row per architecture, marks and both metrics over every map (Figure 4)."""
        found = lanes(self._asked.models, self._asked.methods, by_arch=True)
        rows: list[Row] = []
        archs = {m.spec.arch: m.arch for m in self._asked.models}
        self._check_room(len(archs), columns_of(found))
        self._explainer.plan(len(found) * len(self.account.shown) * len(archs))
        for shown in self.account.shown:
            name = self._class_of(shown)
            first = True
            for arch, title in archs.items():
                models = [of_case(some, shown.case.modality, arch) for some in found.values()]
                if not any(models):
                    continue
                cells = [
                    self._cell(shown, model, lane.method, name, measured=True)
                    for model, lane in zip(models, found, strict=True)
                ]
                letter = shown.letter if first else ""
                rows.append(Row(letter, title, (shown.plain if first else None, *cells)))
                first = False
        return Plate((self._image_column(), *columns_of(found)), tuple(rows))

    def _classes(self) -> Plate:
        """A column per class; rows: sparse evidence, dense evidence, post-hoc (Figure 15)."""
        found = lanes(self._asked.models, self._asked.methods or (EVIDENCE,), by_arch=False)
        order = sorted(found, key=as_in_figure_15)
        names: list[str] = []
        for shown in self.account.shown:
            for lane in order:
                model = of_case(found[lane], shown.case.modality)
                if model is not None:
                    names += [n for n in self._some_classes(shown, model) if n not in names]
        self._check_room(1, [Column(name) for name in names])
        self._explainer.plan(len(order) * len(names) * len(self.account.shown))
        rows: list[Row] = []
        for shown in self.account.shown:
            self._class_of(shown)
            first = True
            for lane in order:
                model = of_case(found[lane], shown.case.modality)
                if model is None:
                    continue
                cells = [self._class_cell(shown, model, lane.method, name) for name in names]
                letter = shown.letter if first else ""
                label = f"{lane.title}, {lane.arch}" if lane.arch else lane.title
                rows.append(Row(letter, label, (shown.plain if first else None, *cells)))
                first = False
        columns = (self._image_column(), *(Column(name) for name in names))
        return Plate(columns, tuple(rows), bars="right")

    def _screen(self) -> Plate:
        """The panes of the window."""
        panes, models = self._asked.panes, {m.id: m for m in self._asked.models}
        shown = self.account.shown[0]
        self._explainer.plan(len(panes))
        cells: list[Cell | None] = []
        for pane in panes:
            if pane.drawn is not None:
                own = shown.plain.marks if self._asked.look.marks else ()
                rank, overlap = pane.agreement or (math.nan, math.nan)
                words = (f"rank {share(rank)}", f"IoU {share(overlap)}")
                cell = replace(shown.plain, map=self._in_pair(pane.drawn, shown), marks=own)
                cell = replace(cell, left=words[0], right=words[1]) if pane.agreement else cell
            elif pane.method in TITLES:
                model = models.get(pane.model)
                # A pane of one reader is measured against that reader's marks, as it shows them.
                own = shown.case.marks if pane.marks is None else pane.marks
                whose = replace(shown, case=replace(shown.case, marks=own))
                measured = bool(own) and self._asked.look.marks
                cell = self._cell(whose, model, pane.method, pane.class_name, measured=measured)
                cell = replace(cell, together=pane.together)
                self.account.classes.append(pane.class_name)
            else:
                own = shown.plain.marks if pane.marks is None else pane.marks
                cell = replace(shown.plain, marks=() if pane.method else own)
            opacity = self._asked.look.opacity if pane.opacity is None else pane.opacity
            look = replace(cell.look, opacity=opacity)
            above = pane_title(pane, models.get(pane.model), panes)
            cells.append(replace(cell, above=above, look=look, ruler=not cells))
        wide = len(cells) if len(cells) <= _ROW else -(-len(cells) // -(-len(cells) // _ROW))
        cells += [None] * (-len(cells) % wide)
        rows = [Row("", "", tuple(cells[n : n + wide])) for n in range(0, len(cells), wide)]
        return Plate(tuple(Column("") for _ in range(wide)), tuple(rows))

    def _check_room(self, rows: int, columns: Sequence[Column]) -> None:
        """Refuse what fits onto no page before any map is computed.

        Raises:
            PlateError: ``rows`` for each case, or ``columns`` beside the image, are too many.
        """
        if not columns:
            raise PlateError("There is nothing to show; choose a model and a method that fit.")
        plain = [shown.plain for shown in self.account.shown for _ in range(rows)]
        draft = [Row("a", "a", (cell,) * (1 + len(columns))) for cell in plain]
        laid_out(Plate((self._image_column(), *columns), tuple(draft)), self._asked.page)

    def _in_pair(self, found: MapShown, shown: Shown) -> MapShown:
        pair = pair_of(self._asked.look, shown.plain.picture.pixels)
        return replace(found, scale=replace(found.scale, pair=pair))

    def _image_column(self) -> Column:
        marked = any(shown.case.marks for shown in self.account.shown)
        return Column("Image", "with marks" if marked else "")

    # Cells

    def _class_of(self, shown: Shown) -> str:
        """Settle whose maps of a case are shown, by name."""
        case, asked = shown.case, self._asked
        name = case.label if asked.class_name == LABEL else asked.class_name
        self._check_known(name)
        if asked.class_name == LABEL and not name:
            self.account.note(
                f"Image {shown.letter} has no label: the predicted class is shown."
                if shown.letter
                else "The image has no label: the predicted class is shown."
            )
        if not name:
            model = of_case(asked.models, case.modality)
            if model is None:
                self.account.note(f"No chosen model is for images of the kind {case.modality}.")
            else:
                try:
                    out = self._explainer.output(case, model)
                    name = model.spec.classes[int(np.argmax(out.logits))]
                except SoftcamError as error:
                    self.account.note(str(error))
        self.account.classes.append(name)
        return name

    def _check_known(self, name: str) -> None:
        known = dict.fromkeys(n for model in self._asked.models for n in model.spec.classes)
        if name and known and name not in known and self._asked.class_name != LABEL:
            raise PlateError(f"No chosen model has a class {name!r}; choose of {', '.join(known)}.")

    def _some_classes(self, shown: Shown, model: Model) -> Sequence[str]:
        """Return the classes to show: all, or of very many the most probable ones."""
        if len(model.spec.classes) <= MANY:
            return model.spec.classes
        out = self._explainer.output(shown.case, model)
        best = np.argsort(-out.probabilities, kind="stable")[:SHOWN]
        return [model.spec.classes[n] for n in best]

    def _class_cell(self, shown: Shown, model: Model, method: str, name: str) -> Cell:
        cell = self._cell(shown, model, method, name)
        probability = self.account.probabilities.get((shown.number, name, model.id))
        words = "" if probability is None else f"p {probability:.2f}"
        if name == shown.case.label:
            words = f"{words} (label)" if words else "(label)"
        return replace(cell, above=words)

    def _cell(
        self,
        shown: Shown,
        model: Model | None,
        method: str,
        name: str,
        *,
        measured: bool = False,
    ) -> Cell:
        """Return one map over the image; in words, why there is none."""
        look = self._asked.look
        cell = replace(shown.plain, marks=shown.case.marks if look.marks else (), ruler=False)
        if model is None:
            kind = shown.case.modality
            self.account.note(f"No chosen model is for images of the kind {kind}.")
            return replace(cell, missing="no such model")
        if name not in model.spec.classes:
            known = ", ".join(model.spec.classes)
            if name:
                self.account.note(f"{model.spec.title} has no class {name!r}; it has {known}.")
            return replace(cell, missing=f"no class {name!r}" if name else "no class")
        if method in model.refused:
            self.account.note(model.refused[method])
            return replace(cell, missing="not for this model")
        index = model.spec.classes.index(name)
        try:
            out = self._explainer.output(shown.case, model)
            values = self._explainer.map(shown.case, model, method, index)
        except SoftcamError as error:
            self.account.note(str(error))
            return replace(cell, missing="not for this model")
        p, best = out.probabilities, int(np.argmax(out.logits))
        self.account.probabilities[shown.number, name, model.id] = float(p[index])
        predicted = model.spec.classes[best], float(p[best])
        self.account.predictions[shown.number, model.id] = predicted
        if values is None:
            return replace(cell, missing="computed when exported")
        key = model.id, method
        self._values.setdefault(key, []).append(values)
        self.account.cells[key] = values.shape[0], values.shape[1]
        pair = pair_of(look, shown.plain.picture.pixels)
        scale = Scale(self._limit(model, method), units(method), pair, method not in SIGNED)
        self.account.scales[key] = scale
        cell = replace(cell, map=MapShown(values, out.region, scale, model.spec.input.size))
        if measured:
            left, right = self._metrics(shown, out.region, values)
            cell = replace(cell, left=left, right=right)
        return cell

    def _metrics(self, shown: Shown, region: Region, values: Map) -> tuple[str, str]:
        """Return the corners of a cell: sensitivity left, precision right, as in the paper."""
        if not shown.case.marks:
            return "", ""
        size = shown.plain.picture.pixels.shape
        shapes = [mark.shape for mark in shown.case.marks]
        mask = rasterize_union(shapes, (size[0], size[1]), shown.case.point_radius)
        precision, sensitivity = precision_and_sensitivity(values, region, mask)
        return f"AS {share(sensitivity)}", f"AP {share(precision)}"

    # Limits

    def _limit(self, model: Model, method: str) -> float:
        """Return the study's limit, which no image may choose; 0 where it is still to be found."""
        return model.limits.get(method, model.spec.map_limits.get(method, 0.0))

    def _with_limits(self, plate: Plate) -> Plate:
        """Give the maps whose limit nobody knows one: the 99.5th percentile over the figure."""
        found: dict[tuple[str, str], Scale] = {}
        for key, scale in self.account.scales.items():
            if scale.limit <= 0:
                every = np.concatenate([np.abs(v).ravel() for v in self._values[key]])
                limit = float(np.percentile(np.nan_to_num(every), PERCENTILE))
                found[key] = replace(scale, limit=limit or 1.0)
                self.account.measured.add(key)
        if not found:
            return plate
        self.account.scales.update(found)
        limits = {id(v): found[key].limit for key in found for v in self._values[key]}

        def mended(cell: Cell | None) -> Cell | None:
            if cell is None or cell.map is None or id(cell.map.values) not in limits:
                return cell
            # The colours stay the image's own: over a grey one they are another pair.
            scale = replace(cell.map.scale, limit=limits[id(cell.map.values)])
            return replace(cell, map=replace(cell.map, scale=scale))

        rows = [replace(row, cells=tuple(mended(cell) for cell in row.cells)) for row in plate.rows]
        return replace(plate, rows=tuple(rows))


def true_spacing(spacing: tuple[float, float] | None) -> tuple[float | None, float]:
    """Return mm between columns, and how high a pixel is in widths; (None, 1) where unknown.

    ``spacing`` is mm between rows, and between columns; a file may record nonsense.
    """
    if spacing is None or not all(math.isfinite(side) and side > 0 for side in spacing):
        return None, 1.0
    high, wide = spacing
    return wide, high / wide
