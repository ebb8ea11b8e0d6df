"""``softcam doctor``: what it says of a healthy installation, and of an ill one."""

import json
from pathlib import Path

import pytest
import typer

from softcam_core import system_libraries
from softcam_core.cli import doctor as command
from softcam_core.diagnosis import Diagnosis, diagnose


def test_json_is_one_object_with_every_fact(softcam) -> None:
    """A script reads one line; the promised facts are all in it."""
    done = softcam("doctor", "--json")
    assert done.code == 0, done.err
    (facts,) = done.lines
    assert facts["healthy"] is True
    assert facts["problems"] == []
    assert facts["versions"]["torch"][0].isdigit()
    assert facts["device"].startswith(("cpu", "cuda"))
    assert "compiled operators" in facts["torchvision"]
    assert facts["dicom_syntaxes"]["JPEG 2000 Image Compression (Lossless Only)"] is True
    assert facts["dicom_syntaxes"]["RLE Lossless"] is True
    assert "png" in facts["image_formats"]


def test_words_for_a_person(softcam) -> None:
    """Without --json the last line says whether all is well."""
    done = softcam("doctor")
    assert done.code == 0, done.err
    assert done.out.splitlines()[-1] == "Everything is in order."
    assert "torchvision state" in done.out


def test_a_missing_library_is_a_problem_with_its_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact package for this system's package manager is named, and the exit code is 1."""
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda _: ["libEGL.so.1"])
    monkeypatch.setattr(system_libraries, "package_manager", lambda: "dnf")
    found = diagnose()
    assert found.missing_libraries == ["libEGL.so.1"]
    assert found.problems == [
        "Qt needs libEGL.so.1, which this system does not have; "
        "install it with: sudo dnf install -y libglvnd-egl"
    ]
    assert not found.healthy


def test_a_problem_is_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script can rely on the exit code alone."""
    monkeypatch.setattr("softcam_core.diagnosis.diagnose", lambda: Diagnosis(problems=["Broken."]))
    with pytest.raises(typer.Exit) as ended:
        command.doctor(json=True)
    assert ended.value.exit_code == 1
    assert json.loads(capsys.readouterr().out)["problems"] == ["Broken."]


def test_a_data_folder_that_cannot_be_written_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing could be saved there, so it is said before anything is drawn."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(tmp_path / "file" / "below"))
    assert any("SOFTCAM_DATA_DIR" in problem for problem in diagnose().problems)


@pytest.mark.parametrize("manager", list(system_libraries.MANAGERS))
def test_every_known_library_has_a_package_everywhere(manager: str) -> None:
    """The advice is a command that can be typed."""
    line = system_libraries.advice(["libxcb-cursor.so.0", "libEGL.so.1"], manager)
    assert line.startswith("Qt needs libxcb-cursor.so.0, libEGL.so.1, which")
    assert ".so" not in line.split("sudo")[1]


def test_missing_libraries_are_read_from_ldd(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the dynamic linker cannot find is reported once, sorted."""
    pyside, tools = tmp_path / "PySide6", tmp_path / "tools"
    pyside.mkdir()
    tools.mkdir()
    (pyside / "QtGui.abi3.so").touch()
    ldd = tools / "ldd"
    ldd.write_text(
        "#!/bin/sh\n"
        "echo '\tlibxcb.so.1 => not found'\n"
        "echo '\tlibEGL.so.1 => not found'\n"
        "echo '\tlibxcb.so.1 => not found'\n"
        "echo '\tlibc.so.6 => /lib/libc.so.6 (0x1)'\n"
    )
    ldd.chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setattr(system_libraries.sys, "platform", "linux")
    assert system_libraries.missing_libraries(pyside) == ["libEGL.so.1", "libxcb.so.1"]
