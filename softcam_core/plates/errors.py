"""The error of a figure that cannot be made."""

from softcam_core.errors import SoftcamError


class PlateError(SoftcamError):
    """A figure that cannot be made as it was asked for; one sentence that says why."""
