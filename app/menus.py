"""The table of actions as QActions: menus, tool bar, keys and rebinding."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton

from app.actions import ACTIONS, DROP_DOWNS, ICONS_ONLY, MENUS, TOOL_BAR, ActionSpec
from app.settings import Settings


def translated(text: str) -> str:
    """Return a table's text in the user's language."""
    return QCoreApplication.translate("actions", text) if text else ""


def plain(text: str) -> str:
    """Return a table's text in the user's language, without the mark of its menu key."""
    return translated(text).replace("&", "")


class Actions:
    """The table as QActions; the window connects each id to its slot."""

    def __init__(
        self,
        owner: QObject,
        slots: Callable[[ActionSpec], Callable[..., object]],
        settings: Settings,
        table: Iterable[ActionSpec] = ACTIONS,
    ) -> None:
        """Make the actions; ``slots(spec)`` returns what one does."""
        self.table = tuple(table)
        self._settings = settings
        self._by_id: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._held: dict[str, list[QKeySequence]] = {}
        for spec in self.table:
            action = QAction(translated(spec.text), owner)
            action.setObjectName(f"action_{spec.id}")
            action.setIconText(translated(spec.short) if spec.short else plain(spec.text))
            action.setCheckable(spec.checkable)
            action.setData(spec.data)
            if spec.group:
                group = self._groups.setdefault(spec.group, QActionGroup(owner))
                group.addAction(action)
            self._bind(action, self.keys(spec))
            action.triggered.connect(slots(spec))
            self._by_id[spec.id] = action

    def __getitem__(self, action_id: str) -> QAction:
        """Return an action by its id."""
        return self._by_id[action_id]

    def __contains__(self, action_id: object) -> bool:
        """Say whether there is an action of that id."""
        return action_id in self._by_id

    def keys(self, spec: ActionSpec) -> tuple[str, ...]:
        """Return the keys of an action: the user's own, else the table's."""
        own = self._settings.text(f"shortcuts/{spec.id}", "\0")
        if own == "\0":
            return spec.keys
        return tuple(key for key in own.split(" ") if key)

    def rebind(self, action_id: str, keys: tuple[str, ...]) -> None:
        """Give an action other keys, now and at every start; () takes them away."""
        self._settings.set(f"shortcuts/{action_id}", " ".join(keys))
        self._bind(self[action_id], keys)

    def holder(self, key: str) -> ActionSpec | None:
        """Return the action that holds a key, for a warning before it is given to another."""
        wanted = QKeySequence(key)
        for spec in self.table:
            if wanted in self.sequences(spec.id):
                return spec
        return None

    def sequences(self, action_id: str) -> list[QKeySequence]:
        """Return the keys that an action has now."""
        return self._held.get(action_id) or self[action_id].shortcuts()

    def pressed(self, action_id: str, event: QKeyEvent) -> bool:
        """Return whether a key event is of an action's keys."""
        return QKeySequence(event.keyCombination()) in self.sequences(action_id)

    def restore(self) -> None:
        """Give every action the keys of the table again."""
        for spec in self.table:
            self._settings.remove(f"shortcuts/{spec.id}")
            self._bind(self[spec.id], spec.keys)

    def _bind(self, action: QAction, keys: tuple[str, ...]) -> None:
        spec = next(s for s in self.table if action.objectName() == f"action_{s.id}")
        sequences = [QKeySequence(key) for key in keys]
        shown = spec.shown_keys
        if spec.held:
            # The window looks for the key itself: it must see the key come up again.
            self._held[spec.id] = sequences
            shown = ", ".join(k.toString(QKeySequence.SequenceFormat.NativeText) for k in sequences)
        else:
            action.setShortcuts(sequences)
        text = translated(spec.text)
        action.setText(f"{text}\t{shown}" if shown else text)
        tip = translated(spec.tip) if spec.tip else plain(spec.text).rstrip("…")
        said = ", ".join(k.toString(QKeySequence.SequenceFormat.NativeText) for k in sequences)
        action.setToolTip(f"{tip} ({said})" if said else tip)

    def fill_menus(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Add every action to its menu; returns the menus by name, submenus as ``View/Theme``."""
        menus: dict[str, QMenu] = {}
        for name in MENUS:
            menu = bar.addMenu(translated(name))
            menu.setObjectName(f"menu_{name}")
            menu.setToolTipsVisible(True)
            menus[name] = menu
        for spec in self.table:
            path = f"{spec.menu}/{spec.submenu}" if spec.submenu else spec.menu
            if spec.after_line:
                # Before the first of a submenu the line stands before the submenu itself.
                menus.get(path, menus[spec.menu]).addSeparator()
            if path not in menus:
                menus[path] = menus[spec.menu].addMenu(translated(spec.submenu))
                menus[path].setObjectName(f"menu_{path}")
                menus[path].setToolTipsVisible(True)
            menus[path].addAction(self[spec.id])
        return menus

    def fill_tool_bar(self, bar: QToolBar, groups: Iterable[Iterable[str]] = TOOL_BAR) -> None:
        """Put groups of actions into the tool bar, a line between groups."""
        bar.clear()
        for number, ids in enumerate(groups):
            if number:
                bar.addSeparator()
            for action_id in ids:
                bar.addAction(self[action_id])
                button = bar.widgetForAction(self[action_id])
                if action_id in ICONS_ONLY and isinstance(button, QToolButton):
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
                if action_id in DROP_DOWNS and isinstance(button, QToolButton):
                    menu = QMenu(button)
                    menu.addActions([self[further] for further in DROP_DOWNS[action_id]])
                    button.setMenu(menu)
                    button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def set_icons(self, colour: str, muted: str, checked: str) -> None:
        """Draw every icon in the theme's colours."""
        import qtawesome

        draw: Callable[..., QIcon] = qtawesome.icon
        for spec in self.table:
            if spec.icon:
                self[spec.id].setIcon(
                    draw(spec.icon, color=colour, color_disabled=muted, color_on=checked)
                )
