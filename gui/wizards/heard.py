"""The field for what the far end reads: any form; while PGP words are typed it offers the words of the list."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit

from core.flows.comparison import words

_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
_SHORTEST = 2  # letters before words are offered


class HeardEdit(QPlainTextEdit):
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
