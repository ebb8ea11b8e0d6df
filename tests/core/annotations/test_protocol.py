"""What a reader sees before the first read, and in which order the cases come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.annotations.protocol import (
    Protocol,
    hides_model,
    hides_others,
    protocol,
    reading_order,
    set_protocol,
)
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

SHUFFLED = Protocol(order="shuffled", seed=7)


def hidden(study: Study, case: int, reader: str) -> tuple[bool, bool]:
    return hides_model(study, case, reader), hides_others(study, case, reader)


def test_a_study_is_read_openly_until_it_is_told_otherwise(study, case):
    assert protocol(study) == Protocol("open", "fixed", 0)
    assert hidden(study, case, "a") == (False, False)


@pytest.mark.parametrize(
    ("mode", "before"), [("ai-second", (True, False)), ("blinded", (True, True))]
)
def test_what_is_hidden_comes_to_light_with_the_first_lock(study, case, mode, before):
    set_protocol(study, Protocol(mode), "a")
    assert hidden(study, case, "a") == before
    read = study.start_read(case, "a", mode)
    assert hidden(study, case, "a") == before
    study.lock_read(read)
    assert hidden(study, case, "a") == (False, False)
    assert hidden(study, case, "b") == before
    study.start_read(case, "a", mode)
    assert hidden(study, case, "a") == (False, False)


def test_a_read_keeps_the_mode_it_began_with(study, case):
    set_protocol(study, Protocol("blinded"), "a")
    read = study.start_read(case, "a", "blinded")
    set_protocol(study, Protocol("open"), "a")
    assert hidden(study, case, "a") == (True, True)
    assert hidden(study, case, "b") == (False, False)
    study.lock_read(read)
    assert hidden(study, case, "a") == (False, False)
    study.start_read(case, "b", "open")
    set_protocol(study, Protocol("ai-second"), "a")
    assert hidden(study, case, "b") == (False, False)
    assert hidden(study, case, "c") == (True, False)


def test_the_protocol_is_kept_and_its_changes_are_logged(study):
    set_protocol(study, Protocol(), "a")
    assert study.events() == []
    for wanted in (Protocol("blinded", "shuffled", 3), Protocol("open", "shuffled", 3)):
        set_protocol(study, wanted, "a")
        set_protocol(study, wanted, "a")
    with Study.open(study.path) as other:
        assert protocol(other) == Protocol("open", "shuffled", 3)
    first, second = study.events()
    assert (first.what, first.reader) == ("protocol changed", "a")
    assert first.detail["before"] is None
    assert first.detail["after"] == {"mode": "blinded", "order": "shuffled", "seed": 3}
    assert second.detail["before"] == first.detail["after"]
    assert not study.can_undo()


@pytest.mark.parametrize("values", [{"mode": "secret"}, {"order": "odd"}, {"seed": 0.5}])
def test_a_protocol_makes_sense(study, values):
    (name,) = values
    with pytest.raises(ValueError, match=f"^{name}: "):
        Protocol(**values)
    study.set_setting("protocol", values)
    with pytest.raises(StudyError, match="reading protocol"):
        protocol(study)


def test_the_fixed_order_is_the_one_given():
    assert reading_order([3, 1, 2], Protocol(), "a") == [3, 1, 2]


def test_the_order_is_the_same_on_every_machine():
    assert reading_order(range(1, 11), SHUFFLED, "a") == [3, 9, 2, 1, 4, 6, 10, 8, 7, 5]


@given(st.sets(st.integers(1, 500)), st.sets(st.integers(1, 500)), st.integers(), st.text())
def test_cases_that_are_added_leave_the_order_of_the_others(ids, more, seed, reader):
    wanted = Protocol(order="shuffled", seed=seed)
    first = reading_order(sorted(ids), wanted, reader)
    later = reading_order(sorted(ids | more), wanted, reader)
    assert sorted(first) == sorted(ids)
    assert [case for case in later if case in ids] == first


def test_readers_and_seeds_have_orders_of_their_own():
    orders = [
        reading_order(range(50), Protocol(order="shuffled", seed=seed), reader)
        for seed in (0, 1)
        for reader in ("a", "b")
    ]
    assert len({tuple(order) for order in orders}) == 4
