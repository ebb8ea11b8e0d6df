"""A study with a chest film of known spacing and a fundus photograph, marked by two readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from softcam_core.annotations.study import Study
from softcam_core.case_report.gather import Gathered, gather
from softcam_core.case_report.look import look
from softcam_core.case_report.values import Asked, Looked
from softcam_core.demo import demo_cases, demo_models
from softcam_core.models.checkpoint import load_model, model_id

READER, OTHER = "Dr Mößner", "somebody else"


@pytest.fixture(scope="session", autouse=True)
def one_core() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def networks() -> dict[str, tuple[Any, str]]:
    """Models of the demo study by name, each with its id."""
    wanted = "cxr-sparse", "fundus-sparse", "fundus-black-box"
    return {
        path.stem: (load_model(path), model_id(path))
        for path in demo_models()
        if path.stem in wanted
    }


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Case 1 is a chest film, case 2 a photograph; another reader has drawn as well."""
    with Study.open(tmp_path / "s.softcam") as study:
        for modality in ("cxr", "fundus"):
            case = next(c for c in demo_cases() if c.modality == modality and c.masks)
            number = study.add_case(case.path, modality)
            study.add_annotation(number, "box", [[100, 120], [180, 220]], "MA", READER)
            study.add_annotation(
                number,
                "ellipse",
                [[300, 250], [40, 25]],
                "HE",
                READER,
                attributes={"certainty": "probable", "note": "sharp edge"},
            )
            study.add_annotation(number, "length", [[10, 20], [40, 60]], "", READER)
            study.add_annotation(number, "box", [[5, 5], [9, 9]], "SECRETLABEL", OTHER)
            study.set_label(number, "moderate", READER)
            study.set_label(number, "SECRETGRADE", OTHER)
        yield study


@pytest.fixture
def asked(study: Study) -> Callable[..., Asked]:
    """Ask for a case by its number, with other values where they are given."""

    def ask(number: int = 1, **values: Any) -> Asked:
        case = study.case(number)
        own = {
            "study": study.path,
            "case": number,
            "path": case.path,
            "number": str(number),
            "modality": case.modality,
            "reader": READER,
        }
        return Asked(**{**own, **values})

    return ask


@pytest.fixture
def told(asked: Callable[..., Asked], networks: Any) -> Callable[..., tuple[Gathered, Looked]]:
    """What the study and a model say of a case."""

    def tell(number: int = 1, model: str = "cxr-sparse", **values: Any) -> tuple[Gathered, Looked]:
        found = gather(asked(number))
        network, identity = networks[model]
        wanted = {"methods": ["evidence"], "regions": found.masks(), **values}
        return found, look(network, identity, found.image, **wanted)

    return tell
