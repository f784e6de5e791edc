"""Becoming a CA, deciding a date, and the second look at a revocation that stands already."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from core.flows.governing import Deciding, SecondLook, Switching
from core.model.authorities import Layer, Service
from core.policy.decisions import CLAUSES
from core.policy.lifetimes import caps
from core.services import decisions, enrolment, records, revocation, switching
from core.services.perform import perform
from core.words.hierarchy import LAYERS, REASONS, SERVICES
from core.words.tongue import told as say
from gui.bench import Bench
from gui.widgets.label import PlainLabel
from gui.wizards.asking import Asking
from gui.wizards.ca.ticks import Ticks
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


class _Purpose(Page):
    def __init__(self, host: Host, responsible: str) -> None:
        super().__init__(host, "purpose")
        self.titled(
            self.tr("Purpose"),
            self.tr("What is the local CA for?"),
            self.tr("Devices, pins, links and the activity log stay. There is a way back until a sub CA is installed."),
        )
        Ticks(
            self, "technologies", self.tr("&Technologies"), [(each.value, say(SERVICES[each], {})) for each in Service]
        )
        self.line("community", self.tr("C&ommunity"), self.tr("Whom it serves, for example the data centres."))
        self.line("relying", self.tr("&Who relies on it"), self.tr("Organisations, with commas between."))
        self.tell_row(self.tr("Responsible person"), self._who(responsible))

    def _who(self, responsible: str) -> QWidget:
        """Who answers for it (C24): without one there is no CA, so there is a way to name one."""
        if responsible:
            return PlainLabel(responsible, "responsible")
        press = QPushButton(self.tr("&Name who is responsible\u2026"))
        press.setObjectName("responsibleName")
        press.setAccessibleName(self.tr("Nobody is named. Name who is responsible"))
        press.clicked.connect(lambda: self.host.follow("record", "responsible-person"))
        return press


class _Design(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "design")
        self.titled(
            self.tr("Design"),
            self.tr("How is it built?"),
            self.tr("Two people agree on this record; one of them is a security officer."),
        )
        self.line("hierarchy", self.tr("&Hierarchy"), self.tr("At most three layers; the root is offline."))
        self.line("reason", self.tr("&Reason"))
        self.line("ticket", self.tr("&Ticket"))


class SwitchWizard(Asking):
    """From links to a local CA."""

    def __init__(self, bench: Bench) -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        here = bench.desk.workspace
        known = tuple(each.value for each in Service)
        flow = Switching(
            technologies=tuple(each for each in here.technologies if each in known),
            community=here.community,
            relying=here.organisation,
        )
        super().__init__("switch", bench, flow)
        self.setWindowTitle(self.tr("Switch to a local CA"))
        self.typed("hierarchy", self.tr("an offline root, and one sub CA for each of the technologies"))
        self._start = self.flow
        pages = [_Purpose(self, records.responsible(bench.desk)), _Design(self), Done(self, self.asked, self.onward)]
        self.put(pages, {"design": self.tr("&Ask for the switch")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: switching.to_ca(desk, command)


class _Decision(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "decision")
        self.titled(
            self.tr("Decision"),
            self.tr("Which date takes the place of the published one?"),
            self.tr("Two people decide, with a reason, and look at it again within a year."),
        )
        published = self.tr("{layer}: published {day}")
        options = [
            (clause, published.format(layer=say(LAYERS[layer], {}), day=caps()[layer].isoformat()))
            for clause, layer in CLAUSES.items()
            if layer in Layer
        ]
        self.choice("clause", self.tr("&Keys of a"), options)
        self.line("date", self.tr("&New last day"), self.tr("YYYY-MM-DD; bounded by the root's and the network's end."))
        self.line("review", self.tr("&Look at it again by"), self.tr("YYYY-MM-DD, within a year."))
        self.line("reason", self.tr("&Reason"))
        self.line("ticket", self.tr("&Ticket"))


class DecideWizard(Asking):
    """A date that two people put in the place of a published one."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("decide", bench, Deciding(about if about in CLAUSES else "L2"))
        self.setWindowTitle(self.tr("Decide on a published date"))
        pages = [_Decision(self), Done(self, self.asked, self.onward)]
        self.put(pages, {"decision": self.tr("&Propose the date")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: decisions.decide(desk, command)


class _Look(Page):
    def __init__(self, host: Host, text: str) -> None:
        super().__init__(host, "look")
        self.titled(
            self.tr("Second look"),
            self.tr("Was this revocation right?"),
            self.tr("It stands and is final; that you looked at it is recorded."),
        )
        self.note("looked", text)


class LookWizard(Wizard):
    """The second person of a revocation that one person made at once."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("second-look", bench, SecondLook(about))
        self.setWindowTitle(self.tr("Second look at a revocation"))
        found = next(((issued, each) for issued, each in revocation.waiting(self.desk) if issued.serial == about), None)
        text = self.tr("No revocation of {serial} waits for a second person.").format(serial=about)
        if found is not None:
            issued, each = found
            said = self.tr("{name}, serial {serial}, was revoked by {who} on {day} UTC, ticket {ticket}: {why}.")
            text = said.format(
                name=enrolment.subject_text(issued),
                serial=issued.serial,
                who=each.by,
                day=f"{each.at:%Y-%m-%d %H:%M}",
                ticket=each.ticket,
                why=say(REASONS[each.reason], {}),
            )
        self.put([_Look(self, text), Done(self, self._told)], {"look": self.tr("&Record the second look")})

    def work(self) -> Work:
        """Record it."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, revocation.REVIEWED, command, told)

    def _told(self) -> tuple[str, str]:
        return "ok", self.tr("The revocation of {serial} was looked at by you.").format(serial=self.outcome.serial)
