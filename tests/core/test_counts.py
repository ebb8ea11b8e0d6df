"""One and many."""

import pytest

from softcam_core.counts import are, counted


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 classes are"), (1, "1 class is"), (1234, "1,234 classes are")]
)
def test_one_is_and_many_are(number: int, text: str) -> None:
    assert f"{counted(number, 'class', 'classes')} {are(number)}" == text


def test_many_have_an_s() -> None:
    assert [counted(n, "image") for n in (1, 2)] == ["1 image", "2 images"]
