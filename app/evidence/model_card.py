"""The model dock: what the predicting model is, in brief, and its whole card in a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.evidence.card_words import spoken
from app.evidence.model_trained import trained_section
from app.language import core_word, in_phrases
from app.state import MANY, LoadedModel, ViewerState
from app.texts import hidden_notice, loading_text
from softcam_core.models.card import (
    HEADS,
    NOT_STATED,
    Section,
    card_sections,
    card_text,
    conversion_word,
    metric_lines,
    penalty,
    size_words,
)
from softcam_core.models.spec import ModelSpec

CLASSES_SHOWN = 10


class ModelCardPanel(QWidget):
    """The predicting model in a few lines, and a button for the rest."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe ``state``."""
        super().__init__(parent)
        self._state = state
        self.title = QLabel()
        self.title.setObjectName("modelTitle")
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.facts = QLabel()
        self.facts.setObjectName("modelFacts")
        self.facts.setProperty("role", "secondary")
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.conversion = QLabel()
        self.conversion.setObjectName("modelConversion")
        self.conversion.setWordWrap(True)
        self.others = QLabel()
        self.others.setObjectName("otherModels")
        self.others.setProperty("role", "secondary")
        self.others.setWordWrap(True)
        self.button = QPushButton(self.tr("Card…"))
        self.button.setToolTip(self.tr("Everything that the model's file says of itself"))
        self.button.setObjectName("modelCardButton")
        self.button.clicked.connect(lambda: self.show_dialog())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        for widget in (self.conversion, self.facts, self.others):
            column.addWidget(widget)
        column.addStretch(1)
        for signal in (state.models_changed, state.loading_changed, state.case_changed):
            signal.connect(self._show)
        self._show()

    def show_dialog(self, model: LoadedModel | None = None) -> None:
        """Show all that a model's file (by default the predicting one's) says of itself."""
        model = model or self._state.predicting_model()
        if model is not None:
            dialog = ModelCardDialog(
                model,
                self.window(),
                self._state.models,
                lambda shown: trained_section(self._state, shown),
            )
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _show(self) -> None:
        model = self._state.predicting_model()
        self.button.setVisible(model is not None)
        self.facts.setVisible(model is not None)
        show_conversion(self.conversion, model.spec if model else None)
        if self._state.model_hidden():
            self.title.setText(self.tr("The model is hidden"))
            self.others.setText(hidden_notice())
            return
        if model is None and self._state.models_loading:
            self.title.setText(loading_text())
            self.others.setText("")
            return
        if model is None:
            self.title.setText(self.tr("No model is open"))
            self.others.setText(
                self.tr("Choose Models > Open model. Everything else works without one.")
            )
            return
        self.title.setText(model.spec.title)
        self.facts.setText("\n".join(summary(model)))
        rest = [m.spec.title for m in self._state.models if m is not model]
        self.others.setText(self.tr("Beside it: {0}").format(", ".join(rest)) if rest else "")


class ModelCardDialog(QDialog):
    """The whole card under headings: to scroll, to mark and to copy."""

    def __init__(
        self,
        model: LoadedModel,
        parent: QWidget | None = None,
        models: Sequence[LoadedModel] = (),
        of_study: Callable[[LoadedModel], Section | None] = lambda _model: None,
    ) -> None:
        """Show the card of ``model``; with several ``models`` the reader can choose another.

        ``of_study`` returns what the open study says of a model.
        """
        super().__init__(parent)
        self._of_study = of_study
        self.setObjectName("modelCardDialog")
        self._models = list(models) or [model]
        self._sections: list[Section] = []
        self.chooser = QComboBox()
        self.chooser.setObjectName("cardChooser")
        self.chooser.setAccessibleName(self.tr("Model whose card is shown"))
        self.chooser.addItems([m.spec.title for m in self._models])
        self.chooser.setVisible(len(self._models) > 1)
        self.title = QLabel()
        self.title.setObjectName("modelCardTitle")
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.title.setVisible(len(self._models) == 1)
        self.warning = QLabel()
        self.warning.setObjectName("modelCardConversion")
        self.warning.setWordWrap(True)
        self.text = QTextBrowser()
        self.text.setObjectName("modelCardText")
        self.text.setAccessibleName(self.tr("Model card"))
        self.text.setOpenLinks(False)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(self.tr("Copy all"))
        copy.setObjectName("copyCard")
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copy)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        for widget in (self.chooser, self.title, self.warning):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.resize(680, 640)
        self.chooser.setCurrentIndex([m.id for m in self._models].index(model.id))
        self.chooser.currentIndexChanged.connect(lambda n: self._show(self._models[n]))
        self._show(model)
        self.text.setFocus()

    def _show(self, model: LoadedModel) -> None:
        self.setWindowTitle(self.tr("Model card – {0}").format(model.spec.title))
        self._sections = card_sections(
            model.spec, identity=model.id, file=str(model.path), device=model.device
        )
        told = self._of_study(model)
        if told is not None:
            self._sections.insert(1, told)
        self.title.setText(model.spec.title)
        show_conversion(self.warning, model.spec)
        secondary = self.palette().placeholderText().color().name()
        self.text.setHtml(card_html(spoken(_shortened(self._sections, model.spec)), secondary))

    def copy(self) -> None:
        """Put the whole card on the clipboard as plain text."""
        QGuiApplication.clipboard().setText(card_text(spoken(self._sections)))


def card_html(sections: list[Section], secondary: str) -> str:
    """Return the card as rich text: headings, and below them two columns that wrap.

    Args:
        sections: of the card.
        secondary: colour of the labels, and of what nobody stated.
    """
    parts = []
    for section in sections:
        rows = "".join(
            f'<tr><td width="32%" style="color:{secondary}; padding:3px 14px 3px 0">'
            f"{escape(label)}</td>"
            f'<td style="padding:3px 0{_colour(text, secondary)}">{escape(text)}</td></tr>'
            for label, text in section.lines
        )
        parts.append(
            f'<h3 style="margin-top:14px; margin-bottom:2px">{escape(section.title)}</h3>'
            f'<table width="100%" cellspacing="0">{rows}</table>'
        )
    return "".join(parts)


def _shortened(sections: list[Section], spec: ModelSpec) -> list[Section]:
    """Return the sections with the first of many classes; copied, the card names them all."""
    names = ", ".join(spec.classes)
    if len(spec.classes) <= MANY:
        return sections
    first = QCoreApplication.translate("ModelCardDialog", "{0} and {1} more").format(
        ", ".join(spec.classes[:CLASSES_SHOWN]), len(spec.classes) - CLASSES_SHOWN
    )
    return [
        Section(
            section.title,
            tuple((label, first if text == names else text) for label, text in section.lines),
        )
        for section in sections
    ]


def show_conversion(label: QLabel, spec: ModelSpec | None) -> None:
    """Say in ``label`` that a conversion is approximate; hide it where there is none."""
    word = conversion_word(spec) if spec is not None else ""
    label.setVisible(bool(word))
    label.setProperty("role", "warning" if word == "approximate" else "secondary")
    label.style().polish(label)
    if word == "approximate":
        label.setText(
            label.tr("Approximate conversion: its logits may differ from the original's.")
        )
    else:
        label.setText(label.tr("Exact conversion of another classifier."))


def summary(model: LoadedModel) -> list[str]:
    """Return the few lines of the dock."""
    spec = model.spec
    lines = [
        " · ".join(filter(None, [f"{core_word(HEADS[spec.head])} {spec.arch}", size_words(spec)]))
    ]
    if shown := penalty(spec):
        lines[0] += f" · {shown}"
    if spec.card.get("data"):
        lines.append(spec.card["data"])
    lines += [f"{in_phrases(name)}: {value}" for name, value in metric_lines(spec)[:3]]
    if spec.card.get("limits"):
        lines.append(spec.card["limits"])
    return lines


def _colour(text: str, secondary: str) -> str:
    return f"; color:{secondary}" if text == core_word(NOT_STATED) else ""
