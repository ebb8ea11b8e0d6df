"""Dark and light: one table of colours, one style sheet. Evidence and marks have their own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from softcam_core.resources import resource_path


@dataclass(frozen=True)
class Colours:
    """The named colours of one theme."""

    background: str
    panel: str
    raised: str
    line: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    good: str
    warning: str
    warning_panel: str
    canvas: str


DARK = Colours(
    background="#181a1e",
    panel="#202328",
    raised="#2a2e34",
    line="#34383f",
    text="#e2e5e9",
    secondary="#8c939c",
    accent="#5b9dd9",
    on_accent="#0e1116",
    good="#7bc47f",
    warning="#f2c66d",
    warning_panel="#3a2c16",
    canvas="#0d0e10",
)
LIGHT = Colours(
    background="#eceef1",
    panel="#ffffff",
    raised="#e4e7eb",
    line="#cdd2d8",
    text="#1c2026",
    secondary="#59616b",
    accent="#2468a8",
    on_accent="#ffffff",
    good="#2f7a35",
    warning="#7a5200",
    warning_panel="#fdf1d6",
    canvas="#0d0e10",
)
THEMES = ("system", "dark", "light")


def colours(name: str) -> Colours:
    """Return the colours of ``dark``, ``light`` or ``system`` (dark where it does not say)."""
    if name == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        name = "light" if scheme == Qt.ColorScheme.Light else "dark"
    return LIGHT if name == "light" else DARK


def apply_theme(app: QApplication, name: str) -> Colours:
    """Give the whole program one theme; returns its colours, for icons."""
    c = colours(name)
    app.setStyle("Fusion")
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, value in (
        (roles.Window, c.background),
        (roles.Base, c.panel),
        (roles.AlternateBase, c.raised),
        (roles.Button, c.raised),
        (roles.WindowText, c.text),
        (roles.Text, c.text),
        (roles.ButtonText, c.text),
        (roles.ToolTipBase, c.raised),
        (roles.ToolTipText, c.text),
        (roles.PlaceholderText, c.secondary),
        (roles.Highlight, c.accent),
        (roles.HighlightedText, c.on_accent),
        (roles.Link, c.accent),
        (roles.Mid, c.line),
        (roles.Dark, c.line),
        (roles.Light, c.raised),
    ):
        palette.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.secondary))
    app.setPalette(palette)
    app.setStyleSheet(style_sheet(c))
    return c


def picture(name: str, c: Colours) -> str:
    """Return the path of a small picture in a theme's colours, as a style sheet writes it."""
    theme = "light" if c is LIGHT else "dark"
    return resource_path("icons", f"{name}-{theme}.svg").as_posix()


def style_sheet(c: Colours) -> str:
    """Return the program's style sheet; widgets opt in by class property or object name."""
    return f"""
    QWidget {{ font-size: 13px; }}
    QMainWindow, QDialog {{ background: {c.background}; }}
    QMainWindow::separator {{ background: {c.background}; width: 8px; height: 8px; }}
    QMainWindow::separator:hover {{ background: {c.line}; }}
    QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line};
        padding: 4px; }}

    QMenuBar {{ background: {c.background}; color: {c.secondary}; padding: 2px 8px; }}
    QMenuBar::item {{ background: transparent; padding: 5px 9px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {c.raised}; color: {c.text}; }}
    QMenu {{ background: {c.panel}; border: 1px solid {c.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 24px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QMenu::item:disabled {{ color: {c.secondary}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}

    QToolBar {{ background: {c.background}; border: none; border-bottom: 1px solid {c.line};
        spacing: 2px; padding: 4px 8px; }}
    QToolBar::separator {{ background: {c.line}; width: 1px; margin: 6px 6px; }}
    QToolBar QToolButton {{ background: transparent; border: 1px solid transparent;
        border-radius: 6px; padding: 5px 7px; color: {c.text}; }}
    QToolBar QToolButton:hover {{ background: {c.raised}; }}
    QToolBar QToolButton:checked {{ background: {c.raised}; border-color: {c.accent}; }}
    QToolBar QToolButton:disabled {{ color: {c.line}; }}
    QToolBar QToolButton#qt_toolbar_ext_button {{ image: url('{picture("more", c)}');
        qproperty-iconSize: 0px; min-width: 16px; padding: 0; border-color: {c.line};
        border-radius: 4px; background: {c.raised}; }}
    QToolBar QToolButton#qt_toolbar_ext_button:hover {{ border-color: {c.secondary}; }}

    QDockWidget {{ color: {c.text}; font-weight: 600; }}
    QDockWidget::title {{ background: {c.panel}; border: 1px solid {c.line}; border-bottom: none;
        border-top-left-radius: 6px; border-top-right-radius: 6px;
        padding: 8px 10px 4px 12px; text-align: left; }}
    QDockWidget > QWidget#dockContent {{ background: {c.panel}; border: 1px solid {c.line};
        border-top: none; border-bottom-left-radius: 6px; border-bottom-right-radius: 6px; }}
    QLabel[secondary="true"], QLabel[role="secondary"] {{ color: {c.secondary}; }}
    QLabel[role="heading"] {{ color: {c.secondary}; font-weight: 600; padding: 6px 24px 2px 10px; }}
    QLabel[role="title"] {{ font-weight: 600; }}
    QLabel[role="good"] {{ color: {c.good}; }}
    QLabel[role="warning"] {{ color: {c.warning}; }}
    QLabel[role="badge"] {{ color: {c.accent}; font-size: 12px; }}

    QLabel#researchStrip {{ background: {c.warning_panel}; color: {c.warning}; font-weight: 600;
        padding: 4px 12px; border-radius: 4px; }}
    QFrame#messageBar {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: 4px; }}
    QFrame#messageBar[tone="good"] QLabel {{ color: {c.good}; }}
    QFrame#messageBar[tone="warning"] {{ background: {c.warning_panel}; }}
    QFrame#messageBar[tone="warning"] QLabel {{ color: {c.warning}; }}
    QStatusBar {{ background: {c.background}; color: {c.secondary}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ color: {c.secondary}; padding: 0 8px; }}

    QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {{
        background: {c.background}; color: {c.text}; border: 1px solid {c.line};
        border-radius: 5px; padding: 4px 8px; selection-background-color: {c.accent}; }}
    QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border-color: {c.accent}; }}
    QComboBox QLineEdit {{ background: transparent; border: none; padding: 0; min-height: 0; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url('{picture("arrow", c)}'); width: 12px; height: 12px; }}
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
    QDoubleSpinBox::down-button {{ subcontrol-origin: border; width: 20px; border: none;
        background: transparent; margin: 1px; }}
    QSpinBox::up-button, QDoubleSpinBox::up-button {{ subcontrol-position: top right; }}
    QSpinBox::down-button, QDoubleSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::up-button:hover,
    QDoubleSpinBox::down-button:hover {{ background: {c.raised}; }}
    QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ width: 10px; height: 10px;
        image: url('{picture("arrow-up", c)}'); }}
    QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ width: 10px; height: 10px;
        image: url('{picture("arrow", c)}'); }}
    QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled,
    QLineEdit:disabled {{ color: {c.secondary}; }}
    QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {c.secondary};
        border-radius: 8px; background: {c.background}; }}
    QRadioButton::indicator:hover, QRadioButton::indicator:focus {{ border-color: {c.accent}; }}
    QRadioButton::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
        image: url('{picture("dot", c)}'); }}
    QCheckBox::indicator, QListView::indicator, QTreeView::indicator,
    QTableView::indicator {{ width: 14px; height: 14px;
        border: 1px solid {c.secondary}; border-radius: 3px; background: {c.background}; }}
    QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {c.accent}; }}
    QCheckBox::indicator:checked, QListView::indicator:checked,
    QTreeView::indicator:checked, QTableView::indicator:checked {{ background: {c.accent};
        border-color: {c.accent}; image: url('{picture("check", c)}'); }}
    QTreeView::indicator:indeterminate {{ background: {c.accent};
        border-color: {c.accent}; image: url('{picture("dot", c)}'); }}
    QPushButton, QToolButton[boxed="true"] {{ background: {c.raised}; color: {c.text};
        border: 1px solid {c.line}; border-radius: 5px; padding: 5px 12px; }}
    QPushButton:hover {{ border-color: {c.secondary}; }}
    QPushButton:focus {{ border-color: {c.accent}; }}
    QPushButton:default {{ background: {c.accent}; color: {c.on_accent};
        border-color: {c.accent}; }}
    QPushButton:default:disabled {{ background: {c.raised}; border-color: {c.line}; }}
    QPushButton:checked {{ border-color: {c.accent}; color: {c.accent}; }}
    QPushButton:disabled {{ color: {c.secondary}; }}

    QAbstractItemView {{ background: {c.panel}; border: none; outline: none;
        selection-background-color: {c.raised}; selection-color: {c.text}; }}
    QHeaderView::section {{ background: {c.panel}; color: {c.secondary}; border: none;
        border-bottom: 1px solid {c.line}; padding: 4px 6px; text-align: left; }}
    QHeaderView::up-arrow, QHeaderView::down-arrow {{ subcontrol-origin: border;
        subcontrol-position: top center; width: 10px; height: 7px; }}
    QHeaderView::up-arrow {{ image: url('{picture("arrow-up", c)}'); }}
    QHeaderView::down-arrow {{ image: url('{picture("arrow", c)}'); }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 4px; min-height: 28px;
        margin: 1px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 4px; min-width: 28px;
        margin: 1px; }}
    QScrollBar::handle:hover {{ background: {c.secondary}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSlider::groove:horizontal {{ background: {c.background}; border: 1px solid {c.line};
        height: 4px; border-radius: 3px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 3px; }}
    QSlider::handle:horizontal {{ background: {c.accent}; width: 12px; height: 16px;
        margin: -7px 0; border-radius: 4px; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {c.text}; }}
    QProgressBar {{ background: {c.background}; border: 1px solid {c.line}; border-radius: 4px;
        text-align: center; color: {c.text}; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    """
