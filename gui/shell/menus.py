"""Menus and the toolbar. Every action stands here once, with its one shortcut; the sheet under Help is made from them."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from core.late import dataclass
from gui.look import grown
from gui.widgets.icons import icon


@dataclass(frozen=True)
class Entry:
    """`needs` is "" (always), "file" (a workspace is shown) or "change" (somebody may change it)."""

    name: str
    text: str
    keys: tuple[str, ...]
    press: Callable[[], None]
    needs: str = "file"
    icon: str = ""


class Menus:
    """The actions of one window, by name."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.actions: dict[str, QAction] = {}
        self._needs: dict[str, str] = {}

    def menu(self, title: str, name: str, entries: list[Entry | None]) -> QMenu:
        """Add a menu; None is a separator."""
        made = QMenu(title, self._window)
        made.setObjectName(name)
        self._window.menuBar().addMenu(made)
        for entry in entries:
            if entry is None:
                made.addSeparator()
            else:
                made.addAction(self.add(entry))
        return made

    def add(self, entry: Entry) -> QAction:
        """Make an action that works anywhere in the window."""
        action = QAction(entry.text, self._window)
        action.setObjectName(entry.name)
        if entry.icon:
            action.setIcon(icon(entry.icon))
        if entry.keys:
            action.setShortcuts([QKeySequence(each) for each in entry.keys])
        action.triggered.connect(lambda _checked=False: entry.press())
        self.actions[entry.name] = action
        self._needs[entry.name] = entry.needs
        return action

    def allow(self, *, file: bool, change: str) -> None:
        """Which actions can be used now; `change` is the sentence why nothing can be changed, "" where it can."""
        for name, action in self.actions.items():
            needs = self._needs[name]
            action.setEnabled(not needs or (file and (needs == "file" or not change)))
            if needs == "change":
                action.setStatusTip(change)


class Search(QLineEdit):
    """The one search box."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName(self.tr("Search"))
        self.setPlaceholderText(self.tr("Search  (Ctrl+F)"))
        self.setToolTip(self.tr("Words in any column, or in one: state:changed site:oslo"))
        self.setAccessibleDescription(self.toolTip())
        self.addAction(icon("search", "text2"), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._clears)
        self.setMinimumWidth(160)
        self.setMaximumWidth(300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _clears(self) -> None:
        """The button is only seen beside text, and finding its icon costs a start 4 ms."""
        self.textChanged.disconnect(self._clears)
        self.setClearButtonEnabled(True)


class Toolbar(QToolBar):
    """Text beside icons for as long as there is room for the words; the icons alone have them as tool tips."""

    def __init__(self, title: str, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._before: list[QAction] = []
        middle = QWidget()
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.spring = self.addWidget(middle)

    def show_actions(self, actions: list[QAction]) -> None:
        """The actions before the space in the middle."""
        for action in self._before:
            self.removeAction(action)
        self._before = actions
        for action in actions:
            self.insertAction(self.spring, action)
            self.name_button(action)
        self.arrange()

    def name_button(self, action: QAction) -> None:
        """A tool button is named after its action."""
        made = self.widgetForAction(action)
        made.setObjectName(f"{action.objectName()}Button")
        made.setAccessibleName(action.text().replace("&", "").rstrip("\u2026"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def arrange(self) -> None:
        """Measure with words, and leave them out where they do not fit."""
        self.setIconSize(QSize(grown(20), grown(20)))
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(styles.ToolButtonTextBesideIcon)
        if self.sizeHint().width() > self.parentWidget().width():  # type: ignore[union-attr]
            self.setToolButtonStyle(styles.ToolButtonIconOnly)


def toolbar(window: QMainWindow, title: str, actions: list[QAction], search: Search, last: QAction) -> Toolbar:
    """Text beside icons; search and Lock stand at the end."""
    bar = Toolbar(title, window)
    bar.addWidget(search)
    bar.addAction(last)
    window.addToolBar(bar)
    bar.name_button(last)
    bar.show_actions(actions)
    return bar
