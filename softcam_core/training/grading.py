"""What the grades of a study mean: the class that each of them stands for.

``data.grade_classes`` says it. A grade that is not there is the class of its own name if there is
one: of ``data.classes``, or else of those that the rules name; otherwise its cases are left out, as
are those of a grade that is given "". Where nothing is said, each grade is a class of its own, but
with ``data.task`` and names that are known (`SCALES`): ``binary`` then parts them as the papers do,
and the names of ``data.classes`` are found under the other names of the same grade.

Several readers agree on classes, not on grades: mild and moderate are both "DR". Free of torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from softcam_core.annotations.spelling import Spelling
from softcam_core.errors import ConfigError
from softcam_core.training.config import DataConfig
from softcam_core.training.table import class_order, is_healthy

Names = tuple[str, ...]
ABNORMAL = "abnormal"
_OUT = "\n"  # before a grade that is no class; no name begins with it


@dataclass(frozen=True)
class Scale:
    """Grades that are known by name, healthy first.

    Attributes:
        modality: of the images that are graded by it.
        levels: the names of each grade.
        binary: the names of each class of the usual task of two.
        of_level: index of that class for each grade; None: it is left out.
    """

    modality: str
    levels: tuple[Names, ...]
    binary: tuple[Names, Names]
    of_level: tuple[int | None, ...]


RETINOPATHY = Scale(
    "fundus",
    (
        ("no DR",),
        ("mild NPDR", "mild"),
        ("moderate NPDR", "moderate"),
        ("severe NPDR", "severe"),
        ("PDR", "proliferative DR", "proliferative"),
    ),
    (("no DR",), ("DR",)),
    (0, 1, 1, 1, 1),
)
"""International scale of diabetic retinopathy; the papers part no DR from all else."""
SCANS = Scale(
    "oct",
    (("Normal",), ("Drusen",), ("DME",), ("CNV",)),
    (("Normal",), ("Drusen",)),
    (0, 1, None, None),
)
"""Classes of the Retinal OCT set, of which the SoftCAM paper's task of two keeps two."""
MACULA = Scale(
    "oct",
    (("Normal",), ("Early AMD",), ("Intermediate AMD",), ("Late AMD",)),
    (("Normal",), ("AMD",)),
    (0, 1, 1, 1),
)
CHEST = Scale(
    "cxr",
    (
        ("Normal",),
        ("Pneumonia", "Lung Opacity", "opacity"),
        ("Other", "No Lung Opacity / Not Normal"),
    ),
    (("Normal",), ("Pneumonia", "Lung Opacity", "opacity")),
    (0, 1, None),
)
"""As the RSNA challenge: films that are neither are left out of the task of two."""
SCALES = (RETINOPATHY, SCANS, MACULA, CHEST)


class Grading:
    """What the grades of one study mean.

    Attributes:
        classes: each grade that was given -> its class, "" where it stands for none; in order.
        stated: whether something else is said of them than that each is a class of its own.
    """

    def __init__(
        self, data: DataConfig, wanted: Sequence[str], given: Iterable[str], names: Sequence[str]
    ) -> None:
        """Settle it.

        Args:
            data: what the user says of grades, and which task.
            wanted: the classes in order, empty for those that there are.
            given: the grades that the cases have, in any spelling.
            names: what the study's readers grade by, in order.

        Raises:
            ConfigError: a grade stands for a class that is none of ``wanted``.
        """
        _check(data.grade_classes, wanted)
        rules = {*data.grade_classes.values(), *data.lesion_classes.values(), data.healthy} - {""}
        self._spelling = Spelling((*wanted, *sorted(rules), *names))
        found = {self._spelling(grade) for grade in sorted(given) if grade.strip()}
        self._rank = _ranks(found, names)
        ordered = sorted(found, key=lambda name: self._rank[name])
        self._key = Spelling(data.grade_classes)
        self._meaning: Mapping[str, str] = data.grade_classes
        if not self._meaning and data.task:
            self._meaning = _usual(data, wanted, ordered)
            self._key = Spelling(self._meaning)
            rules |= set(self._meaning.values()) - {""}
        self.stated = bool(self._meaning)
        known = tuple(wanted) or class_order(rules)
        self._own = Spelling(known)
        self._known = set(known)
        self.classes = {name: self._class_of(name) for name in ordered}

    def __call__(self, grade: str) -> str:
        """Return the class of a grade in one spelling; what has none is told by `is_out`."""
        name = self._spelling(grade)
        return self.classes.get(name) or f"{_OUT}{name}"

    @staticmethod
    def is_out(said: str) -> str:
        """Return the grade that stands for no class, "" where it does."""
        return said.removeprefix(_OUT) if said.startswith(_OUT) else ""

    def order(self) -> tuple[str, ...]:
        """Return the classes as the grades are ordered; healthy first where classes are stated."""
        names = tuple(dict.fromkeys(filter(None, self.classes.values())))
        return tuple(sorted(names, key=lambda n: not is_healthy(n))) if self.stated else names

    def rule(self) -> str:
        """Return what the grades mean in words, "" where each is a class of its own."""
        if not self.stated:
            return ""
        of: dict[str, list[str]] = {}
        for name, label in self.classes.items():
            of.setdefault(label, []).append(name)
        left_out = of.pop("", [])
        parts = [f"{_joined(names)} for {label}" for label, names in of.items()]
        parts += [f"{_joined(left_out)} for none"] if left_out else []
        return "; ".join(parts)

    def _class_of(self, name: str) -> str:
        if not self.stated:
            return name
        key = self._key(name)
        if key in self._meaning:
            return self._meaning[key]
        own = self._own(name)
        return own if own in self._known else ""


def healthy_against_rest(names: Sequence[str]) -> dict[str, str]:
    """Return classes for grades: the healthy one against all others.

    Args:
        names: grades, in order; the first is the healthy one where no name says so.
    """
    if not names:
        return {}
    healthy = next((name for name in names if is_healthy(name)), names[0])
    scale, rest = _scale_of(names, ""), ABNORMAL
    if scale is not None and None not in scale.of_level:
        rest = scale.binary[1][0]
    return {name: healthy if name == healthy else rest for name in names}


def meaning_of_scale(classes: Sequence[str]) -> dict[str, str]:
    """Return class by grade of the scale that all of these classes are on, empty for none.

    The classes are grades of it, in any of their names, or the two of its usual task. Grades that
    stand for none of them are not there.
    """
    for scale in SCALES if len(classes) > 1 else ():
        places: tuple[int | None, ...] = tuple(range(len(scale.levels)))
        names = _places_of(classes, scale.levels)
        if not names:
            names, places = _places_of(classes, scale.binary), scale.of_level
        if names:
            levels = zip(scale.levels, places, strict=True)
            return {name: names[at] for same, at in levels if at in names for name in same}
    return {}


def _check(meaning: Mapping[str, str], wanted: Sequence[str]) -> None:
    for name in sorted(set(meaning.values()) - {""}) if wanted else ():
        if name not in wanted:
            raise ConfigError(
                f"data.grade_classes names the class {name!r}, which is none of the classes "
                f"{', '.join(wanted)}."
            )


def _usual(data: DataConfig, wanted: Sequence[str], given: Sequence[str]) -> dict[str, str]:
    """Return what ``data.task`` makes of grades of known names; empty: nothing is known."""
    scale = _scale_of(given, data.modality)
    if scale is None:
        return {}
    levels, known = _places(scale.levels), Spelling(_all(scale.levels))
    level = {name: levels[known(name)] for name in given if known(name) in levels}
    if wanted:
        target = _places_of(wanted, scale.binary)
        if target is None or data.task != "binary":
            direct = _places_of(wanted, scale.levels)
            return {name: direct.get(at, "") for name, at in level.items()} if direct else {}
    elif data.task != "binary":
        return {}
    else:
        target = _as_given(scale.binary, given)
    of = scale.of_level
    return {
        name: "" if (at_class := of[at]) is None else target[at_class] for name, at in level.items()
    }


def _as_given(binary: Iterable[Names], given: Sequence[str]) -> dict[int, str]:
    """Return the name of each class of two, as the study has it if it does."""
    spelled = Spelling(given)
    return {
        at: next((spelled(name) for name in names if spelled(name) in given), names[0])
        for at, names in enumerate(binary)
    }


def _places_of(wanted: Sequence[str], names: Sequence[Names]) -> dict[int, str] | None:
    """Return place -> wanted name, None unless each is one of ``names`` and none comes twice."""
    places, known = _places(names), Spelling(_all(names))
    found = {places[known(name)]: name for name in wanted if known(name) in places}
    return found if len(found) == len(wanted) else None


def _scale_of(names: Iterable[str], modality: str) -> Scale | None:
    """Return the scale that has most of these names, None unless it has two or more."""
    best, most = None, 1
    for scale in SCALES:
        known = Spelling(_all(scale.levels))
        found = {known(name) for name in names} & set(_all(scale.levels))
        if modality in ("", scale.modality) and len(found) > most:
            best, most = scale, len(found)
    return best


def _ranks(found: set[str], names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return where each grade stands: in the study's list, else on a scale, else by its name."""
    listed = {name: place for place, name in enumerate(names)}
    scale = _scale_of(found, "")
    levels = _places(scale.levels) if scale else {}
    known = Spelling(_all(scale.levels) if scale else ())
    last, by_name = len(found) + len(SCALES) * 9, class_order(found)
    ranks = {}
    for place, name in enumerate(by_name):
        own = listed.get(name) if found <= listed.keys() else levels.get(known(name))
        ranks[name] = (last if own is None else own, place)
    return ranks


def _all(names: Iterable[Names]) -> Names:
    return tuple(name for each in names for name in each)


def _places(names: Iterable[Names]) -> dict[str, int]:
    return {name: place for place, each in enumerate(names) for name in each}


def _joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
