"""The whole window without a model: opening, walking, drawing, remembering, and bad input."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QKeySequence, QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app import session
from app.actions import ACTIONS
from app.evidence.model_card import ModelCardDialog
from app.main_window import MainWindow
from app.settings import Settings
from app.state import PaneContent, Prediction
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parent))
import synthetic


def photograph(path: Path, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 255, (48, 64, 3), np.uint8)
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(6):
        photograph(tmp_path / "photos" / f"eye{number}.png", number)
    return tmp_path / "photos"


@pytest.fixture
def make_window(qtbot):
    windows = []

    def make() -> MainWindow:
        window = MainWindow(Settings())
        qtbot.addWidget(window, before_close_func=lambda w: w.close())
        window.resize(1200, 800)
        window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def window(make_window) -> MainWindow:
    return make_window()


@pytest.fixture
def opened(window, folder, qtbot) -> MainWindow:
    window.open_paths([folder])
    qtbot.waitUntil(lambda: len(window.state.cases) == 6 and window.state.painted, timeout=10_000)
    return window


def settle(qtbot, window):
    qtbot.waitUntil(lambda: bool(window.state.painted or window.state.image_error), timeout=10_000)


def test_the_first_window_leaves_room_for_its_frame(qtbot):
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.show()
    assert window.height() <= window.screen().availableSize().height() - 40


def test_a_folder_shows_its_first_image_and_lists_all(opened):
    assert opened.state.case.name == "eye0.png"
    assert opened.worklist.model.rowCount() == 6
    assert "eye0.png" in opened.windowTitle()
    assert opened.grid.panes[0].image is opened.state.image


def test_keys_walk_through_the_cases(opened, qtbot):
    opened.activateWindow()
    opened.actions_table["next_case"].trigger()
    settle(qtbot, opened)
    assert opened.state.case.name == "eye1.png"
    opened.actions_table["previous_case"].trigger()
    assert opened.state.case.name == "eye0.png"
    opened.actions_table["previous_case"].trigger()
    assert opened.state.case.name == "eye0.png"


def test_walking_follows_the_order_that_the_worklist_shows(opened):
    opened.worklist.search.setText("eye3")
    assert opened.state.case.name == "eye0.png"
    assert opened.worklist.neighbour(1) == opened.state.cases[3].id
    assert opened.worklist.neighbour(-1) is None
    opened.worklist.search.setText("eye")
    opened.worklist.order.setCurrentText("Name")
    assert opened.worklist.neighbour(1) == opened.state.cases[1].id
    opened.controller.set_status("done", opened.state.cases[1].id)
    assert opened.worklist.neighbour(1, "unread") == opened.state.cases[2].id


def test_the_worklist_chooses_a_case(opened, qtbot):
    view = opened.worklist.view
    spot = view.visualRect(opened.worklist.filter.index(4, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle(qtbot, opened)
    assert opened.state.case.name == "eye4.png"
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert opened.state.case.name == "eye3.png"


def test_a_case_that_the_filter_hides_stays_in_view(opened):
    opened.worklist.search.setText("status:unread")
    opened.controller.set_status("done")
    assert opened.state.case.name == "eye0.png"
    assert opened.worklist.filter.rowCount() == 5
    assert opened.worklist.neighbour(1) == opened.state.cases[1].id


def test_thumbnails_are_made_for_what_is_in_view(opened, qtbot):
    from app.worklist.model import Role

    def made():
        return [
            row
            for row in range(6)
            if opened.worklist.model.index(row).data(Role.THUMBNAIL) is not None
        ]

    qtbot.waitUntil(lambda: len(made()) >= 4, timeout=5000)


def test_a_box_is_in_the_file_when_the_mouse_is_released(opened, qtbot):
    opened.actions_table["tool_box"].trigger()
    canvas = opened.grid.canvas(0)
    start, end = canvas.to_screen(10, 12).toPoint(), canvas.to_screen(30, 40).toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    other = Study.open(opened.state.study.path)
    (record,) = other.annotations(opened.state.case.id)
    other.close()
    assert np.allclose(record.points, [[10, 12], [30, 40]], atol=0.2)
    assert opened.state.case.status == "in progress"
    assert opened.statusBar().saved.text() == "Saved"


def test_undo_and_redo_are_enabled_when_they_can_do_something(opened):
    from softcam_core.annotations.shapes import Shape

    actions = opened.actions_table
    assert not actions["undo"].isEnabled()
    opened.annotator.add(Shape("box", [[1, 1], [9, 9]]))
    assert actions["undo"].isEnabled()
    actions["undo"].trigger()
    assert opened.state.study.annotations(opened.state.case.id) == []
    assert actions["redo"].isEnabled()
    actions["redo"].trigger()
    assert len(opened.state.study.annotations(opened.state.case.id)) == 1


def test_delete_needs_a_selected_shape(opened):
    from softcam_core.annotations.shapes import Shape

    opened.annotator.add(Shape("box", [[1, 1], [9, 9]]))
    assert opened.actions_table["delete"].isEnabled()
    opened.actions_table["delete"].trigger()
    assert opened.state.study.annotations(opened.state.case.id) == []
    assert not opened.actions_table["delete"].isEnabled()


def test_every_action_of_a_window_without_anything_open_is_harmless(window, monkeypatch):
    """Those that would ask something are answered with Cancel; quit is left out."""
    from PySide6.QtWidgets import QDialog, QFileDialog

    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *a, **k: ([] if "s" in k else "", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: "")
    monkeypatch.setattr(QDialog, "exec", lambda self: 0)
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: True)
    monkeypatch.setattr(window, "open_demo", lambda: None)
    for spec in ACTIONS:
        if spec.id not in ("quit", "full_screen"):
            window.actions_table[spec.id].trigger()
    assert "No study is open" in window.messages.text() or window.messages.text()


def test_dropped_folders_and_studies_are_opened(window, folder, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: len(window.state.cases) == 6, timeout=10_000)
    assert window.settings.paths("recent/paths")[0] == folder.resolve()


def test_a_dropped_pickle_is_refused_in_one_sentence(opened, tmp_path, qtbot):
    bad = tmp_path / "net.safetensors"
    bad.write_bytes(b"\x80\x04pickle")
    with qtbot.waitSignal(opened.state.message, timeout=60_000) as told:
        opened.open_paths([bad])
    assert "net.safetensors" in told.args[0]
    assert opened.messages.isVisible()
    assert opened.state.models == []


def test_an_empty_folder_is_told_in_one_sentence(window, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.state.message, timeout=10_000) as told:
        window.open_paths([tmp_path / "empty"])
    assert "No images were found" in told.args[0]


def test_an_unreadable_image_does_not_stop_the_others(window, folder, qtbot):
    (folder / "eye1.png").write_bytes(b"no picture")
    window.open_paths([folder])
    qtbot.waitUntil(lambda: len(window.state.cases) == 6, timeout=10_000)
    settle(qtbot, window)
    window.actions_table["next_case"].trigger()
    qtbot.waitUntil(lambda: bool(window.state.image_error), timeout=10_000)
    assert "eye1.png" in window.state.image_error
    window.actions_table["next_case"].trigger()
    settle(qtbot, window)
    assert window.state.image is not None


def test_the_next_start_shows_the_same_case_and_settings(make_window, folder, qtbot):
    first = make_window()
    first.open_paths([folder])
    qtbot.waitUntil(lambda: len(first.state.cases) == 6 and first.state.painted, timeout=10_000)
    first.controller.select_case(first.state.cases[3].id)
    settle(qtbot, first)
    first.state.set_overlay(opacity=0.3, smooth=False)
    first.actions_table["panes_1"].trigger()
    first.close()
    second = make_window()
    session.restore_view(second)
    assert session.restore_study(second)
    qtbot.waitUntil(lambda: second.state.painted, timeout=10_000)
    assert second.state.case.name == "eye3.png"
    assert second.state.overlay.opacity == 0.3
    assert not second.state.overlay.smooth
    assert len(second.state.panes) == 1


def test_the_place_is_remembered_before_the_window_is_closed(opened, qtbot):
    """A killed process must find its way back."""
    opened.controller.select_case(opened.state.cases[2].id)

    def remembered():
        return Settings().text("last/case").endswith("eye2.png")

    qtbot.waitUntil(remembered, timeout=3000)
    assert Path(Settings().text("last/study")).is_file()


def test_a_study_is_remembered_as_soon_as_it_is_open(make_window, folder, qtbot):
    window = make_window()
    remembered = []
    window.state.study_changed.connect(lambda: remembered.append(Settings().text("last/study")))
    window.open_paths([folder])
    qtbot.waitUntil(lambda: window.state.study is not None, timeout=10_000)
    assert remembered == ["", str(window.state.study.path)]


def test_a_window_closed_before_its_study_is_open_forgets_nothing(make_window, folder, qtbot):
    first = make_window()
    first.open_paths([folder])
    qtbot.waitUntil(lambda: len(first.state.cases) == 6 and first.state.painted, timeout=10_000)
    path, case = str(first.state.study.path), str(first.state.case.path)
    qtbot.waitUntil(lambda: Settings().text("last/case") == case, timeout=3000)
    first.open_paths([folder.parent])
    assert first.state.study is None
    first.close()
    assert (Settings().text("last/study"), Settings().text("last/case")) == (path, case)


def test_a_very_first_start_that_is_closed_at_once_was_none(make_window):
    window = make_window()
    window.open_demo()
    window.close()
    assert not Settings().flag("last/started", False)


def test_the_first_mark_on_the_demo_leaves_the_palette_whole(make_window, qtbot):
    """While the demo's own lesions are still on their way into the study."""
    window = make_window()
    window.open_demo()
    qtbot.waitUntil(lambda: window.state.case is not None, timeout=10_000)
    study = window.state.study
    before = [label.name for label in study.labels()]
    assert len(before) > 1
    assert window.annotator.add(Shape("ellipse", ((238.0, 302.0), (48.0, 36.0)))) is not None
    qtbot.waitUntil(lambda: len(window.state.cases) == 36, timeout=20_000)
    settle(qtbot, window)
    assert [label.name for label in study.labels()] == before
    assert [name for name in before if window.findChild(QWidget, f"label-{name}")] == before


def test_panes_follow_the_actions(opened):
    for count in (1, 4, 2):
        opened.actions_table[f"panes_{count}"].trigger()
        assert len(opened.grid.panes) == count


def test_numbers_choose_classes_or_labels(opened, qtbot):
    """Without a drawing tool a number is a class; with one it is a label."""
    opened.docks.labels.add_label("EX")
    opened.state.set_tool("box")
    names = [label.name for label in opened.docks.labels.labels()]
    opened._choose_number(len(names))
    assert opened.state.label == names[-1]


def test_a_number_relabels_what_is_selected(opened):
    """With Select in hand it is one step, and the class in view stays."""
    for name in ("EX", "HE"):
        opened.docks.labels.add_label(name)
    key = [label.name for label in opened.docks.labels.labels()].index("EX") + 1
    ids = [opened.annotator.add(Shape("box", [[4, 4], [9, 9]])) for _ in range(2)]
    opened.state.set_tool("select")
    opened.state.set_selection(ids)
    chosen = []
    opened.docks.classes.choose = chosen.append
    opened._choose_number(key)
    assert [draft.label for draft in opened.annotator.records()] == ["EX", "EX"]
    opened.annotator.steps.undo()
    assert [draft.label for draft in opened.annotator.records()] == ["HE", "HE"]
    opened._choose_number(9)
    assert "key 9" in opened.messages.text()
    assert chosen == []
    opened.state.set_selection(())
    opened.state.set_label("HE")
    opened._choose_number(key)  # no model is open: there is no class to choose
    assert chosen == []
    assert opened.state.label == "EX"


def test_a_right_click_on_a_shape_opens_its_menu(opened, monkeypatch):
    """A right drag changes brightness and contrast, and an outline in work is left alone."""
    first = opened.annotator.add(Shape("box", [[10, 10], [30, 30]]))
    opened.annotator.add(Shape("box", [[40, 10], [60, 30]]))
    canvas = opened.grid.panes[0].canvas
    at = canvas.to_screen(20, 20).toPoint()

    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu.objectName()))

    def right_click(drag: int) -> bool:
        QTest.mousePress(canvas, Qt.MouseButton.RightButton, pos=at)
        if drag:
            QTest.mouseMove(canvas, at + QPoint(drag, 0))
        QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=at + QPoint(drag, 0))
        found, shown[:] = list(shown), []
        return found == ["annotationMenu"]

    opened.state.set_tool("polygon")
    assert right_click(0)
    assert opened.state.selection == (first,)
    assert not right_click(40)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.to_screen(2, 2).toPoint())
    assert not right_click(0)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    opened.state.set_tool("pan")
    assert right_click(0)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_themes_change_the_palette_and_are_remembered(window, theme, qapp):
    window.actions_table[f"theme_{theme}"].trigger()
    lightness = qapp.palette().window().color().lightness()
    assert (lightness > 128) == (theme == "light")
    assert Settings().text("view/theme") == theme or window.settings.text("view/theme") == theme


def test_every_interactive_widget_has_a_name_and_a_spoken_name(opened):
    from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QWidget

    unnamed = []
    for widget in opened.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QAbstractSlider | QComboBox | QLineEdit):
            spoken = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            own = not widget.objectName().startswith("qt_") and widget.metaObject().className()
            if own and (not widget.objectName() or not spoken) and _ours(widget):
                unnamed.append(f"{own} {widget.objectName()!r} in {widget.parent()}")
    assert unnamed == []


def _ours(widget) -> bool:
    """Leave out what Qt itself puts into tool bars, docks, combo boxes and scroll areas."""
    inner = ("QToolButton", "QDockWidgetTitleButton", "QScrollBar", "QComboBoxListView")
    name = widget.metaObject().className()
    parent = widget.parent().metaObject().className() if widget.parent() else ""
    return not (
        name in inner and parent in ("QToolBar", "QDockWidget", "QMenuBar", "QLineEdit")
    ) and (
        name
        not in ("QScrollBar", "QDockWidgetTitleButton", "QToolBarExtension", "QLineEditIconButton")
    )


def test_the_research_strip_is_visible(opened):
    from PySide6.QtWidgets import QLabel

    strip = opened.findChild(QLabel, "researchStrip")
    assert strip.isVisible()
    assert strip.text() == "Research use only. Not for diagnosis."


def test_no_status_tip_hides_the_strip(opened, qtbot):
    bar = opened.statusBar()
    QApplication.sendEvent(opened, QStatusTipEvent("Four panes"))
    assert bar.currentMessage() == ""
    bar.showMessage("Four panes")
    qtbot.wait(10)
    assert bar.strip.isVisible()
    assert bar.zoom.isVisible()
    assert all(not opened.actions_table[spec.id].statusTip() for spec in ACTIONS)


def submenus(window) -> dict[str, dict[str, QAction]]:
    window.menus.models.fill()
    found = {}
    for action in window.findChild(QMenu, "menu_Models").actions():
        menu = action.menu()
        if menu is not None and menu.objectName().startswith("menu_model"):
            found[menu.title()] = {a.text().replace("&", ""): a for a in menu.actions()}
    return found


def test_each_open_model_can_predict_show_its_card_and_be_closed(opened):
    first, second = synthetic.model("one"), synthetic.model("two")
    synthetic.load(opened.state, first, second)
    assert list(submenus(opened)) == ["one (predicts)", "two"]
    assert not submenus(opened)["one (predicts)"]["Predict with this model"].isEnabled()
    submenus(opened)["two"]["Predict with this model"].trigger()
    assert opened.state.predicting_model() is second
    assert list(submenus(opened)) == ["two (predicts)", "one"]
    submenus(opened)["one"]["Model card…"].trigger()
    dialog = opened.findChild(ModelCardDialog)
    assert "one" in dialog.windowTitle()
    dialog.reject()
    opened.state.set_panes([PaneContent("evidence", "one"), PaneContent("gradcam", "two")])
    submenus(opened)["one"]["Close"].trigger()
    assert opened.state.models == [second]
    assert opened.state.panes == [PaneContent("evidence"), PaneContent("gradcam", "two")]
    assert list(submenus(opened)) == ["two (predicts)"]


def test_the_demo_says_that_it_shows_phantoms(window, qtbot):
    from softcam_core.demo import demo_cases

    window.controller.open_paths([demo_cases()[0].path])
    qtbot.waitUntil(lambda: window.state.case is not None, timeout=10_000)
    assert "phantoms" in window.statusBar().strip.text()


def test_the_shortcut_sheet_lists_and_rebinds(window, qtbot):
    from app.dialogs.shortcut_sheet import ShortcutSheet

    sheet = ShortcutSheet(window.actions_table, window)
    qtbot.addWidget(sheet)

    def shown() -> list[str]:
        tops = [sheet.tree.topLevelItem(n) for n in range(sheet.tree.topLevelItemCount())]
        items = [top.child(row) for top in tops for row in range(top.childCount())]
        return [item.text(0) for item in items if not item.isHidden()]

    assert {"Next unread case", "Zoom at the cursor"} <= set(shown())
    sheet.search.setText("unread")
    assert shown() == ["Next unread case", "Mark unread"]
    window.actions_table.rebind("fit", ("Ctrl+Shift+F",))
    assert window.actions_table["fit"].shortcut() == QKeySequence("Ctrl+Shift+F")


def test_an_unforeseen_error_is_told_and_logged_without_its_text(window, tmp_path):
    import sys

    from app import crash

    log = tmp_path / "logs" / "crash.log"
    before = sys.excepthook
    try:
        crash.install(log, window.tell)
        try:
            raise RuntimeError("patient Jane Doe")
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.excepthook = before
    assert "RuntimeError" in window.messages.text()
    written = log.read_text()
    assert "test_main_window.py" in written
    assert "Jane" not in written


def test_hiding_the_maps_lasts_as_long_as_the_key(opened, qtbot):
    opened.setFocus()
    QTest.keyPress(opened, Qt.Key.Key_H)
    assert opened.grid.panes[0].canvas.opacity == 0
    QTest.keyRelease(opened, Qt.Key.Key_H)
    assert opened.grid.panes[0].canvas.opacity == opened.state.overlay.opacity


def test_the_message_bar_keeps_the_last_sentences_and_closes(window):
    for number in range(5):
        window.tell(f"sentence {number}")
    assert window.messages.text() == "sentence 3\nsentence 4"
    window.messages.clear()
    assert not window.messages.isVisible()


def test_a_message_moves_nothing_and_hides_no_header(opened, qtbot):
    canvas = opened.grid.panes[0].canvas
    before = canvas.mapTo(opened, QPoint()), canvas.size()
    opened.tell("A file cannot be read; choose another one. " * 4)
    qtbot.wait(20)
    assert (canvas.mapTo(opened, QPoint()), canvas.size()) == before
    bar = opened.messages
    assert bar.isVisible()
    assert bar.mapTo(opened, QPoint()).y() >= before[0].y()
    assert bar.label.height() >= bar.label.heightForWidth(bar.label.width())


def test_a_message_passes_with_its_case_unless_work_is_unsaved(opened, qtbot, monkeypatch):
    opened.tell("of this case")
    opened.annotator.writer.failed.emit("not saved yet")
    assert opened.messages.text() == "of this case\nnot saved yet"
    monkeypatch.setattr("app.message_bar._FRESH_S", -1.0)
    opened.actions_table["next_case"].trigger()
    assert opened.messages.text() == "not saved yet"


def test_what_is_no_warning_passes_and_looks_different(window):
    window.state.succeeded.emit("done")
    assert window.messages.tone == "good"
    window.state.noted.emit("a hint")
    assert window.messages.tone == "note"
    window.tell("a warning")
    assert window.messages.tone == "warning"
    window.messages._passing.timeout.emit()
    assert window.messages.text() == "a warning"


def test_while_models_load_nothing_says_that_none_is_open(opened, monkeypatch):
    """The first three seconds of the demo are no reason to look for a file."""
    monkeypatch.setattr(opened.controller.models._jobs, "submit", lambda *a, **k: done.append(k))
    done = []
    opened.controller.open_model(Path("net.safetensors"))
    opened.grid._show_maps()
    badge = opened.grid.panes[0].badge
    places = (opened.docks.classes.hint, opened.docks.card.title, opened.statusBar().device, badge)
    assert [place.text() for place in places] == ["Loading models…"] * 4
    done[0]["on_failed"]("The file is damaged.")
    opened.grid._show_maps()
    assert "No model is open" in opened.docks.classes.hint.text()
    assert badge.text() == "no model is open"
    assert "Loading" not in opened.statusBar().device.text() + opened.docks.card.title.text()


def test_a_second_flag_takes_the_first_one_off(opened):
    flag = opened.actions_table["status_flagged"]
    for expected in ("flagged", "unread", "flagged"):
        flag.trigger()
        assert opened.state.case.status == expected
    opened.annotator.add(Shape("box", [[4, 4], [9, 9]]))
    flag.trigger()
    assert opened.state.case.status == "in progress"


def test_the_work_is_over_when_every_case_is_predicted_or_could_not_be(opened, monkeypatch):
    state, work = opened.state, opened.statusBar().work
    monkeypatch.setattr(state, "models", [synthetic.model("m")])
    monkeypatch.setattr(state, "models_for", lambda case: [synthetic.model("m")])
    ids = [case.id for case in state.cases]
    state.predictions.update(dict.fromkeys(ids[:4], Prediction("a", 0.5, "m")))
    state.not_predicted[ids[4]] = "It is damaged."
    state.predictions_changed.emit([])
    assert work.text() == "predicting 5 / 6"
    state.not_predicted[ids[5]] = "It is damaged."
    state.predictions_changed.emit([])
    assert work.text() == ""


def test_a_case_that_no_model_suits_waits_for_nothing(opened):
    opened.state.predictions_changed.emit([])
    assert opened.statusBar().work.text() == ""


def test_a_copy_of_the_study_file_made_after_a_rest_holds_the_marks(opened, qtbot, tmp_path):
    import shutil

    from softcam_core.annotations.shapes import Shape

    opened.annotator.add(Shape("box", [[1, 1], [9, 9]]))
    source = opened.state.study.path

    def complete():
        shutil.copy(source, tmp_path / "copy.softcam")
        with Study.open(tmp_path / "copy.softcam") as copy:
            return len(copy.annotations()) == 1

    qtbot.wait(2300)
    assert complete()


def test_enter_takes_the_first_case_found_and_escape_gives_the_search_up(opened, qtbot):
    search = opened.worklist.search
    search.setFocus()
    QTest.keyClicks(search, "eye4")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert opened.state.case.name == "eye4.png"
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert opened.worklist.filter.rowCount() == 6


def test_the_next_unread_case_may_lie_before(opened):
    for number in (3, 4, 5):
        opened.controller.set_status("done", opened.state.cases[number].id)
    opened.controller.select_case(opened.state.cases[5].id)
    assert opened.worklist.neighbour(1, "unread") == opened.state.cases[0].id
    for number in (0, 1, 2):
        opened.controller.set_status("done", opened.state.cases[number].id)
    assert opened.worklist.neighbour(1, "unread") is None


def test_a_start_without_the_last_study_says_so(window):
    from app.__main__ import parser
    from app.command_line import open_what_was_asked

    window.settings.set("last/started", True)
    window.settings.set("last/study", "/gone/last.softcam")
    open_what_was_asked(window, parser().parse_args([]))
    assert "/gone/last.softcam is no longer there" in window.messages.text()


@pytest.mark.parametrize("asked", ["folder", "study", "study by name"])
def test_a_start_with_the_same_images_goes_on_with_the_last_case(make_window, folder, qtbot, asked):
    from app.__main__ import parser
    from app.command_line import open_what_was_asked

    first = make_window()
    first.open_paths([folder])
    qtbot.waitUntil(lambda: len(first.state.cases) == 6 and first.state.painted, timeout=10_000)
    study = str(first.state.study.path)
    first.controller.select_case(first.state.cases[3].id)
    settle(qtbot, first)
    first.close()
    words = {"folder": [str(folder)], "study": [study], "study by name": ["--study", study]}
    second = make_window()
    open_what_was_asked(second, parser().parse_args(words[asked]))
    qtbot.waitUntil(lambda: second.state.case is not None and second.state.painted, timeout=10_000)
    assert second.state.case.name == "eye3.png"
    assert second.controller.return_to is None


def test_other_images_begin_with_their_first(make_window, folder, tmp_path, qtbot):
    from app.__main__ import parser
    from app.command_line import open_what_was_asked

    first = make_window()
    first.open_paths([folder])
    qtbot.waitUntil(lambda: len(first.state.cases) == 6 and first.state.painted, timeout=10_000)
    first.controller.select_case(first.state.cases[3].id)
    settle(qtbot, first)
    first.close()
    second = make_window()
    other = [str(folder / "eye1.png"), str(folder / "eye2.png")]
    open_what_was_asked(second, parser().parse_args(other))
    qtbot.waitUntil(lambda: second.state.case is not None and second.state.painted, timeout=10_000)
    assert second.state.case.name == "eye1.png"
