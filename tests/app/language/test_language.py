"""The language that the window speaks, and the core's sentences in it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialogButtonBox, QDoubleSpinBox, QWidget

from app import language
from app.annotate.step_words import step_name
from app.settings import Settings
from softcam_core.annotations.words import step_in_words


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


class TestChoice:
    def test_follows_the_system_until_something_is_chosen(self, settings, monkeypatch):
        for first, expected in (("de-AT", "de"), ("fr-FR", "en"), ("en-GB", "en")):
            system = QLocale(first)
            monkeypatch.setattr(QLocale, "system", staticmethod(lambda s=system: s))
            assert language.language_of(settings) == expected

    def test_what_was_chosen_is_stronger_than_the_system(self, settings, monkeypatch):
        monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale("de-DE")))
        settings.set(language.SETTING, "en")
        assert language.language_of(settings) == "en"

    def test_the_variable_is_strongest_and_nonsense_is_passed_over(self, settings, monkeypatch):
        settings.set(language.SETTING, "klingon")
        assert language.chosen(settings) == "system"
        monkeypatch.setenv(language.VARIABLE, "de")
        assert language.language_of(settings) == "de"
        assert language.language_of(None) == "de"
        monkeypatch.setenv(language.VARIABLE, "klingon")
        assert language.language_of(None) == "en"


class TestTexts:
    def test_qts_own_buttons_are_german_too(self, german, qtbot):
        box = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Discard
        )
        qtbot.addWidget(box)
        assert {button.text().replace("&", "") for button in box.buttons()} == {
            "Abbrechen",
            "Verwerfen",
        }

    def test_a_subclass_finds_the_texts_of_its_base(self, german, qtbot):
        base = type("OverlayControls", (QWidget,), {})
        widget = type("Derived", (base,), {})()
        qtbot.addWidget(widget)
        assert widget.tr("Smooth") == "Glatt"

    def test_numbers_keep_their_point(self, german, qtbot):
        box = QDoubleSpinBox()
        qtbot.addWidget(box)
        box.setValue(0.5)
        assert box.text() == "0.50"

    def test_it_takes_less_than_ten_milliseconds(self, qapp):
        def spent() -> float:
            start = time.process_time()
            language.install(qapp, "de")
            return time.process_time() - start

        try:
            assert min(spent() for _ in range(5)) < 0.010
        finally:
            language.install(qapp, "en")


class TestSentences:
    def test_what_varies_stays_and_the_rest_is_translated(self, german):
        text = language.in_language("The model /data/a model.pt does not exist; check the path.")
        assert text == "Das Modell /data/a model.pt gibt es nicht; prüfen Sie den Pfad."

    def test_a_sentence_within_a_sentence_is_translated(self, german):
        text = language.in_language(
            "No model can be explained by cam: The method 'evidence' needs a SoftCAM model, and "
            "this one is a black box; choose gradcam, or convert the model first."
        )
        assert text.startswith("Kein Modell lässt sich mit cam erklären: Die Methode „evidence“")

    def test_a_reason_by_construction_is_translated(self, german):
        text = language.in_language(
            "Identical by construction: CAM is this model's evidence without the bias."
        )
        assert text == (
            "Konstruktionsbedingt identisch: CAM ist die Evidenz dieses Modells ohne den Bias."
        )

    def test_braces_in_a_name_do_no_harm(self, german):
        text = language.in_language("/data/{0} is empty; copy or export it again.")
        assert text == "/data/{0} ist leer; kopieren oder exportieren Sie es noch einmal."

    @pytest.mark.parametrize("text", ["", " ", "Nobody ever said this.", "Das ist schon deutsch."])
    def test_what_nobody_knows_stays(self, german, text):
        assert language.in_language(text) == text

    def test_in_english_nothing_is_looked_up(self, qapp):
        language.install(qapp, "en")
        text = "The model /a does not exist; check the path."
        assert language.in_language(text) == text
        assert language.in_phrases("Accuracy, validation set") == "Accuracy, validation set"

    def test_set_phrases_are_translated_part_by_part(self, german):
        assert (
            language.in_phrases("448 × 448 px: the whole image, stretched to this size")
            == "448 × 448 px: das ganze Bild, auf diese Größe gestreckt"
        )
        assert (
            language.in_phrases("Kaggle DR, grades 0 to 4: sparse evidence (lasso), ResNet-50")
            == "Kaggle DR, Grade 0 bis 4: sparse Evidenz (Lasso), ResNet-50"
        )

    def test_a_first_look_is_quick(self, german):
        language._templates.cache_clear()
        start = time.process_time()
        language.in_language("/data/x.png is empty; copy or export it again.")
        assert time.process_time() - start < 0.030


class TestSteps:
    @pytest.mark.parametrize(
        ("english", "said"),
        [
            ("Add box MA", "Rechteck MA hinzufügen"),
            ("Delete mask", "Maske löschen"),
            ("Relabel point HE to EX", "Punkt HE umbenennen in EX"),
            ("Certainty of spline SE: probable", "Sicherheit von Kurve SE: wahrscheinlich"),
            ("Note on length", "Notiz zu Länge"),
            ("Grade Mild NPDR", "Grad Mild NPDR"),
            ("Clear grade", "Grad entfernen"),
            ("Import 12 marks", "Import 12 marks"),
        ],
    )
    def test_a_step_is_named_in_german_and_its_label_stays(self, german, english, said):
        assert step_name(english) == said

    def test_every_name_that_the_study_gives_is_known(self, german):
        box = {"kind": "box", "label": "MA", "points": [[1, 1], [2, 2]], "angle": 0.0, "mask": ""}
        plain = {**box, "attributes": {}}
        for changed in (
            {"points": [[3, 3], [4, 4]]},
            {"label": "HE"},
            {"attributes": {"locked": True}},
            {"attributes": {"hidden": True}},
            {"attributes": {"rank": 3}},
            {"attributes": {"note": "x"}},
            {"attributes": {"certainty": "probable"}},
        ):
            for name in (
                step_in_words("change", plain, {**plain, **changed}),
                step_in_words("change", {**plain, **changed}, plain),
            ):
                assert step_name(name) != name
