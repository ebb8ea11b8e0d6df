"""``launch.py shortcut``: a launcher with an icon where each system looks for one."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.environment import SetupError

NAME = "SoftCAM Viewer"
COMMENT = "Review medical images beside a classifier that explains itself"
IMAGES = "image/png;image/jpeg;image/tiff;image/bmp;application/dicom;"


def make_shortcuts(root: Path) -> list[Path]:
    """Make this system's launchers; return what was made.

    Raises:
        SetupError: a file could not be written.
    """
    makers = {"win32": _windows, "darwin": _macos}
    try:
        return makers.get(sys.platform, _linux)(root, sys.executable)
    except OSError as error:
        raise SetupError(
            f"The launcher {error.filename} could not be made ({error.strerror}); "
            "check that your folders for programs and for the desktop can be written."
        ) from error


def desktop_entry(python: str, launch: Path, icon: Path) -> str:
    """Return the text of a Linux desktop entry."""
    command = " ".join([quoted(python), quoted(str(launch)), "--window", "%F"])
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        f"Name={NAME}\n"
        f"Comment={COMMENT}\n"
        f"Exec={command}\n"
        f"Icon={icon}\n"
        "Terminal=false\n"
        "Categories=Science;MedicalSoftware;Graphics;\n"
        f"MimeType={IMAGES}\n"
        "StartupWMClass=softcam-viewer\n"
    )


def quoted(word: str) -> str:
    """Quote a word for a desktop entry's Exec line (twice escaped, as its rules demand)."""
    for character in '\\"`$':
        word = word.replace(character, "\\" + character)
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


def _linux(root: Path, python: str) -> list[Path]:
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    icon = data / "icons" / "hicolor" / "256x256" / "apps" / "softcam-viewer.png"
    icon.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / "resources" / "icons" / "softcam-viewer-256.png", icon)
    text = desktop_entry(python, root / "packaging" / "launch.py", icon)
    made = []
    for folder in (data / "applications", _linux_desktop()):
        if folder is None:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "softcam-viewer.desktop"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        made.append(path)
        if gio := shutil.which("gio"):  # GNOME starts only what is marked as trusted
            trust = [gio, "set", str(path), "metadata::trusted", "true"]
            subprocess.run(trust, capture_output=True, check=False)
    return made


def _linux_desktop() -> Path | None:
    """Return the user's desktop folder, whatever it is called; None without one."""
    if tool := shutil.which("xdg-user-dir"):
        asked = subprocess.run([tool, "DESKTOP"], capture_output=True, text=True, check=False)
        folder = Path(asked.stdout.strip() or Path.home())
    else:
        folder = Path.home() / "Desktop"
    return folder if folder.is_dir() and folder != Path.home() else None


def windows_script(python: str, launch: Path, icon: Path, link: Path) -> str:
    """Return the PowerShell lines that make a Windows shortcut."""

    def text(value: object) -> str:
        return "'" + str(value).replace("'", "''") + "'"

    arguments = f'"{launch}" --window'
    return (
        f"$link = (New-Object -ComObject WScript.Shell).CreateShortcut({text(link)}); "
        f"$link.TargetPath = {text(python)}; "
        f"$link.Arguments = {text(arguments)}; "
        f"$link.IconLocation = {text(icon)}; "
        f"$link.Description = {text(COMMENT)}; "
        "$link.Save()"
    )


def _windows(root: Path, python: str) -> list[Path]:
    windowed = Path(python).with_name("pythonw.exe")
    target = str(windowed if windowed.exists() else python)
    launch = root / "packaging" / "launch.py"
    icon = root / "resources" / "icons" / "softcam-viewer.ico"
    menu = Path(os.environ["APPDATA"]) / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    made = []
    for folder in (menu, _windows_desktop()):
        link = folder / f"{NAME}.lnk"
        script = windows_script(target, launch, icon, link)
        command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            link = folder / f"{NAME}.bat"
            link.write_text(f'@start "" "{target}" "{launch}" --window %*\r\n', encoding="utf-8")
        made.append(link)
    return made


def _windows_desktop() -> Path:
    """Return the desktop folder, which OneDrive may have moved."""
    ask = ["powershell", "-NoProfile", "-Command", "[Environment]::GetFolderPath('Desktop')"]
    answer = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
    return Path(answer) if answer else Path.home() / "Desktop"


def mac_bundle(applications: Path, python: str, root: Path) -> Path:
    """Write a small application that starts the launcher; return its folder."""
    bundle = applications / f"{NAME}.app"
    programs, resources = bundle / "Contents" / "MacOS", bundle / "Contents" / "Resources"
    programs.mkdir(parents=True, exist_ok=True)
    resources.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / "resources/icons/softcam-viewer.icns", resources / "icon.icns")
    start = programs / "softcam-viewer"
    words = [python, str(root / "packaging" / "launch.py")]
    command = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
    start.write_text(f'#!/bin/sh\nexec {command} --window "$@"\n', encoding="utf-8")
    start.chmod(0o755)
    entries = {
        "CFBundleName": NAME,
        "CFBundleIdentifier": "org.softcam.viewer",
        "CFBundleExecutable": start.name,
        "CFBundleIconFile": "icon.icns",
        "CFBundlePackageType": "APPL",
        "NSHighResolutionCapable": True,
    }
    (bundle / "Contents" / "Info.plist").write_bytes(plistlib.dumps(entries))
    return bundle


def _macos(root: Path, python: str) -> list[Path]:
    bundle = mac_bundle(Path.home() / "Applications", python, root)
    desktop = Path.home() / "Desktop" / bundle.name
    made = [bundle]
    if desktop.parent.is_dir():
        desktop.unlink(missing_ok=True)
        desktop.symlink_to(bundle, target_is_directory=True)
        made.append(desktop)
    return made
