"""Starts by a double click, where nobody reads a terminal: windows, or a terminal opened here."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile

from launcher.environment import ROOT, SetupError
from launcher.installer import Plan, set_up

LAUNCH = ROOT / "packaging" / "launch.py"

# Terminal programs and what comes before the command to run in them.
TERMINALS = {
    "x-terminal-emulator": ["-e"],
    "gnome-terminal": ["--"],
    "konsole": ["-e"],
    "xfce4-terminal": ["-x"],
    "xterm": ["-e"],
}
# Programs that show one message.
DIALOGS = {
    "zenity": ["--error", "--text"],
    "kdialog": ["--error"],
    "xmessage": [],
    "notify-send": ["SoftCAM Viewer"],
}


def set_up_in_window(plan: Plan) -> None:
    """Set up with the progress in a window; without tkinter, go on in a terminal instead.

    Raises:
        SetupError: the set-up did not finish; the window has said why.
        SystemExit: a terminal was opened and does the rest.
    """
    try:
        from launcher.window import Window

        window = Window()
    except Exception as error:  # no tkinter, or no display: tkinter's own errors need it too
        if open_terminal():
            raise SystemExit(0) from error
        from launcher.report import Console

        set_up(plan, Console())
        return
    if not window.work(lambda: set_up(plan, window)):
        raise SystemExit(1)


def open_terminal() -> bool:
    """Start the launcher again in a terminal window; return whether there is one."""
    command = [sys.executable, str(LAUNCH), *(a for a in sys.argv[1:] if a != "--window")]
    if sys.platform == "win32":
        return subprocess.call(command, creationflags=subprocess.CREATE_NEW_CONSOLE) == 0
    if sys.platform == "darwin":
        starter = LAUNCH.parent / "macos" / "softcam-viewer.command"
        return subprocess.call(["open", "-a", "Terminal", str(starter)]) == 0
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    hold = '"$@" || { printf "\\nPress Enter to close. "; read -r _; }'
    for name, before in TERMINALS.items():
        path = shutil.which(name)
        if path and subprocess.call([path, *before, "sh", "-c", hold, "sh", *command]) == 0:
            return True
    return False


def show(text: str) -> None:
    """Show one message with whatever this desktop has for it."""
    try:
        from launcher.window import show_error

        show_error(text)
    except Exception:  # no tkinter, or no display
        _show_without_tkinter(text)


def _show_without_tkinter(text: str) -> None:
    if sys.platform == "win32":
        ctypes.windll.user32.MessageBoxW(None, text, "SoftCAM Viewer", 0x10)
    elif sys.platform == "darwin":
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        script = f'display alert "SoftCAM Viewer" message "{quoted}" as critical'
        subprocess.call(["osascript", "-e", script])
    else:
        for name, before in DIALOGS.items():
            if (path := shutil.which(name)) and subprocess.call([path, *before, text]) == 0:
                return


def watch(command: list[str]) -> int:
    """Run the viewer and show its last words if it ends badly.

    Raises:
        SetupError: it did; the text is for a message box.
    """
    hidden = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
    with tempfile.TemporaryFile(mode="w+", errors="replace") as log:
        code = subprocess.call(command, stderr=log, creationflags=hidden)
        log.seek(0)
        words = log.read().strip().splitlines()[-12:]
    if code:
        reason = "\n".join(words) or "it gave no reason"
        raise SetupError(f"SoftCAM Viewer ended with code {code}:\n{reason}")
    return 0
