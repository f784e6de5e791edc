"""Two workspaces meet, a sub CA asks the root, the root answers, the answer is installed: each leg is one wizard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.errors.base import Refused
from core.flows.carrying import Certify, Hearing, Install, Introduce, ProposeSub
from core.media.files import write_new
from core.media.network import Interface, interfaces
from core.model.authorities import Layer
from core.model.carry import Partner
from core.model.proposals import Proposal, State
from core.services import carry, opening, proposals, subordinates
from core.services.authorities import only
from core.services.desk import Desk
from core.services.offline import offline
from core.services.perform import perform
from core.words.ceremony import network
from core.words.proposals import sentence
from gui.bench import Bench
from gui.widgets.fingerprint import Fingerprint
from gui.widgets.label import PlainLabel
from gui.wizards.asking import Asking
from gui.wizards.ca.custodians import Custodians
from gui.wizards.ca.folder import folder_row
from gui.wizards.ca.subordinates import Carrying
from gui.wizards.heard import heard_row
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.source import SourcePage
from gui.wizards.wizard import Wizard, Work


class _Folder(Page):
    def __init__(self, host: Host, title: str, intro: str) -> None:
        super().__init__(host, "folder")
        self.titled(self.tr("Folder"), title, intro)
        folder_row(self, self.tr("&Folder"), self.tr("The stick. Nothing is overwritten, and nothing on it is secret."))


class _File(SourcePage):
    def __init__(self, host: Host, title: str, intro: str) -> None:
        super().__init__(host, "file")
        self.titled(self.tr("File"), title, intro)
        self.source(self.tr("&File"), self.tr("&Text"), self.tr("Or paste its content."), lines=5)


# --- meeting ----------------------------------------------------------------------------------------------


class _ReadOut(Done):
    def __init__(self, host: IntroduceWizard) -> None:
        super().__init__(host, host.said)
        self.words = self.note("introducedWords")

    def enter(self) -> None:
        """What is read out."""
        super().enter()
        digits, words = self.host.outcome  # type: ignore[attr-defined]
        shown = Fingerprint(self.tr("Fingerprint of this introduction"), digits.replace(" ", ""), "introduced")
        self.column.addWidget(shown)
        self.words.setText(words)


class IntroduceWizard(Wizard):
    """Write who this workspace is, for another one to hear."""

    def __init__(self, bench: Bench) -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        super().__init__("introduce", bench, Introduce(f"{bench.desk.file.path.stem}.meet"))
        self.setWindowTitle(self.tr("Introduce this workspace"))
        intro = self.tr(
            "Its name and its people go on a stick; two people of the other workspace type its fingerprint."
        )
        self.put(
            [_Folder(self, self.tr("Where does the introduction go?"), intro), _ReadOut(self)],
            {"folder": self.tr("&Write the introduction")},
        )

    def work(self) -> Work:
        """Write it; the result is what is read out."""
        desk, path = self.desk, self.flow.command()

        def write(_told: Any) -> tuple[str, str]:
            content, meeting = carry.introduce(desk)
            write_new(path, content)
            return carry.fingerprint(meeting)

        return write

    def said(self) -> tuple[str, str]:
        """Where it is, and what comes next."""
        words = self.tr("{file} is written. Read this out to two people of the other workspace, from this screen.")
        return "ok", words.format(file=self.flow.command())


class _Heard(Page):
    def __init__(self, host: HearWizard) -> None:
        super().__init__(host, "heard")
        self.titled(
            self.tr("Heard"),
            self.tr("What do they read out?"),
            self.tr("From their own screen, in the room or by telephone. Never from the stick that brought the file."),
        )
        self.who = self.note("meetingWho")
        self.column.removeWidget(self.who)
        self.column.insertWidget(1, self.who)
        hint = self.tr("64 hex digits or 32 words; the whole of it. Typed, pasted, or scanned from a picture.")
        heard_row(self, self.tr("&Fingerprint"), hint, lines=4)

    def update_page(self) -> None:
        """Whom the file names; its fingerprint is not shown."""
        flow = self.host.flow
        meeting = flow.meeting() if isinstance(flow, Hearing) else None
        if meeting is not None:
            said = self.tr("The file says that it is {name} ({kind}), with {people}.")
            people = ", ".join(each.full_name for each in meeting.people)
            self.who.setText(said.format(name=meeting.name, kind=meeting.kind, people=people))


class HearWizard(Wizard):
    """Hear another workspace's introduction; two people, each on their own sign-in."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        super().__init__("hear", bench, Hearing())
        self.setWindowTitle(self.tr("Hear another workspace"))
        intro = self.tr("Nothing a stick brings counts before its sender is known.")
        file = _File(self, self.tr("Where is their introduction?"), intro)
        self.put([file, _Heard(self), Done(self, self._told)], {"heard": self.tr("&Compare the fingerprint")})
        if path:
            file.load(path)

    def work(self) -> Work:
        """Compare it."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, carry.HEAR, command, told)

    def _told(self) -> tuple[str, str]:
        partner: Partner = self.outcome
        known = self.tr("{name} is known from now on: its carried files are taken.")
        half = self.tr("It agrees. A second person types it on their own sign-in before {name} is known.")
        return "ok", (known if partner.known else half).format(name=partner.meeting.name)


# --- a sub CA ---------------------------------------------------------------------------------------------


class _Terms(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "terms")
        self.titled(self.tr("Terms"), self.tr("Until when, and for which ticket?"))
        self.line(
            "until", self.tr("&Last day"), self.tr("YYYY-MM-DD; bounded by the root's end and the published date.")
        )
        self.line("ticket", self.tr("&Ticket"))


class ProposeWizard(Asking):
    """A sub CA's request is taken in at the root."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        super().__init__("sub-propose", bench, ProposeSub())
        self.setWindowTitle(self.tr("Take in a sub CA's request"))
        intro = self.tr("From a workspace that two people met. Its signature is checked before a word of it counts.")
        file = _File(self, self.tr("Where is the request?"), intro)
        done = Done(self, self.asked, self.onward)
        self.put([file, _Terms(self), done], {"terms": self.tr("&Propose the sub CA")})
        if path:
            file.load(path)

    def work(self) -> Work:
        """Judge it and ask for approval."""
        desk, (untrusted, until, ticket) = self.desk, self.flow.command()
        return lambda _told: subordinates.propose(desk, untrusted, until, ticket)


class _Which(Page):
    def __init__(self, host: CertifyWizard, approved: Sequence[tuple[str, str]]) -> None:
        super().__init__(host, "which")
        self.titled(
            self.tr("Sub CA"),
            self.tr("Which sub CA is signed?"),
            self.tr("Two people approved these bytes. The root's key is used for this one signature."),
        )
        self.choice("chosen", self.tr("&Sub CA"), approved)
        self.said = PlainLabel("", "subSentence", selectable=True)
        self.tell_row("", self.said)
        folder_row(self, self.tr("&Folder"), self.tr("The stick that the answer goes on."))
        self.network = self.note("network")
        self.line("network_up_because", self.tr("Up all the same, &because"), self.tr("Empty where no network is up."))
        self.line("witness", self.tr("&Witness"), self.tr("Who saw that the network was up; it is recorded."))

    def update_page(self) -> None:
        """The sentence that was signed, and the network as it is now."""
        flow, host = self.host.flow, self.host
        if isinstance(flow, Certify) and isinstance(host, CertifyWizard):
            self.said.setText(next((sentence(each) for each in flow.approved if each.digest == flow.chosen), ""))
            said = self.tr("Network interfaces with a carrier: {found}.").format(found=network(flow.interfaces))
            self.network.setText(
                self.tr("This is a rehearsal: the network is not checked.") if host.rehearsal else said
            )
            for name in ("network_up_because", "witness"):
                self.show_row(name, shown=not host.rehearsal)


def approved(desk: Desk, _about: str) -> tuple[Proposal, ...]:
    """The sub CAs that two people agreed to."""
    waiting = [each for each in proposals.waiting(desk) if each.kind == "authority.certify"]
    return tuple(each for each in waiting if each.state is State.APPROVED)


class CertifyWizard(Carrying):
    """The root signs an approved sub CA and writes the answer."""

    def __init__(self, bench: Bench) -> None:
        desk = bench.desk
        assert desk is not None  # noqa: S101 - only the first run has none
        root = only(desk.file.read, "", Layer.ROOT)
        approved: tuple[Proposal, ...] = bench.found
        self.rehearsal = desk.workspace.rehearsal
        key = opening.key(desk, root.key)
        first = approved[0].digest if approved else ""
        flow = Certify(key=key, approved=approved, chosen=first, interfaces=self.found())
        super().__init__("sub-sign", bench, flow)
        self.setWindowTitle(self.tr("Sign a sub CA"))
        named = [(each.digest, str(each.facts["name"])) for each in approved]
        pages = [_Which(self, named), Custodians(self, key), Done(self, self._told)]
        self.put(pages, {"custodians": self.tr("&Sign the sub CA")})

    def found(self) -> tuple[Interface, ...] | None:
        """The machine's interfaces now; a rehearsal asks none."""
        return () if self.rehearsal else interfaces()

    def keeping(self, step: str) -> tuple[Refused, ...]:
        """The flow's findings, and the network as it is now."""
        own = super().keeping(step)
        if self.committed or self.made is not None:
            return own
        self.typed("interfaces", self.found())
        flow = self.flow
        assert isinstance(flow, Certify)  # noqa: S101 - made here
        return (*own, *offline(flow.interfaces, flow.network_up_because, flow.witness))

    def work(self) -> Work:
        """Sign, then write the answer."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Certify)  # noqa: S101 - made here
        command, hands, found = flow.command(), flow.bring(), flow.interfaces
        return self.carrying(lambda: subordinates.sign(desk, command, hands, found))

    def _told(self) -> tuple[str, str]:
        words = self.tr("{file} is written: certificate, root and the root's CRL. Carry it home and install it there.")
        return "ok", words.format(file=self.outcome)


class InstallWizard(Wizard):
    """The root's answer is judged and the sub CA goes to work."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        super().__init__("sub-install", bench, Install())
        self.setWindowTitle(self.tr("Install a sub CA"))
        intro = self.tr("It is judged against the request that was made here and the root that two people heard.")
        file = _File(self, self.tr("Where is the root's answer?"), intro)
        done = Done(self, self._told, self._onward)
        self.put([file, done], {"file": self.tr("&Install the sub CA")})
        if path:
            file.load(path)

    def work(self) -> Work:
        """Judge and install it."""
        desk, untrusted = self.desk, self.flow.command()
        return lambda _told: subordinates.install(desk, untrusted)

    def _told(self) -> tuple[str, str]:
        words = self.tr("{name} is at work. Nothing is issued before its first CRL: publish it now.")
        return "ok", words.format(name=self.outcome.name)

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        return (("nextPublish", self.tr("&Publish its first CRL\u2026"), "publish", self.outcome.name),)
