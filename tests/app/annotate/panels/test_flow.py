"""Rows of widgets that break as words do, and then keep still."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.annotate.panels.flow import FlowLayout


class Requests(QObject):
    """Counts how often a widget is asked to lay itself out."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_narrow_layout_breaks_into_rows_and_settles(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    flow = FlowLayout()
    column.addLayout(flow)
    labels = [QLabel("label " * 3) for _ in range(6)]
    for label in labels:
        flow.addWidget(label)
    widget.resize(2000, 100)
    widget.show()
    qtbot.wait(50)
    assert len({label.y() for label in labels}) == 1
    requests = Requests()
    widget.installEventFilter(requests)
    widget.resize(260, 300)
    qtbot.wait(200)
    assert len({label.y() for label in labels}) > 1
    assert flow.minimumSize().height() >= labels[-1].geometry().bottom() - labels[0].y()
    assert requests.count <= 4
