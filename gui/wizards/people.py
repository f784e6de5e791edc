"""People: propose one, change duties, mend a lost passphrase, leave, and the newcomer's acceptance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.flows.people import About, Accept, NewPerson, OtherDuties
from core.model.people import Duty, Operator
from core.policy import duties
from core.policy.people import strength
from core.services import membership, roster
from core.services.desk import Desk
from core.services.perform import perform
from core.words.names import STRENGTHS
from core.words.people import DUTIES, clash
from gui.bench import Bench
from gui.wizards.approve import Reason, Work
from gui.wizards.asking import Asking
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.secret import SecretWizard
from gui.wizards.wizard import Wizard


def desk_of(bench: Bench) -> Desk:
    """The open workspace."""
    assert bench.desk is not None  # noqa: S101 - people are of an open workspace
    return bench.desk


class Duties(Page):
    """A box to tick for each duty; pairs that do not go together are told as they are ticked."""

    def __init__(self, host: Wizard, title: str, intro: str) -> None:
        super().__init__(host, "duties")
        self.titled(self.tr("Duties"), title, intro)
        self._ticks: dict[Duty, QCheckBox] = {}
        box = QWidget()
        box.setProperty("clear", "true")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for duty in Duty:
            tick = QCheckBox(DUTIES[duty])
            tick.setObjectName(f"duty_{duty.value}")
            tick.setAccessibleName(DUTIES[duty])
            tick.clicked.connect(self._ticked)
            self._ticks[duty] = tick
            column.addWidget(tick)
        self.row("duties", self.tr("Duties"), box, bound=False)
        self.pairs = self.note("pairs")
        self.line("until", self.tr("&Last day of access"), self.tr("YYYY-MM-DD; empty for no end."))
        self.line("reason", self.tr("&Reason"), self.tr("For the one who approves."))
        self.line("ticket", self.tr("Tic&ket"))

    def _ticked(self) -> None:
        self.changed("duties", tuple(duty for duty, tick in self._ticks.items() if tick.isChecked()))

    def pull(self) -> None:
        """The ticks as well."""
        super().pull()
        for duty, tick in self._ticks.items():
            tick.setChecked(duty in self.host.flow.value("duties"))

    def update_page(self) -> None:
        """What does not go together."""
        text = " ".join(clash(pair) for pair in duties.clashes(self.host.flow.value("duties")))
        self.pairs.setText(text)
        self.pairs.setAccessibleName(text)


class AddWizard(Asking):
    """Propose a person."""

    def __init__(self, bench: Bench, _about: str) -> None:
        super().__init__("person", bench, NewPerson())
        title = self.tr("Add a person")
        self.setWindowTitle(title)
        who = Page(self, "person")
        who.titled(self.tr("Person"), title, self.tr("Somebody else approves it; then the person sets a passphrase."))
        who.line("name", self.tr("&Sign-in name"), self.tr("Letters, digits, dots and dashes."))
        who.line("full_name", self.tr("&Full name"))
        what = Duties(self, title, self.tr("Only what their work needs."))
        review = Review(self, self._rows, self.tr("Nobody is added yet."))
        self.put([who, what, review, Done(self, self.asked, self.onward)], {"review": self.tr("&Propose")})

    def _rows(self) -> Sequence[tuple[str, str]]:
        flow = self.flow
        assert isinstance(flow, NewPerson)  # noqa: S101 - made here
        asked = flow.command()
        return (
            (self.tr("Sign-in name"), asked.name),
            (self.tr("Full name"), asked.full_name),
            (self.tr("Duties"), ", ".join(DUTIES[each] for each in asked.duties)),
            (self.tr("Last day of access"), asked.until),
            (self.tr("Reason"), flow.reason),
            (self.tr("Ticket"), flow.ticket),
        )

    def work(self) -> Work:
        """Ask for it."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, NewPerson)  # noqa: S101 - made here
        return lambda _progress: membership.add(desk, flow.command(), flow.reason.strip(), flow.ticket.strip())


def person(desk: Desk, about: str) -> Operator:
    """Whose duties are to change."""
    return roster.read(desk.file.read, desk.workspace.id).people[about]


def witnesses(desk: Desk, about: str) -> tuple[tuple[str, str], ...]:
    """Who can take a newcomer in, and their full names."""
    fit = membership.witnesses(desk, membership.expected(desk, about))
    people = roster.read(desk.file.read, desk.workspace.id).people
    return tuple((name, people[name].full_name) for name in fit)


class DutiesWizard(Asking):
    """Propose other duties for a person."""

    def __init__(self, bench: Bench, about: str) -> None:
        person = bench.found
        assert isinstance(person, Operator)  # noqa: S101 - read before
        super().__init__("duties", bench, OtherDuties(about, person.duties, person.duties, person.until))
        self._until = person.until
        title = self.tr("Duties of {name}").format(name=person.full_name)
        self.setWindowTitle(title)
        page = Duties(self, title, self.tr("Somebody else approves it; one of the two is a security officer."))
        self.put([page, Done(self, self.asked, self.onward)], {"duties": self.tr("&Propose")})

    def work(self) -> Work:
        """Ask for the difference."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, OtherDuties)  # noqa: S101 - made here
        until = flow.until.strip()
        told = "" if until == self._until else until or "never"
        asked = flow.typed("until", told).command()
        return lambda _progress: membership.change(desk, asked, flow.reason.strip(), flow.ticket.strip())


class RestoreWizard(Asking):
    """Propose a new key for a lost passphrase."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("restore", bench, About(about))
        title = self.tr("A lost passphrase")
        self.setWindowTitle(title)
        words = self.tr("{name} gets a new key: two others agree, then {name} sets a new passphrase here.")
        reason = Reason(self, title, words.format(name=about))
        self.put([reason, Done(self, self.asked, self.onward)], {"reason": self.tr("&Propose")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _progress: membership.restore(desk, command.name, command.reason)


class LeaveWizard(Wizard):
    """End somebody's access at once."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("leave", bench, About(about))
        self.setWindowTitle(self.tr("End somebody's access"))
        words = self.tr(
            "{name} cannot sign in from this moment on, for good. What they signed can still be verified. Older copies of "
            "the file still open with their passphrase."
        )
        reason = Reason(self, self.windowTitle(), words.format(name=about))
        self.put([reason, Done(self, self._said)], {"reason": self.tr("&End access")})

    def work(self) -> Work:
        """Do it."""
        desk, command = self.desk, self.flow.command()
        return lambda _progress: perform(desk, membership.LEAVE, command)

    def _said(self) -> tuple[str, str]:
        gone: Operator = self.outcome
        words = self.tr("{name} does not work here any more. Destroy copies of the file that you do not need.")
        return "ok", words.format(name=gone.full_name)


class _Own(Page):
    def __init__(self, host: Wizard, name: str) -> None:
        super().__init__(host, "own")
        title = self.tr("{name} sets a passphrase").format(name=name)
        intro = self.tr("Only {name} sits at the keyboard now; nobody else sees it typed.").format(name=name)
        self.titled(self.tr("Passphrase"), title, intro)
        hint = self.tr("12 characters or more, of any script: several words that do not belong together.")
        self.line("passphrase", self.tr("&Passphrase"), hint, secret=True)
        self.line("again", self.tr("Once &more"), secret=True)
        self.strength = self.note("strength")

    def update_page(self) -> None:
        """How hard it is to guess, roughly."""
        text = self.host.flow.value("passphrase")
        self.strength.setText(STRENGTHS[strength(text)] if text else "")
        self.strength.setAccessibleName(self.strength.text())


class _Witness(Page):
    def __init__(self, host: Wizard, fit: Sequence[tuple[str, str]]) -> None:
        super().__init__(host, "witness")
        self.titled(
            self.tr("Witness"),
            self.tr("Who sees them here?"),
            self.tr("Not who proposed them: so nobody can make up a colleague alone."),
        )
        self.choice("witness", self.tr("&Witness"), fit)
        self.line("witness_passphrase", self.tr("&Passphrase of the witness"), secret=True)


class AcceptWizard(SecretWizard):
    """The newcomer takes up work; a witness signs the new key in."""

    def __init__(self, bench: Bench, about: str) -> None:
        fit = [(name, f"{name} \u2014 {full_name}") for name, full_name in bench.found]
        super().__init__("accept", bench, Accept(about, fit[0][0] if fit else ""))
        self.setWindowTitle(self.tr("Take up work"))
        self.put(
            [_Own(self, about), _Witness(self, fit), Done(self, self._said)], {"witness": self.tr("&Sign the key in")}
        )

    def work(self) -> Work:
        """Make the key and sign it in."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Accept)  # noqa: S101 - made here
        name, own, witness, theirs = flow.name, flow.passphrase, flow.witness, flow.witness_passphrase
        return lambda _progress: membership.accept(desk, name, own, witness, theirs)

    def _said(self) -> tuple[str, str]:
        words = self.tr("{name} works here now and can sign in.")
        return "ok", words.format(name=self.outcome.full_name)


MAKERS: dict[str, Callable[[Bench, str], Wizard]] = {
    "person": AddWizard,
    "duties": DutiesWizard,
    "restore": RestoreWizard,
    "leave": LeaveWizard,
    "accept": AcceptWizard,
}
