"""The field for what the far end reads: any form, typed, pasted, or scanned out of a picture.

While PGP words are typed it offers the words of the list.
"""

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView

from core.flows.comparison import words
from gui.shell.files import open_file
from gui.wizards.inputs import with_chooser
from gui.wizards.page import Page
from gui.wizards.pictures import Given, PasteEdit, Scanner

_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
_SHORTEST = 2  # letters before words are offered
_MOST = 64 * 1024  # bytes of a file that holds what the far end sent over another way


def heard_row(page: Page, label: str, hint: str, lines: int) -> "HeardEdit":
    """The row `heard` of a page: the field, and the button for who has no mouse to drop a picture with."""
    edit, scanner = HeardEdit(), Scanner(page, _MOST)
    title = QCoreApplication.translate("heard_row", "Choose a picture of the QR code, or a file")
    words = QCoreApplication.translate("heard_row", "Pict&ure or file\u2026")

    def take(what: Given) -> None:
        scanner.read(
            what,
            lambda content: edit.setPlainText(content.decode("utf-8", "replace").strip()),
            lambda said: page.banner.tell("bad", said),
        )

    def choose() -> None:
        found = open_file(page, title)
        if found:
            take(found)

    edit.given.connect(take)
    edit.textChanged.connect(scanner.drop)
    page.text("heard", label, hint, lines=lines, edit=edit, around=with_chooser(edit, "heard", title, choose, words))
    return edit


class HeardEdit(PasteEdit):
    """Every word of the list is offered, so an offer says nothing of the key on file."""

    def __init__(self) -> None:
        super().__init__()
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setWidget(self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.offered = QListView()
        self.offered.setObjectName("pgpWords")
        self.offered.setAccessibleName(self.tr("PGP words"))
        self.completer.setPopup(self.offered)
        self.completer.activated.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list takes the keys that choose from it."""
        if self.offered.isVisible() and event.key() in _TAKES:
            event.ignore()
            return
        super().keyPressEvent(event)
        self._offer()

    def _offer(self) -> None:
        *before, prefix = self.toPlainText()[: self.textCursor().position()].split(" ") or [""]
        typed = [word for word in " ".join(before).split() if word]
        if not self._spoken(typed) or len(prefix) < _SHORTEST or not prefix.isalpha():
            self.offered.hide()
            return
        offered = words(len(typed))
        if prefix.casefold() in (word.casefold() for word in offered):
            self.offered.hide()
            return
        self._model.setStringList(list(offered))
        self.completer.setCompletionPrefix(prefix)
        if self.completer.completionCount():
            area = self.cursorRect()
            area.setWidth(self.offered.sizeHintForColumn(0) + 32)
            self.completer.complete(area)
            self.offered.setCurrentIndex(self.completer.completionModel().index(0, 0))

    @staticmethod
    def _spoken(typed: list[str]) -> bool:
        """Whether what stands before are words of the list (a fingerprint in hex is not offered words)."""
        return all(word.casefold() in {each.casefold() for each in words(n)} for n, word in enumerate(typed))

    def _take(self, word: str) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfWord, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f"{word} ")
        self.setTextCursor(cursor)
