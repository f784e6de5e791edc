"""A clause that says should and is left for a while: asked for by one, agreed to by another, over by itself."""

from __future__ import annotations

from core.flows.compliance import Waiving
from core.policy import register
from core.policy.clauses import clauses
from core.services import waivers
from gui.bench import Bench
from gui.wizards.asking import Asking
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Work


class _Waiver(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "waiver")
        self.titled(
            self.tr("Waiver"),
            self.tr("Which clause is left, and until when?"),
            self.tr(
                "Only clauses that say should. Two people agree; it ends by itself and stands in the CPS until then."
            ),
        )
        known = clauses()
        allowed = [name for name, row in register.rows().items() if row.waivable]
        options = [("", self.tr("Choose\u2026")), *((name, f"{name}  {known[name].asks}") for name in allowed)]
        self.choice("clause", self.tr("C&lause"), options)
        self.line("until", self.tr("&Until"), self.tr("YYYY-MM-DD, its last day, within twelve months."))
        self.line("review", self.tr("Look at it a&gain by"), self.tr("YYYY-MM-DD, before it ends."))
        self.line("reason", self.tr("&Reason"))
        self.line("ticket", self.tr("&Ticket"))


class WaiveWizard(Asking):
    """`about` is a clause, "" asks."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("waive", bench, Waiving(about))
        self.setWindowTitle(self.tr("Waive a clause"))
        self.put([_Waiver(self), Done(self, self.asked, self.onward)], {"waiver": self.tr("&Propose the waiver")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: waivers.waive(desk, command)
