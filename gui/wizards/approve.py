"""Agreeing to what somebody else asked for: the sentence is read, the passphrase typed, and both are signed together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shiboken6 import isValid

from core.flows.proposals import Agree, TurnDown
from core.late import dataclass
from core.model.proposals import Difference, Proposal, State
from core.services import approvals, proposals
from core.services.approvals import Outcome
from core.services.desk import Desk
from core.services.differences import differences
from core.services.people import operators
from core.words.differences import difference
from core.words.proposals import STATES, need, sentence
from core.words.say import sentence as said
from gui.bench import Bench
from gui.widgets.label import PlainLabel
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.secret import SecretWizard
from gui.wizards.wizard import Wizard

Work = Callable[[Any], Any]


@dataclass(frozen=True)
class ToAgree:
    """What waits for approval, and the names of those who may give it."""

    proposals: tuple[Proposal, ...]
    fit: frozenset[str]


def read(desk: Desk, about: str) -> ToAgree:
    """What `about` means: one proposal, or everything that waits for approval where it is ""."""
    waiting = [each for each in proposals.waiting(desk) if each.state is State.WAITING]
    found = tuple(each for each in waiting if each.digest.startswith(about))
    needs = proposals.needs_each(desk, found)
    return ToAgree(found, frozenset(name for each in needs for step in each[:1] for name in step.people))


def found(desk: Desk, about: str) -> Proposal:
    """The proposal that is turned down."""
    return proposals.find(desk, about)


class Agreement(Page):
    """What will be signed, word for word, and who signs it."""

    def __init__(self, host: Wizard, people: list[tuple[str, str]]) -> None:
        super().__init__(host, "agree")
        self.titled(
            self.tr("Approve"),
            self.tr("Do you agree?"),
            self.tr("You sign these sentences. Who asked cannot be the one who agrees."),
        )
        self._changes: dict[str, PlainLabel] = {}
        shown = host.flow.value("shown")
        for place, (digest, text) in enumerate(shown):
            self._above(f"sentence{place}", text)
            self._changes[digest] = self._above(f"changes{place}", "").quiet()
        if len(shown) > 1:
            words = self.tr("One signature for each of these {count}, over the list with the digest {digest}.")
            listed = approvals.batch_digest(dict(shown))[: proposals.SHOWN]
            self._above("listed", words.format(count=len(shown), digest=listed))
        self.choice("who", self.tr("&Who agrees"), people)
        hint = self.tr("Asked for each time: being signed in is not enough.")
        self.line("passphrase", self.tr("&Passphrase"), hint, secret=True)

    def _above(self, name: str, text: str) -> PlainLabel:
        """Read first, then signed: above the fields."""
        told = self.note(name, text)
        told.setAccessibleName(text)
        told.setVisible(bool(text))
        self.column.removeWidget(told)
        self.column.insertWidget(self.column.indexOf(self.form), told)
        return told

    def show_changes(self, found: Mapping[str, tuple[Difference, ...]]) -> None:
        """What each would change, below its sentence."""
        for digest, label in self._changes.items():
            label.setText("\n".join(difference(each) for each in found.get(digest, ())))
            label.setAccessibleName(label.text())
            label.setVisible(bool(label.text()))


class ApproveWizard(SecretWizard):
    """One proposal, or the list of all that wait; somebody else than who sits here may type."""

    def __init__(self, bench: Bench) -> None:
        desk, asked = bench.desk, bench.found
        assert desk is not None  # noqa: S101 - proposals are of an open workspace
        assert isinstance(asked, ToAgree)  # noqa: S101 - read before
        found, fit = asked.proposals, asked.fit
        people = [(each.name, each.full_name) for each in operators(desk) if each.name in fit]
        here = desk.session.operator.name if desk.session else ""
        first = here if here in fit else next((name for name, _ in people), "")
        super().__init__("approve", bench, Agree(tuple((each.digest, sentence(each)) for each in found), first))
        self.setWindowTitle(self.tr("Approve"))
        named = [(name, f"{name} \u2014 {full_name}") for name, full_name in people]
        self._page = Agreement(self, named)
        self.put([self._page, Done(self, self._said)], {"agree": self.tr("&Approve")})
        bench.lane.look(lambda: {each.digest: differences(desk, each) for each in found}, self._heard)

    def _heard(self, found: Mapping[str, tuple[Difference, ...]] | None, _error: BaseException | None) -> None:
        if isValid(self) and found is not None:
            self._page.show_changes(found)

    def work(self) -> Work:
        """Sign and, where nothing else is needed, do it."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Agree)  # noqa: S101 - made here
        who, passphrase, shown = flow.who, flow.passphrase, flow.command()
        return lambda _progress: approvals.approve(desk, who, passphrase, shown)

    @staticmethod
    def asks(result: Any) -> Sequence[Proposal]:
        """Those that were agreed to."""
        return [each.proposal for each in result if each.refusal is None and each.proposal is not None]

    def _said(self) -> tuple[str, str]:
        lines = [self._one(each) for each in self.outcome]
        bad = any(each.refusal for each in self.outcome)
        return ("warn" if bad else "ok"), " ".join(lines)

    def _one(self, outcome: Outcome) -> str:
        if outcome.refusal is not None or outcome.proposal is None:
            return said(outcome.refusal) if outcome.refusal else ""
        words = self.tr("Proposal {id} is {state}.")
        told = words.format(
            id=outcome.digest[: proposals.SHOWN], state=STATES[proposals.standing(outcome.proposal, self.desk.clock())]
        )
        left = [
            self.tr("Needs {what}.").format(what=need(each)) for each in self.needs.get(outcome.proposal.digest, ())
        ]
        words = self.tr("Destroy the backup of {time} (SHA-256 {sha256}).")
        copies = [words.format(**vars(each)) for each in outcome.copies]
        return " ".join([told, *left, *copies])


class Reason(Page):
    """What is turned down, and why."""

    def __init__(self, host: Wizard, title: str, text: str) -> None:
        super().__init__(host, "reason")
        self.titled(self.tr("Reason"), title)
        self.follows = self.note("follows", text)
        self.line("reason", self.tr("&Reason"), self.tr("It stands in the activity log."))


class RefuseWizard(Wizard):
    """Refuse what somebody asked for; one's own is withdrawn."""

    def __init__(self, bench: Bench) -> None:
        desk, found = bench.desk, bench.found
        assert desk is not None  # noqa: S101 - proposals are of an open workspace
        assert isinstance(found, Proposal)  # noqa: S101 - read before
        super().__init__("refuse", bench, TurnDown(found.digest))
        self.own = desk.session is not None and desk.session.operator.name == found.proposer
        self._kind = approvals.kind_of(found)
        title = self.tr("Withdraw a proposal") if self.own else self.tr("Refuse a proposal")
        button = self.tr("&Withdraw it") if self.own else self.tr("&Refuse it")
        self.setWindowTitle(title)
        self.put([Reason(self, title, sentence(found)), Done(self, self._said)], {"reason": button})

    def work(self) -> Work:
        """Close it."""
        desk, kind, command = self.desk, self._kind, self.flow.command()
        close = proposals.withdraw if self.own else proposals.turn_down
        return lambda _progress: close(desk, kind, command.digest, command.reason)

    def _said(self) -> tuple[str, str]:
        words = self.tr("Proposal {id} is {state}. If it is still wanted, it has to be asked for again.")
        return "ok", words.format(id=self.outcome.digest[: proposals.SHOWN], state=STATES[self.outcome.state])
