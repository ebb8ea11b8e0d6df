"""The launchers with an icon, for each system."""

import configparser
import os
import plistlib
import shlex
import sys
from pathlib import Path

import pytest

from launcher import shortcut
from tests.packaging.doubles import LAUNCH, ROOT


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="desktop entries are Linux's")
def test_a_linux_shortcut_lies_on_menu_and_desktop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "Desktop").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "share"))
    monkeypatch.setattr(shortcut.shutil, "which", lambda name: None)
    menu, desktop = shortcut.make_shortcuts(ROOT)
    assert menu == home / "share" / "applications" / "softcam-viewer.desktop"
    assert desktop == home / "Desktop" / "softcam-viewer.desktop"
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(menu)
    assert Path(entry["Desktop Entry"]["Icon"]).is_file()
    assert os.access(desktop, os.X_OK)
    words = shlex.split(entry["Desktop Entry"]["Exec"])
    assert words == [sys.executable, str(LAUNCH), "--window", "%F"]


def test_odd_paths_are_quoted_in_a_desktop_entry() -> None:
    assert shortcut.quoted("/a b/100%") == '"/a b/100%%"'
    assert shortcut.quoted('/q"$`\\') == r'"/q\\"\\$\\`\\\\"'


def test_a_mac_bundle_starts_the_launcher(tmp_path: Path) -> None:
    bundle = shortcut.mac_bundle(tmp_path, "/usr/bin/env python3", ROOT)
    info = plistlib.loads((bundle / "Contents" / "Info.plist").read_bytes())
    start = bundle / "Contents" / "MacOS" / info["CFBundleExecutable"]
    assert os.access(start, os.X_OK)
    assert f"'{LAUNCH}' --window" in start.read_text()
    icon = bundle / "Contents" / "Resources" / info["CFBundleIconFile"]
    assert icon.read_bytes()[:4] == b"icns"


def test_a_windows_link_quotes_its_paths() -> None:
    script = shortcut.windows_script("C:/it's/pythonw.exe", LAUNCH, Path("i.ico"), Path("l.lnk"))
    assert "'C:/it''s/pythonw.exe'" in script
    assert f"""'"{LAUNCH}" --window'""" in script
