"""Overview: what is wrong, what is due, and what to do now with one button each."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.model.advice import ALARMS, Step, Task
from core.model.links import LinkState
from core.model.workspace import Kind
from core.services.advice import verified
from core.services.views import Health
from core.words.advice import advised, button, nothing, step
from gui.pages.base import Page, Shown
from gui.widgets.banner import Banner
from gui.widgets.card import Card, clear
from gui.widgets.detail import words
from gui.widgets.icons import IconView
from gui.widgets.label import Heading, PlainLabel

_STEP, _ABOVE = 48, 200  # pixels: a step is never lower, nor what stands above the first
_SLICE, _PAINTED = 10, 250  # steps at once, ms apart: after the first painting
_MOST = 50  # sentences shown; a network with more open ends has its tables
_WRONG = (Health.CHANGED, Health.QUARANTINED, Health.LOOKALIKE, Health.SUSPENDED)


def task_icon(task: Task) -> tuple[str, str]:
    """Icon and tone of a task: an alarm, work that waits, or something to begin with."""
    if task in ALARMS:
        return ("alert-octagon" if task in (Task.LOOKALIKE, Task.SUSPENDED) else "shield-x"), "bad"
    return {
        Task.EXPORT: ("file-export", "accent"), Task.READBACK: ("clipboard-check", "accent"),
        Task.FIRST_DEVICE: ("router", "accent"), Task.SECOND_DEVICE: ("router", "accent"),
        Task.FIRST_LINK: ("link", "accent"), Task.RECEIVE: ("file-import", "accent"), Task.TELEPHONE: ("phone", "warn"),
        Task.REVIEW: ("clock-exclamation", "warn"), Task.AGREEMENT: ("user", "warn"),
        Task.ACCESS_REVIEW: ("clock-exclamation", "warn"), Task.LEDGER_REVIEW: ("clock-exclamation", "warn"), Task.ROLLING: ("rotate-clockwise", "warn"),
        Task.READBACK_STALE: ("refresh", "warn"),
    }.get(task, ("alert-triangle", "warn"))  # fmt: skip


class Overview(Page):
    """`go` names the section behind a card."""

    go = Signal(str)
    kinds = (Kind.LINKS, Kind.REGISTRATION)

    def __init__(self) -> None:
        super().__init__("overview", self.tr("Overview"), "home")
        self._steps: tuple[Step, ...] = ()
        self._placed: int | None = None  # of the steps
        self.cards = (
            Card("cardLinks", self.tr("links verified"), "link"),
            Card("cardVerify", self.tr("keys to verify"), "shield-question"),
            Card("cardChanged", self.tr("keys changed or different"), "shield-x"),
            Card("cardDue", self.tr("to check again"), "clock-exclamation"),
        )
        body = QWidget()
        body.setProperty("clear", "true")
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 6, 0)
        self._body.setSpacing(10)
        scroll = QScrollArea()
        scroll.setObjectName("overviewScroll")
        scroll.setAccessibleName(self.title)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        self.column.addWidget(scroll, 1)
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, (card, section) in enumerate(zip(self.cards, ("links", "verify", "keys", "keys"), strict=True)):
            grid.addWidget(card, 0, place)
            card.clicked.connect(lambda _=False, section=section: self.go.emit(section))
        self._body.addLayout(grid)
        self._body.addSpacing(4)
        self._body.addWidget(Heading(self.tr("What to do now"), "todoTitle", "part"))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._body.addLayout(self._list)
        self._advice = Banner("advice")
        self._body.addStretch(1)
        self._body.addWidget(self._advice)

    def fill(self, shown: Shown) -> None:
        living = [row for row in shown.picture.links if row.link.state is not LinkState.RETIRED]
        good = sum(1 for row in living if verified(row))
        waiting = sum(1 for row in shown.picture.devices if row.health in (Health.RECEIVED, Health.COMPARED))
        wrong = sum(1 for row in shown.picture.devices if row.health in _WRONG)
        due = sum(1 for row in shown.picture.devices if row.health in (Health.OVERDUE, Health.TELEPHONE))
        self.cards[0].tell(f"{good}/{len(living)}", "ok" if living and good == len(living) else "text2")
        self.cards[1].tell(str(waiting), "warn" if waiting else "ok")
        self.cards[2].tell(str(wrong), "bad" if wrong else "ok")
        self.cards[3].tell(str(due), "warn" if due else "ok")
        if not self._steps or shown.steps != self._steps:  # what stands stays: nothing moves under a hand
            self._begin(shown)
        self._body.removeWidget(self._advice)
        alarmed = any(each.task in ALARMS for each in shown.steps)  # nothing stands above an alarm
        above = shown.advice.outgrown and not alarmed
        self._body.insertWidget(1 if above else self._body.count(), self._advice)
        self._advice.tell("warn" if shown.advice.outgrown else "info", advised(shown.advice))

    def _begin(self, shown: Shown) -> None:
        """The list anew; what is below the edge of the first window is made when that is painted."""
        clear(self._list)
        self._steps = shown.steps
        first, self._placed = self._placed is None, 0
        self._place((self.window().height() - _ABOVE) // _STEP if first else _MOST)
        if not shown.steps and shown.people is not None:
            self._list.addWidget(_line("nothingDue", "circle-check", "ok", nothing()))

    def _place(self, most: int) -> None:
        """So many more of the steps; the others in slices that nobody notices."""
        begun, self._placed = self._placed or 0, min((self._placed or 0) + most, len(self._steps), _MOST)
        for place in range(begun, self._placed):
            self._list.addWidget(self._step(place, self._steps[place], first=place == 0))
        if self.isVisible():
            self._body.activate()  # in their places at once: whoever clicks meanwhile finds them there
        if self._placed < min(len(self._steps), _MOST):
            QTimer.singleShot(_PAINTED, self, self._rest)
        elif len(self._steps) > _MOST:
            more = self.tr("{count} more are in the sections at the left.").format(count=len(self._steps) - _MOST)
            self._list.addWidget(PlainLabel(more, "todoMore").quiet())

    def _rest(self) -> None:
        if (self._placed or 0) < min(len(self._steps), _MOST):
            self._place(_SLICE)

    def _step(self, place: int, found: Step, *, first: bool) -> QWidget:
        box = _line(f"todo{place}", *task_icon(found.task), step(found))
        press = QPushButton(words(found.act))
        press.setAutoDefault(True)  # Enter presses it, as in a dialog
        press.setObjectName(f"todo{place}Button")
        press.setAccessibleName(f"{button(found.act)} {found.about}".strip())
        press.setAccessibleDescription(step(found))
        press.setProperty("primary", "true" if first else "false")
        press.clicked.connect(lambda: self.wanted.emit(found.act.value, found.about))
        layout = box.layout()
        if isinstance(layout, QHBoxLayout):
            layout.addWidget(press, 0, Qt.AlignmentFlag.AlignVCenter)
        return box

    def focus_widget(self) -> QWidget:
        found = self.findChild(QPushButton, "todo0Button")
        return found if isinstance(found, QPushButton) else self.cards[0]


def _line(name: str, icon: str, tone: str, text: str) -> QFrame:
    box = QFrame()
    box.setObjectName(name)
    box.setProperty("card", "true")
    row = QHBoxLayout(box)
    row.setContentsMargins(14, 8, 10, 8)
    row.setSpacing(12)
    row.addWidget(IconView(icon, tone), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(PlainLabel(text, f"{name}Words"), 1)
    return box
