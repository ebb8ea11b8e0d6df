"""The watched images: their maps over the epochs, whatever state the files are in."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage

from app.training.live.map_files import MapsFolder
from app.training.live.maps import LABEL, PREDICTED, WatchedMaps
from softcam_core.annotations.claim import claim


@pytest.fixture
def run(put):
    return put("trained")


@pytest.fixture
def view(qtbot, run):
    made = WatchedMaps()
    qtbot.addWidget(made)
    made.resize(800, 560)
    made.show()
    made.show_run(run)
    qtbot.waitUntil(lambda: made.current() is not None)
    return made


def arrays(path):
    with np.load(path) as file:
        return dict(file)


def add_epoch(run, number, **changed):
    last = arrays(run / "maps" / "epoch-0003.npz")
    np.savez(run / "maps" / f"epoch-{number:04d}.npz", **{**last, **changed})


def look_again(view, qtbot):
    qtbot.waitUntil(lambda: not view._follower._busy)
    with qtbot.waitSignal(view._follower.found):
        view._follower.ask()


def test_a_run_is_read_with_its_images_and_epochs(run):
    seen = MapsFolder(run).look()
    images = seen.images
    stored = arrays(run / "maps" / "inputs.npz")
    assert (images.inputs == stored["inputs"]).all()
    assert images.classes == ("healthy", "lesion")
    assert [maps.epoch for maps in images.epochs] == [1, 2, 3]
    assert (images.skipped, seen.alive, seen.watches) == (0, False, True)
    assert images.limit == max(maps.limit for maps in images.epochs)
    shares = images.epochs[0].probabilities()
    assert shares.sum(axis=1) == pytest.approx(1)
    logits = images.epochs[0].logits
    np.testing.assert_allclose(np.diff(np.log(shares)), np.diff(logits), rtol=1e-5)


def test_a_file_is_read_once(run, monkeypatch):
    folder = MapsFolder(run)
    folder.look()
    monkeypatch.setattr(np, "load", lambda *_, **__: pytest.fail("read again"))
    assert len(folder.look().images.epochs) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path, found: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path, found: path.write_bytes(b""),
        lambda path, found: path.write_bytes(b"PK\x03\x04 not a zip"),
        lambda path, found: np.savez(path, **{**found, "evidence": found["evidence"][:, :1]}),
        lambda path, found: np.savez(path, **{**found, "logits": found["logits"] * np.nan}),
        lambda path, found: np.savez(path, **{**found, "evidence": found["evidence"] > 0}),
        lambda path, found: np.savez(path, logits=found["logits"]),
        lambda path, found: path.write_bytes(found["logits"].dumps()),
        lambda path, found: (
            np.save(path.with_suffix(".npy"), found["logits"]),
            path.with_suffix(".npy").replace(path),
        ),
        lambda path, found: np.savez(
            path, **{**found, "evidence": np.array([object()])}, allow_pickle=True
        ),
    ],
)
def test_damaged_maps_of_an_epoch_are_left_out(run, spoil):
    path = run / "maps" / "epoch-0002.npz"
    spoil(path, arrays(path))
    images = MapsFolder(run).look().images
    assert [maps.epoch for maps in images.epochs] == [1, 3]
    assert images.skipped == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"inputs": np.zeros((3, 8, 8), np.float32)},
        {"inputs": np.zeros((3, 8, 8, 4), np.uint8)},
        {"labels": np.array([0, 1, 2])},
        {"labels": np.array([0, -1, 1])},
        {"labels": np.array([0, 1])},
        {"classes": np.array([0, 1])},
    ],
)
def test_damaged_inputs_show_nothing(run, changed):
    path = run / "maps" / "inputs.npz"
    np.savez(path, **{**arrays(path), **changed})
    assert MapsFolder(run).look().images is None


def test_a_half_written_file_is_read_when_it_is_whole(run):
    path = run / "maps" / "epoch-0003.npz"
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    folder = MapsFolder(run)
    assert folder.look().images.skipped == 1
    path.write_bytes(whole)
    assert [maps.epoch for maps in folder.look().images.epochs] == [1, 2, 3]


def test_each_watched_image_has_a_row_that_says_what_came_of_it(view, run):
    maps = view.current()
    assert len(view.rows) == 3
    labels = arrays(run / "maps" / "inputs.npz")["labels"]
    for n, row in enumerate(view.rows):
        said = row.accessibleDescription()
        right = maps.logits[n].argmax() == labels[n]
        assert f"label: {('healthy', 'lesion')[labels[n]]}" in said
        assert (", right:" if right else ", wrong:") in said
        assert f"{maps.probabilities()[n, 1]:.1%}" in said


def test_the_map_is_the_models_own_cells_at_their_places(view):
    row, maps = view.rows[0], view.current()
    view.of_class.setCurrentIndex(view.of_class.findData(1))
    values = maps.evidence[0, 1]
    assert row._overlay.size().toTuple() == values.shape[::-1]
    place = row._place(1)
    assert row.value_at(place.topLeft() + QPointF(1, 1)) == pytest.approx(float(values[0, 0]))
    assert row.value_at(place.bottomRight() - QPointF(1, 1)) == pytest.approx(float(values[-1, -1]))
    assert row.value_at(row._place(0).center()) is None


def test_the_class_is_the_labels_the_predicted_or_one_of_all(view):
    images, maps = view._images, view.current()
    for chosen, expected in (
        (LABEL, images.labels),
        (PREDICTED, maps.logits.argmax(axis=1)),
        (0, [0, 0, 0]),
        (1, [1, 1, 1]),
    ):
        view.of_class.setCurrentIndex(view.of_class.findData(chosen))
        for n, row in enumerate(view.rows):
            assert (row._values == maps.evidence[n, expected[n]]).all()


def test_colours_are_between_the_same_limits_in_all_epochs_unless_asked(view):
    limits = {}
    for own in (False, True):
        view.own_limit.setChecked(own)
        for place in range(3):
            view.slider.setValue(place)
            limits[own, place] = view.legend.limit
    assert len({limits[False, place] for place in range(3)}) == 1
    assert [limits[True, place] for place in range(3)] == [m.limit for m in view._images.epochs]


def test_the_slider_follows_the_newest_epoch_until_it_is_moved(view, run, qtbot):
    assert view.epoch.text() == "Epoch 3, the newest"
    add_epoch(run, 4)
    look_again(view, qtbot)
    assert view.current().epoch == 4
    view.slider.setValue(1)
    assert view.epoch.text() == "Epoch 2 of 4"
    add_epoch(run, 5)
    look_again(view, qtbot)
    assert view.current().epoch == 2
    assert view.slider.maximum() == 4
    view.slider.setValue(4)
    add_epoch(run, 6)
    look_again(view, qtbot)
    assert view.current().epoch == 6


def test_the_view_looks_by_itself_only_while_the_run_lives_and_is_seen(view, run, qtbot):
    assert not view.is_following
    held = claim(run / "status.json")
    look_again(view, qtbot)
    assert view.is_following
    add_epoch(run, 4)
    qtbot.waitUntil(lambda: view.current().epoch == 4, timeout=5000)
    view.hide()
    add_epoch(run, 5)
    with qtbot.assertNotEmitted(view._follower.found, wait=1300):
        pass
    view.show()
    qtbot.waitUntil(lambda: view.current().epoch == 5, timeout=5000)
    held.release()
    qtbot.waitUntil(lambda: not view.is_following, timeout=5000)


def test_the_same_run_again_keeps_epoch_and_class(view, run, qtbot):
    view.slider.setValue(0)
    view.of_class.setCurrentIndex(3)
    with qtbot.waitSignal(view._follower.found):
        view.show_run(run)
    assert (view.current().epoch, view.of_class.currentIndex()) == (1, 3)


def test_there_is_a_sentence_where_there_are_no_maps(view, run, put, qtbot):
    view.show_run(None)
    assert view.empty.text().startswith("Choose a run")
    assert view.pages.currentWidget() is view.empty
    with qtbot.waitSignal(view._follower.found):
        view.show_run(put("dense"))
    assert view.empty.text() == "This run finished no epoch whose maps can be read."
    unwatched = put("ridge")
    text = (unwatched / "config.toml").read_text().replace("watch = 3", "watch = 0")
    (unwatched / "config.toml").write_text(text)
    with qtbot.waitSignal(view._follower.found):
        view.show_run(unwatched)
    assert view.empty.text() == "This run watches no images."
    alive = put("blackbox")
    held = claim(alive / "status.json")
    with qtbot.waitSignal(view._follower.found):
        view.show_run(alive)
    assert view.empty.text() == "The maps come when the first epoch is finished."
    held.release()


def test_a_black_box_shows_what_stands_for_its_evidence(view, run, qtbot):
    add_epoch(run, 4, method=np.array("gradcam"))
    look_again(view, qtbot)
    assert "black box has no evidence" in view.note.text()
    assert view.legend.accessibleDescription().endswith("a.u.")
    assert view.legend.accessibleDescription().startswith("0 to")
    (run / "maps" / "epoch-0002.npz").write_bytes(b"")
    look_again(view, qtbot)
    assert "The maps of one epoch cannot be read." in view.note.text()


def test_of_many_classes_the_most_probable_and_the_labels_are_written(view):
    row, maps = view.rows[0], view.current()
    shares = np.array([0.01, 0.4, 0.02, 0.3, 0.03, 0.1, 0.1, 0.04], np.float32)
    many = replace(
        maps,
        evidence=np.repeat(maps.evidence[:, :1], 8, axis=1),
        logits=np.tile(np.log(shares), (len(maps.logits), 1)),
    )
    images = replace(
        view._images,
        classes=tuple("abcdefgh"),
        labels=np.zeros_like(view._images.labels),
        epochs=(many,),
    )
    # All of it at once: the row is on screen, and may be painted between any two lines.
    row.show_maps(images, many, 0, 1.0)
    row.repaint()
    assert row.listed(3) == [0, 1, 3]
    assert row.listed(9) == list(range(8))
    assert row.listed(0) == [0]


def test_the_picture_shows_image_and_evidence_on_a_dark_ground(view):
    row = view.rows[0]
    row.show_maps(view._images, view.current(), 1, 1e-6)  # every cell at full strength
    seen = row.grab().toImage()
    ratio = seen.devicePixelRatio()

    def colour(place):
        at = place.center() * ratio
        return QImage.pixelColor(seen, int(at.x()), int(at.y()))

    assert colour(row._place(0)) != colour(row._place(1))


def test_everything_has_a_name(view):
    for widget in (view, view.of_class, view.slider, view.own_limit, *view.rows):
        assert widget.objectName()
        assert widget.accessibleName() or widget.text()
    assert view.slider.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_captions_say_which_image_and_of_what_class_the_evidence_is(view):
    view.of_class.setCurrentIndex(view.of_class.findData(1))
    row = view.rows[1]
    assert row._captions == ("Validation 2 of 3", "Evidence: lesion")
    assert row.accessibleName() == "Validation 2 of 3"
    assert row._place(0).top() >= row.caption_height()


def test_a_map_that_is_nearly_empty_is_not_drawn_at_full_strength(view, run, qtbot):
    for path in (run / "maps").glob("epoch-*.npz"):
        path.unlink()
    np.savez(run / "maps" / "epoch-0001.npz", **faint(view))
    look_again(view, qtbot)
    assert view.legend.limit == 0.01
    assert "No evidence" in view.note.text()


def faint(view, **more):
    last = view._images.epochs[-1]
    return {"evidence": last.evidence * 0 + 1e-5, "logits": last.logits * 0, **more}


def test_where_all_logits_are_equal_a_black_box_explains_nothing(view, run, qtbot):
    np.savez(run / "maps" / "epoch-0004.npz", **faint(view, method=np.array("gradcam")))
    look_again(view, qtbot)
    assert view.legend.limit is None
    assert "No evidence" in view.note.text()
    shown = view.rows[0]._overlay
    assert shown.pixelColor(0, 0).alpha() == 0


def test_accuracy_no_better_than_the_largest_class_is_called_chance(view, run, qtbot):
    seen = MapsFolder(run).look()
    assert seen.largest == pytest.approx(0.5, abs=0.2)
    assert set(seen.accuracy) == {1, 2, 3}
    lines = (run / "metrics.csv").read_text().splitlines()
    place = lines[0].split(",").index("val_accuracy")

    def with_accuracy(value):
        rows = [line.split(",") for line in lines[1:]]
        for row in rows:
            row[place] = value
        text = "\n".join([lines[0], *map(",".join, rows)])
        (run / "metrics.csv").write_text(text + "\n")

    with_accuracy(f"{seen.largest:.8g}")
    look_again(view, qtbot)
    assert "No better than chance on the validation set" in view.note.text()
    with_accuracy("0.99")
    look_again(view, qtbot)
    assert "chance" not in view.note.text()
    (run / "split.csv").unlink()
    look_again(view, qtbot)
    assert "chance" not in view.note.text()
