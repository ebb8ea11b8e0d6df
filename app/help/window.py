"""The window of the help: pages on the left, the page in view on the right, a search above."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.help.pages import Page, pages
from app.texts import tr
from app.theme import fitting, scaled

SIZE = QSize(980, 680)
LIST_WIDTH = 280
ROOM = 32
"""Between a title and the edges of its list, px."""
MARGIN, INDENT = 24, 24
HEADING, PARAGRAPH, IN_LIST = 20, 10, 4
"""Pixels above a heading, below a paragraph, and below a line of a list or table."""
LINE = 120
"""Height of a line, in percent."""
PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a picture in the text of a block."""


def language() -> str:
    """Return the language of the help's pages; the catalogue of a language names it itself."""
    return tr("en")


class HelpBrowser(QTextBrowser):
    """Shows pages of Markdown; pictures are never wider than the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("helpBrowser")
        self.setAccessibleName(self.tr("Page of the help"))
        self.setOpenExternalLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes while a page is being laid out would change the width below it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(self._load_again)
        self.document().setDocumentMargin(MARGIN)
        self.document().setIndentWidth(INDENT)
        self.pictures_hidden: Callable[[], bool] = lambda: False
        # The signal comes before the page has its blocks.
        self.sourceChanged.connect(lambda: QTimer.singleShot(0, self, self._space_out))

    def _space_out(self) -> None:
        """Give paragraphs, lists and headings air: Markdown brings them without any."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()  # Laid out once, not after every block.
        block = self.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            form = block.blockFormat()
            form.setTopMargin(HEADING if form.headingLevel() > 1 else 0)
            close = block.textList() is not None or cursor.currentTable() is not None
            form.setBottomMargin(IN_LIST if close else PARAGRAPH)
            if PICTURE not in block.text():
                form.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(form)
            block = block.next()
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture at the width that there is; anything else as it comes."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        if self.pictures_hidden():
            # They show cases of the demo, with what a model says of them.
            blank = QImage(1, 1, QImage.Format.Format_ARGB32)
            blank.fill(Qt.GlobalColor.transparent)
            return blank
        image = QImage(self.source().resolved(QUrl(name)).toLocalFile())
        room = self.viewport().width() - 2 * MARGIN
        if image.isNull() or image.width() <= room or room < 1:
            return image
        ratio = self.devicePixelRatioF()
        small = image.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(ratio)
        return small

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to the new width, once nothing is being loaded."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and not self.source().isEmpty():
            self._fit.start()

    def _load_again(self) -> None:
        place = self.verticalScrollBar().value()
        self.reload()
        self._space_out()
        self.verticalScrollBar().setValue(place)


class HelpWindow(QDialog):
    """The help, beside the main window: it may stay open while one works."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """List the pages in the program's language."""
        super().__init__(parent)
        self.setObjectName("help")
        self.setWindowTitle(self.tr("Help"))
        self.setWindowFlag(Qt.WindowType.WindowMinMaxButtonsHint)
        self.resize(fitting(SIZE.width(), SIZE.height()))
        self._pages = pages(language())
        self.search = QLineEdit()
        self.search.setObjectName("helpSearch")
        self.search.setAccessibleName(self.tr("Search the help"))
        self.search.setPlaceholderText(self.tr("Search the help (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._find_next)
        self.list = QListWidget()
        self.list.setObjectName("helpPages")
        self.list.setAccessibleName(self.tr("Pages of the help"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(3)
        for page in self._pages:
            item = QListWidgetItem(page.title, self.list)
            item.setToolTip(page.title)
            item.setData(Qt.ItemDataRole.UserRole, page.name)
        self.list.currentItemChanged.connect(self._on_item)
        self.nothing = QLabel(self.tr("No page has these words."))
        self.nothing.setProperty("role", "secondary")
        self.nothing.setContentsMargins(8, 8, 8, 8)
        self.nothing.hide()
        self.browser = HelpBrowser()
        self.browser.sourceChanged.connect(self._on_source)
        self.back = self._button("helpBack", self.tr("&Back"))
        self.back.clicked.connect(self.browser.backward)
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        self.forward = self._button("helpForward", self.tr("&Forward"))
        self.forward.clicked.connect(self.browser.forward)
        self.browser.forwardAvailable.connect(self.forward.setEnabled)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self.search.setFocus)
        self._lay_out()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setEnabled(False)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.search, self.nothing, self.list):
            column.addWidget(widget)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.browser, 1)
        parts = QSplitter()
        parts.setObjectName("helpParts")
        parts.addWidget(left)
        parts.addWidget(right)
        # Wide enough for every title, unless that leaves the page too little.
        self.list.ensurePolished()
        longest = self.list.sizeHintForColumn(0) + ROOM
        wide = min(max(longest, scaled(LIST_WIDTH)), self.width() * 2 // 5)
        parts.setSizes([wide, self.width() - wide])
        parts.setStretchFactor(1, 1)
        parts.setChildrenCollapsible(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(parts)

    def open_page(self, name: str = "index") -> None:
        """Show a page by its name and bring the window to the front."""
        page = next((page for page in self._pages if page.name == name), self._pages[0])
        self.browser.setSource(QUrl.fromLocalFile(str(page.path)))
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def page(self) -> Page | None:
        """The page in view."""
        file = self.browser.source().fileName()
        return next((page for page in self._pages if page.path.name == file), None)

    def _on_item(self, item: QListWidgetItem | None) -> None:
        name = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        page = next((page for page in self._pages if page.name == name), None)
        if page is not None and page is not self.page:
            self.browser.setSource(QUrl.fromLocalFile(str(page.path)))

    def _on_source(self, url: QUrl) -> None:
        """Show in the list which page comes into view, whatever led there."""
        for number, page in enumerate(self._pages):
            if page.path.name == url.fileName():
                self.list.blockSignals(True)
                self.list.setCurrentRow(number)
                self.list.blockSignals(False)

    def _filter(self, words: str) -> None:
        """Leave the pages in the list that hold the words."""
        found = [page.holds(words) for page in self._pages]
        for number, holds in enumerate(found):
            self.list.item(number).setHidden(not holds)
        self.nothing.setVisible(not any(found))

    def _find_next(self) -> None:
        """Show the next place of the words, in this page or in the first that has them."""
        words = self.search.text().strip()
        shown = [number for number, page in enumerate(self._pages) if page.holds(words)]
        if not words or not shown:
            return
        if self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])
        for text in (words, words.split()[0]):
            if self.browser.find(text):
                return
        self.browser.moveCursor(self.browser.textCursor().MoveOperation.Start)
        self.browser.find(words.split()[0])
