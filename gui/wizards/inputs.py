"""Inputs that wizards share: a few choices with a sentence each, text to copy, a file to read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from gui.widgets.announce import announce
from gui.widgets.label import PlainLabel

_SHORT = 8  # lines: up to here the height is fixed, and the button stands beside the text


def fixed(widget: QWidget) -> None:
    """Give a widget the fixed font, in the size of the text, and left to right in every language."""
    font = QFont()
    font.setFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
    widget.setFont(font)
    widget.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def tall(text: QPlainTextEdit, lines: int) -> None:
    """As many lines as are wanted, not as many as Qt would give."""
    text.setFixedHeight(text.fontMetrics().lineSpacing() * lines + 16)


def with_chooser(
    line: QWidget, name: str, what: str, pick: Callable[[], None], words: str = "", *, keyed: bool = True
) -> QWidget:
    """A field with its button beside it, for a path unless `words` say else; `name` is the field's, `what` the button's.

    Of several on one page only one is `keyed`, by Alt and its letter.
    """
    words = words or QCoreApplication.translate("with_chooser", "C&hoose\u2026")
    choose = QPushButton(words if keyed else words.replace("&", ""))
    choose.setObjectName(f"{name}Choose")
    choose.setAccessibleName(what)
    choose.clicked.connect(pick)
    box = QWidget()
    box.setProperty("clear", "true")
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(line)
    row.addWidget(choose, 0, Qt.AlignmentFlag.AlignTop)
    return box


class Radios(QWidget):
    """One of a few, each with its sentence below it."""

    chosen = Signal(str)

    def __init__(self, name: str, label: str, options: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setProperty("clear", "true")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        self._sentences: dict[str, PlainLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for value, words, sentence in options:
            button = QRadioButton(words)
            button.setObjectName(f"{name}_{value}")
            button.setAccessibleName(f"{label}: {words.replace('&', '')}")
            button.setAccessibleDescription(sentence)
            button.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            self._group.addButton(button)
            self._buttons[value] = button
            column.addWidget(button)
            told = PlainLabel(sentence, f"{name}_{value}Words")
            told.setProperty("quiet", "true")
            told.setIndent(24)
            told.setVisible(bool(sentence))
            self._sentences[value] = told
            column.addWidget(told)
        self.setFocusProxy(next(iter(self._buttons.values())))

    def first(self) -> QWidget:
        """Where the keyboard goes: the chosen one, else the first that is open."""
        buttons = list(self._buttons.values())
        return next((each for each in buttons if each.isChecked()), next((b for b in buttons if b.isEnabled()), self))

    def choose(self, value: str) -> None:
        """Show what the state holds."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def explain(self, value: str, sentence: str, *, allowed: bool) -> None:
        """Say why a choice is open or closed, in words beside it."""
        self._buttons[value].setEnabled(allowed)
        self._buttons[value].setAccessibleDescription(sentence)
        self._sentences[value].setText(sentence)
        self._sentences[value].setVisible(bool(sentence))


class Copyable(QWidget):
    """Lines to read and copy: commands for a device (wrapped, so that none is cut), a file, a sheet."""

    def __init__(self, name: str, label: str, lines: int = 3, *, wraps: bool = False) -> None:
        super().__init__()
        self.setProperty("clear", "true")
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setObjectName(name)
        self.view.setAccessibleName(label)
        self.view.setTabChangesFocus(True)
        modes = QPlainTextEdit.LineWrapMode
        self.view.setLineWrapMode(modes.WidgetWidth if wraps else modes.NoWrap)
        fixed(self.view)
        if lines <= _SHORT:
            tall(self.view, lines)
        else:
            self.view.setMinimumHeight(self.view.fontMetrics().lineSpacing() * lines)
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setObjectName(f"{name}Copy")
        self._copy.setAccessibleName(self.tr("Copy: {label}").format(label=label))
        self._copy.clicked.connect(self._copied)
        box = QHBoxLayout(self) if lines <= _SHORT else QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view, 1)
        box.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    def tell(self, text: str) -> None:
        """Show `text`."""
        if self.view.toPlainText() != text:
            self.view.setPlainText(text)

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self.view.toPlainText())
        announce(self, self.tr("Copied."))
