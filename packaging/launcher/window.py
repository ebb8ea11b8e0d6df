"""The set-up's progress in a small window, for a start by a double click."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import tkinter
from collections import deque
from collections.abc import Callable
from functools import partial
from tkinter import messagebox, scrolledtext, ttk

from launcher.environment import SetupError
from launcher.report import TAIL

TITLE = "SoftCAM Viewer"
PERIOD_MS = 80


class Window:
    """A report whose steps and output appear in a window; the work runs in a thread."""

    def __init__(self) -> None:
        """Build the window.

        Raises:
            tkinter.TclError: there is no display.
        """
        self._root = tkinter.Tk(className="softcam-viewer")
        self._root.title(TITLE)
        self._root.minsize(560, 360)
        self._root.protocol("WM_DELETE_WINDOW", self._stop)
        frame = ttk.Frame(self._root, padding=16)
        frame.pack(fill="both", expand=True)
        heading = "Setting up SoftCAM Viewer: once, a few minutes"
        ttk.Label(frame, text=heading, font=("TkDefaultFont", 13)).pack(anchor="w")
        self._step = ttk.Label(frame, text="", wraplength=520)
        self._step.pack(anchor="w", pady=(8, 8))
        self._bar = ttk.Progressbar(frame, mode="indeterminate")
        self._bar.pack(fill="x")
        self._text = scrolledtext.ScrolledText(frame, height=14, state="disabled", wrap="char")
        self._text.pack(fill="both", expand=True, pady=(12, 0))
        self._button = ttk.Button(frame, text="Cancel", command=self._stop)
        self._button.pack(anchor="e", pady=(12, 0))
        self._messages: queue.Queue[Callable[[], None]] = queue.Queue()
        self._process: subprocess.Popen[str] | None = None
        self._failed = True

    def work(self, job: Callable[[], None]) -> bool:
        """Show the window while a job runs in a thread; return whether it succeeded."""

        def run() -> None:
            try:
                job()
            except SetupError as error:
                self._messages.put(partial(self._show_error, str(error)))
            except Exception as error:  # in a thread nobody else would ever see it
                self._messages.put(partial(self._show_error, repr(error)))
            else:
                self._failed = False
                self._messages.put(self._root.destroy)

        self._bar.start()
        threading.Thread(target=run, daemon=True).start()
        self._root.after(PERIOD_MS, self._deliver)
        self._root.mainloop()
        return not self._failed

    def step(self, text: str) -> None:
        """Show a step and add it to the lines below."""
        self._messages.put(lambda: (self._step.configure(text=text), self._add(f"==> {text}\n")))

    def ask(self, question: str) -> bool:
        """Answer no: a password cannot be asked for here, the command to type is shown."""
        return not question

    def run(self, command: list[str], quiet: bool = False) -> tuple[int, str]:
        """Run a command and show what it prints."""
        tail: deque[str] = deque(maxlen=TAIL)
        hidden = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            creationflags=hidden,
        ) as self._process:
            assert self._process.stdout is not None
            for line in self._process.stdout:
                tail.append(line)
                if not quiet:
                    self._messages.put(partial(self._add, line))
        return self._process.returncode, "".join(tail)

    def _deliver(self) -> None:
        """Do in the window's thread what the working thread asked for."""
        while not self._messages.empty():
            self._messages.get()()
            if not self._alive():
                return
        self._root.after(PERIOD_MS, self._deliver)

    def _alive(self) -> bool:
        try:
            return bool(self._root.winfo_exists())
        except tkinter.TclError:
            return False

    def _add(self, line: str) -> None:
        self._text.configure(state="normal")
        self._text.insert("end", line)
        self._text.see("end")
        self._text.configure(state="disabled")

    def _show_error(self, text: str) -> None:
        """Leave the window open with the sentence; its text can be copied."""
        self._bar.stop()
        self._step.configure(text=text, foreground="#b3261e")
        self._add(f"\n{text}\n")
        self._button.configure(text="Close")

    def _stop(self) -> None:
        """End the set-up; the next start repairs what is unfinished."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
        self._root.destroy()


def show_error(text: str) -> None:
    """Show a sentence in a message box of its own."""
    root = tkinter.Tk(className="softcam-viewer")
    root.withdraw()
    messagebox.showerror(TITLE, text)
    root.destroy()
