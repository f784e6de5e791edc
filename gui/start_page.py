"""Before a workspace is open: make one, open one. And the card that asks who you are."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace
from gui.form import Field, FormDialog
from gui.jobs import Lane
from gui.widgets.banner import Banner
from gui.widgets.label import Heading, PlainLabel


class StartPage(QWidget):
    """Three large choices and no tour."""

    make = Signal()
    open_file = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("startPage")
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(
            Heading(self.tr("What do you want to protect?"), "startTitle"), 0, Qt.AlignmentFlag.AlignHCenter
        )
        for name, text, words, signal in (
            (
                "startNew",
                self.tr("&A few links\u2026"),
                self.tr("Make a workspace: pin the public keys of a few VPN peers, each compared with the far end."),
                self.make,
            ),
            (
                "startOpen",
                self.tr("&Open a workspace\u2026"),
                self.tr("A file that ends in .anchorhold."),
                self.open_file,
            ),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setMinimumSize(320, 40)
            button.clicked.connect(signal)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            label = PlainLabel(words, f"{name}Words")
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self.banner = Banner("startBanner")
        column.addWidget(self.banner)
        column.addStretch(2)


class LockCard(QWidget):
    """Who are you? What lies beneath stays as it was."""

    unlock = Signal(str, str)
    read_only = Signal()
    close_file = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lockPage")
        card = QFrame()
        card.setProperty("card", "true")
        card.setFixedWidth(460)
        self._title = Heading("", "lockTitle")
        self._because = PlainLabel("", "lockBecause")
        self.person = QComboBox()
        self.person.setObjectName("lockPerson")
        self.person.setAccessibleName(self.tr("Person"))
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("lockPassphrase")
        self.passphrase.setAccessibleName(self.tr("Passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._go)
        self.banner = Banner("lockBanner")
        self._lay(card)

    def _lay(self, card: QFrame) -> None:
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 24)
        column.addWidget(self._title)
        column.addWidget(self._because)
        form = QFormLayout()
        form.addRow(self.tr("&Person"), self.person)
        form.addRow(self.tr("Pa&ssphrase"), self.passphrase)
        column.addLayout(form)
        column.addWidget(self.banner)
        row = QHBoxLayout()
        for name, text, slot in (
            ("lockClose", self.tr("&Close file"), self.close_file.emit),
            ("lockReadOnly", self.tr("Open &read only"), self.read_only.emit),
            ("lockUnlock", self.tr("&Unlock"), self._go),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        button.setDefault(True)
        column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def ask(self, title: str, because: str, people: tuple[str, ...]) -> None:
        """Show the card for these people."""
        self._title.setText(title)
        self._because.setText(because)
        if [self.person.itemText(place) for place in range(self.person.count())] != list(people):
            self.person.clear()
            self.person.addItems(list(people))
        self.passphrase.clear()
        self.banner.tell("info", "")
        self.passphrase.setFocus()

    def _go(self) -> None:
        self.banner.tell("info", self.tr("One moment\u2026"))
        self.unlock.emit(self.person.currentText(), self.passphrase.text())
        self.passphrase.clear()


def new_workspace(parent: QWidget, lane: Lane, made: Callable[[Path], None]) -> FormDialog:
    """The first-run form: a links workspace for one person or two."""
    tr = parent.tr
    fields = [
        Field("path", tr("&File"), kind="save", hint=tr("Ends in .anchorhold.")),
        Field("title", tr("&Name of the workspace")),
        Field("organisation", tr("&Organisation")),
        Field("responsible", tr("&Responsible person")),
        Field("name1", tr("First person, &sign-in name")),
        Field("full1", tr("First person, full name")),
        Field(
            "secret1", tr("First person, passphrase"), kind="secret", hint=tr("12 characters or more; several words.")
        ),
        Field("again1", tr("Once more"), kind="secret"),
        Field(
            "name2", tr("Second person, sign-in name"), hint=tr("Empty: alone, each key is compared over two channels.")
        ),
        Field("full2", tr("Second person, full name")),
        Field("secret2", tr("Second person, passphrase"), kind="secret", hint=tr("Typed by that person.")),
        Field("again2", tr("Once more"), kind="secret"),
    ]

    def submit(values: dict[str, str]) -> Path:
        from core.errors.cli import NotTheSame
        from core.services.workspace import create

        named = [number for number in ("1", "2") if values[f"name{number}"] or number == "1"]
        if any(values[f"secret{number}"] != values[f"again{number}"] for number in named):
            raise NotTheSame
        duties = (Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER)
        people = tuple(NewOperator(values[f"name{n}"], values[f"full{n}"], duties) for n in named)
        new = NewWorkspace(
            Path(values["path"]),
            Kind.LINKS,
            values["title"],
            people,
            organisation=values["organisation"],
            responsible=values["responsible"],
            technologies=("ipsec",),
        )
        create(new, {values[f"name{n}"]: values[f"secret{n}"] for n in named})
        return new.path

    intro = tr("Two people are better than one: each key is compared by both. Each types an own passphrase.")
    form = FormDialog(parent, lane, tr("New workspace"), intro, fields, tr("Make the workspace"), submit)
    form.accepted.connect(lambda: made(form.result_object))
    return form
