"""Compare a key blind: how, who reads, what they read, the verdict. The value on file is on no page, before or after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QPushButton, QSizePolicy

from core.exports.instructions import own_key
from core.flows.comparison import LINES, Compare, already
from core.model.keys import Channel, Verdict
from core.services import keys
from core.services.perform import perform
from core.words.names import ARRIVALS, CAUTIONS, WAYS
from core.words.say import beside
from core.words.verdicts import verdict
from gui.bench import Bench
from gui.widgets.announce import announce
from gui.widgets.label import PlainLabel
from gui.wizards.heard import heard_row
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable, fixed
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work

HAND_OVER = "hand-over"


class _How(Page):
    def __init__(self, host: CompareWizard) -> None:
        super().__init__(host, "how")
        self.titled(
            self.tr("Choose how"),
            self.tr("How do you reach the owner?"),
            self.tr("Use a way that the key did not come on, and a number that you already hold."),
        )
        self.choice("device", self.tr("&Device"), host.devices())
        self.came = PlainLabel("", "keyCame", selectable=True)
        self.tell_row(self.tr("The key"), self.came)
        self.number = PlainLabel("", "numberOnFile", selectable=True)
        self.number.setProperty("heading", "number")
        self.origin = PlainLabel("", "numberOrigin")
        self.origin.setProperty("quiet", "true")
        self.tell_row(self.tr("Number on file"), self.number, self.origin)
        ways = [(channel.value, words, "") for channel, words in WAYS.items()]
        self.ways = self.radios("channel", self.tr("How"), ways)
        self.line("number", self.tr("N&umber called"), self.tr("Empty where it is the number on file."))
        self.line("number_from", self.tr("&Where it is from"), self.tr("Empty where it is the number on file."))
        self.cautions = self.note("cautions")
        self.over = QPushButton(self.tr("&Hand over to a colleague\u2026"))
        self.over.setObjectName("handOver")
        self.over.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.over.clicked.connect(host.hand_over_now)
        self.column.addWidget(self.over)

    def enter(self) -> None:
        """A device that was named is not asked for."""
        super().enter()
        host = self.host
        self.show_row("device", shown=isinstance(host, CompareWizard) and not host.about)

    def update_page(self) -> None:
        """What stands against each way is told before anybody calls."""
        flow, facts = self.host.flow, self.host.known
        if not isinstance(flow, Compare):
            return
        key, (number, origin) = flow.key(facts), flow.phone(facts)
        came = self.tr("{how}, on {day}, taken on file by {by}. Not shown: the far end reads it, you type it.")
        self.came.setText(
            came.format(how=ARRIVALS[key.arrival], day=f"{key.received:%Y-%m-%d}", by=key.received_by) if key else ""
        )
        self.number.setText(number or self.tr("none"))
        look = self.tr("Look it up in a contract or your own directory, never in the message that carried the key.")
        self.origin.setText(self.tr("From: {origin}").format(origin=origin) if origin else "" if number else look)
        for channel, found in flow.ways(facts):
            self.ways.explain(channel.value, " ".join(beside(each) for each in found), allowed=not found)
        called = flow.channel == Channel.CALL_BACK
        self.show_row("number", shown=called)
        self.show_row("number_from", shown=called)
        self.cautions.setText("\n".join(CAUTIONS[each] for each in flow.cautions(facts)))
        mine = already(facts, flow.device)
        self.over.setVisible(mine)
        if mine:
            words = self.tr(
                "You have compared this key already, so somebody else makes the second comparison. Hand the desk over: "
                "they sign in and go on here."
            )
            self.banner.tell("warn", words)

    def pull(self) -> None:
        """After a hand-over the banner may have to go."""
        super().pull()
        if not already(self.host.known, self.host.flow.value("device")):
            self.banner.tell("info", "")


class _Reader(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "reader")
        self.titled(
            self.tr("Who reads"),
            self.tr("Who reads it to you?"),
            self.tr("Somebody at the far end, at the device. It is recorded with the verdict, whatever that is."),
        )
        self.line("reader", self.tr("&Read by"), self.tr("The person's name, as they gave it."))
        self.line("ticket", self.tr("Tic&ket"), self.tr("The change or order that this belongs to."))


class _Type(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "type")
        self.titled(
            self.tr("Compare"),
            self.tr("Type what the far end reads"),
            self.tr(
                "They type the command below on the device itself and read its whole answer. Spaces, colons, dashes "
                "and case do not matter."
            ),
        )
        self.commands = Copyable("commands", self.tr("What the far end types"), lines=2, wraps=True)
        label = PlainLabel(self.tr("They ty&pe"), "commandsLabel")
        label.setBuddy(self.commands.view)
        label.setWordWrap(False)
        self.form.addRow(label, self.commands)
        hint = self.tr(
            "SHA-256 in hex or base64, the whole key, 12 groups of 5 digits, or PGP words: typed, pasted, or scanned "
            "from a picture of the far end's QR code."
        )
        self.heard = heard_row(self, self.tr("The whole &value"), hint, lines=2)
        self.tell_row("", PlainLabel(self.tr("or, by ear, 64 characters in four lines of 16:"), "byEar"))
        for name, words in zip(
            LINES, (self.tr("Line &1"), self.tr("Line &2"), self.tr("Line &3"), self.tr("Line &4")), strict=True
        ):
            line = self.line(name, words)
            fixed(line)
            line.setMinimumWidth(line.fontMetrics().horizontalAdvance("0" * 22))  # 16 digits in groups, never cut
        self.left = self.note("triesLeft")

    def update_page(self) -> None:
        """The command for this platform, and the tries that are left."""
        flow, facts = self.host.flow, self.host.known
        device = facts.device(flow.value("device"))
        if device is not None and isinstance(flow, Compare):
            self.commands.tell("\n".join(own_key(device.platform, device.name)))
            words = self.tr("A misread value uses up a try. Tries left: {left}.")
            self.left.setText(words.format(left=flow.tries_left(facts)))

    def misread(self, lines: Sequence[int], words: str) -> None:
        """Name the lines to be read again, and wait in the first of them."""
        self.banner.tell("warn", words)
        flow = self.host.flow
        by_line = isinstance(flow, Compare) and any(flow.lines())
        wrong = [f"line{number}" for number in lines if by_line and f"line{number}" in LINES]
        for name in wrong:
            self.mark(name, self.tr("Ask for this line again."))
        (self.inputs[wrong[0]] if wrong else self.heard).setFocus()
        announce(self, words)


class CompareWizard(Wizard):
    """One comparison by the person at the desk."""

    def __init__(self, bench: Bench, device: str, ticket: str = "") -> None:
        self.about = device
        super().__init__("compare", bench, Compare(device, ticket=ticket))
        self.setWindowTitle(self.tr("Compare a key") if not device else self._title(device))
        self.typing = _Type(self)
        done = Done(self, self._told, self._onward, "verdict")
        done.titled(
            self.tr("Verdict"), self.tr("Verdict"), self.tr("It is recorded, with who read and over which way.")
        )
        pages = [_How(self), _Reader(self), self.typing, done]
        self.put(pages, {"type": self.tr("&Compare")})

    def _title(self, device: str) -> str:
        return self.tr("Compare the key of {device}").format(device=device)

    def devices(self) -> list[tuple[str, str]]:
        """Devices that have a key to compare, those that wait first."""
        facts = self.known
        held = [each.name for each in facts.active if facts.waiting(each.name) or facts.approved(each.name)]
        held.sort(key=lambda name: facts.waiting(name) is None)
        return [("", self.tr("Choose\u2026")), *((name, name) for name in held)]

    def hand_over_now(self) -> None:
        """Lock the window for a colleague; what was typed waits here."""
        words = self.tr("The key of {device} waits for the second comparison. Sign in to make it.")
        self.hand_over.emit(words.format(device=self.flow.value("device")))

    def work(self) -> Work:
        """Compare."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, keys.COMPARE, command, told)

    def _words(self) -> str:
        told = self.outcome
        return verdict(told.finding, told.compared, told.tries_left, lone=self.known.lone)

    def landed(self, result: Any) -> bool:
        """A misread or weak value is entered again; anything else is a verdict."""
        found = result.finding
        again = found.verdict is Verdict.TOO_WEAK or (found.verdict is Verdict.MISREAD and result.tries_left > 0)
        if again:
            self.typing.update_page()
            self.typing.misread(found.lines, self._words())
        return not again

    def _told(self) -> tuple[str, str]:
        key, found = self.outcome.key, self.outcome.finding
        if found.verdict is not Verdict.MATCH:
            return "bad", self._words()
        until = self.tr("Check it again by {day}.").format(day=key.review_by) if key.review_by else ""
        weak = self.tr("It stays marked as telephone only.") if key.telephone_only else ""
        return "ok", " ".join(part for part in (self._words(), until, weak) if part)

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        device, told = self.flow.value("device"), self.outcome
        if told.finding.verdict is not Verdict.MATCH:
            return (
                ("nextReject", self.tr("&Reject this key\u2026"), "reject", device),
                ("nextSuspect", self.tr("Suspect an &attack\u2026"), "suspect", device),
            )
        if told.compared >= 2:
            on_file = self.known.device(device)
            links = self.known.links_of(on_file) if on_file else ()
            return tuple(("nextExport", self.tr("&Export\u2026"), "export", link.name) for link in links[:1])
        if self.known.lone:
            return (("nextCompare", self.tr("Compare once &more\u2026"), "compare", device),)
        return (("nextHandOver", self.tr("&Hand over to a colleague\u2026"), HAND_OVER, device),)

    def follow(self, what: str, about: str) -> None:
        """A colleague finds the comparison open when they have signed in."""
        super().follow("compare" if what == HAND_OVER else what, about)
        if what == HAND_OVER:
            self.hand_over_now()
