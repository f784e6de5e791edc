"""The ledger for other eyes: read, and taken out for other systems. Both are for reviewers, and both are recorded."""

import hashlib
from pathlib import Path

from core.crypto.digest import leaf
from core.crypto.sshsig import sign_ssh
from core.errors.audit import LedgerDamaged, NoSuchRow
from core.errors.base import refuse
from core.exports.audit import line
from core.late import dataclass
from core.media.files import signature_of
from core.model.audit import ExportLog, LogExported, LogFormat, ReadLog, Sought, StoredRow
from core.policy import texts
from core.policy.duties import REVIEWERS
from core.policy.rules import gate
from core.policy.texts import cleaned
from core.services import activity, checkpoints, making
from core.services.desk import Desk
from core.services.perform import Verb, Work, perform
from core.services.rows import parsed
from core.store import audit as store
from core.store.unit import Connection

NAMESPACE = "ledger@anchorhold"  # SSHSIG: a signature of exported rows is none of anything else
BATCH = 50_000  # rows a file: some 50 MB, and a few seconds in which others cannot write
_EXPORTED = "audit.exported"


def read(desk: Desk, limit: int) -> tuple[activity.Entry, ...]:
    """The newest entries, newest first; that they were read is an entry of its own."""
    record(desk, limit)
    return activity.recent(desk, limit)


@dataclass(frozen=True)
class Found:
    """The newest `entries` of those that were looked for; `count` is how many there are in all."""

    entries: tuple[activity.Entry, ...]
    count: int


def find(desk: Desk, wanted: Sought, limit: int) -> Found:
    """Look for entries; that they were read is an entry of its own, with what was looked for."""
    refuse(texts.day("since", wanted.since) + texts.day("until", wanted.until))
    if not desk.file.read_only:
        perform(desk, READ, ReadLog(limit, wanted))
    rows, count = store.sought(desk.file.read, wanted, limit)
    return Found(tuple(activity.entry(row) for row in rows), count)


def record(desk: Desk, limit: int) -> None:
    """Put on record that the newest entries are read, or refuse it. A copy that can only be read records nothing."""
    if not desk.file.read_only:
        perform(desk, READ, ReadLog(limit))
    else:
        refuse(activity.unreadable(desk))


def _read(work: Work, command: ReadLog) -> None:
    count = store.sought(work.unit.connection, command.sought, 0)[1]
    told = {name: value for name, value in vars(command.sought).items() if value}
    work.details.update(entries=min(command.limit, count), **told)


def _next(connection: Connection, form: LogFormat) -> int:
    """The first row that was not exported in this format yet."""
    for row in store.newest_of(connection, _EXPORTED):
        if row.body["details"]["format"] == form.value:
            return int(row.body["details"]["last"]) + 1
    return 1


def checkpoint_of(path: Path) -> Path:
    """Where the checkpoint of an exported batch lies."""
    return path.with_name(f"{path.name}.checkpoint.txt")


@gate("S-e-8")
def whole(path: Path, row: StoredRow) -> None:
    """Other systems are fed with what was signed, or with nothing. Raises `LedgerDamaged`."""
    if parsed(row.text) is None or leaf(row.text.encode(), row.signature) != row.leaf:
        raise LedgerDamaged(str(path), row.number, "hash")


def _export(work: Work, command: ExportLog) -> LogExported:
    """A batch of rows as a new file, with its signature and a checkpoint beside it."""
    connection = work.unit.connection
    rows = store.newest(connection)[0]
    first = command.first or _next(connection, command.format)
    if not 1 <= first <= rows:
        raise NoSuchRow(first, rows)
    last = min(rows, first + BATCH - 1)
    lines = []
    for row in store.raw(connection, first - 1, BATCH):
        work.progress.step(row.number - first, last - first + 1)
        whole(work.desk.file.path, row)
        lines.append(line(command.format, row).encode())
    content = b"".join(lines)
    note = checkpoints.sign(connection, work.desk.workspace.id, work.session, work.now)
    signature = sign_ssh(work.session.secret, content, NAMESPACE)
    made = {command.to: content, signature_of(command.to): signature, checkpoint_of(command.to): note.encode()}
    for path, each in made.items():
        making.write(work, path, each, mode=0o600)
    digest = hashlib.sha256(content).hexdigest()
    work.details.update(
        format=command.format.value, first=first, last=last, file=cleaned(str(command.to)), sha256=digest
    )
    return LogExported(command.to, first, last, rows, digest)


READ = Verb("audit.read", _read, REVIEWERS)
EXPORT = Verb(_EXPORTED, _export, REVIEWERS)
