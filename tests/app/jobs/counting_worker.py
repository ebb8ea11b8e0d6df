"""The child's own worker that counts how often its network runs; imported in the child."""

from __future__ import annotations

from typing import Any

from app.jobs.work import Worker


class CountingWorker(Worker):
    """Answers the job ``passes`` with how often any of its models ran so far."""

    def __init__(self) -> None:
        super().__init__()
        self.passes = 0
        self._kinds["passes"] = lambda *_: self.passes

    def _load_model(self, payload: Any, *rest: Any) -> Any:
        answer = super()._load_model(payload, *rest)
        model = self._models[answer["id"]]
        model.backbone.register_forward_hook(self._count)
        return answer

    def _count(self, *_: Any) -> None:
        self.passes += 1


def make() -> CountingWorker:
    """Return one, in the child."""
    return CountingWorker()
