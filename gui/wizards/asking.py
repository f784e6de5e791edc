"""Wizards that end with a proposal: what was asked for, what it needs, and the second person's turn if they are here."""

from collections.abc import Sequence

from core.model.proposals import Proposal
from core.services import proposals
from core.words.proposals import need, sentence
from gui.wizards.wizard import Wizard


class Asking(Wizard):
    """Something that a second person has to agree to."""

    outcome: Proposal

    def asked(self) -> tuple[str, str]:
        """What was asked for and what it needs."""
        left = [self.tr("Needs {what}.").format(what=need(each)) for each in proposals.needs(self.desk, self.outcome)]
        return "ok", " ".join([sentence(self.outcome), *left])

    def onward(self) -> Sequence[tuple[str, str, str, str]]:
        """The approval, where the second person is at hand."""
        return (("nextApprove", self.tr("&Approve\u2026"), "approve", self.outcome.digest),)
