"""What the detail pane says of a link or a device: who compared, how, when; where it is installed; whom to call."""

from PySide6.QtCore import QObject

from core.model.keys import SHA1_FORMS, Comparison, Form, Key, KeyState, Verdict
from core.services.advice import offers_for_device, offers_for_link
from core.services.views import DeviceRow, Health, LinkRow
from core.words.names import ARRIVALS, PLATFORMS, SOURCES
from core.words.states import LINKS, VERDICTS, identity
from core.words.verdicts import ALGORITHMS, CHANNELS, FORMS, STANDINGS, TECHNOLOGIES
from gui.pages.base import Shown, Target
from gui.pages.columns import NONE, day
from gui.widgets import marks
from gui.widgets.detail import Detail, Part

_HISTORY = 5


class Details(QObject):
    """A QObject, so that translators find its sentences."""

    def of(self, target: Target, shown: Shown) -> Detail | None:
        """The detail of what a row is about, None where it is gone."""
        if target.kind == "link":
            link = next((row for row in shown.picture.links if row.link.name == target.name), None)
            return self.link(link, shown) if link else None
        if target.kind == "clause":
            from gui.pages.clauses import ClauseDetails

            return ClauseDetails(self).of(target.name, shown)
        if target.kind == "document":
            from gui.pages.ca.versions import VersionDetails

            return VersionDetails(self).of(target.name, shown)
        if target.kind == "due":
            from gui.pages.days import DayDetails

            return DayDetails(self).of(target.name, shown)
        if target.kind == "record":
            from gui.pages.recorded import RecordDetails

            return RecordDetails(self).of(target.name, shown)
        if target.kind != "device":
            from gui.pages.ca.details import CaDetails

            return CaDetails(self).of(target, shown)
        row = shown.picture.device(target.name)
        return self.device(row, shown) if row else None

    def device(self, row: DeviceRow, shown: Shown) -> Detail:
        """A device, its key and everything that was done with it."""
        parts = [*self._keys(row, shown), self._contact(row), self._installed(row, shown), self._device(row)]
        parts += self._exports(shown, "device", row.device.name)
        mark = marks.health(row.health)
        return Detail(row.device.name, mark, tuple(parts), offers_for_device(shown.picture, row))

    def link(self, row: LinkRow, shown: Shown) -> Detail:
        """A link: both ends, the worse first."""
        facts = [
            (self.tr("Technology"), TECHNOLOGIES[row.link.technology]),
            (self.tr("State"), LINKS[row.link.state]),
            (self.tr("Ticket"), row.link.ticket or NONE),
            (self.tr("Read back"), self.tr("{done} of 2 ends").format(done=row.installed)),
            (self.tr("Check by"), row.review_by or NONE),
        ]
        parts = [Part("", tuple(facts))]
        for end in sorted((row.right, row.left), key=lambda end: list(Health).index(end.health)):
            parts += self._end(end, shown)
        parts += self._exports(shown, "link", row.link.name)
        return Detail(row.link.name, marks.health(row.health), tuple(parts), offers_for_link(shown.picture, row))

    def _end(self, row: DeviceRow, shown: Shown) -> list[Part]:
        title = f"{row.device.name} \u2013 {marks.health(row.health).word}"
        return [Part(title), *self._keys(row, shown), self._contact(row)]

    def _keys(self, row: DeviceRow, shown: Shown) -> list[Part]:
        parts = []
        if row.waiting is not None:
            parts.append(self._waiting(row, row.waiting, shown))
        if row.key is not None:
            parts.append(self._approved(row, row.key, shown))
        if not parts:
            parts.append(Part("", sentence=self.tr("No key is on file.")))
        return parts

    def _waiting(self, row: DeviceRow, key: Key, shown: Shown) -> Part:
        """The waiting key: everything but its value (the blind rule)."""
        said = self.tr("Its fingerprint is shown once two people have compared it.")
        if key.state is KeyState.QUARANTINED:
            said = self.tr("It is in quarantine: what its owner read is another key. Its fingerprint is not shown.")
        facts = [
            (self.tr("Key"), self._algorithm(key)),
            (self.tr("Received"), f"{day(key.received)} UTC, {key.received_by}"),
            (self.tr("How it came"), f"{ARRIVALS[key.arrival]}, {SOURCES[key.public.source]}"),
            (self.tr("Compared"), self.tr("{done} of 2").format(done=row.compared)),
        ]
        facts += [(self._by(each), self._how(each)) for each in shown.picture.comparisons.get(key.id, ())]
        return Part(self.tr("Key that waits"), tuple(facts), sentence=said)

    def _approved(self, row: DeviceRow, key: Key, shown: Shown) -> Part:
        facts = [(self.tr("Key"), self._algorithm(key)), (self.tr("Check by"), key.review_by)]
        if row.rolling_until:
            facts.append((self.tr("Old key until"), row.rolling_until))
        if key.telephone_only:
            facts.append((self.tr("Weak point"), self.tr("compared by telephone only")))
        if key.by_one_person:
            facts.append((self.tr("Compared by"), self.tr("one person, over two channels")))
        if key.waiver:
            facts.append((self.tr("Legacy, because"), key.waiver))
        good = [each for each in shown.picture.comparisons.get(key.id, ()) if each.verdict is Verdict.MATCH]
        facts += [(self._by(each), self._how(each)) for each in good]
        from core.services.fingerprints import of_device

        value = of_device(shown.desk, row.device.name)[Form.SPKI_SHA256]
        label = self.tr("SHA-256 of public key, {name}").format(name=row.device.name)
        return Part(self.tr("Approved key, SHA-256"), tuple(facts), (label, value))

    def _algorithm(self, key: Key) -> str:
        name = ALGORITHMS[key.public.algorithm]
        return f"{name} {key.public.bits}" if key.public.algorithm == "rsa" else name

    def _by(self, said: Comparison) -> str:
        return said.operator

    def _how(self, said: Comparison) -> str:
        number = f", {said.number} ({said.number_from})" if said.number else ""
        word = "" if said.verdict is Verdict.MATCH else f"{VERDICTS[said.verdict]}: "
        read = self.tr("read by {reader}").format(reader=said.reader)
        form = f", {FORMS[said.form]}" if said.form in SHA1_FORMS else ""
        return f"{word}{day(said.time)} UTC, {CHANNELS[said.channel]}{number}, {read}, {said.ticket}{form}"

    def _contact(self, row: DeviceRow) -> Part:
        device = row.device
        facts = [
            (self.tr("Who"), device.contact or NONE),
            (self.tr("Telephone"), device.phone or NONE),
            (self.tr("Number from"), device.phone_from or NONE),
        ]
        return Part(self.tr("Contact"), tuple(facts))

    def _installed(self, row: DeviceRow, shown: Shown) -> Part:
        held = [pin for pin in shown.picture.pins if pin.peer == row.device.name]
        facts = [(pin.holder, f"{STANDINGS[pin.standing]}, {day(pin.since)}") for pin in held]
        sentence = "" if facts else self.tr("No device holds this key.")
        return Part(self.tr("Where the key is held"), tuple(facts), sentence=sentence)

    def _device(self, row: DeviceRow) -> Part:
        device = row.device
        facts = [
            (self.tr("Platform"), PLATFORMS[device.platform]),
            (self.tr("Identity"), identity(device.identity)),
            (self.tr("Address"), device.address),
            (self.tr("Networks"), ", ".join(device.networks) or NONE),
            (self.tr("Site"), device.site or NONE),
            (self.tr("End of life"), device.end_of_life or NONE),
        ]
        return Part(self.tr("Device"), tuple(facts))

    def _exports(self, shown: Shown, what: str, name: str) -> list[Part]:
        found = [row for row in shown.picture.exports if getattr(row, what) == name][:_HISTORY]
        current, old = self.tr("current"), self.tr("out of date")
        facts = [
            (row.device, f"{day(row.export.time)} UTC, {row.export.by}, {current if row.current else old}")
            for row in found
        ]
        return [Part(self.tr("Exports"), tuple(facts))] if facts else []
