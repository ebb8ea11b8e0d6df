"""What was stored and no longer makes sense."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from softcam_core.errors import DamagedStudyError


class DamagedValueError(ValueError):
    """A stored value that is none of its kind: the file is damaged where it lies."""


@contextmanager
def stored_shape() -> Iterator[None]:
    """Tell a shape that cannot be made of what is stored as damage of the study.

    Raises:
        DamagedStudyError: what is stored is no shape.
    """
    try:
        yield
    except (TypeError, ValueError, zlib.error) as error:
        raise DamagedStudyError(
            f"A mark in the study is damaged ({error}); restore a backup copy of the study, or "
            "rescue what is left of it."
        ) from error
