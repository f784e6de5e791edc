"""Keep the own sign-in on this workstation, for a person who asks for it."""

from __future__ import annotations

from core.flows.remembered import KeepOwn
from core.services import remembered
from gui.bench import Bench
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.secret import SecretWizard
from gui.wizards.wizard import Work


class KeepWizard(SecretWizard):
    """One passphrase, typed now; the keyring then holds the key that signs this person's entries, never a passphrase."""

    def __init__(self, bench: Bench) -> None:
        assert bench.desk is not None  # noqa: S101 - somebody sits at it
        super().__init__("keep-sign-in", bench, KeepOwn(bench.desk.acting.operator.name))
        self.setWindowTitle(self.tr("Keep my sign-in on this workstation"))
        page = Page(self, "keep")
        page.titled(
            self.tr("Passphrase"),
            self.windowTitle(),
            self.tr(
                "Whoever can use your account on this machine can then act as you here, except where two must agree."
            ),
        )
        hint = self.tr("Second comparisons and approvals ask for it all the same.")
        page.line("passphrase", self.tr("&Passphrase"), hint, secret=True)
        self.put([page, Done(self, self._said)], {"keep": self.tr("&Keep it")})

    def work(self) -> Work:
        """Prove the passphrase, then keep."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, KeepOwn)  # noqa: S101 - made here
        name, typed = flow.name, flow.passphrase

        def keep(_progress: object) -> str:
            remembered.keep(desk, name, typed)
            return name

        return keep

    def _said(self) -> tuple[str, str]:
        words = self.tr("The keyring of this workstation keeps the sign-in of {name}. Settings takes it out again.")
        return "ok", words.format(name=self.outcome)
