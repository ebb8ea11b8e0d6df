import numpy as np
import pytest

from app.annotate.panels.labels import FIRST_LABEL, LabelPalette
from app.canvas.marks import FALLBACK_COLOUR
from softcam_core.annotations.labels import presets
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import LabelRecord
from softcam_core.errors import StudyError
from softcam_core.imaging.stored import StoredImage


@pytest.fixture
def palette(qtbot, open_state):
    palette = LabelPalette(open_state)
    qtbot.addWidget(palette)
    return palette


def names(palette):
    return [label.name for label in palette.labels()]


def pressed(palette):
    return [b.property("label") for b in palette._group.buttons() if b.isChecked()]


def test_a_study_without_labels_gets_the_set_of_its_modality(qtbot, open_state, study):
    from dataclasses import replace

    open_state.case = replace(open_state.case, modality="fundus")
    palette = LabelPalette(open_state)
    qtbot.addWidget(palette)
    assert names(palette) == [label.name for label in presets()["fundus"].labels]
    assert open_state.label == "MA"
    assert pressed(palette) == ["MA"]


def test_a_study_of_unknown_modality_gets_one_label(palette, open_state):
    assert names(palette) == [FIRST_LABEL]
    assert open_state.label == FIRST_LABEL


def fundus_photograph() -> StoredImage:
    """A bright disc on black, as large as a camera leaves it."""
    pixels = np.zeros((600, 720, 3), np.uint8)
    rows, columns = np.mgrid[:600, :720]
    pixels[(rows - 300) ** 2 + (columns - 360) ** 2 < 280**2] = (170, 90, 50)
    return StoredImage(pixels, (0, 255), None, None, "JPEG")


def test_a_fundus_photograph_brings_its_labels_while_nothing_is_drawn(palette, open_state):
    open_state.image = fundus_photograph()
    open_state.image_changed.emit()
    assert names(palette) == [label.name for label in presets()["fundus"].labels]


def test_a_study_that_opens_after_its_image_gets_the_fundus_labels(qtbot, open_state):
    open_state.image = fundus_photograph()
    palette = LabelPalette(open_state)
    qtbot.addWidget(palette)
    assert names(palette) == [label.name for label in presets()["fundus"].labels]


def test_drawn_shapes_keep_the_labels_of_their_study(palette, open_state, study):
    case = open_state.case.id
    study.add_annotation(case, "point", [[1, 1]], label=FIRST_LABEL, reader="reader-1")
    open_state.image = fundus_photograph()
    open_state.image_changed.emit()
    assert names(palette) == [FIRST_LABEL]


def test_a_full_disk_is_told_in_a_sentence(palette, open_state, study, monkeypatch):
    def full(labels):
        raise StudyError("The disk is full; make room.")

    told = []
    open_state.message.connect(told.append)
    monkeypatch.setattr(study, "set_labels", full)
    palette.add_label("HE")
    assert told == ["The disk is full; make room."]


def test_a_label_is_added_with_a_free_colour_and_key_and_chosen(palette, open_state, study):
    palette.add_label("HE")
    first, added = study.labels()
    assert added.name == open_state.label == "HE"
    assert added.key == "2"
    assert added.color not in (first.color, FALLBACK_COLOUR)
    assert pressed(palette) == ["HE"]
    palette.add_label("HE")
    assert len(study.labels()) == 2


def test_a_key_chooses_its_label(palette, open_state):
    palette.add_label("HE")
    assert palette.choose(1)
    assert open_state.label == FIRST_LABEL
    assert not palette.choose(7)
    assert open_state.label == FIRST_LABEL


def test_a_button_chooses_its_label(qtbot, palette, open_state):
    palette.add_label("HE")
    palette._group.buttons()[0].click()
    assert open_state.label == FIRST_LABEL


def test_a_new_colour_reaches_the_shapes_on_screen(palette, hand, annotator):
    palette.add_label("HE")
    annotator.add(Shape("box", [[10, 10], [30, 30]]))
    palette.set_colour("HE", "#123456")
    assert hand.pane.canvas.marks.marks[0].colour == "#123456"
    assert palette.labels()[1].color == "#123456"


def test_a_set_takes_the_place_of_labels_that_no_shape_uses(palette, annotator, study):
    palette.add_label("scar")
    palette.add_label("unused")
    palette.choose(2)
    annotator.add(Shape("point", [[5, 5]]))
    palette.load_set("oct")
    expected = [label.name for label in presets()["oct"].labels]
    assert names(palette) == [*expected, "scar"]
    keys = [label.key for label in study.labels() if label.key]
    assert len(set(keys)) == len(keys)


def test_a_removed_label_stays_on_its_shapes(palette, annotator, study, open_state):
    palette.add_label("HE")
    annotator.add(Shape("point", [[5, 5]]))
    palette.remove_label("HE")
    assert names(palette) == [FIRST_LABEL]
    assert open_state.label == FIRST_LABEL
    assert study.annotations()[0].label == "HE"


def test_the_menu_offers_every_set(qtbot, palette):
    menu = palette.menu()
    texts = [action.text() for action in menu.actions()]
    for preset in presets().values():
        assert any(preset.name in text for text in texts)
    menu.deleteLater()


def test_every_button_has_a_name(palette):
    for button in [*palette._group.buttons(), palette.more]:
        assert button.objectName()
        assert button.accessibleName()
        assert button.toolTip()


def test_a_set_brings_its_grades_unless_the_study_has_some(palette, study):
    palette.load_set("fundus")
    assert study.grade_names()[0] == "No DR"
    palette.load_set("oct")
    assert study.grade_names()[0] == "No DR"


@pytest.fixture
def mixed(open_state, study):
    """A fundus photograph and a chest film in one study, and a way to go to either."""
    from dataclasses import replace

    fundus, film = open_state.cases
    open_state.cases = [replace(fundus, modality="fundus"), replace(film, modality="cxr")]

    def show(number):
        open_state.case = open_state.cases[number]
        open_state.case_changed.emit()

    show(0)
    open_state.show = show
    return open_state


@pytest.fixture
def palette_of_both(qtbot, mixed):
    palette = LabelPalette(mixed)
    qtbot.addWidget(palette)
    return palette


def buttons(palette):
    return [b.property("label") for b in palette._group.buttons()]


def test_labels_follow_the_modality_of_the_case(mixed, palette_of_both, study):
    palette_of_both.choose(2)
    assert mixed.label == "HE"
    old = palette_of_both._group.buttons()
    mixed.show(1)
    assert all(button.isHidden() for button in old)
    assert buttons(palette_of_both) == [label.name for label in presets()["cxr"].labels]
    assert mixed.label == "opacity"
    assert palette_of_both.choose(4)
    assert mixed.label == "effusion"
    mixed.show(0)
    assert buttons(palette_of_both) == [label.name for label in presets()["fundus"].labels]
    assert mixed.label == "HE"
    mixed.show(1)
    assert mixed.label == "effusion"


def test_a_readers_own_labels_suit_every_modality(mixed, palette_of_both, study):
    palette_of_both.add_label("scar")
    mixed.show(1)
    films = [label.name for label in presets()["cxr"].labels]
    assert buttons(palette_of_both) == ["scar", *films]
    assert mixed.label == "scar"


def test_a_study_of_own_labels_gets_no_set(qtbot, mixed, study):
    study.set_labels([LabelRecord("scar", "#123456", "1")])
    palette = LabelPalette(mixed)
    qtbot.addWidget(palette)
    mixed.show(1)
    assert names(palette) == buttons(palette) == ["scar"]


def test_a_set_that_a_reader_chose_for_a_film_stays(mixed, palette_of_both, study):
    mixed.show(1)
    palette_of_both.load_set("fundus")
    mixed.show(0)
    mixed.show(1)
    assert names(palette_of_both) == [label.name for label in presets()["fundus"].labels]
    assert mixed.label == "MA"


def test_a_removed_set_does_not_come_back(mixed, palette_of_both, study):
    mixed.show(1)
    for label in presets()["cxr"].labels:
        palette_of_both.remove_label(label.name)
    mixed.show(0)
    mixed.show(1)
    assert "opacity" not in names(palette_of_both)


def test_a_label_of_another_set_can_be_asked_for(mixed, palette_of_both):
    mixed.show(1)
    palette_of_both.add_label("HE")
    assert mixed.label == "HE"
    assert buttons(palette_of_both)[0] == "HE"


def test_a_choice_made_elsewhere_suits_the_case(mixed, palette_of_both):
    mixed.show(1)
    mixed.set_label("MA")
    assert mixed.label == "opacity"
    assert pressed(palette_of_both) == ["opacity"]


def test_another_reader_begins_with_the_first_label(mixed, palette_of_both):
    palette_of_both.choose(3)
    mixed.show(1)
    mixed.set_reader("somebody else")
    mixed.show(0)
    assert mixed.label == "MA"


def test_a_set_for_a_film_leaves_the_grades_of_other_modalities(mixed, palette_of_both, study):
    mixed.show(1)
    palette_of_both.load_set("cxr")
    assert study.grade_names() == []
