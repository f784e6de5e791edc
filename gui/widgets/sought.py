"""What is looked for in the ledger: a person, a kind of act, days. Each search is on record, so it is asked for by a button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from core.model.audit import Sought
from core.services.activity import Choices
from core.words.audit import event
from gui.look import grown
from gui.widgets.label import PlainLabel

_SHORTEST = 9  # letters: what stands there when nothing is chosen, at any text size


class LogFilter(QWidget):
    """`sought` carries a `Sought`; an empty one asks for the newest entries again."""

    sought = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("logFilter")
        self.setProperty("clear", "true")
        self.person, self.action = QComboBox(), QComboBox()
        self.since, self.until = QLineEdit(), QLineEdit()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, (name, label, widget) in enumerate((
            ("logPerson", self.tr("&Person"), self.person),
            ("logAction", self.tr("&What"), self.action),
            ("logSince", self.tr("Fro&m day"), self.since),
            ("logUntil", self.tr("&To day"), self.until),
        )):  # fmt: skip
            widget.setObjectName(name)
            widget.setAccessibleName(label.replace("&", ""))
            words = PlainLabel(label, f"{name}Label").one_line()
            words.setBuddy(widget)
            grid.addWidget(words, 0, place)
            grid.addWidget(widget, 1, place)
            if isinstance(widget, QLineEdit):
                widget.setPlaceholderText("2026-11-24")
                widget.setFixedWidth(grown(86))
                widget.returnPressed.connect(self._seek)
            elif isinstance(widget, QComboBox):
                widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                widget.setMinimumContentsLength(_SHORTEST)
        grid.setColumnStretch(1, 1)
        self.press = self._button("logSeek", self.tr("Look &for it"))
        self.press.clicked.connect(self._seek)
        self.all = self._button("logAll", self.tr("Show the &newest"))
        self.all.clicked.connect(self.empty)
        for place, button in enumerate((self.press, self.all), start=4):
            grid.addWidget(button, 1, place)

    def _button(self, name: str, words: str) -> QPushButton:
        made = QPushButton(words)
        made.setObjectName(name)
        made.setAccessibleName(words.replace("&", ""))
        made.setAutoDefault(True)
        return made

    def offer(self, choices: Choices) -> None:
        """Who and what stands in the ledger; what was chosen stays chosen."""
        people = [(name, name) for name in choices.people]
        acts = sorted(((event(each), each) for each in choices.actions), key=lambda each: each[0].casefold())
        for box, offers in ((self.person, people), (self.action, acts)):
            chosen = box.currentData()
            box.clear()
            for words, value in ((self.tr("anybody") if box is self.person else self.tr("anything"), ""), *offers):
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def empty(self) -> None:
        """Look for nothing in particular."""
        for box in (self.person, self.action):
            box.setCurrentIndex(0)
        for line in (self.since, self.until):
            line.clear()
        self.sought.emit(Sought())

    def _seek(self) -> None:
        person, action = str(self.person.currentData() or ""), str(self.action.currentData() or "")
        self.sought.emit(Sought(person, action, self.since.text().strip(), self.until.text().strip()))
