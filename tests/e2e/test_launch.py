"""The real set-up in a fresh clone: minutes long, needs the package indexes."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from launcher import environment
from tests.packaging.doubles import ROOT, posix


@pytest.mark.slow
@posix
def test_a_fresh_clone_sets_itself_up_and_repairs_itself(tmp_path: Path) -> None:
    """A clone in a folder with spaces, cut off in the middle, then finished by a second start."""
    clone = tmp_path / "a fresh clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    base = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    command = [str(base), str(clone / "packaging" / "launch.py"), "setup"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, text=True, **pipes) as first:
        for line in first.stdout or ():
            if "everything else" in line:
                time.sleep(8)
                first.kill()
                break
    assert environment.read_stamp(clone / ".venv")["state"] == environment.INSTALLING
    assert subprocess.run(command, timeout=1200).returncode == 0
    assert environment.is_ready(clone / ".venv", clone, [])
    softcam = clone / ".venv" / "bin" / "softcam"
    assert subprocess.run([softcam, "doctor"], cwd=tmp_path).returncode == 0
