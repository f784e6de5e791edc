"""Prove the quorum: the custodians who are here open the key, and nothing is signed."""

from __future__ import annotations

from core.flows.drill import Drilling
from core.model.custody import HeldKey
from core.model.workspace import Kind
from core.services import custodians, opening
from gui.bench import Bench
from gui.wizards.ca.custodians import Custodians, CustodyWizard
from gui.wizards.review import Done
from gui.wizards.wizard import Work


class DrillWizard(CustodyWizard):
    """`about` is the key's name."""

    outcome: HeldKey

    def __init__(self, bench: Bench, about: str) -> None:
        desk = bench.desk
        assert desk is not None  # noqa: S101 - only the first run has none
        key = opening.key(desk, about)
        super().__init__("drill", bench, Drilling(key=key, name=key.name, rehearsal=desk.workspace.rehearsal))
        self.setWindowTitle(self.tr("Prove the quorum of {key}").format(key=key.name))
        root = desk.workspace.kind is Kind.ROOT
        self.put(
            [Custodians(self, key, root=root), Done(self, self._said)], {"custodians": self.tr("&Prove the quorum")}
        )
        self._names: tuple[str, ...] = ()

    def work(self) -> Work:
        """Open it and close it again."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Drilling)  # noqa: S101 - made here
        command, hands, network = flow.command(), flow.bring(), flow.network()
        self._names = command.custodians
        return lambda _progress: custodians.drill(desk, command, hands, network)

    def _said(self) -> tuple[str, str]:
        words = self.tr("{names} open {key}. Nothing was signed; the drill is on record.")
        return "ok", words.format(names=", ".join(self._names), key=self.outcome.name)
