"""Slow maps in the child: taken from the disk where an earlier session computed the same.

An answer is kept by the content of the image's file, not by its path. The window says of which
moment of the file it speaks (its stamp); where the file is another one by now, nothing is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.explain.map_cache import MapCache, content_hash, entry_name, maps_folder
from softcam_core.imaging.geometry import Region
from softcam_core.paths import file_stamp

if TYPE_CHECKING:
    from softcam_core.models.receptive import Field

Stamp = tuple[int, int]
Answer = dict[str, Any]
"""As of the job ``analyse``, of one method: logits, probabilities, region, maps, identical."""

_HASHES_KEPT = 4096
_NUMBERS = ("logits", "probabilities")


class Contents:
    """Hashes of files, each read once per content."""

    def __init__(self) -> None:
        """Know no file."""
        self._hashes: OrderedDict[tuple[str, Stamp], str] = OrderedDict()
        self._lock = threading.Lock()

    def hash(self, path: str, stamp: Stamp | None = None) -> str | None:
        """Return the hash of a file; None where it is not, or no longer, the one of ``stamp``."""
        found = file_stamp(Path(path))
        if found is None or (stamp is not None and found != stamp):
            return None
        with self._lock:
            if (path, found) not in self._hashes:
                try:
                    digest = content_hash(Path(path))
                except OSError:
                    return None
                if file_stamp(Path(path)) != found:
                    return None  # Written to while it was read.
                self._hashes[path, found] = digest
            self._hashes.move_to_end((path, found))
            while len(self._hashes) > _HASHES_KEPT:
                self._hashes.popitem(last=False)
            return self._hashes[path, found]


class KeptAnswers:
    """Answers of slow methods, and where they are kept."""

    def __init__(self, cache: MapCache | None = None) -> None:
        """Keep them in ``cache``; by default the user's own."""
        self._cache = cache or MapCache(maps_folder())
        self._contents = Contents()

    def answer(self, payload: dict[str, Any], compute: Callable[[], Answer]) -> Answer:
        """Return what is asked, from the disk if it is there, else computed and kept.

        What is kept has no ``identical``: that is the model's, not the image's.
        """
        name = self._name(payload)
        found = self._get(name, payload)
        if found is not None:
            return found
        answer = compute()
        # The name again: the file may have changed meanwhile.
        if name is not None and name == self._name(payload):
            self._cache.put(name, _to_arrays(answer))
        return answer

    def find(self, payload: dict[str, Any]) -> Answer | None:
        """Return what is asked if it is on the disk."""
        return self._get(self._name(payload), payload)

    def one(
        self, payload: dict[str, Any], index: int, compute: Callable[[Answer], Answer] | None
    ) -> NDArray[np.float32] | None:
        """Return one class's map: of all classes at once, or of that class alone.

        Args:
            payload: of one method, without classes.
            index: of the class.
            compute: answers what is asked where neither is on the disk; None for no map then.
        """
        every = self.find(payload)
        if every is not None:
            of_all: NDArray[np.float32] = every["maps"][payload["methods"][0]][index]
            return of_all
        alone = {**payload, "classes": [index]}
        found = self.find(alone)
        if found is None and compute is not None:
            found = self.answer(alone, lambda: compute(alone))
        return None if found is None else found["maps"][payload["methods"][0]][0]

    def _get(self, name: str | None, payload: dict[str, Any]) -> Answer | None:
        return None if name is None else _from_arrays(self._cache.get(name), payload)

    def field(
        self, model: str, measure: Callable[[], Field | None]
    ) -> list[tuple[int, int]] | None:
        """Return first, stride and size of what cells of a model see; None where none can tell.

        Each is (rows, columns), as of `softcam_core.models.receptive.Field`; measured once.
        """
        name = entry_name(model, "", 0, "receptive_field")
        kept = self._cache.get(name)
        if kept is None or "field" not in kept:
            found = measure()
            rows = [] if found is None else [found.first, found.stride, found.size]
            kept = {"field": np.array(rows, np.int64).reshape(-1, 2)}
            self._cache.put(name, kept)
        return [(rows, columns) for rows, columns in kept["field"].tolist()] or None

    def _name(self, payload: dict[str, Any]) -> str | None:
        if len(payload["methods"]) != 1:
            return None
        digest = self._contents.hash(payload["path"], payload.get("stamp"))
        if digest is None or ("image" in payload and payload.get("stamp") is None):
            return None  # Nobody knows of which content the decoded image is.
        parameters = {"classes": payload.get("classes")}
        (method,) = payload["methods"]
        return entry_name(payload["model"], digest, payload.get("frame", 0), method, parameters)


def _to_arrays(answer: Answer) -> dict[str, Any]:
    region = answer["region"]
    ((_, found),) = answer["maps"].items()
    return {
        "map": found,
        "region": np.array([region.x0, region.y0, region.x1, region.y1]),
        **{key: answer[key] for key in _NUMBERS},
    }


def _from_arrays(arrays: dict[str, Any] | None, payload: dict[str, Any]) -> Answer | None:
    if arrays is None:
        return None
    (method,) = payload["methods"]
    if not {"map", "region", *_NUMBERS} <= arrays.keys():
        return None
    return {
        **{key: arrays[key] for key in _NUMBERS},
        "region": Region(*arrays["region"].tolist()),
        "maps": {method: arrays["map"]},
        "identical": {},
    }
