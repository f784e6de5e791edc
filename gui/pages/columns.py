"""The columns of the tables of Links mode."""

from datetime import datetime

from PySide6.QtCore import QObject

from core.services.activity import Entry
from core.services.views import DeviceRow, ExportRow, LinkRow
from core.words.audit import event
from core.words.names import ARRIVALS
from core.words.verdicts import ALGORITHMS, TECHNOLOGIES
from gui.widgets import marks
from gui.widgets.marks import Mark
from gui.widgets.rows import Column, marked

NONE = "\u2014"


def day(moment: datetime | None) -> str:
    """A date and time in UTC."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else NONE


class Columns(QObject):
    """Made once per page; a QObject, so that translators find its sentences."""

    def links(self) -> list[Column]:
        """Every link with the worse of its two ends."""
        return [
            Column(self.tr("Link"), "link", _link, 120),
            Column(self.tr("Our end"), "our", _our, 95),
            Column(self.tr("Peer end"), "peer", _peer, 95),
            marked(self.tr("Peer key"), "key", lambda row: marks.health(row.health), 140),
            Column(self.tr("Technology"), "technology", _technology, 100),
            Column(self.tr("Exported"), "exported", lambda row: row.exported or NONE, 95),
            Column(self.tr("Read back"), "readback", _read_back, 90),
            Column(self.tr("Check again by"), "review", lambda row: row.review_by or NONE, 110),
        ]

    def keys(self) -> list[Column]:
        """Every device and how its key stands."""
        return [
            Column(self.tr("Device"), "device", _device, 120),
            marked(self.tr("State"), "state", lambda row: marks.health(row.health), 150),
            Column(self.tr("Algorithm"), "algorithm", _algorithm, 110),
            Column(self.tr("Site"), "site", lambda row: row.device.site or NONE, 100),
            Column(self.tr("Identity"), "identity", lambda row: row.device.identity.value, 190),
            Column(self.tr("Check again by"), "review", lambda row: row.key.review_by if row.key else NONE, 110),
            Column(self.tr("Contact"), "contact", _contact, 220),
        ]

    def queue(self) -> list[Column]:
        """What waits for people, the oldest first."""
        return [
            Column(self.tr("Device"), "device", _device, 120),
            marked(self.tr("State"), "state", lambda row: marks.health(row.health), 150),
            Column(self.tr("Waiting since"), "since", lambda row: day(row.waiting.received), 140),
            Column(self.tr("How it came"), "arrival", lambda row: ARRIVALS[row.waiting.arrival], 140),
            Column(self.tr("Received by"), "by", lambda row: row.waiting.received_by, 100),
            Column(self.tr("Compared"), "compared", self._compared, 110),
            Column(self.tr("Contact"), "contact", _contact, 220),
        ]

    def _compared(self, row: DeviceRow) -> str:
        return self.tr("{done} of 2").format(done=row.compared)

    def exports(self) -> list[Column]:
        """What was given to whom."""
        return [
            Column(self.tr("Link"), "link", lambda row: row.link, 130),
            Column(self.tr("For device"), "device", lambda row: row.device, 110),
            Column(self.tr("Pins the key of"), "peer", lambda row: row.peer, 120),
            marked(self.tr("State"), "state", self._current, 140),
            Column(self.tr("When (UTC)"), "when", lambda row: day(row.export.time), 140),
            Column(self.tr("By"), "by", lambda row: row.export.by, 80),
            Column(self.tr("SHA-256 of the manifest"), "sha256", lambda row: row.export.manifest_sha256, 220),
            Column(self.tr("Folder"), "folder", lambda row: row.export.folder, 240),
        ]

    def _current(self, row: ExportRow) -> Mark:
        if row.current:
            return Mark(self.tr("Current"), "circle-check", "ok")
        return Mark(self.tr("Out of date"), "history", "text2")

    def activity(self) -> list[Column]:
        """The ledger's newest rows."""
        return [
            Column(self.tr("Entry"), "entry", lambda row: str(row.number), 70),
            Column(self.tr("Time (UTC)"), "time", lambda row: row.time, 160),
            Column(self.tr("Person"), "person", lambda row: row.actor, 100),
            marked(self.tr("What"), "what", _what, 240),
            Column(self.tr("About"), "about", lambda row: row.about or NONE, 260),
            Column(self.tr("Ticket"), "ticket", lambda row: row.ticket or NONE, 120),
        ]


def _link(row: LinkRow) -> str:
    return row.link.name


def _our(row: LinkRow) -> str:
    return row.left.device.name


def _peer(row: LinkRow) -> str:
    return row.right.device.name


def _technology(row: LinkRow) -> str:
    return TECHNOLOGIES[row.link.technology]


def _read_back(row: LinkRow) -> str:
    return f"{row.installed}/2"


def _device(row: DeviceRow) -> str:
    return row.device.name


def _algorithm(row: DeviceRow) -> str:
    key = row.waiting or row.key
    return ALGORITHMS[key.public.algorithm] if key else NONE


def _contact(row: DeviceRow) -> str:
    return ", ".join(part for part in (row.device.contact, row.device.phone) if part) or NONE


def _what(row: Entry) -> Mark:
    if row.action == "refused":
        return Mark(event(row.action), "ban", "warn")
    if row.action in ("key.quarantined", "key.suspected", "sign-in.failed"):
        return Mark(event(row.action), "alert-triangle", "bad")
    return Mark(event(row.action), "point", "text2")
