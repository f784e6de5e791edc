"""A dialog that asks for a command's fields, lets the core judge it, and shows every finding beside its field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from core.errors.base import Expected
from core.words.say import findings, sentence
from gui.jobs import Lane
from gui.widgets.banner import Banner
from gui.widgets.label import PlainLabel

Submit = Callable[[dict[str, str]], Any]


@dataclass(frozen=True)
class Field:
    """`kind` is "line", "secret", "text" (several lines, fixed font), "file", "folder", "save" or a choice's values."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""


class FormDialog(QDialog):
    """`submit` runs in the lane with the values by name; on success `tell(result)` is the sentence shown, then it closes.

    Nothing typed is lost when the core refuses: the findings appear and the dialog stays.
    """

    done_with = Signal(object)

    def __init__(
        self, parent: QWidget, lane: Lane, title: str, intro: str, fields: Sequence[Field], button: str, submit: Submit
    ) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        self.result_object: Any = None
        self._lane, self._submit = lane, submit
        self._inputs: dict[str, QWidget] = {}
        self._problems: dict[str, PlainLabel] = {}
        self._banner = Banner("formBanner")
        self._button = QPushButton(button)
        self._button.setObjectName("formCommit")
        self._button.setDefault(True)
        self._button.clicked.connect(self._go)
        self._lay(intro, fields)

    def _lay(self, intro: str, fields: Sequence[Field]) -> None:
        column = QVBoxLayout(self)
        column.addWidget(PlainLabel(intro, "formIntro"))
        column.addWidget(self._banner)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in fields:
            form.addRow(field.label, self._row(field))
        column.addLayout(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("formCancel")
        buttons.addButton(self._button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _row(self, field: Field) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        widget = self._input(field)
        widget.setObjectName(field.name)
        widget.setAccessibleName(field.label.replace("&", ""))
        widget.setAccessibleDescription(field.hint)
        self._inputs[field.name] = widget
        column.addLayout(self._with_chooser(field, widget))
        if field.hint:
            hint = PlainLabel(field.hint, f"{field.name}Hint")
            hint.setProperty("quiet", "true")
            column.addWidget(hint)
        problem = PlainLabel("", f"{field.name}Problem")
        problem.setProperty("problem", "true")
        problem.hide()
        self._problems[field.name] = problem
        column.addWidget(problem)
        box.setFocusProxy(widget)
        return box

    def _input(self, field: Field) -> QWidget:
        if field.choices:
            chooser = QComboBox()
            chooser.addItems(list(field.choices))
            chooser.setCurrentText(field.value or field.choices[0])
            return chooser
        if field.kind == "text":
            text = QPlainTextEdit(field.value)
            text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            text.setTabChangesFocus(True)
            text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            return text
        line = QLineEdit(field.value)
        if field.kind == "secret":
            line.setEchoMode(QLineEdit.EchoMode.Password)
        return line

    def _with_chooser(self, field: Field, widget: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(widget)
        if field.kind in ("file", "folder", "save") and isinstance(widget, QLineEdit):
            button = QPushButton(self.tr("Choose\u2026"))
            button.setObjectName(f"{field.name}Choose")
            button.setAccessibleName(self.tr("Choose: {label}").format(label=field.label.replace("&", "")))
            button.clicked.connect(lambda: self._choose(field, widget))
            row.addWidget(button)
        return row

    def _choose(self, field: Field, line: QLineEdit) -> None:
        if field.kind == "folder":
            found = QFileDialog.getExistingDirectory(self, field.label)
        elif field.kind == "save":
            found = QFileDialog.getSaveFileName(self, field.label, "links.anchorhold")[0]
        else:
            found = QFileDialog.getOpenFileName(self, field.label)[0]
        if found:
            line.setText(found)

    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        found: dict[str, str] = {}
        for name, widget in self._inputs.items():
            if isinstance(widget, QComboBox):
                found[name] = widget.currentText()
            elif isinstance(widget, QPlainTextEdit):
                found[name] = widget.toPlainText()
            elif isinstance(widget, QLineEdit):
                found[name] = widget.text()
        return found

    def _go(self) -> None:
        values = self.values()
        self._button.setEnabled(False)
        self._banner.tell("info", self.tr("Working\u2026"))
        self._lane.do(lambda: self._submit(values), self._ended)

    def _ended(self, result: Any, error: BaseException | None) -> None:
        self._button.setEnabled(True)
        for label in self._problems.values():
            label.hide()
        if error is None:
            self.result_object = result
            self.done_with.emit(result)
            self.accept()
        elif isinstance(error, Expected):
            self._refused(error)
        else:
            self._banner.tell(
                "bad", self.tr("Something unexpected happened ({kind}).").format(kind=type(error).__name__)
            )

    def _refused(self, error: Expected) -> None:
        rest = []
        for said in findings(error):
            label = self._problems.get(said.field)
            if label is None:
                rest.append(said.line)
                continue
            label.setText(said.line)
            label.setAccessibleName(said.line)
            label.show()
        self._banner.tell("bad", " ".join(rest) or self.tr("Please look at the fields marked below."))

    @property
    def refusal(self) -> str:
        """What the banner and the field problems say now."""
        shown = [label.text() for label in self._problems.values() if not label.isHidden()]
        return " ".join([self._banner.text, *shown])


def read_file(path: str) -> bytes:
    """A chosen file, up to one byte over what the core takes; a peer card with the signature that lies beside it."""
    from core.errors.cli import FileNotReadable
    from core.media.files import with_signature

    try:
        return with_signature(Path(path), 1024 * 1024)
    except OSError:
        raise FileNotReadable(path) from None


def worded(error: BaseException) -> str:
    """An exception as a sentence."""
    return sentence(error) if isinstance(error, Expected) else type(error).__name__
