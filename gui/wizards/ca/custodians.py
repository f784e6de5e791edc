"""The page on which custodians type, one after the other and unseen; and the wizards that forget what they typed."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from core.flows.ceremony import NewKey
from core.flows.custody import field_of
from core.flows.step import Flow
from core.model.custody import HeldKey
from core.services import tokens
from core.services.people import operators
from core.words.custody import passphrase_lines
from gui.bench import Bench
from gui.wizards.ca.once import show_once
from gui.wizards.ca.sticks import stick_line, stick_of, stick_row
from gui.wizards.page import Page
from gui.wizards.secret import SecretWizard


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
            if each.stick:
                stick_row(self, each.name, host.full_name(each.name))
        if key.token is not None:
            told = self.tr("Token {token}: the PKCS#11 library of this machine.").format(token=key.token.label)
            self.line("library", self.tr("&Library"), told)
            host.given("library", tokens.usual())
        if root and not host.flow.value("rehearsal"):
            self.line(
                "network_up_because", self.tr("Up all the same, &because"), self.tr("Empty where no network is up.")
            )
            self.line("witness", self.tr("&Witness"), self.tr("Who saw that the network was up; it is recorded."))


class NewCustodians(Page):
    """Each types while nobody looks; rows of people who were not chosen are not shown.

    For a root's key the program makes ten words for each, or their passphrase is joined with a stick of their own.
    """

    def __init__(self, host: CustodyWizard, people: list[tuple[str, str]], *, strong: bool = False) -> None:
        super().__init__(host, "custodians")
        chosen = self.tr(
            "One after the other, unseen, 12 letters at the least, and not the one for signing in. Then the key is made."
        )
        made = self.tr(
            "One after the other, unseen: take ten words from the program, write them down and type them; or choose the "
            "file of your own stick and type a passphrase twice. Then the key is made."
        )
        title = self.tr("Each custodian types a passphrase of their own for this key")
        self.titled(self.tr("Custodians"), title, made if strong else chosen)
        self._people = [name for name, _ in people]
        self._strong = strong
        self._sticks: dict[str, QLineEdit] = {}
        for name, full in people:
            if strong:
                self._ways(name, full)
            self.line(field_of(name), full, secret=True)
            self.line(f"again_{name}", self.tr("{name}, again").format(name=full), secret=True)
        hint = self.tr(
            "The one that the token was set up with. The program sets a random one and a random PIN; both lie under the "
            "custodians' passphrases, and this one opens nothing any more."
        )
        self.line("so_pin", self.tr("The token's SO-PIN"), hint, secret=True)

    def _ways(self, name: str, full: str) -> None:
        stick, box = stick_line(self, name, full)
        self._sticks[name] = stick
        words = QPushButton(self.tr("Ten words\u2026"))
        words.setObjectName(f"words_{name}")
        words.setAccessibleName(self.tr("Make ten words for {name}").format(name=full))
        words.clicked.connect(lambda: self._make(name, full))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(words)
        line.addWidget(box, 1)
        label = self.tr("Words or stick of {name}").format(name=full)
        self.row(stick_of(name), label, stick, around=row, bound=False)

    def _make(self, name: str, full: str) -> None:
        host, flow = self.host, self.host.flow
        if isinstance(host, CustodyWizard) and isinstance(flow, NewKey):
            host.flow = flow = flow.with_words(name).with_stick(name, "")
            self._sticks[name].clear()
            self.pull()
            self.update_page()
            show_once(host, full, passphrase_lines(full, flow.made[name]))

    def update_page(self) -> None:
        """Those who were chosen."""
        flow = self.host.flow
        if not isinstance(flow, NewKey):
            return
        self.show_row("so_pin", shown=bool(flow.on_token))
        for name in self._people:
            chosen = name in flow.custodians
            self.show_row(field_of(name), shown=chosen)
            self.show_row(f"again_{name}", shown=chosen and flow.twice(name))
            if self._strong:
                self.show_row(stick_of(name), shown=chosen)


class CustodyWizard(SecretWizard):
    """What custodians typed is gone from the fields and the state when the key was used and when the window hides."""

    def __init__(self, what: str, bench: Bench, flow: Flow) -> None:
        super().__init__(what, bench, flow)
        self._people = {each.name: each.full_name for each in operators(self.desk)}

    def full_name(self, name: str) -> str:
        """Who that is."""
        full = self._people.get(name, "")
        return f"{full} ({name})" if full else name
