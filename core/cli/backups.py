"""backup make, backup drill, restore."""

from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import Context, Entry, done, words
from core.cli.proposals import short
from core.late import dataclass
from core.model.backups import Copied, MakeBackup
from core.services import backups, restoring
from core.words.audit import fault


@dataclass(frozen=True, kw_only=True)
class BackupMade(Answer):
    file: str
    sha256: str
    rows: int
    head: str

    def lines(self) -> list[str]:
        return [
            f"{self.file} is a copy with all {self.rows} entries of the ledger; it was opened and verified.",
            f"Its SHA-256 is {self.sha256}. Keep it where this machine is not, and try it out: anchorhold backup drill.",
        ]


@dataclass(frozen=True, kw_only=True)
class BackupDrilled(Answer):
    file: str
    ok: bool
    sha256: str
    workspace_id: str
    name: str
    people: tuple[str, ...]
    rows: int
    head: str
    newest: str
    faults: tuple[str, ...]

    def lines(self) -> list[str]:
        told = f"{self.file} is a copy of {self.name}: {self.rows} entries, the newest of {self.newest}."
        if self.ok:
            return [told, f"It was put back in a trial and holds together; {', '.join(self.people)} can open it."]
        return [told, *self.faults, "This copy does not serve. Find an older one, and make a new one now."]


@dataclass(frozen=True, kw_only=True)
class Restored(Answer):
    workspace: str
    origin: str
    rows: int
    head: str
    newest: str
    proposal: str

    def lines(self) -> list[str]:
        waits = (
            f"It lies behind what was seen: proposal {self.proposal} waits for a second person, then keyring accept."
        )
        return [
            f"{self.workspace} is the workspace as it was at {self.newest}, with {self.rows} entries; it was verified.",
            "What was done after that is not in it. Work in one file only: put the other one away.",
            *([waits] if self.proposal else []),
        ]


def _make(context: Context) -> tuple[Answer, int]:
    made = context.perform(backups.MAKE, MakeBackup(Path(context.args.copy)))
    return done(BackupMade(file=str(made.path), sha256=made.sha256, rows=made.report.rows, head=made.report.head))


def _drill(context: Context) -> tuple[Answer, int]:
    path = Path(context.args.copy)
    if context.args.workspace:
        tried = context.perform(backups.DRILLED, path)
    else:
        tried = backups.drill(path, cost=context.cost, progress=context.progress())
    return _told(context.args.copy, tried), 3 if tried.report.faults else 0


def _told(file: str, tried: Copied) -> BackupDrilled:
    return BackupDrilled(
        file=file,
        ok=not tried.report.faults,
        sha256=tried.sha256,
        workspace_id=tried.workspace,
        name=tried.name,
        people=tried.people,
        rows=tried.report.rows,
        head=tried.report.head,
        newest=tried.newest,
        faults=tuple(fault(each) for each in tried.report.faults),
    )


def _restore(context: Context) -> tuple[Answer, int]:
    origin, to = Path(context.args.copy), Path(context.args.workspace)
    made = backups.put_back(origin, to, cost=context.cost)
    try:
        with context.signed_in("Restore") as desk:
            waiting = restoring.signed_for(desk, origin, made).waiting
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    answer = Restored(
        workspace=str(to),
        origin=str(origin),
        rows=made.report.rows,
        head=made.report.head,
        newest=made.newest,
        proposal=short(waiting) if waiting else "",
    )
    return done(answer)


_RECORD = {
    "dest": "workspace",
    "metavar": "WS",
    "help": "the workspace it is a copy of, whose ledger records the drill",
}
ENTRIES = (
    Entry("backup", "make", "a verified copy of the workspace", words("workspace", "copy"), _make, BackupMade),
    Entry("backup", "drill", "try out whether a copy serves", words("copy", record=_RECORD), _drill, BackupDrilled),
    Entry("restore", "", "make a workspace of a copy", words("copy", "workspace"), _restore, Restored),
)
