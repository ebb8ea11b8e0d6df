"""Where studies and the program's own files lie on this machine."""

import hashlib
import os
from pathlib import Path

from softcam_core.errors import StudyError


def user_data_dir() -> Path:
    """Return the user's data folder of SoftCAM Viewer; it may not exist yet.

    The environment variable ``SOFTCAM_DATA_DIR`` takes it elsewhere.
    """
    chosen = os.environ.get("SOFTCAM_DATA_DIR")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("softcam-viewer", appauthor=False))


def default_study_path(folder: str | os.PathLike[str]) -> Path:
    """Return the study that belongs to a folder of images, in the user's data folder.

    The same folder always gives the same file, whatever way it is spelled; the images' own folder
    is never written to. The folder of the studies is made if it is missing.

    Raises:
        StudyError: it cannot be made.
    """
    real = os.path.normcase(os.path.realpath(folder))
    digest = hashlib.sha256(os.fsencode(real)).hexdigest()[:12]
    name = "".join(c if c.isalnum() or c in "-_" else "_" for c in Path(real).name)[:40]
    studies = user_data_dir() / "studies"
    try:
        studies.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyError(
            f"The folder {studies} for studies cannot be made ({error.strerror}); set "
            "SOFTCAM_DATA_DIR to a folder that can be written to."
        ) from error
    return studies / f"{name or 'study'}-{digest}.softcam"
