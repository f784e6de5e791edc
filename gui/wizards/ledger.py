"""The monthly review of the ledger: draw a sample, look each act up, say what was found."""

from __future__ import annotations

from typing import Any

from core.flows.ledger import LedgerReview
from core.model.audit import SignOff
from core.services import reviews
from core.services.reviews import Sample
from core.words.audit import event
from gui.bench import Bench
from gui.pages.columns import Columns
from gui.widgets.table import DataTable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


class _Draw(Page):
    def __init__(self, host: LedgerWizard, day: str) -> None:
        super().__init__(host, "draw")
        self.titled(
            self.tr("Sample"),
            self.tr("Review the ledger"),
            self.tr("Every month somebody looks up what others did. Due by {day}.").format(day=day),
        )
        self.note(
            "drawWords",
            self.tr(
                "The program draws acts since the last review at random, acts of others where there are any. Have your "
                "tickets at hand: each act is held against the one it names."
            ),
        )


class _Look(Page):
    def __init__(self, host: LedgerWizard) -> None:
        super().__init__(host, "look")
        self.titled(
            self.tr("Look up"),
            self.tr("Look these acts up"),
            self.tr("Is there a ticket, and does it say the same? Ask who acted where there is none."),
        )
        self.counts = self.note("sampleCounts")
        number, time, person, what, about, ticket = Columns().activity()
        columns = [number, person, what, ticket, about, time]  # the ticket is what each act is held against
        self.table = DataTable("sampleTable", self.tr("Acts drawn"), columns, lambda row: row.number)
        self.table.setMinimumHeight(220)
        self.fill(self.table)
        self.line("note", self.tr("&What you found"), self.tr("It stands in the ledger beside your name."))
        self.column.removeItem(self.form)
        self.column.addLayout(self.form)  # first the acts, then what was found

    def show_sample(self, sample: Sample) -> None:
        """The acts, and how often each kind was done in all."""
        done = "; ".join(f"{count} \u00d7 {event(action)}" for action, count in sorted(sample.counts.items()))
        words = self.tr("Entries {first} to {last} hold: {done}.")
        self.counts.setText(words.format(first=sample.first, last=sample.last, done=done))
        self.counts.setAccessibleName(self.counts.text())
        self.table.fill(sample.entries)


class LedgerWizard(Wizard):
    """Two commits: the draw, which is on record so that nobody draws until they like it, and the sign-off."""

    def __init__(self, bench: Bench) -> None:
        super().__init__("ledger-review", bench, LedgerReview())
        self.setWindowTitle(self.tr("Review the ledger"))
        self._look = _Look(self)
        pages = [_Draw(self, str(reviews.due(self.desk))), self._look, Done(self, self._said)]
        self.put(pages, {"draw": self.tr("&Draw a sample"), "look": self.tr("&Sign off")})

    def work(self) -> Work:
        """Whichever is next."""
        desk, command = self.desk, self.flow.command()
        if isinstance(command, SignOff):
            return lambda _progress: reviews.sign_off(desk, command)
        return lambda _progress: reviews.draw(desk, command)

    def told(self, result: Any) -> None:
        """The window is told of the sign-off only."""
        if not isinstance(result, Sample):
            super().told(result)

    def landed(self, result: Any) -> bool:
        """A sample is shown first."""
        if not isinstance(result, Sample):
            return True
        flow = self.flow
        assert isinstance(flow, LedgerReview)  # noqa: S101 - made here
        self.flow = flow.drawn(result.number)
        self._look.show_sample(result)
        self.next()
        return False

    def _said(self) -> tuple[str, str]:
        words = self.tr("The review is signed off. The next is due by {day}.")
        return "ok", words.format(day=self.outcome)
