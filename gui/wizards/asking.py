"""Wizards that end with a proposal: what was asked for, what it needs, and the second person's turn if they are here."""

from collections.abc import Sequence
from typing import Any

from core.model.proposals import Proposal
from core.words.proposals import need, sentence
from gui.wizards.wizard import Wizard


class Asking(Wizard):
    """Something that a second person has to agree to."""

    outcome: Proposal

    @staticmethod
    def asks(result: Any) -> Sequence[Proposal]:
        """What was asked for; where nobody else has to agree, the result is no proposal."""
        return (result,) if isinstance(result, Proposal) else ()

    def asked(self) -> tuple[str, str]:
        """What was asked for and what it needs."""
        left = [self.tr("Needs {what}.").format(what=need(each)) for each in self.needs.get(self.outcome.digest, ())]
        return "ok", " ".join([sentence(self.outcome), *left])

    def onward(self) -> Sequence[tuple[str, str, str, str]]:
        """The approval, where the second person is at hand."""
        return (("nextApprove", self.tr("&Approve\u2026"), "approve", self.outcome.digest),)
