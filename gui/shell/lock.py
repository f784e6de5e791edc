"""The lock card: who are you? What lies beneath stays as it was."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.model.people import Operator
from core.vault import memory
from gui.look import grown
from gui.shell.door import Door
from gui.widgets.announce import announce
from gui.widgets.banner import Banner
from gui.widgets.icons import IconView, icon
from gui.widgets.label import Heading, PlainLabel

WIDTH = 460


class LockCard(QWidget):
    """`unlock` carries name and passphrase, `unlock_kept` the name alone; the field is cleared at once."""

    unlock = Signal(str, str)
    unlock_kept = Signal(str)
    read_only = Signal()
    close_file = Signal()

    def __init__(self) -> None:
        memory.overwrite()
        super().__init__()
        self.setObjectName("lockPage")
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
        self.passphrase.installEventFilter(self)
        self._reveal = QAction(icon("eye", "text2"), self.tr("Show the passphrase"), self)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._shown)
        self.passphrase.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self._caps = PlainLabel(self.tr("Caps Lock is on"), "lockCaps")
        self._caps.setProperty("problem", "true")
        self._caps.hide()
        self.banner = Banner("lockBanner")
        self._kept: tuple[str, ...] = ()
        self.keyring = self._button("lockKeyring", self.tr("Sign in with the &keyring"), self._by_ring)
        self.person.currentIndexChanged.connect(self._offer)
        self._wait = 0
        self._card = QFrame()
        self._countdown = QTimer(self)
        self._countdown.timeout.connect(self._second)
        self._lay()

    def _lay(self) -> None:
        card = self._card
        card.setObjectName("lockCard")
        card.setProperty("card", "true")
        card.setFixedWidth(grown(WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(10)
        column.addWidget(IconView("lock", "accent", 36))
        column.addWidget(self._title)
        column.addWidget(self._because)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Person"), self.person)
        form.addRow(self.tr("Pa&ssphrase"), self.passphrase)
        column.addLayout(form)
        column.addWidget(self._caps)
        column.addWidget(self.keyring)
        column.addWidget(self.banner)
        row = QHBoxLayout()
        self.close_button = self._button("lockClose", self.tr("&Close file"), self.close_file.emit)
        self.read_button = self._button("lockReadOnly", self.tr("Open &read only"), self.read_only.emit)
        self.go = self._button("lockUnlock", self.tr("&Unlock"), self._go)
        self.go.setProperty("primary", "true")
        row.addWidget(self.close_button)
        row.addWidget(self.read_button)
        row.addStretch(1)
        row.addWidget(self.go)
        column.addLayout(row)
        # Stretches beside it, not an alignment: an aligned card would not grow with a wrapped sentence.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_card"):
            self._card.setFixedWidth(grown(WIDTH))

    def _button(self, name: str, text: str, press: object) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        made.setAccessibleName(text.replace("&", ""))
        made.clicked.connect(press)
        return made

    def serve(self, door: Door) -> None:
        """Ask for the door, and offer what the keyring keeps."""
        self.unlock.connect(door.unlock)
        self.unlock_kept.connect(door.unlock_kept)
        self.read_only.connect(door.read_only)
        door.kept.connect(self.offer)

    def offer(self, names: Sequence[str]) -> None:
        """These can sign in by the keyring."""
        self._kept = tuple(names)
        self._offer()

    def _offer(self) -> None:
        self.keyring.setVisible(self.person.currentData() in self._kept)

    def _by_ring(self) -> None:
        self.banner.tell("info", self.tr("One moment\u2026"))
        self.unlock_kept.emit(str(self.person.currentData()))

    def ask(self, title: str, because: str, people: Sequence[Operator], *, locked: bool) -> None:
        """Show the card for these people; while `locked`, reading is not offered beside it."""
        self._title.setText(title)
        self._because.setText(because)
        names = [each.name for each in people]
        if [self.person.itemData(place) for place in range(self.person.count())] != names:
            self.person.clear()
            for each in people:
                self.person.addItem(f"{each.name} \u2014 {each.full_name}", each.name)
        self.read_button.setVisible(not locked)
        self.offer(())
        self.passphrase.clear()
        self._reveal.setChecked(False)
        self._caps.hide()
        self.banner.tell("info", "")
        self._waits(0)
        self.passphrase.setFocus()
        announce(self, f"{title}. {because}")

    def refused(self, text: str, wait: int) -> None:
        """What was wrong, and a countdown while the next try has to wait."""
        self.banner.tell("bad", text)
        self._waits(wait)
        self.passphrase.setFocus()

    def _waits(self, seconds: int) -> None:
        self._wait = seconds
        self._busy(busy=seconds > 0)
        if seconds > 0:
            self._countdown.start(1000)
        self._say_wait()

    def _second(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._countdown.stop()
            self._busy(busy=False)
        self._say_wait()

    def _say_wait(self) -> None:
        said = self.tr("Unlock in {seconds} s").format(seconds=self._wait)
        self.go.setText(said if self._wait > 0 else self.tr("&Unlock"))
        self.go.setAccessibleName(self.go.text().replace("&", ""))

    def _busy(self, *, busy: bool) -> None:
        self.go.setEnabled(not busy)
        self.person.setEnabled(True)

    def _shown(self, shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self.passphrase.setEchoMode(modes.Normal if shown else modes.Password)
        self._reveal.setIcon(icon("eye-off" if shown else "eye", "text2"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A capital without Shift: Qt has no other way to ask for Caps Lock."""
        if watched is self.passphrase and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            letter = event.text()
            if letter.isalpha():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._caps.setVisible(letter.isupper() != shift and letter.upper() != letter.lower())
        return False

    def _go(self) -> None:
        if not self.go.isEnabled():
            return
        self._busy(busy=True)
        self.banner.tell("info", self.tr("One moment\u2026"))
        self.unlock.emit(str(self.person.currentData()), self.passphrase.text())
        self.passphrase.clear()
        self._reveal.setChecked(False)
