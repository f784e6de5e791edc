"""backup make, backup drill, restore."""

from pathlib import Path
from typing import Any

from core.cli.answers import Answer
from core.cli.base import Context, Entry, done, words
from core.cli.holders import CUSTODIAN, STICK, sticks
from core.cli.proposals import short
from core.cli.secrets import from_file
from core.late import dataclass
from core.model.backups import Copied, MakeBackup
from core.services import backups, closed, restoring
from core.services.opening import Hands
from core.words.audit import fault
from core.words.backups import differs


@dataclass(frozen=True, kw_only=True)
class BackupMade(Answer):
    file: str
    sha256: str
    rows: int
    head: str
    key: str

    def lines(self) -> list[str]:
        opens = [f"It opens with the custodians of {self.key} only."] if self.key else []
        return [
            *opens,
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
    manifest: bool
    differs: tuple[str, ...]

    def lines(self) -> list[str]:
        told = f"{self.file} is a copy of {self.name}: {self.rows} entries, the newest of {self.newest}."
        if self.ok:
            beside = "its signed manifest fits it" if self.manifest else "no manifest lies beside it"
            return [
                told,
                f"It was put back in a trial and holds together; {', '.join(self.people)} can open it.",
                f"As for what it was made with: {beside}.",
            ]
        return [
            told,
            *self.faults,
            *self.differs,
            "This copy does not serve. Find an older one, and make a new one now.",
        ]


@dataclass(frozen=True, kw_only=True)
class Restored(Answer):
    workspace: str
    origin: str
    rows: int
    head: str
    newest: str
    known: int
    proposal: str

    def lines(self) -> list[str]:
        waits = (
            f"It lies behind what was seen: proposal {self.proposal} waits for a second person, then keyring accept."
        )
        missing = (
            f"The ledger is known outside up to entry {self.known}: what was issued or revoked in between is not in it. "
            "No CA key opens before a second person agrees to that."
        )
        return [
            f"{self.workspace} is the workspace as it was at {self.newest}, with {self.rows} entries; it was verified.",
            "What was done after that is not in it. Work in one file only: put the other one away.",
            *([missing] if self.known else []),
            *([waits] if self.proposal else []),
        ]


def _make(context: Context) -> tuple[Answer, int]:
    made = context.perform(backups.MAKE, MakeBackup(Path(context.args.copy), context.args.encrypt))
    return done(
        BackupMade(
            file=str(made.path),
            sha256=made.sha256,
            rows=made.report.rows,
            head=made.report.head,
            key=made.key,
        )
    )


def _bring(context: Context, path: Path) -> Hands | None:
    """What the custodians of a closed backup bring; None where nobody is named, or nobody has to be."""
    found, names = closed.head(path), context.args.custodian
    if found is None or not names:
        return None
    whom = from_file(found.kind, rehearsal=found.rehearsal)
    given = {name: context.secrets.of(name, whom) for name in dict.fromkeys(names)}
    return Hands(given, sticks(context.args))


def _drill(context: Context) -> tuple[Answer, int]:
    path = Path(context.args.copy)
    bring = _bring(context, path)
    if context.args.workspace:
        tried = context.perform(backups.DRILLED, backups.Tried(path, bring) if bring else path)
    else:
        tried = backups.drill(path, cost=context.cost, progress=context.progress(), hands=bring)
    return _told(context.args.copy, tried), 3 if tried.report.faults else 4 if tried.differs else 0


def _told(file: str, tried: Copied) -> BackupDrilled:
    return BackupDrilled(
        file=file,
        ok=not tried.report.faults and not tried.differs,
        sha256=tried.sha256,
        workspace_id=tried.workspace,
        name=tried.name,
        people=tried.people,
        rows=tried.report.rows,
        head=tried.report.head,
        newest=tried.newest,
        faults=tuple(fault(each) for each in tried.report.faults),
        manifest=tried.manifest,
        differs=tuple(differs(each) for each in tried.differs),
    )


def _restore(context: Context) -> tuple[Answer, int]:
    origin, to = Path(context.args.copy), Path(context.args.workspace)
    hands = _bring(context, origin)
    with (
        restoring.put_back(origin, to, cost=context.cost, hands=hands) as (draft, made),
        context.signed_in("Restore", at=draft) as desk,
    ):
        more = tuple(Path(each) for each in context.args.manifest)
        put = restoring.signed_for(desk, origin, made, more)
    answer = Restored(
        workspace=str(to),
        origin=str(origin),
        rows=made.report.rows,
        head=made.report.head,
        newest=made.newest,
        known=put.behind.number if put.behind else 0,
        proposal=short(put.waiting) if put.waiting else "",
    )
    return done(answer)


_RECORD = {
    "dest": "workspace",
    "metavar": "WS",
    "help": "the workspace it is a copy of, whose ledger records the drill",
}
_ENCRYPT: dict[str, Any] = {
    "metavar": "KEY",
    "default": "",
    "help": "close it to the custodians of this CA key; without it the copy is plain, with everybody's keys still wrapped",
}
_MANIFEST: dict[str, Any] = {
    "action": "append",
    "default": [],
    "metavar": "FILE",
    "help": "a later backup's manifest, which knows what this copy cannot; repeatable",
}
_OPENING: dict[str, dict[str, Any]] = {
    "custodian": {**CUSTODIAN, "required": False, "default": [], "help": "who opens a closed backup; repeatable"},
    "stick": STICK,
}
ENTRIES = (
    Entry(
        "backup",
        "make",
        "a verified copy of the workspace",
        words("workspace", "copy", encrypt=_ENCRYPT),
        _make,
        BackupMade,
    ),
    Entry(
        "backup",
        "drill",
        "try out whether a copy serves",
        words("copy", record=_RECORD, **_OPENING),
        _drill,
        BackupDrilled,
    ),
    Entry(
        "restore",
        "",
        "make a workspace of a copy",
        words("copy", "workspace", manifest=_MANIFEST, **_OPENING),
        _restore,
        Restored,
    ),
)
