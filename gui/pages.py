"""The pages of Links mode: each shows one part of the picture, none decides anything."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.model.links import LinkState
from core.services.activity import Entry
from core.services.views import DeviceRow, Health, LinkRow, Picture
from core.words.verdicts import STANDINGS
from gui.rows import Column, DataTable
from gui.widgets.label import Heading, PlainLabel

# Word and mark: a state is never told by colour alone.
MARKS = {
    Health.VERIFIED: "\u2714", Health.ROLLING: "\u2714", Health.TELEPHONE: "!", Health.OVERDUE: "!",
    Health.RECEIVED: "!", Health.COMPARED: "!", Health.NO_KEY: "\u2013", Health.RETIRED: "\u2013",
}  # fmt: skip


def marked(health: Health) -> str:
    """A state with its mark; a cross where something is wrong."""
    return f"{MARKS.get(health, chr(0x2716))} {health.value}"


class Page(QWidget):
    """A titled page; `fill` shows a new picture."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.title = title
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.addWidget(Heading(title, f"{name}Title"))

    def seek(self, needle: str) -> None:
        """Search in this page."""

    def fill(self, picture: Picture, rows: tuple[Entry, ...]) -> None:
        """Show what stands now."""


class TablePage(Page):
    """A page that is one table, with a sentence where it is empty."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self, name: str, title: str, columns: list[Column], empty: str, pick: Callable[[Picture, Any], list[Any]]
    ) -> None:
        super().__init__(name, title)
        self._pick = pick
        self.table = DataTable(f"{name}Table", title, columns)
        self._empty = PlainLabel(empty, f"{name}Empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self._empty)
        self.column.addWidget(self.table, 1)
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self.chosen)

    def seek(self, needle: str) -> None:
        """Filter the table."""
        self.table.rows.find(needle)

    def fill(self, picture: Picture, rows: tuple[Entry, ...]) -> None:
        """Show the rows of this page."""
        found = self._pick(picture, rows)
        self.table.rows.fill(found)
        self._empty.setVisible(not found)
        self.table.setVisible(bool(found))


class Overview(Page):
    """What is wrong, what is due, what to do now."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("overview", QWidget().tr("Overview"))
        self._cards = QHBoxLayout()
        self.column.addLayout(self._cards)
        self.column.addWidget(PlainLabel(self.tr("What to do now"), "todoTitle"))
        self._todo = QVBoxLayout()
        self.column.addLayout(self._todo)
        self._advice = PlainLabel("", "advice")
        self.column.addStretch(1)
        self.column.addWidget(self._advice)

    def fill(self, picture: Picture, _rows: tuple[Entry, ...]) -> None:
        """Cards, list and advice."""
        living = [row for row in picture.links if row.link.state is not LinkState.RETIRED]
        good = [row for row in living if row.health in (Health.VERIFIED, Health.ROLLING, Health.TELEPHONE)]
        waiting = [row for row in picture.devices if row.health in (Health.RECEIVED, Health.COMPARED)]
        wrong = [row for row in picture.devices if row.health in WRONG]
        due = [row for row in picture.devices if row.health is Health.OVERDUE]
        _clear(self._cards)
        for number, words in (
            (f"{len(good)}/{len(living)}", self.tr("links verified")),
            (str(len(waiting)), self.tr("keys to verify")),
            (str(len(wrong)), self.tr("keys changed or different")),
            (str(len(due)), self.tr("to check again")),
        ):
            self._cards.addWidget(_card(number, words))
        self._steps(picture, [*wrong, *waiting, *due])
        self._advice.setText(self._advise(len(living), picture))

    def _steps(self, picture: Picture, rows: list[DeviceRow]) -> None:
        _clear(self._todo)
        steps = [(self._sentence(row), self.tr("Compare\u2026"), "compare", row.device.name) for row in rows[:6]]
        if not picture.devices:
            steps.append(
                (
                    self.tr("There are no devices yet. Begin with your own gateway."),
                    self.tr("Add device\u2026"),
                    "device",
                    "",
                )
            )
        elif len(picture.devices) < 2 or not picture.links:
            steps.append((self.tr("A link joins two devices."), self.tr("Add link\u2026"), "link", ""))
        for row in picture.devices:
            if row.health is Health.NO_KEY and len(steps) < 8:
                text = self.tr("{name} has no key yet.").format(name=row.device.name)
                steps.append((text, self.tr("Receive key\u2026"), "receive", row.device.name))
        for link in picture.links:
            if link.health in (Health.VERIFIED, Health.TELEPHONE) and not link.exported and len(steps) < 8:
                text = self.tr("{name} can be exported.").format(name=link.link.name)
                steps.append((text, self.tr("Export\u2026"), "export", link.link.name))
        if not steps:
            self._todo.addWidget(
                PlainLabel(self.tr("Nothing is due. Every key was checked with its owner."), "nothingDue")
            )
        for place, (text, button, what, about) in enumerate(steps):
            self._todo.addWidget(self._step(place, text, button, what, about))

    def _step(self, place: int, text: str, button: str, what: str, about: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(PlainLabel(text, f"todo{place}"), 1)
        press = QPushButton(button)
        press.setObjectName(f"todo{place}Button")
        press.setAccessibleName(f"{button} {about}".strip())
        press.clicked.connect(lambda: self.wanted.emit(what, about))
        row.addWidget(press)
        return box

    def _sentence(self, row: DeviceRow) -> str:
        name = row.device.name
        if row.health is Health.CHANGED:
            return self.tr("The key for {name} has changed. Do not install it before two people compared it.").format(
                name=name
            )
        if row.health in WRONG:
            return self.tr("ALARM: what {name} reads is not the key on file ({state}).").format(
                name=name, state=row.health
            )
        if row.health is Health.COMPARED:
            return self.tr("The key for {name} was compared once; a second person is needed.").format(name=name)
        if row.health is Health.OVERDUE:
            return self.tr("The key for {name} is due to be checked again.").format(name=name)
        return self.tr("The key for {name} is not verified.").format(name=name)

    def _advise(self, links: int, picture: Picture) -> str:
        """When pins stop being the right tool (NCSC section 2)."""
        devices = len([row for row in picture.devices if row.health is not Health.RETIRED])
        ends: dict[int, int] = {}
        for row in picture.links:
            for number in (row.link.left_id, row.link.right_id):
                ends[number] = ends.get(number, 0) + 1
        most = max(ends.values(), default=0)
        text = self.tr(
            "{devices} devices and {links} links: {pins} pins to keep. When the busiest gateway changes its key, {most} "
            "other gateways need the new pin."
        ).format(devices=devices, links=links, pins=2 * links, most=most)
        if links > MANY_LINKS or most > MANY_ENDS:
            text += " " + self.tr(
                "That is more than pins are good for: with a local CA each gateway would enrol once with a request and a "
                "ticket, and the others would need one root and its CRLs."
            )
        return text


WRONG = (Health.CHANGED, Health.QUARANTINED, Health.LOOKALIKE, Health.SUSPENDED)
MANY_LINKS, MANY_ENDS = 12, 8


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()


def _card(number: str, words: str) -> QFrame:
    card = QFrame()
    card.setProperty("card", "true")
    card.setAccessibleName(f"{number} {words}")
    column = QVBoxLayout(card)
    column.addWidget(Heading(number, "cardNumber"))
    column.addWidget(PlainLabel(words, "cardWords"))
    return card


def links_page() -> TablePage:
    """Every link with the worse of its two ends."""
    tr = QWidget().tr
    columns = [
        Column(tr("Link"), lambda row: row.link.name, 160),
        Column(tr("Our end"), lambda row: row.left.device.name, 130),
        Column(tr("Peer end"), lambda row: row.right.device.name, 130),
        Column(tr("Keys"), lambda row: marked(row.health), 160),
        Column(tr("Technology"), lambda row: row.link.technology.value, 100),
        Column(tr("Exported"), lambda row: row.exported or "\u2013", 100),
        Column(tr("Read back"), lambda row: f"{row.installed}/2", 90),
        Column(tr("Check again by"), lambda row: row.review_by or "\u2013", 110),
    ]
    empty = tr("No links yet. A link joins one of your devices to a peer's device.")
    return TablePage("links", tr("Links"), columns, empty, lambda picture, _: list(picture.links))


def _key_columns() -> list[Column]:
    tr = QWidget().tr
    return [
        Column(tr("Device"), lambda row: row.device.name, 150),
        Column(tr("State"), lambda row: marked(row.health), 160),
        Column(tr("Algorithm"), _algorithm, 120),
        Column(tr("Compared"), lambda row: f"{2 if row.key and not row.waiting else row.compared}/2", 90),
        Column(tr("Site"), lambda row: row.device.site, 120),
        Column(tr("Contact"), lambda row: f"{row.device.contact} {row.device.phone}".strip(), 220),
    ]


def _algorithm(row: DeviceRow) -> str:
    key = row.waiting or row.key
    return key.public.algorithm.value if key else "\u2013"


def keys_page() -> TablePage:
    """Every device and how its key stands."""
    tr = QWidget().tr
    empty = tr("No devices yet. Add your own gateway first.")
    return TablePage("keys", tr("Peer keys"), _key_columns(), empty, lambda picture, _: list(picture.devices))


def verify_page() -> TablePage:
    """What waits for a comparison."""
    tr = QWidget().tr
    empty = tr("Nothing to verify. Every installed peer key has been checked with its owner.")
    return TablePage(
        "verify",
        tr("To verify"),
        _key_columns(),
        empty,
        lambda picture, _: [row for row in picture.devices if row.waiting],
    )


def matrix_page() -> TablePage:
    """Which device holds which key (SL3)."""
    tr = QWidget().tr
    columns = [
        Column(tr("Device"), lambda pin: pin.holder, 150),
        Column(tr("Holds the key of"), lambda pin: pin.peer, 150),
        Column(tr("Link"), lambda pin: pin.link, 150),
        Column(tr("Standing"), lambda pin: STANDINGS[pin.standing], 150),
        Column(tr("Since"), lambda pin: f"{pin.since:%Y-%m-%d %H:%M}" if pin.since else "\u2013", 150),
    ]
    empty = tr("No device holds a key yet. Export a link first.")
    return TablePage("matrix", tr("Who holds which key"), columns, empty, lambda picture, _: list(picture.pins))


def activity_page() -> TablePage:
    """The ledger's newest rows."""
    tr = QWidget().tr
    columns = [
        Column(tr("Time (UTC)"), lambda row: row.time, 160),
        Column(tr("Person"), lambda row: row.actor, 100),
        Column(tr("What"), lambda row: row.action, 170),
        Column(tr("About"), lambda row: row.about, 240),
        Column(tr("Ticket"), lambda row: row.ticket, 120),
    ]
    page = TablePage("activity", tr("Activity log"), columns, tr("Nothing yet."), lambda _, rows: list(rows))
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    return page


def chosen_device(row: object, picture: Picture) -> str:
    """The device a chosen row is about; of a link, the end that needs people most."""
    if isinstance(row, DeviceRow):
        return row.device.name
    if isinstance(row, LinkRow):
        return (row.right if row.right.waiting or not row.left.waiting else row.left).device.name
    return next((each.device.name for each in picture.devices if each.waiting), "")
