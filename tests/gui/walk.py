"""Walking over widgets, as a screen reader and a keyboard do."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget, QWizardPage

from tests.words.shown import left

ROLES = {
    QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.ComboBox, QAccessible.Role.Table,
    QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.Slider, QAccessible.Role.SpinBox,
    QAccessible.Role.List, QAccessible.Role.ProgressBar,
}  # fmt: skip


def visible(window: QWidget) -> list[QWidget]:
    """Every widget in view, the window's own parts aside that Qt makes for itself."""
    found = [each for each in window.findChildren(QWidget) if each.isVisibleTo(window)]
    return [each for each in found if not each.objectName().startswith("qt_") and not _of_qt(each)]


_PARTS = ("QComboBox", "QSpinBox", "QComboBoxPrivateContainer", "QMenuBar", "Search", "QLineEdit", "QToolBar")


def _of_qt(widget: QWidget) -> bool:
    """Parts inside a control that Qt made: a combo's list, a spin box's line, a clear button."""
    above = widget.parentWidget()
    return above is not None and type(above).__name__ in _PARTS and not widget.objectName()


def controls(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every control in view with its accessible name."""
    for widget in visible(window):
        known = QAccessible.queryAccessibleInterface(widget)
        if known is not None and known.role() in ROLES:
            yield widget, known.text(QAccessible.Text.Name)


def texts(widget: QWidget) -> Iterator[str]:
    """Everything a widget can show or say, seen or not."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip())
    yield widget.windowTitle()
    if isinstance(widget, QLabel | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QAbstractItemView):
        yield from _cells(widget.model())
    elif isinstance(widget, QWizardPage):
        yield from (widget.title(), widget.subTitle())
    else:
        text = getattr(widget, "text", None)
        if isinstance(text, str) or callable(text):
            yield str(text if isinstance(text, str) else text())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for row in range(model.rowCount(QModelIndex())):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            for role in roles:
                yield str(model.data(model.index(row, column), role) or "")


SYNTAX = {"sans", "sansHint", "permitted", "permittedHint"}  # fields that ask for `email:...`, and what they say of it


def raw(root: QWidget) -> list[tuple[str, list[str]]]:
    """What stands raw in a widget and in all within it, in view or not: no short word of the program's own is shown."""
    found = [each for each in [root, *root.findChildren(QWidget)] if each.objectName() not in SYNTAX]
    said = [(each.objectName(), text) for each in found for text in texts(each)]
    return [(name, words) for name, text in said if (words := left(text))]


def everything(window: QWidget) -> str:
    """All texts of a widget and all within it, in view or not, folded to bare letters and digits."""
    said = " ".join(text for widget in [window, *window.findChildren(QWidget)] for text in texts(widget))
    return bare(said)


def bare(text: str) -> str:
    """Letters and digits alone, so that no grouping hides a value."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
