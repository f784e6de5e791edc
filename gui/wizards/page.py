"""A page of a wizard: fields bound to the state by name, each with its hint and its findings beside it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
    QWizardPage,
)  # fmt: skip

from core.errors.base import Refused
from core.words.say import beside, say
from gui.widgets.announce import announce
from gui.widgets.banner import Banner
from gui.widgets.label import PlainLabel
from gui.wizards.host import Host
from gui.wizards.inputs import Radios, fixed, tall, with_chooser

Options = Sequence[tuple[str, str]]
_BY_KEY = Qt.FocusReason.TabFocusReason  # for any other reason Fusion draws no ring round a drop-down list
_NARROWEST = 12  # letters
Input = QLineEdit | QPlainTextEdit | QComboBox | Radios


class Page(QWizardPage):
    """`step` is the flow's name for it. The body scrolls, so that a page fits at any text size."""

    def __init__(self, host: Host, step: str) -> None:
        super().__init__(host)
        self.host, self.step, self.short = host, step, ""
        self.setObjectName(f"page_{step}")
        self.inputs: dict[str, Input] = {}
        self._problems: dict[str, PlainLabel] = {}
        self._boxes: dict[str, QWidget] = {}
        self._complained = False
        self.banner = Banner(f"{step}Banner")
        self.column = QVBoxLayout()
        self.column.setContentsMargins(4, 4, 12, 4)
        self.column.addWidget(self.banner)
        self.progress = QProgressBar()
        self.progress.setObjectName(f"{step}Progress")
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.hide()
        self.column.addWidget(self.progress)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.column.addLayout(self.form)
        self._lay()

    def _lay(self) -> None:
        body = QWidget()
        body.setProperty("clear", "true")
        self._outer = QVBoxLayout(body)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addLayout(self.column)
        self._outer.addStretch(1)
        self.area = QScrollArea()
        self.area.setObjectName(f"{self.step}Scroll")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def titled(self, short: str, title: str, intro: str = "") -> None:
        """Its title in the list of steps, and its own with a sentence."""
        self.short = short
        self.setTitle(title)
        self.setSubTitle(intro)

    def fill(self, widget: QWidget) -> None:
        """Add what takes all the room there is."""
        self.column.addWidget(widget, 1)
        self._outer.setStretchFactor(self.column, 1000)

    # --- making fields --------------------------------------------------------------------------

    def line(self, name: str, label: str, hint: str = "", *, secret: bool = False) -> QLineEdit:
        """One line of text."""
        line = QLineEdit()
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        line.textChanged.connect(lambda text: self.changed(name, text))
        self.row(name, label, line, hint)
        return line

    def path_line(
        self, name: str, label: str, what: str, ask: Callable[[], Path | None], hint: str = "", *, keyed: bool = True
    ) -> QLineEdit:
        """A path, typed or chosen: `what` the button is for, `ask` shows its dialog (see `with_chooser`)."""
        line = QLineEdit()
        line.textChanged.connect(lambda text: self.changed(name, text))

        def pick() -> None:
            found = ask()
            if found is not None:
                self.changed(name, str(found))

        self.row(name, label, line, hint, around=with_chooser(line, name, what, pick, keyed=keyed))
        return line

    def choice(self, name: str, label: str, options: Options, hint: str = "") -> QComboBox:
        """One of several; `options` are (value, words)."""
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_NARROWEST)  # it grows with the page; its longest entry never widens the page
        self.offer(box, options)
        box.currentIndexChanged.connect(lambda _: self.changed(name, box.currentData()))
        self.row(name, label, box, hint)
        return box

    @staticmethod
    def offer(box: QComboBox, options: Options) -> None:
        """Replace what a box offers, without telling the state."""
        box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        box.clear()
        for value, words in options:
            box.addItem(words, value)
        box.blockSignals(False)  # noqa: FBT003

    def text(
        self,
        name: str,
        label: str,
        hint: str = "",
        *,
        lines: int = 5,
        edit: QPlainTextEdit | None = None,
        around: QWidget | None = None,
    ) -> QPlainTextEdit:
        """Several lines in a fixed font, always left to right; Tab leaves it."""
        text = edit or QPlainTextEdit()
        fixed(text)
        text.setTabChangesFocus(True)
        tall(text, lines)
        text.textChanged.connect(lambda: self.changed(name, text.toPlainText()))
        self.row(name, label, text, hint, around=around)
        return text

    def radios(self, name: str, label: str, options: Sequence[tuple[str, str, str]]) -> Radios:
        """One of a few, each with a sentence: (value, words, sentence)."""
        radios = Radios(name, label.replace("&", ""), options)
        radios.chosen.connect(lambda value: self.changed(name, value))
        self.row(name, label, radios)
        return radios

    def row(
        self,
        name: str,
        label: str,
        widget: QWidget,
        hint: str = "",
        *,
        around: QWidget | None = None,
        bound: bool = True,
    ) -> None:
        """A row of the form: the widget (inside `around` where it has company), its hint, its findings.

        What is not `bound` does not show the state's value of that name.
        """
        box = QWidget()
        box.setProperty("clear", "true")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(around or widget)
        widget.setObjectName(name)
        widget.setAccessibleName(label.replace("&", ""))
        if hint:
            widget.setAccessibleDescription(hint)
            quiet = PlainLabel(hint, f"{name}Hint")
            quiet.setProperty("quiet", "true")
            column.addWidget(quiet)
        column.addWidget(self._problem(name))
        words = PlainLabel(label, f"{name}Label")
        words.setWordWrap(False)
        words.setBuddy(widget)
        self.form.addRow(words, box)
        self._boxes[name] = box
        if bound and isinstance(widget, Input):
            self.inputs[name] = widget

    def show_row(self, name: str, *, shown: bool) -> None:
        """Ask for a field, or leave it out."""
        self.form.setRowVisible(self._boxes[name], shown)

    def _problem(self, name: str) -> PlainLabel:
        label = PlainLabel("", f"{name}Problem")
        label.setProperty("problem", "true")
        label.hide()
        self._problems[name] = label
        return label

    def tell_row(self, label: str, *widgets: QWidget) -> None:
        """A row that says something and asks nothing. In a box of their own, wrapped lines take just their height."""
        box = QWidget()
        box.setProperty("clear", "true")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        for widget in widgets:
            column.addWidget(widget)
        words = PlainLabel(label)
        words.setWordWrap(False)
        self.form.addRow(words, box)

    def note(self, name: str, text: str = "") -> PlainLabel:
        """A sentence on the page."""
        label = PlainLabel(text, name, selectable=True)
        self.column.addWidget(label)
        return label

    # --- the state ------------------------------------------------------------------------------

    def changed(self, name: str, value: Any) -> None:
        """A person typed; the state decides what becomes of it."""
        self.host.typed(name, value)
        self.pull()
        self.update_page()
        if self._complained:
            self.complain(self.host.keeping(self.step), focus=False)

    def pull(self) -> None:
        """Show what the state holds."""
        for name, widget in self.inputs.items():
            value = self.host.flow.value(name)
            if isinstance(widget, QLineEdit) and widget.text() != value:
                widget.setText(value)
            elif isinstance(widget, QPlainTextEdit) and isinstance(value, str) and widget.toPlainText() != value:
                widget.setPlainText(value)
            elif isinstance(widget, QComboBox) and widget.currentData() != value:
                widget.setCurrentIndex(widget.findData(value))
            elif isinstance(widget, Radios):
                widget.choose(str(value))

    def enter(self) -> None:
        """The page comes up: everything on it is told anew."""
        self._complained = False
        self.complain((), focus=False)
        self._complained = False
        self.pull()
        self.update_page()

    def settle(self) -> None:
        """Give the keyboard a place where the one it had is gone."""
        now: QWidget | None = self.host.focusWidget()
        if now is None or not now.isVisible() or not now.isEnabled():
            self.begin()

    def begin(self) -> None:
        """Put the keyboard into the first field that asks something, or on the button that goes on.

        Qt leaves it where it was: in a field of the page before, out of sight, which then takes what is typed.
        """
        for widget in self.inputs.values():
            if widget.isVisible() and widget.isEnabled():
                (widget.first() if isinstance(widget, Radios) else widget).setFocus(_BY_KEY)
                return
        self.host.go_on().setFocus(_BY_KEY)

    def update_page(self) -> None:
        """Override: what depends on the state."""

    def tell_progress(self, done: int, total: int) -> None:
        """How far the commit is; with no total it is committing."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.show()

    # --- findings -------------------------------------------------------------------------------

    def complain(self, found: Sequence[Refused], *, focus: bool = True) -> None:
        """Show every finding beside its field, the rest across the page; the first field gets the focus."""
        self._complained = True
        rest: list[str] = []
        told: dict[str, list[str]] = {}
        for each in found:
            field = self.beside_which(each.field)
            if field in self._problems:
                told.setdefault(field, []).append(beside(each))
            else:
                rest.append(say(each).line)
        for name, label in self._problems.items():
            label.setText(" ".join(told.get(name, ())))
            label.setVisible(name in told)
            label.setAccessibleName(label.text())
        self.banner.tell("bad", " ".join(dict.fromkeys(rest)))
        if focus and found:
            self._focus_first(told)
            announce(self, " ".join([*rest, *(text for texts in told.values() for text in texts)]))

    def beside_which(self, field: str) -> str:
        """The row at which findings about a field of the state stand."""
        return field

    def mark(self, name: str, words: str) -> None:
        """A sentence beside a field that is no finding of the core's."""
        label = self._problems[name]
        label.setText(words)
        label.setAccessibleName(words)
        label.show()

    def _focus_first(self, told: dict[str, list[str]]) -> None:
        first = next((name for name in self._problems if name in told), "")
        widget = self.findChild(QWidget, first) if first else None
        if widget is not None:
            (widget.first() if isinstance(widget, Radios) else widget).setFocus()
            self.area.ensureWidgetVisible(self._problems[first])
