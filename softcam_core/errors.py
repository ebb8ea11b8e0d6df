"""The one family of errors whose text may be shown to a user.

Each message is one sentence: what happened, to which file, and what to do.
The command line prints it and exits 1; the window shows it in a bar.
"""


class SoftcamError(Exception):
    """A user's mistake or a damaged file: the message is one sentence, ready to be shown."""


class ImageError(SoftcamError):
    """An image that cannot be read."""


class ModelError(SoftcamError):
    """A model file that is damaged, foreign or of an unknown architecture."""


class StudyError(SoftcamError):
    """A study file that is damaged, newer than this program, or not writable."""


class OlderStudyError(StudyError):
    """A study of an older format, opened for reading: opened to write it is brought up to date."""


class DamagedStudyError(StudyError):
    """A study file that is damaged: a backup copy may be restored, or its marks rescued."""


class ReadLockedError(StudyError):
    """An edit of a case by a reader who has locked the read of it; trying again is no use."""


class ConfigError(SoftcamError):
    """A training configuration or data table with a mistake in it."""


class DeviceError(SoftcamError):
    """A device that was asked for and is not there."""


class TrainingError(SoftcamError):
    """A training run that cannot go on: memory is full, or the loss has left the numbers."""


class DivergedError(TrainingError):
    """A training run whose loss has left the numbers: the machine is fine, the settings are not."""


class EvaluationError(SoftcamError):
    """An evaluation that cannot be run, gone on with, or reported as asked."""


class CancelledError(Exception):
    """Raised inside a long job when its ``cancelled()`` check says so."""
