"""A backup is made and read back; a copy is tried out, on record or not."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors.backups import BackupClosed
from core.flows.backups import Making, Trying, named
from core.flows.custody import field_of
from core.model.backups import Copied
from core.model.custody import HeldKey
from core.services import backups, opening
from core.services.perform import perform
from core.words.audit import fault
from core.words.backups import differs
from gui.bench import Bench
from gui.shell.files import new_folder, open_file
from gui.wizards.ca.sticks import stick_of, stick_row
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.secret import SecretWizard
from gui.wizards.wizard import Wizard, Work


class _Where(Page):
    def __init__(self, host: Host, keys: Sequence[HeldKey]) -> None:
        super().__init__(host, "where")
        self.titled(
            self.tr("Where"),
            self.tr("Where does the backup go?"),
            self.tr("A stick that leaves this room, as a rule. People can go on working while it is written."),
        )
        ask = self.tr("The folder or stick")
        self.path_line("to", self.tr("&Folder"), self.tr("Choose a folder"), lambda: new_folder(self, ask))
        hint = self.tr("Nothing is overwritten. The copy is opened and verified whole before it counts.")
        self.line("file", self.tr("Na&me of the copy"), hint)
        closed = self.tr("{quorum} of the {count} custodians of {key}")
        opens = [
            (each.name, closed.format(quorum=each.sealed.quorum, count=len(each.holders), key=each.name))
            for each in keys
        ]
        hint = self.tr("Plain or closed: CA keys and people's keys stay wrapped in it, of no use without passphrases.")
        self.choice("key", self.tr("&Opens with"), [*opens, ("", self.tr("nobody in particular: a plain copy"))], hint)

    def beside_which(self, field: str) -> str:
        """A copy of that name is there already."""
        return "file" if field == "path" else field


class MakeWizard(Wizard):
    """One administrator is enough for it."""

    outcome: Copied

    def __init__(self, bench: Bench) -> None:
        desk = bench.desk
        assert desk is not None  # noqa: S101 - a backup is of an open workspace
        keys = tuple(each for each in opening.keys(desk) if not each.destroyed)
        fit = next((each.name for each in keys if each.sealed.backup), "")
        super().__init__("backup", bench, Making(file=named(desk.file.path, desk.clock().date()), key=fit))
        self.setWindowTitle(self.tr("Make a backup"))
        self._start = self.flow
        self.put([_Where(self, keys), Found(self, self._said)], {"where": self.tr("&Write and verify it")})

    def work(self) -> Work:
        """Copy, open the copy, verify it whole."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, backups.MAKE, command, told)

    def _said(self) -> tuple[str, str]:
        words = self.tr(
            "The backup is written, was opened again and holds together (entries: {rows}). Take it out of the room with the "
            "manifest beside it, and try it out: a backup is worth what its last trial was."
        )
        said = words.format(rows=self.outcome.report.rows)
        closed = self.tr("It opens with the custodians of {key} only.").format(key=self.outcome.key)
        return "ok", f"{said} {closed}" if self.outcome.key else said


class CopyPage(Page):
    """Asks the custodians of a closed copy once it has said who they are: that is known when somebody opens it."""

    def __init__(self, host: Host, step: str) -> None:
        super().__init__(host, step)
        self._asked: set[str] = set()

    def ask(self, closed: BackupClosed) -> None:
        """A field for each; who is not here leaves theirs empty."""
        for name in closed.custodians:
            if name not in self._asked:
                self._asked.add(name)
                label = self.tr("Custodian {name}").format(name=name)
                before = list(self.inputs.values())[-1]
                line = self.line(field_of(name), label, self.tr("Their passphrase, typed unseen."), secret=True)
                self.setTabOrder(before, line)  # or Tab would come by the buttons first
                if name in closed.sticks:
                    self.setTabOrder(line, stick_row(self, name, name))
                    self._boxes[stick_of(name)].show()
                self._boxes[field_of(name)].show()  # a layout shows what is new a moment later: no focus till then
        self.pull()
        self.inputs[field_of(closed.custodians[0])].setFocus()
        words = self.tr("{path} is closed: {quorum} of its custodians type now, then the same button once more.")
        self.banner.tell("info", words.format(path=closed.path, quorum=closed.quorum))


class _Which(CopyPage):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "copy")
        self.titled(
            self.tr("Copy"),
            self.tr("Which copy is tried out?"),
            self.tr("Neither the copy nor the workspace changes, whatever comes of it."),
        )
        copy_row(self)
        self.radios(
            "how",
            self.tr("How"),
            [
                (
                    "drill",
                    self.tr("&Restore drill"),
                    self.tr("Put back into a private folder, verified there, removed again. It goes on record here."),
                ),
                ("look", self.tr("&Verify only"), self.tr("Opened where it lies and verified. Nothing is recorded.")),
            ],
        )


def copy_row(page: Page) -> None:
    """The field `file` for a copy, with its button."""
    hint = page.tr("The file that backup wrote, on its stick.")
    ask = page.tr("A copy of a workspace")
    page.path_line("file", page.tr("&Copy"), page.tr("Choose the copy"), lambda: open_file(page, ask), hint)


class Found(Done):
    """What the copy is, to be read out or pasted into a ticket."""

    def __init__(self, host: Wizard, said: object) -> None:
        super().__init__(host, said)  # type: ignore[arg-type]  # the wizard's own method
        self.facts = Copyable("copied", self.tr("The copy"), lines=7, wraps=True)
        self.column.addWidget(self.facts)

    def enter(self) -> None:
        """As it was read."""
        super().enter()
        if isinstance(self.host, Wizard):
            self.facts.tell("\n".join(copied_lines(self, self.host.outcome)))


def copied_lines(page: Page, copied: Copied) -> list[str]:
    """What a copy is, a line for each fact."""
    return [
        page.tr("File: {file}").format(file=copied.path),
        page.tr("Workspace: {name} ({id})").format(name=copied.name, id=copied.workspace),
        page.tr("Entries: {rows}, the newest of {time}").format(
            rows=copied.report.rows, time=copied.newest[:16].replace("T", " ")
        ),
        page.tr("People: {people}").format(people=", ".join(copied.people)),
        f"SHA-256: {copied.sha256}",
    ]


class ClosedWizard(SecretWizard):
    """Where the copy is closed, its custodians are asked for on the page that met it."""

    def _refused(self, page: Page, error: BaseException) -> None:
        if isinstance(error, BackupClosed) and isinstance(page, CopyPage):
            page.ask(error)
        else:
            super()._refused(page, error)


class TryWizard(ClosedWizard):
    """A copy that does not serve is a finding, told and, as a drill, recorded; never an error that stops half-way."""

    outcome: Copied

    def __init__(self, bench: Bench, path: str = "") -> None:
        super().__init__("backup-try", bench, Trying(file=path))
        self.setWindowTitle(self.tr("Try a backup out"))
        self.put([_Which(self), Found(self, self._said)], {"copy": self.tr("&Try it out")})

    def work(self) -> Work:
        """Look at it, or put it back in a trial."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Trying)  # noqa: S101 - made here
        path, hands = flow.command(), flow.hands_or_none()
        if flow.how == "drill":
            tried = backups.Tried(path, hands) if hands else path
            return lambda told: perform(desk, backups.DRILLED, tried, told)
        return lambda told: backups.look(path, progress=told, hands=hands)

    def _said(self) -> tuple[str, str]:
        found = self.outcome.report.faults
        recorded = self.tr("The drill is on record.") if self.flow.value("how") == "drill" else ""
        if found or self.outcome.differs:
            odd = [differs(each) for each in self.outcome.differs]
            bad = self.tr("This copy does not serve. Find an older one, and make a new one now.")
            return "bad", " ".join(filter(None, [*(fault(each) for each in found[:3]), *odd, bad, recorded]))
        good = self.tr("The copy holds together, and {people} can open it.")
        return "ok", " ".join(filter(None, [good.format(people=", ".join(self.outcome.people)), recorded]))
