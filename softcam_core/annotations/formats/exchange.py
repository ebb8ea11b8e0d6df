"""What goes between the study and a format: cases out, images with findings in, and the reports.

A format never sees the study. It writes the cases that it is given, and yields what a file says;
`exporting` and `importing` do everything else: names, checks, matching, transactions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import POINT_RADIUS
from softcam_core.annotations.records import AnnotationRecord, LabelRecord
from softcam_core.annotations.shapes import Shape

WINDOW_ATTRIBUTES = frozenset({"locked", "hidden", "rank"})
"""Attributes that belong to the window and are never exported."""

Size = tuple[int, int]


@dataclass(frozen=True)
class ExportCase:
    """One image with what is to be written about it.

    Attributes:
        path: of the image on this machine; never write it into a file.
        relative: the image's path below the folder that all images of the study share, with
            forward slashes, without ".."; what files say.
        stem: ``relative`` without its suffix, made safe as a file name on every system and
            different for every case of the export; what files are named by.
        size: (width, height) in pixels.
        grade: of the whole image; the latest where several readers gave one; "" for none.
        grades: reader -> grade.
        records: the annotations, in creation order.
        read: whether anybody has marked, graded or finished the image.
    """

    id: int
    path: Path
    relative: str
    stem: str
    size: Size
    grade: str
    records: list[AnnotationRecord]
    grades: dict[str, str] = field(default_factory=dict)
    read: bool = True


@dataclass(frozen=True)
class ExportOptions:
    """What the user chose for an export.

    Attributes:
        keep_identity: write a patient's name and numbers where the format has a place for them.
        reader: whose annotations are written; None for everybody's.
        point_radius: radius in pixels of the disc that a point stands for where a format has
            no points.
    """

    keep_identity: bool = False
    reader: str | None = None
    point_radius: float = POINT_RADIUS


@dataclass(frozen=True)
class Finding:
    """One shape as a file has it; the fields are those of `Study.add_annotation`.

    Attributes:
        mask: bool (H, W) of the image, or with ``points`` the pixels inside that box.
        reader: who drew it, "" where the file does not say.
        attributes: for instance ``certainty`` and ``note``.
    """

    kind: str
    points: list[list[float]]
    label: str
    angle: float = 0.0
    mask: Mask | None = field(default=None, repr=False)
    reader: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)

    def shape(self) -> Shape:
        """Return the geometry.

        Raises:
            ValueError: it makes no sense; the text names what is wrong.
        """
        return Shape(self.kind, self.points, self.angle, self.mask)


@dataclass(frozen=True)
class ImportedImage:
    """What a file says about one image.

    Attributes:
        name: of the image as the file has it: a path, a file name or a stem.
        size: (width, height) where the file says it.
        grade: of the whole image, by the reader of the import.
        uid: SOP Instance UID of a DICOM image.
        grades: reader -> grade, where the file says who graded.
    """

    name: str
    size: Size | None
    findings: list[Finding]
    grade: str | None = None
    uid: str | None = None
    grades: dict[str, str] = field(default_factory=dict)


@dataclass
class Loss:
    """One thing that could not be kept.

    Attributes:
        what: in a few words: ``ellipse written as polygon``.
        count: how often.
        cases: names of the images concerned, each once.
    """

    what: str
    count: int = 0
    cases: dict[str, None] = field(default_factory=dict)

    @property
    def omitted(self) -> bool:
        """Whether it is not in the files at all; else it is there in another form."""
        return "left out" in self.what

    def __str__(self) -> str:
        """Return it as a line for people: ``3 x ellipse written as polygon (image a.png)``."""
        names = list(self.cases)
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        return f"{self.count} x {self.what}" + (f" (image {shown})" if names else "")


@dataclass
class Report:
    """What happened beside the plain success of an export or import.

    Attributes:
        losses: what could not be kept.
        problems: (name, sentence) of each file or image that failed; the others went on.
        refused: (name, sentence) of each image that the format cannot hold at all.
    """

    format: str
    _losses: dict[str, Loss] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def losses(self) -> list[Loss]:
        """Each kind of loss with its count and images, in the order they came up."""
        return list(self._losses.values())

    def lose(self, what: str, case: str = "", count: int = 1) -> None:
        """Note that something could not be kept, ``count`` times in the image ``case``."""
        if count <= 0:
            return
        loss = self._losses.setdefault(what, Loss(what))
        loss.count += count
        if case:
            loss.cases[case] = None

    def include(self, other: Report) -> None:
        """Add what another report says."""
        for loss in other.losses:
            mine = self._losses.setdefault(loss.what, Loss(loss.what))
            mine.count += loss.count
            mine.cases |= loss.cases
        self.problems += other.problems
        self.refused += other.refused

    def problem(self, name: str, sentence: str) -> None:
        """Note that a file or an image failed; the others go on."""
        self.problems.append((name, sentence))

    def refuse(self, name: str, sentence: str) -> None:
        """Note that the format has no way to hold an image; that is no failure."""
        self.refused.append((name, sentence))


@dataclass
class ExportReport(Report):
    """What an export wrote.

    Attributes:
        folder: where to.
        files: paths of the files, below ``folder``.
        images: how many cases were written, those without a mark among them.
        marked: how many of them have a mark that was written.
        shapes: how many annotations were written.
        left_out: how many annotations of these cases were not.
    """

    folder: Path = Path()
    files: list[Path] = field(default_factory=list)
    images: int = 0
    marked: int = 0
    shapes: int = 0
    left_out: int = 0

    def leave_out(self, what: str, case: str, count: int = 1) -> None:
        """Note marks that are not in the files at all; ``what`` ends in ``left out``."""
        self.lose(what, case, count)
        self.left_out += count


@dataclass
class ImportReport(Report):
    """What an import read and did.

    Attributes:
        path: the file or folder.
        size_of: image name, relative path or stem -> (width, height) of the study's image of
            that name, None where it is not known; for formats whose files do not say sizes.
        knows: image name, relative path or stem -> whether the study has such an image.
        images: how many of the study's cases received something.
        added: annotations that were added.
        present: annotations that were there already, exactly the same.
        graded: grades that were set.
    """

    path: Path = Path()
    size_of: Callable[[str], Size | None] = field(default=lambda _name: None, repr=False)
    knows: Callable[[str], bool] = field(default=lambda _name: False, repr=False)
    images: int = 0
    added: int = 0
    present: int = 0
    graded: int = 0


class Format(ABC):
    """A file format; instances hold no state.

    Attributes:
        id: as on the command line.
        name: as people call it.
        file: name of the one file that holds everything, "" where each case has its own.
        cannot: one sentence for users: what the format cannot hold.
    """

    id: str
    name: str
    file: str
    cannot: str

    @abstractmethod
    def write(
        self,
        cases: Iterable[ExportCase],
        labels: list[LabelRecord],
        folder: Path,
        options: ExportOptions,
        report: ExportReport,
    ) -> None:
        """Write cases into an empty folder that is there.

        ``cases`` is a stream: taken once, one case at a time, none of them kept. Each loss goes
        to ``report.lose``, a case that the format cannot hold to ``report.refuse``, and one whose
        image is damaged to ``report.problem``. An OSError
        is left to the caller, who also takes half-written files away; the folder is a temporary
        one whose files get their place when all of them are written.
        """

    @abstractmethod
    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield what a file, or the files of a folder, say about images.

        Nothing outside ``path`` is opened, whatever names a file holds. A file among several
        that makes no sense goes to ``report.problem`` and the others go on.

        Raises:
            SoftcamError: ``path`` itself is not what the format needs; one sentence.
        """
