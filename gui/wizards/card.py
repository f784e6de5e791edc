"""Sign a card: a device's approved key with what the other end needs to know of it, to send or to carry there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.flows.cards import HandOut
from core.media.files import signature_of
from core.services import cards
from core.services.perform import perform
from core.words.cards import checked_by, handed_out, still
from gui.bench import Bench
from gui.shell.files import save_file
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


class _Card(Page):
    def __init__(self, host: CardWizard) -> None:
        super().__init__(host, "card")
        self.titled(
            self.tr("Card"),
            self.tr("Whose key is handed out?"),
            self.tr(
                "A card has the approved public key of one device with its name, addresses and contact, signed by you. "
                "Nothing in it is secret."
            ),
        )
        self.choice("device", self.tr("&Device"), host.devices())
        hint = self.tr("The signature goes beside it, with .sig at the end of its name. Nothing is overwritten.")
        self.path_line("to", self.tr("&File"), self.tr("Choose where the card goes"), self._ask, hint)

    def _ask(self) -> Path | None:
        name = f"{self.host.flow.value('device') or 'device'}.card"
        return save_file(self, self.tr("Where does the card go?"), name)


class _Signed(Done):
    def __init__(self, host: CardWizard) -> None:
        super().__init__(host, host.said, host.onward)
        self.note("cardStill", still())
        self.note("cardCheck", checked_by("", "", "", "")[0])
        self.commands = Copyable("cardCommands", self.tr("What the far end types to check it"), lines=5, wraps=True)
        self.column.addWidget(self.commands)

    def enter(self) -> None:
        """With the names of what was written."""
        super().enter()
        host = self.host
        if isinstance(host, CardWizard):
            self.commands.tell("\n".join(host.check()))


class CardWizard(Wizard):
    """Hand out one device's approved key."""

    def __init__(self, bench: Bench, device: str) -> None:
        super().__init__("card", bench, HandOut(device))
        self.setWindowTitle(self.tr("Sign a card"))
        self.put([_Card(self), _Signed(self)], {"card": self.tr("&Sign the card")})

    def devices(self) -> list[tuple[str, str]]:
        """Every device: what keeps a key from leaving is told when it is chosen."""
        return [("", self.tr("Choose\u2026")), *((each.name, each.name) for each in self.known.active)]

    def work(self) -> Work:
        """Sign it and write both files."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, cards.SIGN, command, told)

    def check(self) -> list[str]:
        """The lines with which anybody checks it."""
        to, card = self.flow.command().to, self.outcome.card
        return checked_by(card.signer, cards.signer_line(card), to.name, signature_of(to).name)[1:]

    def said(self) -> tuple[str, str]:
        """Where it lies and until when it counts."""
        to, card = self.flow.command().to, self.outcome.card
        return "ok", handed_out(card.device, str(to), str(signature_of(to)), f"{card.expires:%Y-%m-%d}")

    def onward(self) -> Sequence[tuple[str, str, str, str]]:
        """The next device's."""
        return (("nextCard", self.tr("Sign a&nother card\u2026"), "card", ""),)
