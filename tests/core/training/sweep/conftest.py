"""A sweep on a toy set."""

from tests.core.training.conftest import configure, toy

__all__ = ["configure", "toy"]
