"""Messages between two processes; large arrays cross by shared memory instead of the pipe.

Each message is pickled with its large buffers put aside (pickle protocol 5). They lie one after
the other in one shared memory segment; the receiver copies them out, removes the segment and says
so. Segments are named by side and number, so whoever survives finds and removes what the other
left behind. Both sides share one resource tracker (spawn sees to that), which counts a segment
as gone with the first ``unlink``.
"""

from __future__ import annotations

import contextlib
import pickle
import shutil
import threading
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGE = 64 * 1024
_ALIGNMENT = 64
_SHM = Path("/dev/shm")


class Channel:
    """One end of a pipe. ``send`` never blocks; ``receive`` blocks until a message is there."""

    def __init__(self, connection: Connection, token: str, side: str) -> None:
        """Take one end; ``token`` names the pair, ``side`` is ``p`` (parent) or ``c`` (child)."""
        self._connection = connection
        self._own = f"sc{token}{side}"
        self._other = f"sc{token}{'c' if side == 'p' else 'p'}"
        self._sent = 0
        self._received = 0
        self._held: dict[int, SharedMemory] = {}
        self._lock = threading.Lock()
        self._queue: SimpleQueue[tuple[str, Any] | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="jobs-writer", daemon=True)
        self._writer.start()

    def send(self, message: Any) -> None:
        """Send a message; its arrays must not be changed afterwards."""
        self._queue.put(("message", message))

    def receive(self) -> Any:
        """Return the next message.

        Raises:
            EOFError: the other side is gone.
        """
        while True:
            try:
                kind, content, number, lengths = pickle.loads(self._connection.recv_bytes())
            except (OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError) as error:
                # After a kill the pipe may end within a message.
                raise EOFError from error
            if kind == "taken":
                self._release(number)
                continue
            buffers = self._take(number, lengths) if lengths else []
            return pickle.loads(content, buffers=buffers)

    def flush(self) -> None:
        """Wait until everything has been written, and send nothing more."""
        self._queue.put(None)
        self._writer.join()

    def abandon(self) -> None:
        """Remove every segment of both sides, after the other side is gone."""
        self._queue.put(None)
        with contextlib.suppress(OSError):
            self._connection.close()
        self._writer.join(1.0)
        with self._lock:
            held, self._held = self._held, {}
        for segment in held.values():
            _remove(segment)
        # What the other side wrote but we never read follows the last one that we did.
        number = self._received
        while True:
            number += 1
            try:
                segment = SharedMemory(f"{self._other}{number}")
            except ValueError:
                # Its maker was killed before it had a size: only the name is there.
                (_SHM / f"{self._other}{number}").unlink(missing_ok=True)
                return
            except OSError:
                return
            _remove(segment)

    def _write(self) -> None:
        while (item := self._queue.get()) is not None:
            kind, message = item
            try:
                if kind == "taken":
                    self._connection.send_bytes(pickle.dumps(("taken", b"", message, [])))
                else:
                    self._connection.send_bytes(self._pack(message))
            except (OSError, ValueError):
                return  # The other side is gone: the reader hears it too and cleans up.

    def _pack(self, message: Any) -> bytes:
        large: list[memoryview] = []

        def in_band(buffer: pickle.PickleBuffer) -> bool:
            raw = buffer.raw()
            if raw.nbytes < LARGE:
                return True
            large.append(raw)
            return False

        content = pickle.dumps(message, protocol=5, buffer_callback=in_band)
        if not large:
            return pickle.dumps(("message", content, 0, []))
        lengths = [view.nbytes for view in large]
        size = sum(_aligned(length) for length in lengths)
        if not _room(size):
            content = pickle.dumps(message, protocol=5)
            return pickle.dumps(("message", content, 0, []))
        with self._lock:
            self._sent += 1
            number = self._sent
            segment = SharedMemory(f"{self._own}{number}", create=True, size=size)
            # Windows frees a segment with its last handle: keep ours until it was taken.
            self._held[number] = segment
        start, room = 0, _bytes_of(segment)
        for view in large:
            room[start : start + view.nbytes] = np.frombuffer(view, np.uint8)
            start += _aligned(view.nbytes)
        return pickle.dumps(("message", content, number, lengths))

    def _take(self, number: int, lengths: list[int]) -> list[NDArray[np.uint8]]:
        segment = SharedMemory(f"{self._other}{number}")
        self._received = number
        buffers, start, room = [], 0, _bytes_of(segment)
        for length in lengths:
            buffers.append(room[start : start + length].copy())
            start += _aligned(length)
        del room
        _remove(segment)
        self._queue.put(("taken", number))
        return buffers

    def _release(self, number: int) -> None:
        with self._lock:
            segment = self._held.pop(number, None)
        if segment is not None:
            segment.close()


def _bytes_of(segment: SharedMemory) -> NDArray[np.uint8]:
    """Return a segment's memory; let go of it before the segment is closed.

    numpy copies without the interpreter's lock, so that the window goes on meanwhile.
    """
    assert segment.buf is not None
    return np.frombuffer(segment.buf, np.uint8)


def _room(size: int) -> bool:
    """Whether shared memory has room; containers often have 64 MB, and a write past it kills."""
    return not _SHM.is_dir() or shutil.disk_usage(_SHM).free > 2 * size


def _aligned(length: int) -> int:
    return -(-length // _ALIGNMENT) * _ALIGNMENT


def _remove(segment: SharedMemory) -> None:
    segment.close()
    with contextlib.suppress(FileNotFoundError):
        segment.unlink()
