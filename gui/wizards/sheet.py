"""The own recovery sheet: drawn, printed from memory, typed back from paper. Its words never stand on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from core.errors.base import Refused
from core.errors.cli import FileNotReadable
from core.errors.custody import WrongCustodianPassphrase
from core.flows.sheet import Drawing
from core.media.files import at_most
from core.media.printer import printers, send
from core.model.custody import ProveSheet
from core.services import opening, recovery
from core.words.custody import sheet_lines
from core.words.say import sentence
from gui.bench import Bench
from gui.shell.files import open_file
from gui.wizards.inputs import with_chooser
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.secret import SecretWizard
from gui.wizards.wizard import Work

_STICK = 4096  # bytes


class _Owner(Page):
    def __init__(self, host: SheetWizard, flow: Drawing) -> None:
        super().__init__(host, "owner")
        self._unopened, keys = "", flow.keys
        self._rows: dict[str, str] = {}
        self.titled(
            self.tr("Alone"),
            self.tr("Are you alone?"),
            self.tr(
                "Whoever has the sheet and a second person beside them has your keys. Draw it alone, at a printer of your own."
            ),
        )
        self.line("passphrase", self.tr("&Passphrase"), self.tr("The one for signing in, typed now."), secret=True)
        if not keys:
            return
        hint = self.tr("Your passphrase for {keys}.").format(keys=", ".join(keys))
        self.line("held", self.tr("For the CA &key"), hint, secret=True)
        self._rows = {key: flow.row(key) for key in keys if len(keys) > 1}
        for key, row in self._rows.items():
            label = self.tr("For {key} alone").format(key=key)
            self.line(row, label, self.tr("Its own passphrase. Empty where it is the same."), secret=True)
        stick = QLineEdit()
        box = with_chooser(stick, "stick", self.tr("Choose your stick"), lambda: self._choose(stick))
        stick.editingFinished.connect(lambda: self._read(stick.text().strip()))
        self.row("stick", self.tr("&Stick"), stick, self.tr("Empty where you have none."), around=box, bound=False)

    def unopened(self, row: str) -> None:
        """Where the sentence about a CA key's passphrase stands; "" for the one of signing in."""
        self._unopened = row
        self.update_page()

    def beside_which(self, field: str) -> str:
        """Both passphrases are called the same by what refuses them."""
        return self._unopened if field == "passphrase" and self._unopened else field

    def update_page(self) -> None:
        """A key is asked for alone once the passphrase for all did not open it."""
        flow = self.host.flow
        for key, row in self._rows.items():
            self.show_row(row, shown=isinstance(flow, Drawing) and key in flow.own)

    def _choose(self, stick: QLineEdit) -> None:
        found = open_file(self, self.tr("Choose your stick"))
        if found:
            stick.setText(str(found))
            stick.editingFinished.emit()

    def _read(self, path: str) -> None:
        text = ""
        try:
            text = at_most(Path(path).expanduser(), _STICK).decode("utf-8", "replace") if path else ""
        except (OSError, ValueError):
            self.banner.tell("bad", sentence(FileNotReadable(path)))
        self.host.typed("stick", text)


class _Print(Page):
    def __init__(self, host: SheetWizard) -> None:
        super().__init__(host, "print")
        self.titled(
            self.tr("Print"),
            self.tr("Print it, once"),
            self.tr("It goes from memory to the printer and lies in no file. Stay with the printer until you hold it."),
        )
        self.box = self.choice("printer", self.tr("&Printer"), [])
        self.button = QPushButton(self.tr("Print the &sheet"))
        self.button.setObjectName("printSheet")
        self.button.clicked.connect(host.print_out)
        self.column.addWidget(self.button)

    def enter(self) -> None:
        """The printers there are."""
        super().enter()
        try:
            names = printers()
        except Refused as refusal:
            names = ()
            self.complain((refusal,))
        self.offer(self.box, [(name, name) for name in names])
        self.button.setEnabled(bool(names))
        self.host.typed("printer", names[0] if names else "")
        self.pull()


class SheetWizard(SecretWizard):
    """Of who sits at the desk. The words are here between drawing and proving, and gone with the window."""

    def __init__(self, bench: Bench) -> None:
        desk = bench.desk
        assert desk is not None  # noqa: S101 - only the first run has none
        owner = desk.acting.operator.name
        keys = tuple(each.name for each in opening.keys(desk) if owner in each.sealed.envelopes)
        flow = Drawing(owner=owner, keys=keys)
        super().__init__("sheet", bench, flow)
        self.setWindowTitle(self.tr("Recovery sheet of {name}").format(name=owner))
        self.drawn: recovery.Drawn | None = None
        typed = Page(self, "typed")
        typed.titled(
            self.tr("Prove"),
            self.tr("Type the sixteen words from the paper"),
            self.tr("From then on the sheet works, and older ones of yours do not."),
        )
        typed.line(
            "words", self.tr("&Words"), self.tr("In their order; the line numbers do not belong to them."), secret=True
        )
        commits = {"owner": self.tr("&Draw the sheet"), "typed": self.tr("&Prove the sheet")}
        self.put([_Owner(self, flow), _Print(self), typed, Done(self, self._said)], commits)

    def work(self) -> Work:
        """Draw it, or prove it."""
        desk, flow, drawn = self.desk, self.flow, self.drawn
        assert isinstance(flow, Drawing)  # noqa: S101 - made here
        if drawn is None:
            passphrase, hands, own = flow.passphrase, flow.command(), flow.by_key()
            return lambda _told: recovery.draw_here(desk, passphrase, hands, own)
        typed = flow.words
        return lambda _told: recovery.prove(desk, ProveSheet(drawn.number), typed)

    def _refused(self, page: Page, error: BaseException) -> None:
        """A CA key that was not opened is asked for alone, where there are others."""
        flow = self.flow
        if isinstance(page, _Owner) and isinstance(flow, Drawing):
            key = error.key if isinstance(error, WrongCustodianPassphrase) else ""
            self.flow = flow.differing(key) if key else flow
            page.unopened(flow.row(key) if key else "")
        super()._refused(page, error)

    def print_out(self) -> None:
        """Send it to the chosen printer, in the lane: a printer may be slow."""
        drawn, flow, page = self.drawn, self.flow, self.here()
        assert drawn is not None  # noqa: S101 - the page before made it
        assert isinstance(flow, Drawing)  # noqa: S101 - made here
        if page is None or self.busy:
            return
        lines = sheet_lines(drawn.number, self.desk.workspace.name, drawn.owner, drawn.covers, drawn.words)
        from gui.bearer import paper  # Qt's documents: most runs print none

        content, printer = paper(lines, drawn.words), flow.printer
        self._working(page, busy=True)
        self.bench.lane.do(lambda: send(content, printer), lambda _none, error: self._printed(page, printer, error))

    def _printed(self, page: Page, printer: str, error: BaseException | None) -> None:
        self._working(page, busy=False)
        if error is not None:
            self._refused(page, error)
            return
        self.typed("printed", printer)
        page.complain((), focus=False)
        words = self.tr("It is on its way to {printer}. Fetch it, then go on.").format(printer=printer)
        page.banner.tell("ok", words)

    def landed(self, result: Any) -> bool:
        """Drawn is not yet done: there is paper to be made and read."""
        if self.drawn is not None:
            self.drawn = None
            return True
        self.drawn = result
        self.typed("drawn", result.number)
        self.committed = True  # leaves this page without another commit
        self.next()
        self.committed = False
        return False

    def reject(self) -> None:
        """A sheet that was not proved opens nothing; there is nothing to keep."""
        if self.drawn is None or self.busy:
            super().reject()
            return
        self._discard()

    def hideEvent(self, event: QHideEvent) -> None:
        """The words go as well: after a lock another sheet is drawn."""
        super().hideEvent(event)
        if not event.spontaneous() and self.drawn is not None:
            self.drawn = None
            self._discard()

    def _said(self) -> tuple[str, str]:
        words = self.tr(
            "Sheet {number} works; older ones of yours are void. Put it in an envelope, seal it, write the number on it, and "
            "enter in the custody register where it lies."
        )
        return "ok", words.format(number=self.flow.value("drawn"))
