"""What leaves the ledger: batches of entries for another system, one entry with its proof, a checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from core.flows.logs import Exporting, TakingOut
from core.media.files import signature_of, write_new
from core.model.audit import LogExported, LogFormat
from core.services import checkpoints, logs
from core.services.perform import perform
from gui.bench import Bench
from gui.shell.files import save_file
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


def _file_row(page: Page, title: str, name: str) -> None:
    """The field `to` for a new file."""
    hint = page.tr("A new file; nothing is overwritten.")
    page.path_line("to", page.tr("&File"), page.tr("Choose a new file"), lambda: save_file(page, title, name), hint)


class _Export(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "export")
        self.titled(
            self.tr("Entries"),
            self.tr("Which entries go out?"),
            self.tr(
                "A batch of 50,000 at the most, signed, with a checkpoint beside it. That it was taken is recorded."
            ),
        )
        self.radios(
            "format",
            self.tr("Format"),
            [
                (LogFormat.JSONL.value, self.tr("&JSON lines"), self.tr("Every entry word for word, one a line.")),
                (LogFormat.RFC5424.value, self.tr("&Syslog (RFC 5424)"), ""),
                (LogFormat.CEF.value, self.tr("C&EF"), ""),
            ],
        )
        _file_row(self, self.tr("Entries"), "ledger.jsonl")
        self.line("first", self.tr("F&rom entry"), self.tr("Empty: go on behind the last one exported in that format."))


class ExportLogWizard(Wizard):
    """Goes on where the last batch ended."""

    outcome: LogExported

    def __init__(self, bench: Bench) -> None:
        super().__init__("log-export", bench, Exporting())
        self.setWindowTitle(self.tr("Export entries"))
        self.put([_Export(self), _Files(self)], {"export": self.tr("E&xport them")})

    def work(self) -> Work:
        """Write the batch, its signature and its checkpoint."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, logs.EXPORT, command, told)

    def said(self) -> tuple[str, str]:
        """Which entries, and how many are left."""
        made = self.outcome
        words = self.tr("Entries {first} to {last} are written and signed.")
        left = self.tr("Entries left for the next file: {count}.") if made.last < made.rows else ""
        told = [words.format(first=made.first, last=made.last), left.format(count=made.rows - made.last)]
        return "ok", " ".join(filter(None, told))

    def onward(self) -> Sequence[tuple[str, str, str, str]]:
        """The next batch."""
        more = self.outcome.last < self.outcome.rows
        return (("nextBatch", self.tr("&Next batch\u2026"), "log-export", ""),) if more else ()


class _Files(Done):
    def __init__(self, host: ExportLogWizard) -> None:
        super().__init__(host, host.said, host.onward)
        self.files = Copyable("written", self.tr("Files"), lines=4, wraps=True)
        self.column.addWidget(self.files)

    def enter(self) -> None:
        """The batch, its signature and its checkpoint."""
        super().enter()
        if isinstance(self.host, ExportLogWizard):
            made = self.host.outcome
            beside = (signature_of(made.to), logs.checkpoint_of(made.to))
            self.files.tell("\n".join([str(made.to), *(str(each) for each in beside), f"SHA-256: {made.sha256}"]))


class _Take(Page):
    def __init__(self, host: Host, *, one: bool) -> None:
        super().__init__(host, "take")
        proof = self.tr("Whoever holds the file can check that this entry stands in the ledger, without the ledger.")
        head = self.tr(
            "It vouches for all entries so far. Keep it where this machine is not: what is rewritten later no longer fits it."
        )
        title = self.tr("Which entry is proved?") if one else self.tr("Where is the checkpoint kept?")
        self.titled(self.tr("File"), title, proof if one else head)
        if one:
            self.line("number", self.tr("&Entry"), self.tr("Its number in the activity log."))
        _file_row(self, self.tr("File"), "entry.proof" if one else "checkpoint.txt")


class TakeOutWizard(Wizard):
    """`number` is the entry that is proved, None for a checkpoint."""

    outcome: Path

    def __init__(self, bench: Bench, number: str | None) -> None:
        one = number is not None
        super().__init__("log-prove" if one else "log-checkpoint", bench, TakingOut(number))
        self._one = one
        self.setWindowTitle(self.tr("Prove an entry") if one else self.tr("Keep a checkpoint"))
        button = self.tr("&Write the proof") if one else self.tr("&Write the checkpoint")
        self.put([_Take(self, one=one), Done(self, self._said)], {"take": button})

    def work(self) -> Work:
        """Sign it and write it; hashing the whole ledger takes a while."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, TakingOut)  # noqa: S101 - made here
        number, to = flow.command()

        def write(_told: object) -> Path:
            text = checkpoints.prove(desk, number) if number else checkpoints.make(desk)
            write_new(to, text.encode())
            return to

        return write

    def _said(self) -> tuple[str, str]:
        proof = self.tr(
            "{file} holds the entry and its proof (C2SP tlog-proof); the format's help says how it is checked."
        )
        head = self.tr("{file} is written. Take it out of this room, or hand it to the auditor.")
        return "ok", (proof if self._one else head).format(file=self.outcome)


MAKERS: dict[str, Callable[[Bench, str], Wizard]] = {
    "log-export": lambda bench, _about: ExportLogWizard(bench),
    "log-prove": TakeOutWizard,
    "log-checkpoint": lambda bench, _about: TakeOutWizard(bench, None),
}
