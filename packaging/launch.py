#!/usr/bin/env python3
"""Set SoftCAM Viewer up, once, and start it.

Needs Python 3.11 or newer and nothing else; older Pythons can read this file far enough to say
so. Everything beyond that check is in the folder ``launcher`` beside it.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 14)


def use_newer_python():
    """Go on with a newer Python of this computer, or say what to install and end."""
    import shutil
    import subprocess

    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        python = shutil.which(f"python3.{minor}")
        # A version manager's placeholder is found too; only a real Python can run this line.
        if python and subprocess.call([python, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            sys.exit(subprocess.call([python, __file__, *sys.argv[1:]]))
    message = "SoftCAM Viewer needs Python {}.{} or newer and this is Python {}.{}; ".format(
        *(OLDEST + sys.version_info[:2])
    )
    message += "install it from https://www.python.org/downloads/ and start again."
    if "--window" in sys.argv:
        show_in_a_window(message)
    sys.exit(message)


def show_in_a_window(message):
    """Show one message to a person who started this by a double click."""
    try:
        import tkinter
        from tkinter import messagebox

        tkinter.Tk().withdraw()
    except Exception:
        return
    messagebox.showerror("SoftCAM Viewer", message)


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        use_newer_python()
    from launcher.main import main

    sys.exit(main(sys.argv[1:]))
