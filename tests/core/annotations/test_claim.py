"""One window writes to a study; a killed one leaves nothing in the way."""

import os
import signal
import tempfile
from pathlib import Path

import pytest

from softcam_core.annotations import claim as claims
from softcam_core.annotations.claim import claim

HOLD = (
    "import sys, time\n"
    "from softcam_core.annotations.claim import claim\n"
    "held = claim(sys.argv[1])\n"
    "print('got it' if held else 'held', flush=True)\n"
    "sys.stdin.read()\n"
    "if held: held.release()\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "studies"
    folder.mkdir()
    return folder / "s.softcam"


def start(start_python, path: Path):
    return start_python(HOLD, path, stdin=-1)


def said(program) -> str:
    return program.stdout.readline().strip()


def test_only_one_program_holds_a_study(path, start_python):
    first = start(start_python, path)
    assert said(first) == "got it"
    second = start(start_python, path)
    assert said(second) == "held"
    assert claim(path) is None
    second.communicate("", timeout=20)
    first.communicate("", timeout=20)
    assert list(path.parent.iterdir()) == []
    mine = claim(path)
    assert mine is not None
    third = start(start_python, path)
    assert said(third) == "held"
    third.communicate("", timeout=20)
    mine.release()
    mine.release()
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="kills with a POSIX signal")
def test_a_killed_program_leaves_no_lock(path, start_python):
    for _ in range(3):
        program = start(start_python, path)
        assert said(program) == "got it"
        assert claim(path) is None
        program.send_signal(signal.SIGKILL)
        program.communicate(timeout=20)
        assert [p.name for p in path.parent.iterdir()] == [".s.softcam.lock"]
        again = claim(path)
        assert again is not None
        again.release()
        assert list(path.parent.iterdir()) == []


def test_links_lead_to_the_same_claim(path):
    (path.parent / "link").symlink_to(path.parent, target_is_directory=True)
    path.touch()
    (path.parent / "other.softcam").symlink_to(path)
    held = claim(path)
    assert held is not None
    assert claim(path.parent / "link" / path.name) is None
    assert claim(path.parent / "other.softcam") is None
    assert claim(path.parent / "another.softcam") is not None
    held.release()


def test_a_lock_on_a_deleted_file_keeps_nobody_away(path, monkeypatch):
    taken = claims._take
    first = claim(path)
    assert first is not None

    def slow(handle: int) -> bool:
        monkeypatch.setattr(claims, "_take", taken)
        first.release()  # between the opening of the file and the lock on it
        return taken(handle)

    monkeypatch.setattr(claims, "_take", slow)
    second = claim(path)
    assert second is not None
    assert claim(path) is None
    second.release()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX file systems")
def test_a_folder_that_cannot_be_written_to(tmp_path, start_python):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        data = folder.with_name(f"{folder.name}-data")
        data.mkdir()
        data.chmod(0o777)
        drop = (
            "import os\n"
            "import softcam_core.annotations.claim, softcam_core.annotations.location\n"
            f"os.environ['SOFTCAM_DATA_DIR'] = {str(data)!r}\n"
            "if os.geteuid() == 0: os.setgroups([]), os.setgid(65534), os.setuid(65534)\n"
        )
        programs = [start_python(drop + HOLD, folder / "s.softcam", stdin=-1)]
        assert said(programs[0]) == "got it"
        programs.append(start_python(drop + HOLD, folder / "s.softcam", stdin=-1))
        assert said(programs[1]) == "held"
        assert list(folder.iterdir()) == []
        assert len(list((data / "locks").iterdir())) == 1
        for program in reversed(programs):
            assert program.communicate("", timeout=20)[1] == ""
        assert list((data / "locks").iterdir()) == []
        (data / "locks").rmdir()
        data.rmdir()
        folder.chmod(0o755)


def test_where_no_lock_can_be_made_the_claim_is_granted(path, monkeypatch):
    def none(_place: Path) -> int:
        raise OSError("no locks here")

    monkeypatch.setattr(claims, "_lock", none)
    held = claim(path)
    assert held is not None
    held.release()
