"""Checkpoints: made where something leaves the room, and judged when they come back."""

from collections.abc import Mapping
from datetime import datetime

from core.crypto import checkpoints as notes
from core.crypto.merkle import Tree, proof
from core.errors.audit import NoSuchRow, NotACheckpoint
from core.model.audit import Checkpoint, Judged, MakeCheckpoint, Prove, Witness
from core.policy.duties import EVERYBODY
from core.services.desk import Desk, Session
from core.services.ledger import STAMP
from core.services.perform import Verb, Work, perform
from core.services.rows import Reader
from core.store import audit as store
from core.store.unit import Connection


def sign(connection: Connection, workspace_id: str, session: Session, now: datetime) -> str:
    """The note over every row that `connection` sees, signed by whoever is signed in.

    Inside a command that is everything before the command's own row.
    """
    leaves = store.leaves(connection)
    claimed = Checkpoint(workspace_id, len(leaves), Tree(leaves).root, leaves[0], now.strftime(STAMP))
    return notes.signed(claimed, session.operator.name, session.secret)


def make(desk: Desk) -> str:
    """A checkpoint over all rows, its own included."""
    perform(desk, CHECKPOINT, MakeCheckpoint())
    return sign(desk.file.read, desk.workspace.id, desk.acting, desk.clock())


def for_paper(desk: Desk) -> str:
    """The checkpoint that a paper carries; "" where nobody is signed in who could sign one."""
    return make(desk) if desk.session is not None and not desk.file.read_only else ""


def prove(desk: Desk, number: int) -> str:
    """Row `number` with its proof as a file (C2SP tlog-proof) that needs nothing else but the signer's key."""
    perform(desk, PROVE, Prove(number))
    connection = desk.file.read
    row = next(store.raw(connection, number - 1))
    path = proof(store.leaves(connection), number - 1)
    entry = row.text.encode() + b"\n" + row.signature
    return notes.proof_file(entry, number - 1, path, sign(connection, desk.workspace.id, desk.acting, desk.clock()))


def _prove(work: Work, command: Prove) -> None:
    rows = store.newest(work.unit.connection)[0]
    if not 1 <= command.number <= rows:
        raise NoSuchRow(command.number, rows)
    work.details["number"] = command.number


def _checkpoint(work: Work, _: MakeCheckpoint) -> None:
    number, head, _time = store.newest(work.unit.connection)
    work.details.update(after=number, head=head.hex())


CHECKPOINT = Verb("audit.checkpoint", _checkpoint, EVERYBODY)
PROVE = Verb("audit.proved", _prove, EVERYBODY)


class Outside:
    """The checkpoints somebody brought, judged against a ledger while it is walked."""

    def __init__(self, untrusted: Mapping[str, bytes]) -> None:
        self._untrusted = untrusted
        self._roots: dict[int, bytes] = {}
        self._first = b""
        self._tree = Tree()
        self._wanted: set[int] = set()
        for content in untrusted.values():
            try:
                self._wanted.add(notes.read(content)[0].size)
            except NotACheckpoint:
                continue

    @property
    def root(self) -> bytes:
        """The root of what was walked so far."""
        return self._tree.root

    @property
    def first(self) -> bytes:
        """The leaf of row 1."""
        return self._first

    def grow(self, leaf: bytes) -> None:
        """One more row."""
        self._first = self._first or leaf
        self._tree.add(leaf)
        if self._tree.size in self._wanted:
            self._roots[self._tree.size] = self._tree.root

    def judge(self, reader: Reader) -> tuple[Judged, ...]:
        """How each stands, now that every row was walked."""
        return tuple(self._judge(name, content, reader) for name, content in self._untrusted.items())

    def _judge(self, name: str, content: bytes, reader: Reader) -> Judged:
        try:
            claimed, note = notes.read(content)
        except NotACheckpoint:
            return Judged(name, Witness.UNREADABLE)
        signer, standing = "", Witness.UNKNOWN_SIGNER
        for operator, key in reader.roster.every_key():
            fits = note.signed_by(notes.key_name(claimed.workspace, operator), key)
            if fits is not None:
                signer, standing = operator, Witness.VOUCHES if fits else Witness.ALTERED
            if fits is False:
                break
        if claimed.workspace != reader.workspace_id:
            standing = Witness.OTHER_WORKSPACE
        elif claimed.first != self._first:
            standing = Witness.REPLACED
        elif standing is Witness.VOUCHES and claimed.size > self._tree.size:
            standing = Witness.AHEAD
        elif standing is Witness.VOUCHES and claimed.root != self._roots[claimed.size]:
            standing = Witness.FORKED
        return Judged(name, standing, claimed.size, signer, claimed.time)
