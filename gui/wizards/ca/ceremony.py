"""The root key ceremony, page by page: nothing is made before everything was shown."""

from __future__ import annotations

from typing import Any

from core.errors.base import Refused
from core.flows.ceremony import Ceremony
from core.media.network import Interface, interfaces
from core.model.advice import Act
from core.model.authorities import CaKey
from core.model.people import Duty
from core.services import authorities, ceremony
from core.services.people import operators
from core.services.perform import perform
from core.words import ceremony as words
from core.words.hierarchy import CA_KEYS
from core.words.tongue import told
from gui.bench import Bench
from gui.widgets.fingerprint import Fingerprint
from gui.wizards.ca.custodians import CustodyWizard, NewCustodians
from gui.wizards.ca.medium import Medium
from gui.wizards.ca.ticks import Ticks
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.wizard import Work


class _Room(Page):
    def __init__(self, host: CeremonyWizard, people: list[tuple[str, str]]) -> None:
        super().__init__(host, "room")
        self.titled(
            self.tr("Room"),
            self.tr("Who is in the room, and is the machine alone?"),
            self.tr("Everybody who will hold the key is present. Unplug every cable and switch every radio off."),
        )
        Ticks(self, "custodians", self.tr("&Custodians"), people)
        self.line(
            "quorum", self.tr("How &many open the key"), self.tr("Two at the least; 2 of 3 outlives the loss of one.")
        )
        self.network = self.note("network")
        self.column.removeWidget(self.network)
        self.column.insertWidget(1, self.network)  # read before anything is typed
        self.line("network_up_because", self.tr("Up all the same, &because"), self.tr("Empty where no network is up."))
        self.line("witness", self.tr("&Witness"), self.tr("Who saw that the network was up; it is recorded."))

    def update_page(self) -> None:
        """How the interfaces stand now."""
        host = self.host
        if isinstance(host, CeremonyWizard):
            up = host.flow.value("interfaces")
            said = self.tr("Network interfaces with a carrier: {found}.")
            rehearsed = self.tr("This is a rehearsal: the network is not checked.")
            self.network.setText(rehearsed if host.rehearsal else said.format(found=words.network(up)))
            for name in ("network_up_because", "witness"):
                self.show_row(name, shown=not host.rehearsal)


class _Clock(Page):
    def __init__(self, host: CeremonyWizard) -> None:
        super().__init__(host, "clock")
        self.titled(
            self.tr("Clock"),
            self.tr("Is the clock right?"),
            self.tr("Compare it with a watch: everything that is signed today carries this time."),
        )
        self.now = self.note("clockNow")
        right = self.tr("It agrees with a watch in this room, to the minute.")
        self.radios("clock", self.tr("Clock"), [("right", self.tr("The clock is &right"), right)])

    def enter(self) -> None:
        """The time as the machine has it."""
        super().enter()
        if isinstance(self.host, CeremonyWizard):
            self.now.setText(f"{self.host.desk.clock():%Y-%m-%d %H:%M:%S} UTC")


class _Parameters(Page):
    def __init__(self, host: CeremonyWizard) -> None:
        super().__init__(host, "parameters")
        self.titled(
            self.tr("Root"),
            self.tr("What is the root called, and how long does it live?"),
            self.tr("Its name and end stand in every device. They cannot be changed later."),
        )
        self.line("subject", self.tr("&Subject"), self.tr("For example CN=Example Root CA, O=Example, C=GB."))
        self.choice("kind", self.tr("&Key"), [(each.value, told(CA_KEYS[each], {})) for each in CaKey])
        self.line(
            "until", self.tr("&Last day"), self.tr("YYYY-MM-DD; bounded by the published date and the network's end.")
        )
        self.line(
            "crl_url", self.tr("C&RL address"), self.tr("Where devices fetch its CRL: http://crl.example.net/root.crl")
        )


class _Fingerprint(Page):
    def __init__(self, host: CeremonyWizard, people: list[tuple[str, str]]) -> None:
        super().__init__(host, "fingerprint")
        self.titled(
            self.tr("Fingerprint"),
            self.tr("Read it out; the second person types it"),
            self.tr("Everybody writes it down. It is what every other machine is compared with from today on."),
        )
        self.choice("by", self.tr("&Second person"), people)
        self.text(
            "heard", self.tr("&Typed by the second person"), self.tr("64 hex digits; spaces do not count."), lines=3
        )
        self.words = self.note("fingerprintWords")

    def enter(self) -> None:
        """The new root's."""
        super().enter()
        value = self.host.flow.value("fingerprint")
        shown = Fingerprint(self.tr("SHA-256 of the root certificate"), value, "rootFingerprint")
        self.column.insertWidget(1, shown)
        self.words.setText(words.spoken(value))


class CeremonyWizard(CustodyWizard):
    """Makes the root of this workspace, with its first CRL."""

    def __init__(self, bench: Bench) -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        fit = [each for each in operators(bench.desk) if Duty.CUSTODIAN in each.duties]
        found: tuple[Interface, ...] | None = () if bench.desk.workspace.rehearsal else interfaces()
        chosen, now = tuple(each.name for each in fit), bench.desk.clock()
        others = [each.name for each in operators(bench.desk) if each.name != bench.desk.acting.operator.name]
        by = others[0] if others else ""
        began = Ceremony(custodians=chosen, interfaces=found, strong=True, began=now.isoformat(), by=by)
        super().__init__("root", bench, began)
        self.rehearsal = bench.desk.workspace.rehearsal
        self._typed_back = False
        self.setWindowTitle(self.tr("Root key ceremony"))
        people = [(each.name, self.full_name(each.name)) for each in fit]
        review = Review(
            self, self._fields, self.tr("Nothing has been made yet. This cannot be changed later."), "fields"
        )
        second = [(name, self.full_name(name)) for name in others]
        pages: list[Page] = [
            _Room(self, people), _Clock(self), Medium(self), _Parameters(self), review, NewCustodians(self, people, strong=True),
            _Fingerprint(self, second), Done(self, self.said, self._onward),
        ]  # fmt: skip
        self.put(pages, {"custodians": self.tr("&Create root key")})

    def _fields(self) -> tuple[tuple[str, str], ...]:
        return words.fields(self.flow.command(), self.desk.workspace, self.desk.clock())

    def keeping(self, step: str) -> tuple[Refused, ...]:
        """The flow's findings, and what the service finds, on the fields that were reached; the network anew each time."""
        if self.committed:
            return ()
        if not self.rehearsal:
            self.typed("interfaces", interfaces())
        reached: set[str] = set()
        commit = False
        for each in self.flow.steps():
            reached |= set(each.fields)
            commit = each.commit
            if each.name == step:
                break
        judged = authorities.judge_root(self.desk, self.flow.command(), self.flow.value("interfaces"))
        return (*super().keeping(step), *(each for each in judged if commit or each.field in reached))

    def validateCurrentPage(self) -> bool:
        """After the commit there is one more thing to get right, and it is a row of its own."""
        page = self.here()
        if not self.committed or page is None or page.step != "fingerprint" or self._typed_back:
            return super().validateCurrentPage()
        if not self.busy:
            desk, flow = self.desk, self.flow
            assert isinstance(flow, Ceremony)  # noqa: S101 - made here
            command = flow.read_back()
            self._working(page, busy=True)
            self.bench.lane.do(lambda: perform(desk, ceremony.READ_BACK, command), self._heard)
        return False

    def _heard(self, _result: Any, error: BaseException | None) -> None:
        page = self.here()
        if page is None:
            return
        self._working(page, busy=False)
        if error is not None:
            self._refused(page, error)
            return
        self._typed_back = True
        self.next()

    def work(self) -> Work:
        """Key, certificate, first CRL."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Ceremony)  # noqa: S101 - made here
        command, hands, found = flow.command(), flow.bring(), flow.interfaces
        return lambda _told: authorities.make_root(desk, command, hands, found)

    def told(self, result: Any) -> None:
        """Keep the fingerprint for the next page, let the passphrases go."""
        self.typed("fingerprint", authorities.facts(result[0]).sha256)
        super().told(result)

    def said(self) -> tuple[str, str]:
        """What was made, and what is left to do."""
        said = self.tr(
            "The root {name} is made, its first CRL is signed, and the fingerprint was typed back. The ceremony goes on: "
            "copies on two media, then the record is closed and signed."
        )
        return "ok", said.format(name=self.outcome[0].name)

    def _onward(self) -> tuple[tuple[str, str, str, str], ...]:
        return (("goOn", self.tr("Write copies and &close the record\u2026"), Act.CLOSE_CEREMONY.value, ""),)
