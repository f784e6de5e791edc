"""Where a new CA key is made: under the custodians' passphrases in this file, or on a PKCS#11 token."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from core.errors.base import Expected
from core.flows.ceremony import NewKey
from core.model.custody import Source
from core.policy.custody import token_uri
from core.services import tokens
from core.words.say import sentence
from gui.shell.files import open_file
from gui.wizards.ca.custodians import CustodyWizard
from gui.wizards.page import Page


class Medium(Page):
    """The library is this machine's; what it sees is looked up beside the window."""

    def __init__(self, host: CustodyWizard) -> None:
        super().__init__(host, "medium")
        self.wizard_ = host
        self.titled(
            self.tr("Key's place"),
            self.tr("Where is the key made?"),
            self.tr("On a token it is made inside and cannot be copied; in this file it is in every backup."),
        )
        file = self.tr("Under its custodians' passphrases; a backup of the file is a backup of the key.")
        token = self.tr(
            "A smart card or HSM. Its PIN is made by the program and lies under the custodians' passphrases."
        )
        options = [
            (Source.SOFTWARE.value, self.tr("In this fi&le"), file),
            (Source.TOKEN.value, self.tr("On a &token (PKCS#11)"), token),
        ]
        self.radios("medium", self.tr("Place"), options)
        title = self.tr("Choose the PKCS#11 library")
        hint = self.tr("The maker's PKCS#11 library on this machine, for example /usr/lib/softhsm/libsofthsm2.so.")
        self.path_line("library", self.tr("Librar&y"), title, lambda: open_file(self, title), hint)
        self.look = QPushButton(self.tr("Look for to&kens"))
        self.look.clicked.connect(self._look)
        self.row("lookForTokens", "", self.look, bound=False)
        self.look.setAccessibleName(self.tr("Look for tokens"))
        self.box = self.choice("token", self.tr("T&oken"), [("", self.tr("Choose\u2026"))])
        self.told = self.note("tokenFacts")
        host.given("library", tokens.usual())

    def _look(self) -> None:
        library = str(self.host.flow.value("library")).strip()
        self.look.setEnabled(False)
        self.banner.tell("info", self.tr("Asking the library\u2026"))
        self.wizard_.bench.lane.look(lambda: tokens.inserted(library), self._seen)

    def _seen(self, found: Any, error: BaseException | None) -> None:
        """What is there; the only one is chosen."""
        if not isValid(self):
            return
        self.look.setEnabled(True)
        self.banner.tell("info", "")
        seen = found if error is None else ()
        self.host.typed("tokens", seen)
        slot = self.tr("slot {slot}: {label}, serial number {serial}")
        uris = [token_uri(each.facts) for each in seen]
        named = [(token_uri(each.facts), slot.format(slot=each.slot, **vars(each.facts))) for each in seen]
        self.offer(self.box, [("", self.tr("Choose\u2026")), *named])
        chosen = self.host.flow.value("token")
        first = uris[0] if len(uris) == 1 else ""
        self.changed("token", chosen if chosen in uris else first)
        if error is not None:
            unexpected = self.tr("The library could not be asked.")
            self.mark("library", sentence(error) if isinstance(error, Expected) else unexpected)
        elif not seen:
            self.banner.tell("warn", self.tr("The library sees no token that was set up. Insert it, then look again."))

    def update_page(self) -> None:
        """The token's rows where one is wanted, and what the chosen one says of itself."""
        flow = self.host.flow
        if not isinstance(flow, NewKey):
            return
        wanted = flow.medium == Source.TOKEN
        for name in ("library", "lookForTokens", "token"):
            self.show_row(name, shown=wanted)
        self.told.setVisible(wanted)
        known = {token_uri(each.facts): each for each in flow.tokens}
        said = self.tr("Model {model}, made by {manufacturer}, firmware {firmware}, serial number {serial}.")
        chosen = known.get(flow.token)
        self.told.setText(said.format(**vars(chosen.facts)) if chosen else "")
