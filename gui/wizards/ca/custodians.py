"""The page on which custodians type, one after the other and unseen; and the wizards that forget what they typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QHideEvent

from core.flows.custody import field_of
from core.flows.step import Flow
from core.model.custody import HeldKey
from core.services.people import operators
from gui.bench import Bench
from gui.wizards.approve import forget
from gui.wizards.page import Page
from gui.wizards.wizard import Wizard


class Custodians(Page):
    """A field for each; who is not here leaves theirs empty. `root`: its key is opened on a machine that is alone."""

    def __init__(self, host: CustodyWizard, key: HeldKey, *, root: bool = False) -> None:
        super().__init__(host, "custodians")
        said = self.tr("{quorum} of {count} custodians open the key {key}. Who is not here leaves the field empty.")
        count = len(key.holders)
        self.titled(
            self.tr("Custodians"),
            self.tr("Who opens the key?"),
            said.format(quorum=key.sealed.quorum, count=count, key=key.name),
        )
        for each in key.holders:
            label = self.tr("{name}").format(name=host.full_name(each.name))
            hint = self.tr("The passphrase for this key, typed by {name} while nobody looks.").format(name=each.name)
            self.line(field_of(each.name), label, hint, secret=True)
        if key.token is not None:
            told = self.tr("Token {token}: the PKCS#11 library of this machine.").format(token=key.token.label)
            self.line("library", self.tr("&Library"), told)
        if root and not host.flow.value("rehearsal"):
            self.line(
                "network_up_because", self.tr("Up all the same, &because"), self.tr("Empty where no network is up.")
            )
            self.line("witness", self.tr("&Witness"), self.tr("Who saw that the network was up; it is recorded."))


class NewCustodians(Page):
    """Each types twice while nobody looks; rows of people who were not chosen are not shown."""

    def __init__(self, host: CustodyWizard, people: list[tuple[str, str]]) -> None:
        super().__init__(host, "custodians")
        self.titled(
            self.tr("Custodians"),
            self.tr("Each custodian types a passphrase of their own for this key"),
            self.tr(
                "One after the other, unseen, 12 letters at the least, and not the one for signing in. Then the key is made."
            ),
        )
        self._people = [name for name, _ in people]
        for name, full in people:
            self.line(field_of(name), full, secret=True)
            self.line(f"again_{name}", self.tr("{name}, again").format(name=full), secret=True)

    def update_page(self) -> None:
        """Those who were chosen."""
        chosen = self.host.flow.value("custodians")
        for name in self._people:
            for each in (field_of(name), f"again_{name}"):
                self.show_row(each, shown=name in chosen)


class CustodyWizard(Wizard):
    """What custodians typed is gone from the fields and the state when the key was used and when the window hides."""

    def __init__(self, what: str, bench: Bench, flow: Flow) -> None:
        super().__init__(what, bench, flow)
        self._people = {each.name: each.full_name for each in operators(self.desk)}

    def full_name(self, name: str) -> str:
        """Who that is."""
        full = self._people.get(name, "")
        return f"{full} ({name})" if full else name

    def told(self, result: Any) -> None:
        """The passphrases have done their work."""
        forget(self)
        super().told(result)

    def hideEvent(self, event: QHideEvent) -> None:
        """What hides the window forgets what was typed."""
        super().hideEvent(event)
        if not event.spontaneous():
            forget(self)
