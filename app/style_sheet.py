"""The program's style sheet, of one theme's colours and one size of text."""

from __future__ import annotations

from app.colours import LIGHT, Colours
from softcam_core.resources import resource_path

TEXT = 13
"""Height of the text in screen pixels at 100 %."""


def picture(name: str, c: Colours) -> str:
    """Return the path of a small picture in a theme's colours, as a style sheet writes it."""
    theme = "light" if c is LIGHT else "dark"
    return resource_path("icons", f"{name}-{theme}.svg").as_posix()


def style_sheet(c: Colours, scale: float = 1.0) -> str:
    """Return the program's style sheet; widgets opt in by class property or object name.

    Args:
        c: the theme's colours.
        scale: of the text and of what stands in its lines; room between things stays.
    """

    def p(pixels: int) -> str:
        return f"{max(round(pixels * scale), 1)}px"

    return f"""
    QWidget {{ font-size: {p(TEXT)}; }}
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
    QToolBar::separator {{ background: {c.line}; width: 1px; margin: 6px 4px; }}
    QToolBar QToolButton {{ background: transparent; border: 1px solid transparent;
        border-radius: 6px; padding: 5px 5px; color: {c.text}; }}
    QToolBar QToolButton[popupMode="1"] {{ padding-right: {p(18)}; }}
    QToolBar QToolButton::menu-button {{ border: none; width: {p(16)}; }}
    QToolBar QToolButton:hover {{ background: {c.raised}; }}
    QToolBar QToolButton:checked {{ background: {c.raised}; border-color: {c.accent}; }}
    QToolBar QToolButton:disabled {{ color: {c.edge}; }}
    QToolBar QToolButton:focus {{ border-color: {c.accent}; }}
    QToolBar QToolButton#qt_toolbar_ext_button {{ image: url('{picture("more", c)}');
        qproperty-iconSize: 0px; min-width: 16px; padding: 0; border-color: {c.line};
        border-radius: 4px; background: {c.raised}; }}
    QToolBar QToolButton#qt_toolbar_ext_button:hover {{ border-color: {c.secondary}; }}

    QDockWidget {{ color: {c.text}; font-weight: 600; }}
    QDockWidget::title {{ background: {c.panel}; border: 1px solid {c.line}; border-bottom: none;
        border-top-left-radius: 6px; border-top-right-radius: 6px;
        padding: 8px 10px 4px 12px; text-align: left; }}
    QDockWidget > QWidget#dockContent, QDockWidget > QScrollArea {{ background: {c.panel};
        border: 1px solid {c.line}; border-top: none;
        border-bottom-left-radius: 6px; border-bottom-right-radius: 6px; }}
    QLabel[secondary="true"], QLabel[role="secondary"] {{ color: {c.secondary}; }}
    QLabel[role="heading"] {{ color: {c.secondary}; font-weight: 600; padding: 6px 24px 2px 10px; }}
    QLabel[role="title"] {{ font-weight: 600; }}
    QLabel[role="good"] {{ color: {c.good}; }}
    QLabel[role="warning"] {{ color: {c.warning}; }}
    QLabel[chip="true"] {{ background: rgba(13, 14, 16, 200); color: #ffffff;
        border-radius: 4px; padding: 1px 5px; }}
    QLabel[role="badge"] {{ color: {c.accent}; font-size: {p(12)}; }}

    QLabel#researchStrip {{ background: {c.warning_panel}; color: {c.warning}; font-weight: 600;
        padding: 4px 12px; border-radius: 4px; }}
    QFrame#messageBar {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: 4px; }}
    QFrame#messageBar[tone="good"] QLabel {{ color: {c.good}; }}
    QFrame#crashBar {{ background: {c.warning_panel}; border: 1px solid {c.line};
        border-radius: 4px; }}
    QFrame#crashBar QLabel {{ color: {c.warning}; }}
    QFrame#messageBar[tone="warning"] {{ background: {c.warning_panel}; }}
    QFrame#messageBar[tone="warning"] QLabel {{ color: {c.warning}; }}
    QStatusBar {{ background: {c.background}; color: {c.secondary}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ color: {c.secondary}; padding: 0 8px; }}

    QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {{
        background: {c.background}; color: {c.text}; border: 1px solid {c.edge};
        border-radius: 5px; padding: 4px 8px; selection-background-color: {c.accent}; }}
    QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
    QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {c.accent}; }}
    QComboBox QLineEdit {{ background: transparent; border: none; padding: 0; min-height: 0; }}
    QComboBox::drop-down {{ border: none; width: {p(22)}; }}
    QComboBox::down-arrow {{ width: {p(12)}; height: {p(12)};
        image: url('{picture("arrow", c)}'); }}
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
    QDoubleSpinBox::down-button {{ subcontrol-origin: border; width: {p(20)}; border: none;
        background: transparent; margin: 1px; }}
    QSpinBox::up-button, QDoubleSpinBox::up-button {{ subcontrol-position: top right; }}
    QSpinBox::down-button, QDoubleSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::up-button:hover,
    QDoubleSpinBox::down-button:hover {{ background: {c.raised}; }}
    QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ width: {p(10)}; height: {p(10)};
        image: url('{picture("arrow-up", c)}'); }}
    QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ width: {p(10)}; height: {p(10)};
        image: url('{picture("arrow", c)}'); }}
    QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled,
    QLineEdit:disabled {{ color: {c.secondary}; }}
    QRadioButton::indicator {{ width: {p(14)}; height: {p(14)}; border: 1px solid {c.secondary};
        border-radius: {(round(14 * scale) + 2) // 2}px; background: {c.background}; }}
    QRadioButton::indicator:hover, QRadioButton::indicator:focus {{ border-color: {c.accent}; }}
    QRadioButton::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
        image: url('{picture("dot", c)}'); }}
    QCheckBox::indicator, QListView::indicator, QTreeView::indicator,
    QTableView::indicator {{ width: {p(14)}; height: {p(14)};
        border: 1px solid {c.secondary}; border-radius: 3px; background: {c.background}; }}
    QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {c.accent}; }}
    QCheckBox::indicator:checked, QListView::indicator:checked,
    QTreeView::indicator:checked, QTableView::indicator:checked {{ background: {c.accent};
        border-color: {c.accent}; image: url('{picture("check", c)}'); }}
    QTreeView::indicator:indeterminate {{ background: {c.accent};
        border-color: {c.accent}; image: url('{picture("dot", c)}'); }}
    QPushButton, QToolButton[boxed="true"] {{ background: {c.raised}; color: {c.text};
        border: 1px solid {c.edge}; border-radius: 5px; padding: 5px 12px; }}
    QToolButton[boxed="true"]::menu-indicator {{ image: none; width: 0; }}
    QPushButton:hover {{ border-color: {c.secondary}; }}
    QPushButton:focus {{ border-color: {c.accent}; }}
    QPushButton:default {{ background: {c.accent}; color: {c.on_accent};
        border-color: {c.accent}; }}
    QPushButton:default:disabled {{ background: {c.raised}; border-color: {c.line}; }}
    QPushButton:checked {{ border-color: {c.accent}; color: {c.accent}; }}
    QPushButton:disabled {{ color: {c.secondary}; }}

    QAbstractItemView {{ background: {c.panel}; border: none; outline: none;
        selection-background-color: {c.raised}; selection-color: {c.text}; }}
    QDialog QListWidget, QDialog QTreeWidget {{ border: 1px solid {c.line}; border-radius: 5px;
        padding: 3px; }}
    QDialog QListWidget:focus, QDialog QTreeWidget:focus {{ border-color: {c.accent}; }}
    QLabel[role="preview"] {{ background: {c.panel}; color: {c.secondary};
        border: 1px solid {c.line}; border-radius: 5px; }}
    QHeaderView::section {{ background: {c.panel}; color: {c.secondary}; border: none;
        border-bottom: 1px solid {c.line}; padding: 4px 6px; text-align: left; }}
    QHeaderView::up-arrow, QHeaderView::down-arrow {{ subcontrol-origin: border;
        subcontrol-position: top center; width: {p(10)}; height: {p(7)}; }}
    QHeaderView::up-arrow {{ image: url('{picture("arrow-up", c)}'); }}
    QHeaderView::down-arrow {{ image: url('{picture("arrow", c)}'); }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QScrollArea {{ background: transparent; border: none; }}
    #ledgerTable, #ledgerTable QHeaderView::section {{ font-size: {p(12)}; }}
    #ledgerTable, #ledgerWaterfall {{ background: transparent; border: none; }}
    #ledgerTable QHeaderView::section {{ padding: 2px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.edge}; border-radius: 4px; min-height: 28px;
        margin: 1px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {c.edge}; border-radius: 4px; min-width: 28px;
        margin: 1px; }}
    QScrollBar::handle:hover {{ background: {c.secondary}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSlider::groove:horizontal {{ background: {c.background}; border: 1px solid {c.edge};
        height: 4px; border-radius: 3px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 3px; }}
    QSlider::handle:horizontal {{ background: {c.accent}; width: 12px; height: 16px;
        margin: -7px 0; border-radius: 4px; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {c.text}; }}
    QProgressBar {{ background: {c.background}; border: 1px solid {c.line}; border-radius: 4px;
        text-align: center; color: {c.text}; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    """
