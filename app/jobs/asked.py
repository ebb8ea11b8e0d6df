"""What the window asked an evaluation for: kept beside its results, so that it can go on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from softcam_core.errors import EvaluationError

ASKED = "asked.json"
Which = Literal["annotated", "all", "shown"]


@dataclass(frozen=True)
class Asked:
    """One evaluation, as plain values.

    Attributes:
        folder: where its results lie.
        study: the file.
        models: their files.
        titles: of the models, for people.
        methods: ids; those that cannot explain a model are left out there.
        metrics: ids.
        reader: whose marks are the truth: a reader's name, ``union``, ``majority`` ...
        which: ``annotated``: of ``cases`` those that the truth says something about.
        cases: ids of cases; once it has begun, those that are measured.
        device: ``auto``, ``cpu``, ``cuda:N``.
        options: of `softcam_core.evaluation.plan.Options`, where they differ from the default.
        ids: of the models as they are open; a file that holds another by now is not measured.
    """

    folder: Path
    study: Path
    models: tuple[Path, ...]
    titles: tuple[str, ...]
    methods: tuple[str, ...]
    metrics: tuple[str, ...]
    reader: str
    which: Which
    cases: tuple[int, ...]
    device: str = "auto"
    options: dict[str, Any] = field(default_factory=dict)
    ids: tuple[str, ...] = ()

    def of(self, cases: tuple[int, ...]) -> Asked:
        """Return the same of other cases."""
        return replace(self, cases=cases)

    def write(self) -> None:
        """Keep it in its folder, whole or not at all.

        Raises:
            EvaluationError: the folder cannot be written to.
        """
        plain = asdict(self)
        plain["study"], plain["models"] = str(self.study), [str(path) for path in self.models]
        del plain["folder"]
        partial = self.folder / (ASKED + ".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
            partial.replace(self.folder / ASKED)
        except OSError as error:
            raise EvaluationError(
                f"The folder {self.folder} cannot be written to ({error.strerror}); make room "
                "there or set SOFTCAM_DATA_DIR to another folder."
            ) from error


def read_asked(folder: Path) -> Asked:
    """Return what an evaluation was asked for.

    Raises:
        EvaluationError: the folder holds none that can be read.
    """
    try:
        plain = json.loads((folder / ASKED).read_text(encoding="utf-8"))
        return Asked(
            folder=folder,
            study=Path(plain["study"]),
            models=tuple(map(Path, plain["models"])),
            titles=tuple(map(str, plain["titles"])),
            methods=tuple(map(str, plain["methods"])),
            metrics=tuple(map(str, plain["metrics"])),
            reader=str(plain["reader"]),
            which=plain["which"],
            cases=tuple(map(int, plain["cases"])),
            device=str(plain["device"]),
            options=dict(plain["options"]),
            ids=tuple(map(str, plain.get("ids", ()))),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"The folder {folder} holds no evaluation of this program; start a new one."
        ) from error
