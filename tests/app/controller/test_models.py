"""Models in the child process: predictions, maps, limits, metrics, and a child that dies."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from app.controller import Controller
from app.controller.models import Models
from app.jobs.client import LOST
from app.state import PaneContent, ViewerState
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.read import read_image

Folder = Callable[..., Path]


def test_the_panes_get_what_the_core_computes(
    opened: Controller, state: ViewerState, models: Any
) -> None:
    import torch

    import softcam_core

    assert state.case is not None
    for model, method in zip(state.models, ["evidence", "gradcam"], strict=True):
        analysis = state.analysis(model)
        assert analysis is not None
        reference = softcam_core.load_model(model.path)
        x, region = model_input(read_image(state.case.path), reference.spec.input)
        batch = torch.from_numpy(x)[None]
        with torch.no_grad():
            logits = reference(batch).logits[0]
        maps = softcam_core.attribute(reference, batch, method)[0]
        assert analysis.region == region
        assert np.allclose(analysis.logits, logits, atol=1e-5)
        assert np.allclose(analysis.probabilities, torch.softmax(logits, 0), atol=1e-6)
        assert np.allclose(analysis.maps[method], maps, atol=1e-5)


def test_the_first_model_predicts_and_the_black_box_is_compared(
    opened: Controller, state: ViewerState
) -> None:
    assert [model.spec.head for model in state.models] == ["softcam", "blackbox"]
    assert state.predicting_model() is state.models[0]
    assert [state.pane_model(content) for content in state.panes] == state.models
    assert state.shown_class() in state.models[0].spec.classes


def test_a_grad_cam_of_the_softcam_itself_is_called_identical(
    opened: Controller, state: ViewerState, shown: Any
) -> None:
    state.set_panes([PaneContent("evidence"), PaneContent("gradcam", state.models[0].id)])
    shown()
    analysis = state.analysis(state.models[0])
    assert analysis is not None
    assert "by construction" in analysis.identical["gradcam"]
    assert "evidence" not in analysis.identical


@pytest.mark.parametrize("content", [b"", b"\x80\x04pickle", None])
def test_a_bad_model_is_one_sentence_and_the_next_one_opens(
    controller: Controller,
    state: ViewerState,
    folder: Folder,
    models: Any,
    shown: Any,
    tmp_path: Path,
    messages: list[str],
    content: bytes | None,
) -> None:
    bad = tmp_path / "bad.safetensors"
    truncated = models["softcam"].read_bytes()[:-1000]
    bad.write_bytes(truncated if content is None else content)
    controller.open_paths([folder(1)])
    controller.open_model(bad)
    controller.open_model(models["softcam"])
    shown()
    assert len(messages) == 1
    assert "bad.safetensors" in messages[0]
    assert [model.path for model in state.models] == [models["softcam"]]


def test_every_case_is_predicted_behind_and_kept_in_the_study(
    opened: Controller, state: ViewerState, shown: Any, qtbot: Any, monkeypatch: Any
) -> None:
    qtbot.waitUntil(lambda: len(state.predictions) == 9, timeout=30_000)
    before = dict(state.predictions)
    assert state.study is not None
    path = state.study.path
    sent: list[str] = []
    submit = opened.jobs.submit

    def spy(kind: str, payload: dict[str, Any], **more: Any) -> Any:
        sent.append(payload.get("path", ""))
        return submit(kind, payload, **more)

    monkeypatch.setattr(opened.jobs, "submit", spy)
    opened.open_study(path)
    qtbot.waitUntil(lambda: state.predictions == before, timeout=10_000)
    shown()
    assert state.case is not None
    assert set(sent) - {""} == {str(state.case.path)}


def test_closing_the_models_leaves_a_usable_window(
    opened: Controller, state: ViewerState, shown: Any
) -> None:
    opened.close_models()
    shown()
    assert state.models == []
    assert state.analyses == {}
    assert state.shown_class() is None
    opened.next()
    shown()
    assert state.image is not None


def test_a_limit_is_measured_once_and_kept_in_the_study(
    opened: Controller, state: ViewerState, shown: Any, qtbot: Any
) -> None:
    softcam, black_box = state.models
    keys = [(softcam.id, "evidence"), (black_box.id, "gradcam")]
    study = state.study
    assert study is not None
    stored = [f"limit/{model}/{method}" for model, method in keys]
    qtbot.waitUntil(lambda: all(study.get_setting(key) for key in stored), timeout=30_000)
    limits = [state.limits[key] for key in keys]
    assert limits == [study.get_setting(key) for key in stored]
    opened.next()
    shown()
    assert [state.limits[key] for key in keys] == limits
    analysis = state.analysis(softcam)
    assert analysis is not None
    assert limits[0] != np.percentile(np.abs(analysis.maps["evidence"]), 99.5)


def test_live_metrics_are_those_of_the_core(
    opened: Controller, state: ViewerState, shown: Any, qtbot: Any
) -> None:
    from softcam_core import metrics
    from softcam_core.evaluation.masks import input_mask

    assert state.study is not None
    assert state.case is not None
    assert state.image is not None
    assert state.metrics == [None, None]
    study, case = state.study, state.case.id
    box = study.add_annotation(
        case, kind="box", points=[[10, 5], [31.5, 22]], label="MA", reader=state.reader
    )
    study.add_annotation(case, kind="box", points=[[0, 0], [9, 9]], label="MA", reader="other")

    def check(told: bool = True) -> None:
        if told:
            state.annotations_changed.emit(case)
        shown()
        mask = study.mask(case, reader=state.reader)
        for known, model, content in zip(state.metrics, state.models, state.panes, strict=True):
            analysis = state.analysis(model)
            name = state.shown_class()
            assert analysis is not None
            assert name is not None
            assert known is not None
            found = analysis.maps[content.method][model.spec.classes.index(name)][None]
            masks = analysis.region.cut(mask)[None]
            precision = float(metrics.activation_precision(found, masks)[0])
            sensitivity = float(metrics.activation_sensitivity(found, masks)[0])
            assert np.isclose(known.precision, precision, equal_nan=True)
            assert np.isclose(known.sensitivity, sensitivity, equal_nan=True)
            on_input = input_mask(mask, analysis.region, model.spec.input.size)[None]
            each = metrics.topk_localization_precision(found, on_input, per_image=True)
            assert np.isclose(known.topk, float(each[0, -1]), equal_nan=True)
            hit = float(metrics.pointing_game(found, on_input)[0])
            assert np.isclose(known.hit, hit, equal_nan=True)

    check()
    first = repr(state.metrics)
    study.update_annotation(box, points=[[30, 20], [60, 45]])
    check()
    assert repr(state.metrics) != first
    second = repr(state.metrics)
    other = next(c for c in state.models[0].spec.classes if c != state.shown_class())
    state.set_class(other)
    check(told=False)
    assert repr(state.metrics) != second
    study.delete_annotation(box)
    state.annotations_changed.emit(case)
    shown()
    assert state.metrics == [None, None]


def test_another_device_that_is_not_there_is_one_sentence(
    opened: Controller, state: ViewerState, messages: list[str], shown: Any
) -> None:
    if any("cuda:7" in device for device, _ in opened.devices()):
        pytest.skip("this machine has that many graphics cards")
    opened.set_device("cuda:7")
    shown()
    assert messages
    assert all(sentence.endswith(".") for sentence in messages)
    opened.set_device("cpu")
    shown()
    assert [model.device for model in state.models] == ["CPU", "CPU"]
    assert opened.devices()[:2] == [("auto", "Automatic"), ("cpu", "CPU")]


def test_the_same_weights_with_other_classes_are_another_model(
    opened: Controller, state: ViewerState, models: Any, shown: Any, qtbot: Any, tmp_path: Path
) -> None:
    from safetensors.numpy import load_file, save_file

    from softcam_core.models.header import read_spec

    qtbot.waitUntil(lambda: len(state.predictions) == 9, timeout=30_000)
    before = dict(state.predictions)
    twin = tmp_path / "twin.safetensors"
    spec = dataclasses.replace(read_spec(models["softcam"]), classes=("a", "b", "c"))
    save_file(load_file(models["softcam"]), twin, metadata={"softcam": spec.to_json()})
    opened.open_model(twin)
    shown()
    assert [model.path for model in state.models] == [*models.values(), twin]
    assert len({model.id for model in state.models}) == 3
    opened.close_models()
    opened.open_model(twin)
    qtbot.waitUntil(lambda: len(state.predictions) == 9, timeout=30_000)
    renamed = dict(zip(["normal", "mild", "severe"], "abc", strict=True))
    for case, prediction in state.predictions.items():
        assert prediction.name == renamed[before[case].name]


def test_a_model_that_is_open_is_not_opened_again(
    opened: Controller,
    state: ViewerState,
    models: Any,
    shown: Any,
    tmp_path: Path,
    messages: list[str],
) -> None:
    loaded = list(state.models)
    copy = tmp_path / "copy.safetensors"
    shutil.copyfile(models["softcam"], copy)
    opened.open_model(models["softcam"])
    shown()
    opened.open_model(copy)
    shown()
    assert state.models == loaded
    assert messages == [
        "The model softcam.safetensors is already open.",
        "The model copy.safetensors is already open as softcam.safetensors.",
    ]


def test_a_model_whose_file_changed_stays_when_the_device_is_chosen(
    controller: Controller,
    state: ViewerState,
    models: Any,
    shown: Any,
    tmp_path: Path,
    messages: list[str],
) -> None:
    path = tmp_path / "model.safetensors"
    shutil.copyfile(models["softcam"], path)
    controller.open_model(path)
    shown()
    loaded = list(state.models)
    path.unlink()
    shutil.copyfile(models["blackbox"], path)
    controller.set_device("cpu")
    shown()
    assert state.models == loaded
    assert len(messages) == 1
    assert "model.safetensors has changed" in messages[0]


def test_a_case_that_cannot_be_predicted_is_marked_and_the_others_go_on(
    controller: Controller, state: ViewerState, folder: Folder, models: Any, qtbot: Any
) -> None:
    place = folder(4)
    (place / "case 2.png").write_bytes(b"no picture")
    controller.open_paths([place])
    controller.open_model(models["softcam"])
    qtbot.waitUntil(lambda: len(state.predictions) == 3, timeout=30_000)
    qtbot.waitUntil(lambda: bool(state.not_predicted), timeout=10_000)
    bad = state.cases[1].id
    assert bad not in state.predictions
    assert list(state.not_predicted) == [bad]
    assert "case 2.png" in state.not_predicted[bad]
    controller.close_models()
    assert state.not_predicted == {}


def test_a_model_that_ends_the_child_is_tried_twice_and_named(
    state: ViewerState, qapp: Any, messages: list[str]
) -> None:
    class Jobs(QObject):
        ready = Signal(str)
        failed: ClassVar[list[Callable[[str], None]]] = []

        def submit(self, kind: str, payload: Any, **more: Any) -> None:
            self.failed.append(more["on_failed"])

    jobs = Jobs()
    opening = Models(state, jobs)
    opening.open(Path("large.safetensors"))
    jobs.failed[0](LOST)
    assert opening.loading
    assert messages == []
    jobs.failed[1](LOST)
    assert not opening.loading
    assert len(messages) == 1
    assert "large.safetensors" in messages[0]
