"""A sub CA's key and its request: the first of it, or the next generation of one that is at work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core.errors.base import Refused
from core.flows.carrying import AskSub, RenewCa, place
from core.media.files import write_new
from core.model.authorities import CaKey, Service
from core.model.people import Duty
from core.policy.authorities import next_name, next_url
from core.services import rollover, subordinates
from core.services.people import operators
from core.words.hierarchy import CA_KEYS, SERVICES
from core.words.tongue import told as say
from gui.bench import Bench
from gui.wizards.ca.custodians import CustodyWizard, NewCustodians
from gui.wizards.ca.folder import folder_row
from gui.wizards.ca.medium import Medium
from gui.wizards.ca.ticks import Ticks
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Work


class _What(Page):
    def __init__(self, host: AskWizard, services: Sequence[str]) -> None:
        super().__init__(host, "what")
        self.titled(
            self.tr("Sub CA"),
            self.tr("What is the sub CA for?"),
            self.tr("One technology each. Its key stays here; a request goes to the root by stick."),
        )
        self.choice("service", self.tr("&Technology"), [(each, say(SERVICES[Service(each)], {})) for each in services])
        self.line("name", self.tr("Na&me"), self.tr("Short, with its generation: ipsec-g1."))
        self.line("subject", self.tr("&Subject"), self.tr("For example CN=Example IPsec CA G1, O=Example."))
        self.choice("kind", self.tr("&Key"), [(each.value, say(CA_KEYS[each], {})) for each in CaKey])
        self.line("crl_url", self.tr("C&RL address"), self.tr("For example http://crl.example.net/ipsec.crl"))
        hint = self.tr("Empty, or dns:example.net ip:192.0.2.0/24 email:example.net: no name outside of them.")
        self.line("permitted", self.tr("Only names &under"), hint)
        self.line("excluded", self.tr("Ne&ver names under"), self.tr("Empty, or written the same way."))
        folder_row(self, self.tr("&Folder"), self.tr("The stick that the request goes on."))

    def update_page(self) -> None:
        """Name constraints are off for IPsec."""
        flow = self.host.flow
        for name in ("permitted", "excluded"):
            self.show_row(name, shown=isinstance(flow, AskSub) and flow.constrained)


class _Holders(Page):
    def __init__(self, host: CustodyWizard, people: list[tuple[str, str]]) -> None:
        super().__init__(host, "holders")
        self.titled(
            self.tr("Holders"),
            self.tr("Who holds its key?"),
            self.tr("All of them are present now; later, as many as you say open it together."),
        )
        Ticks(self, "custodians", self.tr("&Custodians"), people)
        self.line("quorum", self.tr("How &many open the key"), self.tr("Two at the least."))


class Carrying(CustodyWizard):
    """Makes something once and writes it; where only the writing was refused, it is not made again."""

    made: bytes | None = None

    def carrying(self, make: Callable[[], bytes]) -> Work:
        """The work of the commit."""
        path = place(self.flow.value("to"), self.flow.value("file"))

        def carried(_told: Any) -> str:
            if self.made is None:
                self.made = make()
            write_new(path, self.made)
            return str(path)

        return carried

    def _refused(self, page: Page, error: BaseException) -> None:
        super()._refused(page, error)
        if self.made is not None:
            self.typed("written", True)  # noqa: FBT003 - a value


class AskWizard(Carrying):
    """A sub CA's key and its request."""

    def __init__(self, bench: Bench) -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        fit = [each for each in operators(bench.desk) if Duty.CUSTODIAN in each.duties]
        known = tuple(each.value for each in Service)
        services = tuple(each for each in bench.desk.workspace.technologies if each in known) or known
        flow = AskSub(custodians=tuple(each.name for each in fit), service=services[0])
        super().__init__("sub-request", bench, flow)
        self.setWindowTitle(self.tr("Ask for a sub CA"))
        people = [(each.name, self.full_name(each.name)) for each in fit]
        self.put(
            [
                _What(self, services),
                Medium(self),
                _Holders(self, people),
                NewCustodians(self, people),
                Done(self, self._told),
            ],
            {"custodians": self.tr("&Make the key and the request")},
        )

    def keeping(self, step: str) -> tuple[Refused, ...]:
        """The flow's findings, and what the service finds on the fields of the first page."""
        own = super().keeping(step)
        if self.committed or self.made is not None:
            return own
        return (*own, *(each for each in subordinates.judge_request(self.desk, self.flow.command()) if each not in own))

    def work(self) -> Work:
        """The key under its custodians, then the carried file."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, AskSub)  # noqa: S101 - made here
        command, hands = flow.command(), flow.bring()
        return self.carrying(lambda: subordinates.request(desk, command, hands))

    def _told(self) -> tuple[str, str]:
        words = self.tr("{file} is written. Carry it to the root workspace; its people approve the exact bytes.")
        return "ok", words.format(file=self.outcome)


class _Next(Page):
    def __init__(self, host: RenewCaWizard, known: Sequence[str]) -> None:
        super().__init__(host, "what")
        self.titled(
            self.tr("Sub CA"),
            self.tr("Which sub CA gets its next generation?"),
            self.tr("A new name and a new key, the same technology and limits. Both work until the old one runs off."),
        )
        self.choice("name", self.tr("&Sub CA"), [(each, each) for each in known])
        self.told = self.note("following")
        self.choice("kind", self.tr("&Key"), [(each.value, say(CA_KEYS[each], {})) for each in CaKey])
        self.line("crl_url", self.tr("C&RL address"), self.tr("Its own: devices fetch one list for each generation."))
        folder_row(self, self.tr("&Folder"), self.tr("The stick that the request goes on."))

    def update_page(self) -> None:
        """The name that follows."""
        said = self.tr("It will be called {name}.")
        following = self.host.flow.value("following")
        self.told.setText(said.format(name=following) if following else "")


class RenewCaWizard(Carrying):
    """Asks the root for the next generation of a sub CA."""

    def __init__(self, bench: Bench, about: str) -> None:
        desk = bench.desk
        assert desk is not None  # noqa: S101 - only the first run has none
        known = {each.name: each for each in rollover.renewable(desk)}
        fit = [each for each in operators(desk) if Duty.CUSTODIAN in each.duties]
        self._known = known
        flow = RenewCa(custodians=tuple(each.name for each in fit))
        super().__init__("sub-renew", bench, flow)
        self.setWindowTitle(self.tr("Renew a sub CA"))
        people = [(each.name, self.full_name(each.name)) for each in fit]
        pages = [_Next(self, tuple(known)), Medium(self), _Holders(self, people), NewCustodians(self, people)]
        self.put([*pages, Done(self, self._told)], {"custodians": self.tr("&Make the key and the request")})
        if known:
            self.typed("name", about if about in known else next(iter(known)))
            self._start = self.flow

    def typed(self, field: str, value: Any) -> None:
        """What follows an authority is derived from it, until somebody types another address."""
        super().typed(field, value)
        old = self._known.get(value) if field == "name" else None
        if old is not None:
            super().typed("following", next_name(old.name))
            super().typed("crl_url", next_url(old.crl_url))

    def keeping(self, step: str) -> tuple[Refused, ...]:
        """The flow's findings, and what the service finds."""
        own = super().keeping(step)
        if self.committed or self.made is not None or not self.flow.value("name"):
            return own
        judged = rollover.judge(self.desk, self.flow.command())
        return (*own, *(each for each in judged if each not in own))

    def work(self) -> Work:
        """The key under its custodians, then the carried file."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, RenewCa)  # noqa: S101 - made here
        command, hands = flow.command(), flow.bring()
        return self.carrying(lambda: rollover.request(desk, command, hands))

    def _told(self) -> tuple[str, str]:
        words = self.tr(
            "{file} is written. Carry it to the root workspace; its people approve the exact bytes. {old} stays at work "
            "until you let it run off."
        )
        return "ok", words.format(file=self.outcome, old=self.flow.value("name"))
