"""Maps of single images again, for the report's example pictures."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

import numpy as np

from softcam_core.errors import SoftcamError
from softcam_core.evaluation.data import open_data
from softcam_core.evaluation.items import EvaluationData, Truth
from softcam_core.evaluation.measure import sha256_of
from softcam_core.evaluation.plan import Plan
from softcam_core.evaluation.report.examples import Shown
from softcam_core.evaluation.subject import Subject, load_subjects
from softcam_core.evaluation.view import View
from softcam_core.imaging.read import read_image
from softcam_core.imaging.stored import StoredImage
from softcam_core.imaging.window import default_window, to_display


class Shower:
    """Makes what the report draws of one image, model and method: a `report.examples.Show`.

    Models and data are opened when the first picture is asked for; the image looked at last is
    kept, since a report asks for several methods of it.
    """

    def __init__(self, plan: Plan) -> None:
        """Prepare for the evaluation of ``plan``; nothing is opened yet."""
        self._plan = plan
        self._stack = ExitStack()
        self._data: EvaluationData | None = None
        self._subjects: dict[str, Subject] = {}
        self._last: tuple[int, StoredImage, Truth | None] | None = None
        self._views: dict[str, View] = {}

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close the data."""
        self._stack.close()

    def __call__(self, index: int, model: str, method: str) -> Shown:
        """Return one map over its image, of the class that the run explained.

        Raises:
            SoftcamError: the image cannot be read any more.
        """
        data = self._open()
        item = data.items[index]
        image, truth = self._image(data, index)
        if model not in self._views:
            identity = sha256_of(item.path)  # which the random maps are drawn from
            self._views[model] = View(self._subjects[model], image, identity, item.label)
        view = self._views[model]
        maps = view.maps(method, [view.explained], None)
        return Shown(
            picture=to_display(image.pixels, default_window(image)),
            region=view.region,
            values=np.asarray(maps.of[view.explained].float().numpy(), np.float32),
            class_=view.subject.classes[view.explained],
            mask=None if truth is None else truth.mask,
        )

    def _open(self) -> EvaluationData:
        if self._data is None:
            plan = self._plan
            self._data = self._stack.enter_context(open_data(plan))
            found = load_subjects(plan.models, plan.methods, plan.options, plan.device)
            self._subjects = {subject.name: subject for subject in found}
        return self._data

    def _image(self, data: EvaluationData, index: int) -> tuple[StoredImage, Truth | None]:
        item = data.items[index]
        if self._last is None or self._last[0] != index:
            image = read_image(item.path)
            try:
                truth = data.truth(item, (image.pixels.shape[0], image.pixels.shape[1]))
            except SoftcamError:
                truth = None
            self._views.clear()
            self._last = index, image, truth
        return self._last[1], self._last[2]
