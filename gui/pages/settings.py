"""Settings: what this workspace is, and apart from it how this program looks and when it locks."""

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.model.advice import Act
from core.words.people import DUTIES
from core.words.states import KINDS, POLICIES
from gui.pages.base import Page, Shown
from gui.preferences import LOOKS, Preferences
from gui.widgets.card import clear
from gui.widgets.label import Heading, PlainLabel
from gui.widgets.own import OwnSignIn


class Settings(Page):
    """Two parts that are never mixed: the file's facts, and this machine's preferences.

    `asks` wants to know how the own sign-in stands, `forgets` takes it out of the keyring.
    """

    asks = Signal()
    forgets = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__("settings", self.tr("Settings"), "settings")
        self._preferences = preferences

    @cached_property
    def own(self) -> OwnSignIn:
        """How the own sign-in stands."""
        made = OwnSignIn()
        made.asks.connect(self.asks)
        made.forgets.connect(self.forgets)
        made.keeps.connect(lambda: self.wanted.emit(Act.KEEP_SIGN_IN.value, ""))
        return made

    @cached_property
    def _body(self) -> QScrollArea:
        """Made when the page is first looked at."""
        body = QWidget()
        body.setProperty("clear", "true")
        column = QVBoxLayout(body)
        column.setSpacing(8)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(Heading(self.tr("This workspace"), "settingsWorkspace", "part"))
        self._facts = QVBoxLayout()
        column.addLayout(self._facts)
        column.addSpacing(12)
        column.addWidget(Heading(self.tr("Your sign-in"), "settingsOwn", "part"))
        column.addWidget(self.own)
        column.addSpacing(12)
        column.addWidget(Heading(self.tr("This program on this machine"), "settingsProgram", "part"))
        column.addWidget(self._program())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("settingsScroll")
        scroll.setAccessibleName(self.title)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        return scroll

    def _program(self) -> QFrame:
        box = QFrame()
        box.setProperty("card", "true")
        form = QFormLayout(box)
        form.setContentsMargins(14, 12, 14, 12)
        self.look = QComboBox()
        self.look.setObjectName("settingsLook")
        self.look.setAccessibleName(self.tr("Appearance"))
        self.look.addItems([self.tr("As the system"), self.tr("Light"), self.tr("Dark")])
        self.look.setCurrentIndex(LOOKS.index(self._preferences.look))
        self.look.activated.connect(lambda place: setattr(self._preferences, "look", LOOKS[place]))
        self.minutes = QSpinBox()
        self.minutes.setObjectName("settingsLock")
        self.minutes.setAccessibleName(self.tr("Lock after minutes without activity"))
        self.minutes.setRange(1, 60)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setValue(self._preferences.lock_minutes)
        self.minutes.valueChanged.connect(lambda value: setattr(self._preferences, "lock_minutes", value))
        form.addRow(self.tr("&Appearance"), self.look)
        form.addRow(self.tr("&Text size"), self._sizes())
        form.addRow(self.tr("&Lock after"), self.minutes)
        said = self.tr("Locking hides everything and forgets the signing key. What you had typed stays.")
        form.addRow("", PlainLabel(said, "settingsLockWords").quiet())
        return box

    def _sizes(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.zoom.setObjectName("settingsZoom")
        self.zoom.setAccessibleName(self.tr("Text size in per cent"))
        self.zoom.setRange(10, 20)
        self.zoom.setPageStep(1)
        self.zoom.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.zoom.setValue(self._preferences.zoom // 10)
        self._per_cent = PlainLabel(f"{self._preferences.zoom} %", "settingsZoomWords").one_line()
        self.zoom.valueChanged.connect(self._zoomed)
        row.addWidget(self.zoom, 1)
        row.addWidget(self._per_cent)
        box.setFocusProxy(self.zoom)
        return box

    def _zoomed(self, value: int) -> None:
        self._per_cent.setText(f"{value * 10} %")
        if self._preferences.zoom != value * 10:
            self._preferences.zoom = value * 10

    def fill(self, shown: Shown) -> None:
        self.column.addWidget(self._body, 1)
        self.own.asks.emit()
        clear(self._facts)
        self.zoom.setValue(self._preferences.zoom // 10)
        self.look.setCurrentIndex(LOOKS.index(self._preferences.look))
        box = QFrame()
        box.setProperty("card", "true")
        form = QFormLayout(box)
        form.setContentsMargins(14, 12, 14, 12)
        for place, (label, text) in enumerate(self._workspace(shown)):
            fact = PlainLabel(text, f"settingsFact{place}", selectable=True)
            form.addRow(PlainLabel(label, f"settingsLabel{place}").quiet().one_line(), fact)
        self._facts.addWidget(box)

    def _workspace(self, shown: Shown) -> list[tuple[str, str]]:
        space, file = shown.desk.workspace, shown.desk.file
        lone = self.tr("One person: each key is compared twice, over two channels, and every export says so.")
        from core.services.people import operators

        people = operators(shown.desk)
        lines = [
            f"{each.full_name} ({each.name}): {', '.join(DUTIES[duty] for duty in each.duties)}" for each in people
        ]
        rehearsal = self.tr("{policy}: everything made here is marked, and real workspaces refuse it")
        policy = rehearsal.format(policy=POLICIES[space.policy]) if space.rehearsal else POLICIES[space.policy]
        return [
            (self.tr("Name"), space.name),
            (self.tr("Kind"), KINDS[space.kind]),
            (self.tr("Organisation"), space.organisation or "\u2014"),
            (self.tr("Community"), space.community or "\u2014"),
            (self.tr("Responsible"), ", ".join(each for each in (space.responsible, space.deputy) if each) or "\u2014"),
            (self.tr("People"), "\n".join(lines) if len(people) > 1 else f"{lines[0]}\n{lone}"),
            (self.tr("Policy"), policy),
            (self.tr("File"), str(file.path.absolute())),
            (self.tr("Journal"), self._journal(file.journal)),
            (self.tr("Made"), f"{space.created:%Y-%m-%d %H:%M} UTC"),
        ]

    def _journal(self, mode: str) -> str:
        if mode == "wal":
            return self.tr("write-ahead log beside the file (local disk)")
        return self.tr("one file ({mode} journal)").format(mode=mode)
