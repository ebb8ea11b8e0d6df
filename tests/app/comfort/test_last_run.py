"""How the last run ended: a killed or crashed one is noticed, another window is none, and the
log tells nobody's name."""

import contextlib
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import crash, last_run
from app.crash_bar import CrashBar
from app.dialogs.error_log import ErrorLog
from app.main_window import MainWindow
from tests.programs import ROOT


def child(folder: Path, end: str) -> subprocess.CompletedProcess[str]:
    """Run a process that marks its run in ``folder`` and then ends in some way."""
    code = f"""
    import ctypes, faulthandler, os, signal, sys
    from pathlib import Path
    from app import last_run
    run = last_run.begin(Path(sys.argv[1]))
    {end}
    """
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def begun(folder: Path) -> last_run.Run:
    """Begin this process's run, and end it at once: only what it found counts."""
    run = last_run.begin(folder)
    run.end()
    return run


def test_a_proper_end_leaves_nothing(tmp_path: Path) -> None:
    assert child(tmp_path, "run.end()").returncode == 0
    run = begun(tmp_path)
    assert not run.ended_badly
    assert not run.told
    assert not run.log.exists()
    assert [p.name for p in (tmp_path / "running").iterdir()] == []


@pytest.mark.skipif(os.name != "posix", reason="other systems end programs in other ways")
def test_a_killed_program_is_noticed_once(tmp_path: Path) -> None:
    child(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    run = begun(tmp_path)
    assert run.ended_badly
    assert run.told
    assert "killed" in run.log.read_text()
    run.seen()
    again = begun(tmp_path)
    assert not again.ended_badly
    assert not again.told


@pytest.mark.parametrize("end", ["os.abort()", "ctypes.string_at(0)"])
def test_a_crash_of_native_code_says_where_but_not_whose(tmp_path: Path, end: str) -> None:
    assert child(tmp_path, end).returncode != 0
    run = begun(tmp_path)
    assert run.ended_badly
    text = run.log.read_text()
    assert "Fatal Python error" in text or "fatal exception" in text
    assert str(ROOT) not in text
    assert str(Path.home()) not in text
    assert "/" not in text.replace("n/a", "")


def test_names_of_folders_are_taken_out() -> None:
    said = (
        "Fatal Python error: Aborted\n\n"
        "Current thread 0x00007f (most recent call first):\n"
        '  File "/home/jane.doe/app/x y/canvas.py", line 12 in paintEvent\n'
        '  File "C:\\\\Users\\\\Jane Doe\\\\app\\\\child.py", line 7 in run\n'
        "Extension modules: numpy, cv2 (total: 2)\n"
        "something about /home/jane.doe/patient.dcm\n"
    )
    told = last_run.nameless(said)
    assert "  canvas.py:12 paintEvent" in told
    assert "  child.py:7 run" in told
    assert "ane" not in told


def test_another_open_window_is_no_crash(tmp_path: Path) -> None:
    code = "print('here', flush=True); sys.stdin.read(); run.end()"
    program = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        from app import last_run
        run = last_run.begin(Path(sys.argv[1]))
        {code}
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "here"
        assert not begun(tmp_path).ended_badly
        other.communicate("", timeout=30)
    assert other.returncode == 0
    assert not begun(tmp_path).ended_badly


@pytest.mark.skipif(os.name != "posix", reason="other systems end programs in other ways")
def test_a_restart_of_the_machine_is_no_crash(tmp_path: Path) -> None:
    child(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    (marker,) = (tmp_path / "running").glob("*.run")
    marker.write_text("the boot before")
    run = begun(tmp_path)
    assert not run.ended_badly
    assert not run.log.exists()


def test_a_folder_that_cannot_be_written_to_marks_nothing(tmp_path: Path) -> None:
    (tmp_path / "running").write_text("in the way")
    run = begun(tmp_path)
    assert not run.ended_badly


NO_TEXT = b"caf\xe9 \xff\xfe\x80\n"


@pytest.mark.parametrize("name", ["running/77777.run", "running/seen", "crash.log"])
def test_a_damaged_file_stops_no_start(tmp_path: Path, name: str) -> None:
    (tmp_path / "running").mkdir()
    (tmp_path / "running" / "7.run").write_text(last_run._boot())
    (tmp_path / "crash.log").write_text("2026-01-01 10:00:00 ValueError\n")
    (tmp_path / name).write_bytes(NO_TEXT)
    run = begun(tmp_path)
    assert run.told
    assert run.ended_badly
    assert "killed" in run.log.read_text("utf-8")
    run.seen()
    assert not begun(tmp_path).told


def test_what_is_no_marker_hides_none(tmp_path: Path) -> None:
    (tmp_path / "running" / "0.run").mkdir(parents=True)
    late = tmp_path / "running" / "1.run"
    late.write_text(last_run._boot())
    with contextlib.suppress(OSError, OverflowError):  # Not every file system has such years.
        os.utime(late, (2**38, 2**38))
    run = last_run.begin(tmp_path)
    assert run.ended_badly
    assert (tmp_path / "running" / f"{os.getpid()}.run").exists()
    run.end()
    assert not begun(tmp_path).ended_badly


@pytest.mark.parametrize("there", [NO_TEXT, b"2026-01-01 10:00:00 ValueError\n"])
def test_an_error_is_told_and_logged_whatever_the_log_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log, told = tmp_path / "crash.log", list[str]()
    log.write_bytes(there)
    crash.install(log, told.append)
    code = compile("1 / 0", "strange \udcff.py", "exec")
    try:
        exec(code, {})
    except ZeroDivisionError as error:
        sys.excepthook(ZeroDivisionError, error, error.__traceback__)
    assert "ZeroDivisionError" in told[0]
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert log.read_text("utf-8")[:3] in ("caf", "202")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "crash.log"
    path.write_text("2026-01-01 10:00:00 ValueError\n  canvas.py:3 paintEvent\n")
    return path


def offered(window: MainWindow, tmp_path: Path) -> CrashBar:
    run = last_run.begin(tmp_path)
    run.end()
    assert run.told
    window.offer_log(run)
    bar = window.findChildren(CrashBar)[-1]
    assert isinstance(bar, CrashBar)
    assert bar.isVisible()
    return bar


def test_the_next_start_offers_to_show_the_log(
    window: MainWindow, tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    monkeypatch.setattr(ErrorLog, "exec", lambda self: shown.append(self.text.toPlainText()))
    offered(window, tmp_path).details.click()
    assert "canvas.py:3" in shown[0]
    assert not begun(tmp_path).told


def test_the_offer_can_be_put_off_and_the_log_deleted(
    window: MainWindow, tmp_path: Path, log: Path
) -> None:
    offered(window, tmp_path).later.click()
    assert log.exists()
    assert not begun(tmp_path).told
    log.write_text("2026-01-02 10:00:00 KeyError\n")
    bar = offered(window, tmp_path)
    bar.delete.click()
    assert not log.exists()
    assert not bar.isVisible()


def test_the_log_can_be_read_copied_and_deleted(window: MainWindow, log: Path) -> None:
    dialog = ErrorLog(window, log)
    assert dialog.text.isReadOnly()
    dialog.copy.click()
    assert "KeyError" not in QApplication.clipboard().text()
    assert "ValueError" in QApplication.clipboard().text()
    dialog.delete.click()
    assert not log.exists()
    assert not dialog.copy.isEnabled()
    assert "Nothing went wrong" in dialog.text.toPlainText()
