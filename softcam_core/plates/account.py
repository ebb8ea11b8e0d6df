"""What a figure shows, kept for its small print and its caption."""

from __future__ import annotations

from dataclasses import dataclass, field

from softcam_core.plates.values import Case, Cell, Scale


@dataclass(frozen=True, eq=False)
class Shown:
    """A case of the figure with its image.

    Attributes:
        letter: as the figure cites it.
        plain: the image under its marks.
        number: tells cases apart, whatever they are called.
    """

    case: Case
    letter: str
    plain: Cell
    number: int = 0


@dataclass(eq=False)
class Account:
    """What the small print and the caption must tell.

    Attributes:
        shown: the cases.
        classes: of each case, whose maps are shown.
        probabilities: (number of the case, class, model) -> of that class.
        predictions: (number of the case, model) -> the predicted class and its probability.
        scales: (model, method) -> the colours of its maps.
        measured: (model, method) whose limit was measured on the maps of this figure.
        cells: (model, method) -> (rows, columns) of its maps.
        problems: one sentence each.
    """

    shown: list[Shown] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    probabilities: dict[tuple[int, str, str], float] = field(default_factory=dict)
    predictions: dict[tuple[int, str], tuple[str, float]] = field(default_factory=dict)
    scales: dict[tuple[str, str], Scale] = field(default_factory=dict)
    measured: set[tuple[str, str]] = field(default_factory=set)
    cells: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Keep a problem, once."""
        if sentence not in self.problems:
            self.problems.append(sentence)
