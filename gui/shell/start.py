"""Before a workspace is open: four large choices with a plain sentence each, and what was open before."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.look import grown
from gui.preferences import Preferences, Recent
from gui.widgets.banner import Banner
from gui.widgets.card import clear
from gui.widgets.icons import IconView
from gui.widgets.label import Heading, PlainLabel

_WIDTH = 720


class Choice(QPushButton):
    """A large button with an icon, its name and a sentence."""

    def __init__(self, name: str, icon: str, text: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAutoDefault(True)  # Enter presses it, as in a dialog
        self.setProperty("card", "true")
        self.setAccessibleName(text)
        self.setAccessibleDescription(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row, column = QHBoxLayout(self), QVBoxLayout()
        row = self._row
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(16)
        view = IconView(icon, "accent", 32)
        row.addWidget(view)
        row.addLayout(column, 1)
        column.setSpacing(2)
        parts = (Heading(text, f"{name}Text", "part"), PlainLabel(words, f"{name}Words").quiet())
        for part in parts:
            column.addWidget(part)
        for each in (view, *parts):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def heightForWidth(self, width: int) -> int:
        return max(64, self._row.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        return True


class StartPage(QWidget):
    """`make` begins a new workspace, `open_file` asks for one, `open_path` is a recent one,
    `restore` a copy, `practise` the sample.
    """

    make = Signal()
    open_file = Signal()
    restore = Signal()
    practise = Signal()
    open_path = Signal(Path)

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("startPage")
        self._preferences = preferences
        self.banner = Banner("startBanner", closes=True)
        self._built = False

    def showEvent(self, event: QShowEvent) -> None:
        """Built when it is first looked at: who opens a workspace by name never sees it."""
        self.refresh()
        super().showEvent(event)

    def _build(self) -> None:
        self._built = True
        inner = QWidget()
        inner.setProperty("clear", "true")
        inner.setMaximumWidth(grown(_WIDTH))
        column = QVBoxLayout(inner)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(Heading(self.tr("What do you want to protect?"), "startTitle"))
        column.addWidget(self.banner)
        for name, icon, text, words, signal in self._choices():
            choice = Choice(name, icon, text, words)
            choice.clicked.connect(signal)
            column.addWidget(choice)
        column.addSpacing(8)
        self._title = Heading(self.tr("Opened before"), "recentTitle", "part")
        column.addWidget(self._title)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(6)
        column.addLayout(self._recent)
        column.addStretch(2)
        scroll = QScrollArea()
        scroll.setObjectName("startScroll")
        scroll.setAccessibleName(self.tr("Start"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setProperty("clear", "true")
        row = QHBoxLayout(holder)
        row.addStretch(1)
        row.addWidget(inner, 20)
        row.addStretch(1)
        scroll.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _choices(self) -> tuple[tuple[str, str, str, str, SignalInstance], ...]:
        return (
            (
                "startNew",
                "link",
                self.tr("A few links\u2026"),
                self.tr("Keep the public keys of a few VPN peers, each compared with the far end by two people."),
                self.make,
            ),
            (
                "startOpen",
                "folder-open",
                self.tr("Open a workspace\u2026"),
                self.tr("A file that ends in .anchorhold. You can also drop it on this window."),
                self.open_file,
            ),
            (
                "startRestore",
                "history",
                self.tr("Put a backup back\u2026"),
                self.tr("Make a workspace of a copy, after a disk or a stick was lost. The copy is verified first."),
                self.restore,
            ),
            (
                "startDemo",
                "book",
                self.tr("Look at a sample\u2026"),
                self.tr("A year of links, one in every state, to click through. Nothing in it is real."),
                self.practise,
            ),
        )  # fmt: skip

    def refresh(self) -> None:
        """List what was open before; what is missing is grey and says so."""
        if not self._built:
            self._build()
        clear(self._recent)
        found = self._preferences.recent()
        self._title.setVisible(bool(found))
        for place, each in enumerate(found):
            self._recent.addWidget(self._row(place, each))

    def _row(self, place: int, each: Recent) -> Choice:
        there = each.path.is_file()
        said = self.tr("{folder}  \u00b7  {kind}  \u00b7  last opened {when} UTC")
        gone = self.tr("{folder}  \u00b7  {kind}  \u00b7  not found")
        words = (said if there else gone).format(folder=each.path.parent, kind=each.kind, when=each.opened)
        row = Choice(f"recent{place}", "file-text" if there else "file-off", f"{each.name} ({each.path.name})", words)
        row.setEnabled(there)
        row.clicked.connect(lambda: self.open_path.emit(each.path))
        return row
