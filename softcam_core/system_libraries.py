"""Which libraries of the Linux system Qt misses, and the packages that bring them.

A Qt wheel carries Qt but not the system's side of it (OpenGL, X11, fonts). Without those Qt
cannot be imported, or ends the program with a riddle about "platform plugin xcb". Only the
standard library is used here: the launcher asks before anything is installed, ``softcam
doctor`` asks later. Windows and macOS bring all that Qt needs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# What installs packages, in the order in which it is looked for.
MANAGERS: dict[str, list[str]] = {
    "apt-get": ["apt-get", "install", "-y", "--no-install-recommends"],
    "dnf": ["dnf", "install", "-y"],
    "pacman": ["pacman", "-S", "--noconfirm", "--needed"],
    "zypper": ["zypper", "--non-interactive", "install"],
}

# library -> its package for apt-get, dnf, pacman and zypper
_PACKAGES: dict[str, tuple[str, str, str, str]] = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl", "libglvnd", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd-glx", "libglvnd", "libglvnd"),
    "libGLX.so.0": ("libglx0", "libglvnd-glx", "libglvnd", "libglvnd"),
    "libOpenGL.so.0": ("libopengl0", "libglvnd-opengl", "libglvnd", "libglvnd"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb", "libx11", "libX11-xcb1"),
    "libX11.so.6": ("libx11-6", "libX11", "libx11", "libX11-6"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs", "dbus", "libdbus-1-3"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig", "fontconfig", "libfontconfig1"),
    "libfreetype.so.6": ("libfreetype6", "freetype", "freetype2", "libfreetype6"),
    "libgcc_s.so.1": ("libgcc-s1", "libgcc", "gcc-libs", "libgcc_s1"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2", "glib2", "libglib-2_0-0"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2", "glib2", "libgthread-2_0-0"),
    "libstdc++.so.6": ("libstdc++6", "libstdc++", "gcc-libs", "libstdc++6"),
    "libwayland-client.so.0": (
        "libwayland-client0",
        "libwayland-client",
        "wayland",
        "libwayland-client0",
    ),
    "libwayland-cursor.so.0": (
        "libwayland-cursor0",
        "libwayland-cursor",
        "wayland",
        "libwayland-cursor0",
    ),
    "libxcb-cursor.so.0": (
        "libxcb-cursor0",
        "xcb-util-cursor",
        "xcb-util-cursor",
        "libxcb-cursor0",
    ),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", "libxcb-icccm4"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image", "xcb-util-image", "libxcb-image0"),
    "libxcb-keysyms.so.1": (
        "libxcb-keysyms1",
        "xcb-util-keysyms",
        "xcb-util-keysyms",
        "libxcb-keysyms1",
    ),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb", "libxcb", "libxcb-randr0"),
    "libxcb-render-util.so.0": (
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
        "libxcb-render-util0",
    ),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb", "libxcb", "libxcb-render0"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb", "libxcb", "libxcb-shape0"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb", "libxcb", "libxcb-shm0"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb", "libxcb", "libxcb-sync1"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util", "xcb-util", "libxcb-util1"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb", "libxcb", "libxcb-xfixes0"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb", "libxcb", "libxcb-xkb1"),
    "libxcb.so.1": ("libxcb1", "libxcb", "libxcb", "libxcb1"),
    "libxkbcommon-x11.so.0": (
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "libxkbcommon-x11",
        "libxkbcommon-x11-0",
    ),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon", "libxkbcommon", "libxkbcommon0"),
    "libz.so.1": ("zlib1g", "zlib", "zlib", "libz1"),
    "libzstd.so.1": ("libzstd1", "libzstd", "zstd", "libzstd1"),
}

_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg")


def missing_libraries(pyside: Path) -> list[str]:
    """Return the names of the system libraries that Qt needs and the system lacks.

    Args:
        pyside: the folder of the installed PySide6 package.

    Returns:
        Names such as ``libEGL.so.1``, sorted; empty where nothing is missing, on Windows and
        macOS, and where the system has no ``ldd`` to ask.
    """
    ldd = shutil.which("ldd")
    if not sys.platform.startswith("linux") or ldd is None:
        return []
    wanted = [pyside / f"{module}.abi3.so" for module in _MODULES]
    wanted.append(pyside / "Qt" / "plugins" / "platforms" / f"libq{_platform()}.so")
    files = [str(file) for file in wanted if file.is_file()]
    if not files:
        return []
    listing = subprocess.run([ldd, *files], capture_output=True, text=True, check=False).stdout
    return sorted({line.split()[0] for line in listing.splitlines() if "not found" in line})


def _platform() -> str:
    """Return the name of the Qt platform plugin that will be used here."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if chosen:
        return chosen
    if os.environ.get("DISPLAY"):
        return "xcb"
    return "wayland" if os.environ.get("WAYLAND_DISPLAY") else "offscreen"


def package_manager() -> str | None:
    """Return the first known package manager that this system has."""
    return next((name for name in MANAGERS if shutil.which(name)), None)


def packages_for(libraries: list[str], manager: str) -> list[str]:
    """Return the packages that bring some libraries; an unknown library stands for itself."""
    column = list(MANAGERS).index(manager)
    names = {_PACKAGES[lib][column] if lib in _PACKAGES else lib for lib in libraries}
    return sorted(names)


def install_command(libraries: list[str], manager: str | None = None) -> list[str]:
    """Return the command that installs what is missing; empty without a known manager."""
    manager = manager or package_manager()
    if manager is None:
        return []
    return [*MANAGERS[manager], *packages_for(libraries, manager)]


def advice(libraries: list[str], manager: str | None = None) -> str:
    """Return one sentence: what is missing and the command to type."""
    command = install_command(libraries, manager)
    what = f"Qt needs {', '.join(libraries)}, which this system does not have"
    if not command:
        return f"{what}; install it with the system's package manager."
    return f"{what}; install it with: sudo {' '.join(command)}"
