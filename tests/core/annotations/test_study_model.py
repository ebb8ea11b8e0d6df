"""Random edits, undo, redo and reopening against a model in memory."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

READERS = ("a", "b", "c")
readers = st.sampled_from(READERS)
labels = st.sampled_from(["MA", "HE", ""])
numbers = st.integers(0, 50).map(float)
boxes = st.tuples(*[numbers] * 4).map(
    lambda n: [[min(n[0], n[2]), min(n[1], n[3])], [max(n[0], n[2]), max(n[1], n[3])]]
)
picks = st.integers(0, 1000)

Key = tuple[str, Any]


@dataclass
class Step:
    """What one undo takes back: key -> (before, after); None is absence.

    What is there is a tuple whose last value tells it from all that was there before.
    """

    reader: str
    changes: list[tuple[Key, Any, Any]] = field(default_factory=list)
    undone_at: int | None = None


class StudyAgainstModel(RuleBasedStateMachine):
    """The study must hold what a dictionary and a list of steps hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.held: dict[Key, Any] = {}
        self.steps: list[Step] = []
        self.open_step: Step | None = None
        self.owners: dict[int, tuple[int, str]] = {}
        self.clock = self.last_edit = self.lines = self.highest = 0

    @initialize()
    def open(self) -> None:
        self.study = Study.open(self.folder / "s.softcam")
        self.cases = self.study.add_cases([self.folder / "a.png", self.folder / "b.png"])

    def teardown(self) -> None:
        assert self.study.check() is None
        self.study.close()
        shutil.rmtree(self.folder)

    def change(self, reader: str, key: Key, after: Any) -> None:
        before = self.held.get(key)
        self.clock += 1
        self.lines += 1
        if self.open_step is None or not self.open_step.changes:
            owner = reader if self.open_step is None else self.open_step.reader or reader
            self.steps = [s for s in self.steps if s.undone_at is None or s.reader != owner]
            step = self.open_step or Step(owner)
            step.reader = owner
            self.steps.append(step)
        else:
            step = self.open_step
        step.changes.append((key, before, after))
        self.put(key, after)
        self.last_edit = self.clock

    def put(self, key: Key, value: Any) -> None:
        if value is None:
            self.held.pop(key, None)
        else:
            self.held[key] = value

    def version(self) -> float:
        """Return what no other state of anything has; a new mark has its own number."""
        return self.clock + 0.5

    def is_blocked(self, step: Step, redo: bool) -> bool:
        """Return whether others have changed since what a step would go through."""
        keys = {key for key, *_ in step.changes}
        on_top = self.steps[self.steps.index(step) + 1 :]
        if any(s.undone_at is None and keys & {key for key, *_ in s.changes} for s in on_top):
            return True
        left = {}
        for key, before, after in step.changes if redo else reversed(step.changes):
            left.setdefault(key, before if redo else after)
        return any(self.held.get(key) != state for key, state in left.items())

    def marks(self) -> list[int]:
        return sorted(key for kind, key in self.held if kind == "mark")

    @rule(pick=picks, box=boxes, label=labels, reader=readers)
    def add(self, pick: int, box: Any, label: str, reader: str) -> None:
        case = self.cases[pick % 2]
        mark = self.study.add_annotation(case, "box", box, label, reader)
        assert mark > self.highest
        self.highest = mark
        self.owners[mark] = case, reader
        self.change(reader, ("mark", mark), (case, reader, label, box, mark))

    @precondition(lambda self: self.marks())
    @rule(pick=picks, box=boxes, label=labels)
    def update(self, pick: int, box: Any, label: str) -> None:
        mark = self.marks()[pick % len(self.marks())]
        old = self.held["mark", mark]
        self.study.update_annotation(mark, points=box, label=label)
        new = (*old[:2], label, box)
        if new != old[:-1]:
            self.change(old[1], ("mark", mark), (*new, self.version()))

    @precondition(lambda self: self.marks())
    @rule(pick=picks)
    def delete(self, pick: int) -> None:
        mark = self.marks()[pick % len(self.marks())]
        reader = self.held["mark", mark][1]
        self.study.delete_annotation(mark)
        self.change(reader, ("mark", mark), None)

    @rule(pick=picks, label=labels, reader=readers)
    def grade(self, pick: int, label: str, reader: str) -> None:
        key = ("grade", (self.cases[pick % 2], reader))
        self.study.set_label(key[1][0], label, reader)
        if label != self.held.get(key, ("",))[0]:
            self.change(reader, key, (label, self.version()) if label else None)

    @rule(count=st.integers(0, 3), pick=picks, box=boxes, owner=st.none() | readers)
    def batch(self, count: int, pick: int, box: Any, owner: str | None) -> None:
        self.open_step = Step(owner or "")
        with self.study.batch("Import", owner):
            for number in range(count):
                reader = READERS[(pick + number) % 3]
                self.add(pick + number, box, "EX", reader)
            if self.marks():
                self.delete(pick)
        self.open_step = None

    @rule(reader=st.none() | readers)
    def undo(self, reader: str | None) -> None:
        able = [s for s in self.steps if s.undone_at is None and reader in (None, s.reader)]
        assert self.study.can_undo(reader) == bool(able)
        if able and self.is_blocked(able[-1], redo=False):
            assert reader is not None
            with pytest.raises(StudyError, match=r"cannot be undone: . has changed"):
                self.study.undo(reader)
            return
        touched = self.study.undo(reader)
        assert (touched is not None) == bool(able)
        if able:
            for key, before, _ in reversed(able[-1].changes):
                self.put(key, before)
                self.lines += 1
            self.clock += 1
            able[-1].undone_at = self.clock

    @rule(reader=st.none() | readers)
    def redo(self, reader: str | None) -> None:
        able = [s for s in self.steps if s.undone_at is not None and reader in (None, s.reader)]
        able.sort(key=lambda s: s.undone_at)
        if reader is None:
            able = [s for s in able if s.undone_at > self.last_edit]
        assert self.study.can_redo(reader) == bool(able)
        if able and self.is_blocked(able[-1], redo=True):
            with pytest.raises(StudyError, match=r"cannot be done again: . has "):
                self.study.redo(reader)
            return
        touched = self.study.redo(reader)
        assert (touched is not None) == bool(able)
        if able:
            for key, _, after in able[-1].changes:
                self.put(key, after)
                self.lines += 1
            self.clock += 1
            able[-1].undone_at = None

    @rule(back=st.integers(1, 4), again=st.integers(1, 4), reader=st.none() | readers)
    def back_and_again(self, back: int, again: int, reader: str | None) -> None:
        for _ in range(back):
            self.undo(reader)
        for _ in range(again):
            self.redo(reader)

    @rule(pick=picks, box=boxes, reader=readers)
    def lock(self, pick: int, box: Any, reader: str) -> None:
        """Nothing of a locked read changes, and what was seen then is found again."""
        case = self.cases[pick % 2]
        now = self.study.open_read(case, reader)
        self.study.lock_read(now.id if now else self.study.start_read(case, reader))
        with pytest.raises(StudyError, match="locked"):
            self.study.add_annotation(case, "box", box, "MA", reader)
        with pytest.raises(StudyError, match="locked"):
            self.study.set_label(case, "never given", reader)
        for mark in self.marks():
            if self.held["mark", mark][:2] == (case, reader):
                with pytest.raises(StudyError, match="locked"):
                    self.study.update_annotation(mark, label="never given")
                with pytest.raises(StudyError, match="locked"):
                    self.study.delete_annotation(mark)
        done = [s for s in self.steps if s.undone_at is None and s.reader == reader]
        if done and (case, reader) in {self.touched(key) for key, *_ in done[-1].changes}:
            with pytest.raises(StudyError, match="locked"):
                self.study.undo(reader)
        last = self.study.reads(case, reader)[-1]
        seen = self.study.annotations_at(case, reader, last.edit)
        assert seen == self.study.annotations(case, reader)
        grade, *_ = self.held.get(("grade", (case, reader)), (None,))
        assert self.study.grade_at(case, reader, last.edit) == grade
        self.study.start_read(case, reader)

    def touched(self, key: Key) -> tuple[int, str]:
        """Return the case and the reader whose mark or grade a key stands for."""
        if key[0] == "grade":
            return key[1]
        return self.owners[key[1]]

    @rule()
    def reopen(self) -> None:
        self.study.close()
        self.study = Study.open(self.folder / "s.softcam")

    @invariant()
    def same(self) -> None:
        if not hasattr(self, "study"):
            return
        records = self.study.annotations()
        got: dict[Key, Any] = {
            ("mark", r.id): (r.case, r.reader, r.label, r.points) for r in records
        }
        assert [r.id for r in records] == sorted(r.id for r in records)
        for case in self.cases:
            for reader, label in self.study.grades(case).items():
                got["grade", (case, reader)] = (label,)
        assert got == {key: value[:-1] for key, value in self.held.items()}
        assert len(self.study.edits()) == self.lines


StudyAgainstModel.TestCase.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None
)
TestStudyAgainstModel = StudyAgainstModel.TestCase
