"""How long a mark takes until it is on disk, beside saving an image's marks as one JSON file."""

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from softcam_core.annotations.study import Study

CALLS = 1000
SHAPES = 200
CORNERS = 12

pytestmark = pytest.mark.benchmark


def outlines(count: int) -> list[list[list[float]]]:
    generator = np.random.default_rng(0)
    return (generator.random((count, CORNERS, 2)) * 1000).tolist()


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def drawn(study: Study, case: int) -> list[float]:
    """Draw `CALLS` polygons; return how long each call took in ms."""
    return [
        milliseconds(lambda points=points: study.add_annotation(case, "polygon", points, "MA", "r"))
        for points in outlines(CALLS)
    ]


def saved_as_json(folder: Path, *, flushed: bool) -> list[float]:
    """Save an image's 200 polygons as labelme does, in a file that takes the old one's place."""
    shapes = [
        {
            "label": "MA",
            "points": points,
            "group_id": None,
            "description": "",
            "shape_type": "polygon",
            "flags": {},
            "mask": None,
        }
        for points in outlines(SHAPES)
    ]
    data = {"version": "5.5.0", "flags": {}, "shapes": shapes, "imagePath": "a.png"}

    def save() -> None:
        new = folder / "a.json.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=2)
            if flushed:
                file.flush()
                os.fsync(file.fileno())
        new.replace(folder / "a.json")

    return [milliseconds(save) for _ in range(100)]


def shown(name: str, times: list[float]) -> str:
    return f"{name}: median {statistics.median(times):.2f} ms, worst {max(times):.1f} ms"


def test_a_mark_is_on_disk_in_20_ms(tmp_path, capsys):
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_cases([tmp_path / "a.png"])[0]
        ours = drawn(study, case)
    plain, flushed = (saved_as_json(tmp_path, flushed=flushed) for flushed in (False, True))
    ratio = statistics.median(plain) / statistics.median(ours)
    with capsys.disabled():
        print(f"\n{shown(f'add_annotation x {CALLS}', ours)}")
        print(shown(f"JSON of {SHAPES} shapes, as labelme saves", plain))
        print(shown(f"JSON of {SHAPES} shapes, flushed to the disk", flushed))
        print(f"JSON / ours: {ratio:.1f}")
    assert statistics.median(ours) <= 20
    assert max(ours) <= 100
    assert ratio > 1


def test_what_a_flush_at_each_mark_costs(tmp_path, capsys):
    """Why ``synchronous`` is FULL: what NORMAL, which a power cut takes marks from, would save."""
    times: dict[str, list[float]] = {"FULL": [], "NORMAL": []}
    for turn in range(3):
        for mode, found in times.items():
            with Study.open(tmp_path / f"{mode}-{turn}.softcam") as study:
                case = study.add_cases([tmp_path / "a.png"])[0]
                with study._database.write() as connection:
                    kept = connection.connection.driver_connection
                assert kept is not None
                kept.execute(f"PRAGMA synchronous = {mode}")
                found += drawn(study, case)
    with capsys.disabled():
        for mode, found in times.items():
            print(f"\n{shown(f'synchronous={mode}', found)}", end="")
        print()
    assert statistics.median(times["FULL"]) <= 20


def test_a_study_with_much_in_it_takes_a_mark_as_quickly(tmp_path, capsys):
    """A day's work of 5,000 marks does not slow the next one down."""
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_cases([tmp_path / "a.png"])[0]
        first = drawn(study, case)[:200]
        with study.batch("Import"):
            for points in outlines(4000):
                study.add_annotation(case, "polygon", points, "MA", "r")
        last = drawn(study, case)[-200:]
        start = time.perf_counter()
        assert study.check() is None
        checked = time.perf_counter() - start
        assert len(study.annotations(case)) == 6000
    with capsys.disabled():
        print(f"\n{shown('first 200', first)}\n{shown('after 6,000', last)}")
        print(f"full check of 6,000 marks: {checked:.2f} s")
    assert statistics.median(last) < 2 * statistics.median(first)


def test_the_store_is_asked_no_more_than_needed(tmp_path):
    """A mark is a handful of statements in one transaction."""
    said: list[str] = []
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_cases([tmp_path / "a.png"])[0]
        study.add_annotation(case, "point", [1, 1], "MA", "r")

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            said.append(statement)

        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            study.add_annotation(case, "point", [1, 1], "MA", "r")
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert sum(words.startswith("BEGIN") for words in said) == 1
    assert len(said) <= 10, said
