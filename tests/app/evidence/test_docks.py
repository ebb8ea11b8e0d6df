"""The docks: classes, overlay, metrics, model card; numbers that stand still."""

from __future__ import annotations

import dataclasses
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.evidence.class_list import ClassList
from app.evidence.keeping_scroll import KeepingScroll
from app.evidence.metrics_panel import MetricsPanel
from app.evidence.model_card import ModelCardDialog, ModelCardPanel, summary
from app.evidence.overlay_controls import OverlayControls
from app.state import PaneContent, PaneMetrics, ViewerState
from app.texts import is_out_of_place
from softcam_core.resources import resource_path

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT = synthetic.model(
    "soft",
    lambdas={"l1": 5e-5, "l2": 0.0, "grid": [16, 16]},
    training={"metrics": {"auc": 0.98123, "accuracy": 0.9}, "epochs": 7},
)


@pytest.fixture
def classes(qtbot: Any, state: ViewerState) -> ClassList:
    panel = ClassList(state)
    qtbot.addWidget(panel)
    panel.resize(312, 400)
    panel.show()
    return panel


def fill(state: ViewerState) -> None:
    synthetic.show_case(state)
    synthetic.load(state, SOFT)
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))


def rows(panel: ClassList) -> list[tuple[str, str, str, bool]]:
    return [
        (r.name.text(), r.probability.text(), r.logit.text(), r.name.font().bold())
        for r in panel.rows
    ]


def test_without_a_model_the_dock_says_how_to_open_one(classes: ClassList) -> None:
    assert classes.rows == []
    assert classes.hint.isVisible()
    assert "Open model" in classes.hint.text()


def test_each_class_has_its_probability_and_logit_and_the_shown_one_is_bold(
    classes: ClassList, state: ViewerState
) -> None:
    fill(state)
    assert rows(classes) == [
        ("normal", "0.12", "+1.0", False),
        ("mild", "0.01", "−2.0", False),
        ("severe", "0.88", "+3.0", True),
    ]
    assert not classes.hint.isVisible()


def test_a_click_or_a_number_chooses_and_the_switch_follows_the_prediction(
    classes: ClassList, state: ViewerState, qtbot: Any
) -> None:
    fill(state)
    assert classes.follow.isChecked()
    qtbot.mouseClick(
        classes.rows[1].name.parentWidget(),
        Qt.MouseButton.LeftButton,
        pos=classes.rows[1].name.geometry().center(),
    )
    assert state.chosen_class == "mild"
    assert not classes.follow.isChecked()
    classes.choose(1)
    assert state.chosen_class == "normal"
    assert [row[3] for row in rows(classes)] == [True, False, False]
    classes.choose(7)
    assert state.chosen_class == "normal"
    classes.follow.click()
    assert state.chosen_class is None
    assert state.shown_class() == "severe"
    classes.follow.click()
    assert state.chosen_class == "severe"


def test_nothing_moves_when_values_change(classes: ClassList, state: ViewerState) -> None:
    synthetic.show_case(state)
    synthetic.load(state, SOFT)
    classes.layout().activate()

    def places() -> list[Any]:
        widgets = [w for row in classes.rows for w in row.widgets]
        widgets += [classes.follow, classes.controls]
        for widget in (classes, classes.rows[0].name.parentWidget()):
            widget.layout().activate()
        return [w.geometry() for w in widgets]

    before = places()
    assert classes.rows[0].probability.text() == "–"
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))
    assert places() == before
    state.set_class("mild")
    assert places() == before


def test_overlay_controls_and_state_follow_each_other(qtbot: Any, state: ViewerState) -> None:
    controls = OverlayControls(state)
    qtbot.addWidget(controls)
    controls.slider.setValue(25)
    assert state.overlay.opacity == 0.25
    assert controls.number.text() == "25 %"
    state.set_overlay(opacity=0.8, smooth=False)
    assert controls.slider.value() == 80
    assert controls.cells.isChecked()
    controls.smooth.click()
    assert state.overlay.smooth
    qtbot.mousePress(controls.hide_button, Qt.MouseButton.LeftButton)
    assert not state.overlay.visible
    qtbot.mouseRelease(controls.hide_button, Qt.MouseButton.LeftButton)
    assert state.overlay.visible


def test_hold_to_hide_leaves_hidden_maps_hidden(qtbot: Any, state: ViewerState) -> None:
    controls = OverlayControls(state)
    qtbot.addWidget(controls)
    state.set_overlay(visible=False)
    qtbot.mousePress(controls.hide_button, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(controls.hide_button, Qt.MouseButton.LeftButton)
    assert not state.overlay.visible


def test_metrics_have_a_row_per_map(qtbot: Any, state: ViewerState) -> None:
    panel = MetricsPanel(state)
    qtbot.addWidget(panel)
    assert "Open a model" in panel.hint.text()
    fill(state)
    assert "Draw a shape" in panel.hint.text()
    assert panel.values() == [("Evidence", *"––––"), ("Grad-CAM", *"––––")]
    state.metrics = [PaneMetrics(0.6119, float("nan"), 0.5, 1.0), None]
    state.metrics_changed.emit()
    assert panel.values() == [("Evidence", "0.612", "–", "0.500", "yes"), ("Grad-CAM", *"––––")]
    assert "severe" in panel.hint.text()
    state.metrics = [None, None, PaneMetrics(0.25, 0.5)]
    state.set_panes([PaneContent(""), PaneContent("evidence"), PaneContent("gradcam")])
    assert panel.values() == [("Evidence", *"––––"), ("Grad-CAM", "0.250", "0.500", "–", "–")]


def test_a_method_of_two_models_says_of_which(qtbot: Any, state: ViewerState) -> None:
    panel = MetricsPanel(state)
    qtbot.addWidget(panel)
    synthetic.show_case(state)
    synthetic.load(state, SOFT, synthetic.model("hard"))
    panes = PaneContent("evidence", "soft"), PaneContent("evidence", "hard"), PaneContent("gradcam")
    state.set_panes(list(panes))
    assert [row[0] for row in panel.values()] == ["Evidence · soft", "Evidence · hard", "Grad-CAM"]
    state.set_panes(list(panes[1:]))
    assert [row[0] for row in panel.values()] == ["Evidence", "Grad-CAM"]


def many(state: ViewerState) -> None:
    names = "No DR", "Mild", "Moderate", "Severe", "Proliferative"
    model = dataclasses.replace(SOFT, spec=dataclasses.replace(SOFT.spec, classes=names))
    synthetic.show_case(state)
    synthetic.load(state, model)
    logits = np.array([1.0, -2.0, 3.0, 0.5, 4.0])
    maps = np.repeat(synthetic.evidence(), 2, axis=0)[:5]
    found = dataclasses.replace(
        synthetic.analysis(1, model, evidence=maps),
        logits=logits,
        probabilities=np.exp(logits) / np.exp(logits).sum(),
    )
    synthetic.tell(state, found)


def seen(classes: ClassList, row: int) -> bool:
    """Whether a row is seen whole."""
    name = classes.rows[row].name
    return bool(name.visibleRegion().boundingRect().size() == name.size())


def test_in_a_low_dock_the_predicted_class_is_seen_and_nothing_overlaps(
    qtbot: Any, classes: ClassList, state: ViewerState
) -> None:
    dock = KeepingScroll()
    qtbot.addWidget(dock)
    dock.setWidgetResizable(True)
    dock.setWidget(classes)
    classes.row_wanted.connect(dock.keep)
    dock.resize(330, 110)
    dock.show()
    many(state)
    qtbot.waitUntil(lambda: seen(classes, 4))
    assert not seen(classes, 0)
    state.set_class("No DR")
    qtbot.waitUntil(lambda: seen(classes, 0))
    state.set_class(None)
    qtbot.waitUntil(lambda: seen(classes, 4))
    # A line that breaks in two takes its room from nothing: the dock scrolls further.
    classes.modality.setText("for a long text that is broken into lines " * 2)
    classes.modality.show()
    qtbot.wait(20)
    widgets = [classes.modality, classes._scroll, classes.follow, classes.controls]
    for above, below in pairwise(widgets):
        assert above.geometry().bottom() < below.geometry().top()
    assert classes.controls.geometry().bottom() < classes.height()
    assert not classes._scroll.verticalScrollBar().isVisible()
    assert classes._scroll.height() >= classes._scroll.widget().sizeHint().height()
    dock.takeWidget()


def test_the_card_in_brief_and_in_full(qtbot: Any, state: ViewerState) -> None:
    panel = ModelCardPanel(state)
    qtbot.addWidget(panel)
    assert panel.button.isHidden()
    fill(state)
    assert panel.title.text() == "soft"
    assert summary(SOFT) == [
        "SoftCAM resnet18 · 32\u00a0×\u00a032\u00a0px · lasso λ₁ 5e-05",
        "Accuracy: 90.0 %",
        "Area under the ROC curve: 0.981",
    ]
    assert panel.conversion.isHidden()
    panel.show_dialog()
    dialog = panel.window().findChild(ModelCardDialog)
    assert dialog is not None
    assert dialog.isVisible()
    shown = dialog.text.toPlainText()
    for words in ("About", "not stated", "normal, mild, severe", "16 × 16 cells", "soft"):
        assert words in shown
    dialog.findChild(QPushButton, "copyCard").click()
    copied = QGuiApplication.clipboard().text()
    assert "Intended use: not stated" in copied
    assert "Identity, SHA-256: soft" in copied
    dialog.reject()


@pytest.mark.parametrize(("exact", "word"), [(True, "Exact"), (False, "Approximate")])
def test_an_approximate_conversion_is_seen_at_once(
    qtbot: Any, state: ViewerState, exact: bool, word: str
) -> None:
    record = {"exact": exact, "reason": "<b>why</b> & so", "max_abs_difference": 0.25}
    panel = ModelCardPanel(state)
    qtbot.addWidget(panel)
    synthetic.show_case(state)
    synthetic.load(state, synthetic.model("converted", conversion=record))
    assert panel.conversion.text().startswith(f"{word} conversion")
    assert panel.conversion.property("role") == ("secondary" if exact else "warning")
    panel.show_dialog()
    dialog = panel.window().findChild(ModelCardDialog)
    warning = dialog.findChild(QLabel, "modelCardConversion")
    assert warning.isVisible()
    assert warning.text().startswith(word)
    text = dialog.text.toPlainText()
    assert word.lower() in text
    assert "<b>why</b> & so" in text  # the author's words are no markup
    dialog.reject()


def test_no_line_of_the_card_is_wider_than_its_window(qtbot: Any, state: ViewerState) -> None:
    card = {"title": "long", "limits": "word " * 200, "licence": "x" * 300}
    spec = dataclasses.replace(synthetic.model("long").spec, card=card)
    model = dataclasses.replace(synthetic.model("long"), spec=spec, id="0123456789abcdef" * 4)
    dialog = ModelCardDialog(model)
    qtbot.addWidget(dialog)
    dialog.resize(420, 400)
    dialog.show()
    bar = dialog.text.horizontalScrollBar()
    assert bar.maximum() == bar.minimum() == 0
    assert dialog.text.verticalScrollBar().maximum() > 0


def test_the_card_of_every_open_model_can_be_chosen(qtbot: Any, state: ViewerState) -> None:
    panel = ModelCardPanel(state)
    qtbot.addWidget(panel)
    record = {"exact": False, "reason": "why", "max_abs_difference": 0.25}
    synthetic.show_case(state)
    synthetic.load(state, SOFT, synthetic.model("other", conversion=record))
    panel.show_dialog()
    dialog = panel.window().findChild(ModelCardDialog)
    assert dialog.chooser.isVisible()
    assert dialog.chooser.currentText() == "soft"
    assert dialog.warning.isHidden()
    dialog.chooser.setCurrentIndex(1)
    assert "Identity" in dialog.text.toPlainText()
    assert "other" in dialog.text.toPlainText()
    assert "other" in dialog.windowTitle()
    assert dialog.warning.text().startswith("Approximate")
    dialog.reject()


def test_a_thousand_classes_do_not_fill_the_card(qtbot: Any) -> None:
    model = synthetic.model("many")
    names = tuple(f"class {n}" for n in range(1000))
    model = dataclasses.replace(model, spec=dataclasses.replace(model.spec, classes=names))
    dialog = ModelCardDialog(model)
    qtbot.addWidget(dialog)
    text = dialog.text.toPlainText()
    assert "class 9 and 990 more" in text
    assert "Classes, 1" in text
    assert "class 10," not in text
    dialog.copy()
    assert "class 998, class 999" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("made_for", "case", "note"),
    [
        ("fundus", "", "Made for fundus photographs; check that this image is one."),
        ("fundus", "fundus", ""),
        ("", "", ""),
    ],
)
def test_a_model_for_one_kind_of_image_says_so_of_an_unknown_one(
    classes: ClassList, state: ViewerState, made_for: str, case: str, note: str
) -> None:
    synthetic.show_case(state)
    state.case = dataclasses.replace(state.case, modality=case)
    synthetic.load(state, synthetic.model("m", modality=made_for))
    assert classes.modality.text() == note
    assert classes.modality.isVisible() is bool(note)


def test_the_metrics_fit_a_narrow_dock_with_the_longest_name(
    qtbot: Any, state: ViewerState
) -> None:
    panel = MetricsPanel(state)
    qtbot.addWidget(panel)
    fill(state)
    state.set_panes([PaneContent("guided_backprop"), PaneContent("integrated_gradients")])
    assert panel.minimumSizeHint().width() <= 216
    heads = {label.text(): label.toolTip() for label in panel.findChildren(QLabel)}
    assert "activation precision" in heads["AP"]
    assert "activation sensitivity" in heads["AS"]
    assert "30 patches of 33 pixels" in heads["Top-k"]
    assert "within 15 pixels" in heads["Hit"]


def test_a_demo_model_says_that_it_is_not_valid_on_other_images(qtbot, state):
    synthetic.show_case(state)
    model = synthetic.model("demo", modality="fundus")
    bundled = dataclasses.replace(model, path=resource_path("demo") / "models" / "m.safetensors")
    assert is_out_of_place(bundled, state.case)
    assert not is_out_of_place(model, state.case)
    phantom = dataclasses.replace(state.case, path=resource_path("demo") / "images" / "f.jpg")
    assert not is_out_of_place(bundled, phantom)
    classes = ClassList(state)
    qtbot.addWidget(classes)
    synthetic.load(state, bundled)
    assert "not valid on this image" in classes.modality.text()
    state.case = phantom
    state.case_changed.emit()
    assert "not valid" not in classes.modality.text()


def test_a_dock_that_grows_shows_its_beginning_again(qtbot: Any) -> None:
    """At the start docks are low for a moment: the last rows must not stay on top for ever."""
    dock, content = KeepingScroll(), QWidget()
    qtbot.addWidget(dock)
    column = QVBoxLayout(content)
    labels = [QLabel(f"row {number}") for number in range(20)]
    for label in labels:
        label.setFixedHeight(20)
        column.addWidget(label)
    dock.setWidgetResizable(True)
    dock.setWidget(content)
    dock.resize(200, 60)
    dock.show()
    dock.keep(labels[6])
    qtbot.waitUntil(lambda: dock.verticalScrollBar().value() > 0)
    dock.resize(200, 260)
    qtbot.waitUntil(lambda: dock.verticalScrollBar().value() == 0)
    assert not labels[6].visibleRegion().isEmpty()


def test_the_predicted_class_has_a_dot_whatever_class_is_in_view(
    classes: ClassList, state: ViewerState
) -> None:
    fill(state)
    told: list[str] = []
    state.noted.connect(told.append)
    best = state.analyses[1, SOFT.id].predicted
    other = (best + 1) % len(classes.rows)
    classes.choose(other + 1)
    assert [row.name.dot for row in classes.rows] == [n == best for n in range(len(classes.rows))]
    assert classes.rows[other].name.font().bold()
    assert classes.rows[best].name.toolTip() == "The predicted class"
    assert "predicted" in classes.rows[best].name.accessibleDescription()
    assert classes.rows[other].name.toolTip() == ""
    assert "in every case" in told[0]
    assert SOFT.spec.classes[other] in told[0]
