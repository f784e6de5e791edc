"""After a restore: go by this file although another was seen, and record that nothing was published. Both take two people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from shiboken6 import isValid

from core.errors.base import Expected
from core.flows.backups import GoingBy, NothingPublished
from core.model.proposals import Proposal
from core.services import accepting, heads, restored
from core.services.accepting import Accepted
from core.words.proposals import need, sentence
from core.words.say import sentence as sentence_of
from gui.bench import Bench
from gui.wizards.asking import Asking
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


class _None(Page):
    def __init__(self, host: Host, names: Sequence[str]) -> None:
        super().__init__(host, "none")
        self.titled(
            self.tr("Nothing published"),
            self.tr("Is there no CRL to be read in?"),
            self.tr(
                "Look at the publishing point and at a gateway first: a published CRL tells what this file forgot."
            ),
        )
        self.choice("authority", self.tr("&Authority"), [(name, name) for name in names])
        self.line("reason", self.tr("&Reason"), self.tr("Why none can be read in: never published, or lost for good."))
        self.line("ticket", self.tr("&Ticket"))


class NoneWizard(Asking):
    """The next CRL then jumps ahead, beyond every number that may have been published."""

    def __init__(self, bench: Bench, about: str) -> None:
        assert bench.desk is not None  # noqa: S101 - it is about an open workspace
        names = restored.open_ones(bench.desk.file.read)
        chosen = about if about in names else next(iter(names), "")
        super().__init__("crl-none", bench, NothingPublished(chosen))
        self.setWindowTitle(self.tr("Record that no CRL is published"))
        page = _None(self, names)
        self.put([page, Done(self, self.asked, self.onward)], {"none": self.tr("As&k for the record")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: restored.record_none(desk, command)


class _Head(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "head")
        self.titled(
            self.tr("This file"),
            self.tr("Go by this file from now on?"),
            self.tr("The keyring keeps the newest entry that you have seen, so that an older copy is noticed."),
        )
        self.known = self.note("headAlarm", self.tr("One moment\u2026"))
        self.column.removeWidget(self.known)  # read first: above the field
        self.column.insertWidget(1, self.known)
        self.line("reason", self.tr("&Reason"), self.tr("For example: put back from the backup of Monday, disk lost."))


class HeadWizard(Wizard):
    """Where it lies behind what was seen, two people agree first; then it is done once on each workstation."""

    outcome: Accepted

    def __init__(self, bench: Bench) -> None:
        super().__init__("accept-head", bench, GoingBy())
        self.setWindowTitle(self.tr("Go by this file"))
        self._page, desk = _Head(self), self.desk
        self.put([self._page, Done(self, self._told, self._onward)], {"head": self.tr("&Go by this file")})
        bench.lane.look(lambda: heads.alarm(desk), self._heard)  # a bus may be slow

    def _heard(self, alarm: Expected | None, error: BaseException | None) -> None:
        if isValid(self) and error is None:
            fine = self.tr("The keyring knows nothing against this file; its newest entry is kept again.")
            self._page.known.setText(sentence_of(alarm) if alarm is not None else fine)

    def work(self) -> Work:
        """Go by it, or ask for the second person."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: accepting.accept(desk, command)

    @staticmethod
    def asks(result: Any) -> Sequence[Proposal]:
        """Where two people agree first."""
        return (result.waiting,) if result.waiting is not None else ()

    def _told(self) -> tuple[str, str]:
        waiting = self.outcome.waiting
        if waiting is None:
            done = self.tr("This file with its {rows} entries is what this workstation goes by from now on.")
            return "ok", done.format(rows=self.outcome.rows)
        left = [self.tr("Needs {what}.").format(what=need(each)) for each in self.needs.get(waiting.digest, ())]
        then = self.tr("After that, do this once more on each workstation that knows the other file.")
        return "warn", " ".join([sentence(waiting), *left, then])

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        waiting = self.outcome.waiting
        return (("nextApprove", self.tr("&Approve\u2026"), "approve", waiting.digest),) if waiting else ()


MAKERS: dict[str, Callable[[Bench, str], Wizard]] = {
    "crl-none": NoneWizard,
    "accept-head": lambda bench, _about: HeadWizard(bench),
}
