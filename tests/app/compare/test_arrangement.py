"""Rows and columns of panes, and which pane continues which."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compare.arrangement import COLUMNS, MOST, columns_for, places

CONTENTS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=MOST)


@pytest.mark.parametrize(("count", "columns"), COLUMNS.items())
def test_a_usual_window_has_the_usual_columns(count: int, columns: int) -> None:
    assert columns_for(count, 768, 575) == columns
    assert columns_for(count, 1300, 900) == columns


@pytest.mark.parametrize(("count", "columns"), [(2, 1), (3, 1), (8, 2)])
def test_a_high_window_stacks_its_panes(count: int, columns: int) -> None:
    assert columns_for(count, 400, 1700) == columns


def test_three_panes_leave_no_hole() -> None:
    assert columns_for(3, 768, 575) in (1, 3)


@given(st.integers(1, MOST), st.integers(1, 4000), st.integers(1, 4000))
def test_every_pane_has_a_place_and_no_row_is_empty(count: int, width: int, height: int) -> None:
    columns = columns_for(count, width, height)
    assert 1 <= columns <= count
    assert columns * ceil(count / columns) - count < columns


@given(CONTENTS, CONTENTS)
def test_every_old_pane_goes_to_one_place_at_most(before: list[str], after: list[str]) -> None:
    found = places(before, after)
    taken = [old for old in found if old is not None]
    assert len(found) == len(after)
    assert len(set(taken)) == len(taken)
    assert len(taken) == min(len(before), len(after))


@given(st.permutations("abcdefgh"), st.permutations("abcdefgh"))
def test_panes_that_only_move_keep_what_they_show(before: list[str], after: list[str]) -> None:
    assert [before[old] for old in places(before, after) if old is not None] == after


def test_a_changed_pane_stays_where_it_is_and_a_closed_one_is_left_out() -> None:
    assert places("abc", "axc") == [0, 1, 2]
    assert places("abc", "ac") == [0, 2]
    assert places("ab", "abc") == [0, 1, None]
    assert places("aab", "ab") == [0, 2]
