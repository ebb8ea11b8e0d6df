"""Whether the last run of the program ended as it should, and what its end left behind.

Each run leaves a marker that only a proper end takes away, with an operating system's lock on it
that ends with the process: a marker without a lock is of a run that was killed or crashed. After
a restart of the machine nobody can tell a crash from a power cut, so that counts as no crash.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from app.crash import add
from softcam_core.annotations.claim import Claim, claim, is_claimed

LOG = "crash.log"
_FOLDER = "running"
_SEEN = "seen"
_FRAME = re.compile(r'File "(?:[^"]*[/\\])?([^"/\\]+)", line (\d+) in (\S+)')
_SAME_BOOT_S = 300.0
_UNKNOWN = "ended without an error of its own: killed, or stopped by the system"


@dataclass
class Run:
    """This run, until `end`.

    Attributes:
        log: the file of errors.
        ended_badly: an earlier run was killed or crashed since the machine was started.
        told: there is something in the log that was not offered yet.
    """

    log: Path
    ended_badly: bool
    told: bool
    _marker: Path
    _claim: Claim | None
    _native: IO[str] | None

    def end(self) -> None:
        """Take the marker away: this run ends as it should."""
        faulthandler.disable()
        if self._native is not None:
            self._native.close()
        _forget(self._marker)
        if self._claim is not None:
            self._claim.release()

    def seen(self) -> None:
        """Offer what is in the log now no more."""
        with contextlib.suppress(OSError):
            stamp = str(self.log.stat().st_mtime_ns)
            (self._marker.parent / _SEEN).write_text(stamp, "utf-8")


def begin(folder: Path) -> Run:
    """Mark that the program runs, in the user's data folder; look how earlier runs ended.

    Where the folder cannot be written to, nothing is marked and nothing found.
    """
    log, place = folder / LOG, folder / _FOLDER
    marker = place / f"{os.getpid()}.run"
    bad, lock, native = False, None, None
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        for earlier in sorted(place.glob("*.run")):
            # One that cannot be read or taken away is no reason not to start.
            with contextlib.suppress(OSError):
                bad = _clear(earlier, log) or bad
        marker.write_text(_boot(), "utf-8")
        lock = claim(marker)
        native = _native_file(marker).open("w", encoding="utf-8")
        # A crash of native code writes where every thread was; file names alone go to the log.
        faulthandler.enable(native, all_threads=True)
    return Run(log, bad, _is_new(log, place / _SEEN), marker, lock, native)


def _clear(marker: Path, log: Path) -> bool:
    """Take an ended run's marker away; return whether that run ended badly."""
    if is_claimed(marker):
        return False
    native = _native_file(marker)
    said = native.read_text("utf-8", "replace") if native.exists() else ""
    same = _same_boot(marker.read_text("utf-8", "replace"))
    when = _time_of(marker)
    _forget(marker)
    if not said.strip() and not same:
        return False
    add(log, f"{when:%Y-%m-%d %H:%M:%S} {nameless(said) or _UNKNOWN}\n")
    return True


def _time_of(marker: Path) -> datetime:
    """Return when a run began; now where a damaged disk names a year that no calendar has."""
    try:
        return datetime.fromtimestamp(marker.stat().st_mtime, UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)


def nameless(text: str) -> str:
    """Return what `faulthandler` wrote with names of files alone: a folder may name its owner."""
    lines = [_FRAME.sub(r"\1:\2 \3", line).rstrip() for line in text.strip().splitlines()]
    return "\n".join(line for line in lines if line and "/" not in line and "\\" not in line)


def _native_file(marker: Path) -> Path:
    return marker.with_suffix(".native")


def _forget(marker: Path) -> None:
    lock = marker.with_name(f".{marker.name}.lock")
    for path in (marker, _native_file(marker), lock):
        with contextlib.suppress(OSError):
            path.unlink()


def _boot() -> str:
    """Return what says when the machine was started: the system's own word, else the time."""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text("utf-8").strip()
    return f"{time.time() - time.monotonic():.0f}"


def _same_boot(then: str) -> bool:
    now = _boot()
    try:
        return abs(float(then) - float(now)) < _SAME_BOOT_S
    except ValueError:
        return then == now


def _is_new(log: Path, seen: Path) -> bool:
    with contextlib.suppress(OSError):
        known = seen.read_text("utf-8", "replace") if seen.exists() else ""
        stat = log.stat()
        return stat.st_size > 0 and str(stat.st_mtime_ns) != known
    return False
