"""What a page is given and what it asks for."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.errors.base import Expected
from core.late import dataclass
from core.model.advice import Act, Advice, Step
from core.model.proposals import Difference, Need, Proposal
from core.model.workspace import Kind
from core.policy import access
from core.services import activity, advice, views
from core.services.activity import Entry
from core.services.desk import Desk
from core.services.views import Picture
from gui.widgets.icons import IconView
from gui.widgets.label import Heading, PlainLabel

if TYPE_CHECKING:  # the first window of a workspace of links does without them
    from core.services.copies import Copy
    from core.services.hierarchy import Hierarchy
    from gui.pages.columns import Columns
    from gui.widgets.dragged import Taken
    from gui.widgets.rows import Column
    from gui.widgets.table import DataTable

ROWS = 1000  # of the activity log
_ELSEWHERE = ("certificate.issue",)  # requests have a section, a card and a badge of their own
WITH_LINKS = (Kind.LINKS, Kind.ISSUING, Kind.REGISTRATION)  # pins go on beside certificates
WITH_A_CA = (Kind.ISSUING, Kind.ROOT)
SECTIONS: dict[str, str] = {
    Act.PEOPLE: "people",
    Act.DUTIES: "duties",
    Act.VERIFY_LOG: "activity",
}  # acts that begin on a page


@dataclass(frozen=True)
class People:
    """Who works here, and what waits for a second person, each with what it needs.

    `differences` has what each would change, by digest; requests show theirs where they are approved.
    """

    table: access.Table
    waiting: tuple[tuple[Proposal, tuple[Need, ...]], ...]
    differences: Mapping[str, tuple[Difference, ...]]


@dataclass(frozen=True)
class Shown:
    """All that pages show, read in one go. `hindrance` is why nothing can be changed, "" where it can."""

    desk: Desk
    picture: Picture
    entries: tuple[Entry, ...]
    steps: tuple[Step, ...]
    advice: Advice
    hindrance: str
    people: (
        People | Expected | None
    )  # the refusal where the tables are not what the signed rows say; None: not read yet
    hierarchy: "Hierarchy | None"  # None in a workspace without authorities of its own
    also: dict[str, Any] = field(default_factory=dict, compare=False)  # what pages read of their own, by their names

    def keeps(self, before: "Shown | None") -> None:
        """What was read beside it before stays until it is read anew, where the workspace is the same."""
        if before is not None and before.desk is self.desk:
            self.also.update(before.also)


def read(desk: Desk) -> Shown:
    """Read all of it; takes a tenth of a second at 1,000 links."""
    from core.services import calendar, restored, reviews

    seen = views.picture(desk)
    entries = activity.recent(desk, ROWS)
    people = _people(desk)
    steps = (*advice.steps(seen), *restored.steps(desk), *reviews.steps(desk), *calendar.steps(desk))
    if isinstance(people, People):
        told = [each for each, _ in people.waiting if each.kind not in _ELSEWHERE]
        steps = (*steps, *access.steps(people.table, told))
    ours = _hierarchy(desk, people)
    return Shown(desk, seen, entries, advice.ordered(steps), advice.advice(seen), advice.hindrance(desk), people, ours)


def first(desk: Desk) -> Shown:
    """What the first window is painted with, a tenth of the work: all but what stands on signed rows, which `read` goes
    through while people look. Nothing can be done by it that every command does not ask again."""
    if desk.workspace.kind in WITH_A_CA:  # there everything stands on them
        return read(desk)
    seen = views.picture(desk)
    steps = advice.ordered(advice.steps(seen))
    return Shown(desk, seen, (), steps, advice.advice(seen), advice.hindrance(desk), None, None)


def _hierarchy(desk: Desk, people: People | Expected) -> "Hierarchy | None":
    if desk.workspace.kind not in WITH_A_CA:
        return None
    from core.services import hierarchy

    return hierarchy.read(desk, people.waiting if isinstance(people, People) else ())


def _people(desk: Desk) -> People | Expected:
    from core.services import differences, proposals
    from core.services.access import table

    try:
        found = proposals.waiting(desk)
        waiting = tuple(zip(found, proposals.needs_each(desk, found), strict=True))
        told = {each.digest: differences.differences(desk, each) for each, _ in waiting if each.kind not in _ELSEWHERE}
        return People(table(desk), waiting, told)
    except Expected as fault:
        return fault


@dataclass(frozen=True)
class Saving:
    """A file that a page is to be saved as: what the dialog says, the name it offers, and what writes it, in the lane."""

    title: str
    name: str
    kinds: str
    write: Callable[[Desk, Path], None]


@dataclass(frozen=True)
class Target:
    """What a row is about: `kind` is "device", "link", "request", "certificate" or "authority"."""

    kind: str
    name: str


_OF_A_CA: dict[str, str] = {
    Act.APPROVE: "request",
    Act.REFUSE: "request",
    Act.ISSUE: "request",
    Act.REVOKE: "certificate",
    Act.RENEW: "certificate",
    Act.SECOND_LOOK: "certificate",
    Act.ENDPOINT: "certificate",
    Act.PUBLISH: "authority",
    Act.RUN_OFF: "authority",
    Act.SUB_RENEW: "authority",
    Act.DESTROY: "authority",
    Act.ENROL: "device",
}  # what the acts of Local CA mode are about


def meant(what: str, target: Target | None, shown: Shown) -> str:
    """The chosen device or link, where it is of the kind the act wants; "" where nothing is chosen."""
    if target is None:
        return ""
    wants = _OF_A_CA.get(what, "")
    if wants or target.kind not in ("device", "link"):
        return target.name if target.kind == wants else ""
    of_link = what in (Act.EXPORT, Act.RETIRE_LINK)
    if of_link == (target.kind == "link"):
        return target.name
    if target.kind == "link":
        row = next(row for row in shown.picture.links if row.link.name == target.name)
        return (row.right if row.right.waiting or not row.left.waiting else row.left).device.name
    ends = (row for row in shown.picture.links if target.name in (row.left.device.name, row.right.device.name))
    return next((row.link.name for row in ends), "")


def columns() -> "Columns":
    """The columns of the tables of Links mode."""
    from gui.pages.columns import Columns

    return Columns()


class Page(QWidget):
    """A titled page. `wanted` is (act, about); `chosen` and `opened` carry a Target or None.

    `kinds` are the workspaces that have it; `saves` carries a Saving. `reads` asks, with the page, that its `look_up` is called beside the lane and
    what it returns handed to `looked_up`.
    """

    reads = Signal(object)
    saves = Signal(object)
    wanted = Signal(str, str)
    chosen = Signal(object)
    opened = Signal(object)
    menu = Signal(object, QPoint)
    searchable = False
    details = False
    kinds: tuple[Kind, ...] = tuple(Kind)

    def __init__(self, name: str, title: str, icon: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.title, self.icon = title, icon
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 14, 20, 14)
        self.column.setSpacing(10)
        self.head = QHBoxLayout()
        self.head.addWidget(Heading(title, f"{name}Title"), 1)
        self.column.addLayout(self.head)

    def fill(self, shown: Shown) -> None:
        """Show what stands now."""

    def look_up(self, desk: Desk) -> Any:
        """What it reads of its own; not in the window's thread."""

    def looked_up(self, desk: Desk, found: Any, said: str) -> None:
        """What `look_up` found in that workspace, or why it could not be read."""

    def seek(self, needle: str) -> None:
        """Search in this page."""

    def badge(self, _shown: Shown) -> int:
        """The number beside its name in the list of sections, 0 for none."""
        return 0

    def target(self) -> Target | None:
        """What is chosen on it."""
        return None

    def focus_widget(self) -> QWidget:
        """Where the keyboard goes when the page is entered."""
        return self


class Empty(QWidget):
    """Icon, one sentence, one button: what to do where there is nothing yet."""

    pressed = Signal()

    def __init__(self, name: str, icon: str, sentence: str, button: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(IconView(icon, "text2", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        self._label = PlainLabel(sentence, f"{name}Words")
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._label)
        self._button = QPushButton(button)
        self._button.setAutoDefault(True)  # Enter presses it, as in a dialog
        self._button.setObjectName(f"{name}Button")
        self._button.setVisible(bool(button))
        self._button.clicked.connect(self.pressed)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def tell(self, sentence: str, button: str) -> None:
        """Another sentence and button."""
        self._label.setText(sentence)
        self._button.setText(button)
        self._button.setVisible(bool(button))


class TablePage(Page):
    """A page that is one table, with a sentence where it is empty and another where a search finds nothing."""

    searchable = True
    cleared = Signal()
    drags = False  # rows can be dragged out, as `copied` has them
    taken: "Callable[[Sequence[Any]], Taken | None] | None" = None

    def __init__(
        self,
        name: str,
        title: str,
        icon: str,
        columns: Callable[[], Sequence["Column"]],
        key: Callable[[Any], Hashable],
        empty: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        super().__init__(name, title, icon)
        self._columns, self._key, self._empty, self._needle = columns, key, empty, ""
        self.body: QBoxLayout = self.column  # where the table goes

    @cached_property
    def table(self) -> "DataTable":
        """Made, like `nothing` and with its columns, when the page is first looked at: 20 ms with what they import."""
        from gui.widgets.table import DataTable

        made = DataTable(f"{self.objectName()}Table", self.title, self._columns(), self._key)
        self.body.addWidget(made, 1)
        if self.taken is not None:
            made.hand_out(self.taken)
        made.chosen.connect(lambda row: self.chosen.emit(self.about(row)))
        made.opened.connect(lambda row: self.opened.emit(self.about(row)))
        made.menu.connect(lambda row, at: self.menu.emit(self.about(row), at))
        return made

    @cached_property
    def nothing(self) -> Empty:
        """What stands there instead of an empty table."""
        made = Empty(f"{self.objectName()}Empty", self.icon, *self._empty[:2])
        made.hide()
        made.pressed.connect(self._press)
        self.body.addWidget(made, 1)
        return made

    def about(self, _row: Any) -> Target | None:
        """What a row is about."""
        return None

    def copied(self, desk: Desk, row: Any) -> "Copy":
        """The row as one file, or the refusal of what must not leave."""
        raise NotImplementedError

    def target(self) -> Target | None:
        row = self.table.current
        return self.about(row) if row is not None else None

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Fill the table, or say why it is empty."""
        self.table.fill(rows)
        self._settle()

    def seek(self, needle: str) -> None:
        self._needle = needle
        self.table.seek(needle)
        self._settle()

    def _settle(self) -> None:
        rows = self.table.rows
        found = rows.rowCount() > 0
        self.table.setVisible(found)
        self.nothing.setVisible(not found)
        if not found and rows.total:
            said = self.tr("Nothing here matches \u201c{needle}\u201d.").format(needle=self._needle)
            self.nothing.tell(said, self.tr("Clear search"))
        elif not found:
            self.nothing.tell(*self._empty[:2])

    def _press(self) -> None:
        if self.table.rows.total:
            self.cleared.emit()
        else:
            self.wanted.emit(self._empty[2], "")

    def focus_widget(self) -> QWidget:
        return self.table if self.table.isVisible() else self.nothing
