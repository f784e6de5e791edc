"""CRLs: signed on time, handed out, taken home, and how they stand (C3 to C7)."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from core.crypto.armour import pieces
from core.crypto.chains import dates
from core.crypto.crls import LIMIT, read_crl, tbs_of
from core.crypto.names import text
from core.errors import authorities as errors
from core.errors.base import Refused, refuse
from core.errors.revocation import CrlNotContinuous, CrlNotRead
from core.exports.encoding import pem
from core.late import dataclass
from core.media.folders import Staged
from core.media.places import against_folder
from core.model.authorities import Authority, AuthorityState
from core.model.checks import Found, Trouble
from core.model.custody import OpenSession, Signable
from core.model.links import ExportedFile
from core.model.revocation import Crl, Published
from core.model.workspace import Kind
from core.policy import authorities as authority_policy
from core.policy import crls as policy
from core.policy.duties import LINK_WORK, REVOKING
from core.services import checkpoints, issuing, restored, subordinates
from core.services.authorities import only
from core.services.desk import Desk
from core.services.offline import ASK, NetworkUp, alone
from core.services.opening import Hands, refusals
from core.services.perform import Verb, Work, perform
from core.services.sessions import open_session
from core.store import authorities, certificates, revocation
from core.store.outside import sweep

HERE = (Kind.ISSUING, Kind.ROOT)


@dataclass(frozen=True)
class Row:
    """How an authority's CRLs stand. Times are UTC, None before the first; `late` says that the next one is overdue."""

    authority: Authority
    number: int
    published: datetime | None
    due: datetime | None
    until: datetime | None
    entries: int
    late: bool
    stale: bool


def status(desk: Desk) -> tuple[Row, ...]:
    """Every authority that is at work or known, roots first."""
    return tuple(_row(desk, each) for each in authorities.all_authorities(desk.file.read) if each.certificate)


def _row(desk: Desk, authority: Authority) -> Row:
    now = desk.clock()
    newest = revocation.signed(desk.file.read, authority.id)
    if newest is None:
        return Row(authority, 0, None, None, None, 0, late=True, stale=True)
    due = min(policy.due(authority.layer, newest.this_update), newest.next_update)
    ended = authority.state is AuthorityState.DESTROYED
    return Row(
        authority,
        newest.number,
        newest.this_update,
        due,
        newest.next_update,
        newest.entries,
        late=now >= due and not ended,
        stale=now >= newest.next_update,
    )


def sign(
    desk: Desk,
    name: str,
    custodians: tuple[str, ...],
    hands: Hands,
    network: NetworkUp = ASK,
    place: Path | None = None,
) -> Published:
    """One session, one CRL. A root's key is opened on an offline machine only (M10).

    `place` is the folder where it will take the place of the one before, whose copy is judged first.
    """
    with refusals(desk, issuing.CRL_INTENDED, name):
        authority = only(desk.file.read, name)
        refuse(authority_policy.can_sign(authority, certificates=False))
        refuse(restored.unread(desk.file.read, authority))
        if place is not None:
            refuse(against_folder(place))
            refuse(in_place(desk, authority, place / file_name(authority)))
        alone(desk, network)
    because = "; ".join(each for each in (f"CRL of {authority.name}", network.told) if each)
    session = OpenSession(authority.key, custodians, {Signable.CRL: 1}, because=because)
    with open_session(desk, session, hands) as signing:
        return issuing.sign_crl(desk, signing, authority)


def file_name(authority: Authority) -> str:
    """What the address of its CRL ends in."""
    return authority.crl_url.rpartition("/")[2]


def files(desk: Desk, name: str, number: int = 0) -> list[ExportedFile]:
    """A signed CRL under the name its address ends in, as PEM too, with a checkpoint of the ledger beside it."""
    authority = find(desk, name)
    crl = newest(desk, authority, number)
    plain = file_name(authority)
    note = checkpoints.make(desk)
    digest = sha256(crl.der).hexdigest()
    return [
        ExportedFile(plain, crl.der),
        ExportedFile(f"{plain}.pem", pem("X509 CRL", crl.der)),
        ExportedFile(f"{plain}.sha256", f"{digest}  {plain}\n".encode()),
        ExportedFile(f"{plain}.checkpoint.txt", note.encode()),
    ]


def place(desk: Desk, name: str, number: int, to: Path) -> Path:
    """The files of a signed CRL in a new folder of `to`, all or none, each read back; returns the folder."""
    made, folder = files(desk, name, number), f"{name}-crl-{number}"
    sweep(to)  # what another process that was killed has left
    staged = Staged(to)
    try:
        staged.write(folder, made)
        staged.place()
    except BaseException:
        staged.undo()
        raise
    return to / folder


def placed(folder: Path) -> tuple[tuple[str, str], ...]:
    """(path, SHA-256 of what is there now) of every file of a published CRL."""
    found = sorted(folder.iterdir())
    return tuple((str(each), sha256(each.read_bytes()).hexdigest()) for each in found)


def newest(desk: Desk, authority: Authority, number: int = 0) -> Published:
    """The authority's newest signed CRL, or the one of that number."""
    found = revocation.signed(desk.file.read, authority.id, number)
    if found is None:
        raise CrlNotRead("absent")
    return found


@dataclass(frozen=True)
class FirstTold:
    """A revocation and the minutes from its report to the first CRL that tells of it."""

    serial: str
    minutes: int


def first_told(desk: Desk, crl: Published) -> tuple[FirstTold, ...]:
    """The revocations that this CRL of ours is the first to tell of."""
    connection = desk.file.read
    mine = {each.id: each for each in certificates.of_authority(connection, crl.authority_id)}
    told = revocation.covered(connection, crl.authority_id, crl.number)
    return tuple(
        FirstTold(mine[each.certificate_id].serial, int((crl.this_update - each.at).total_seconds()) // 60)
        for each in revocation.all_revocations(connection)
        if told < each.id <= crl.covers and each.certificate_id in mine
    )


def name_of(desk: Desk, crl: Published) -> str:
    """Whose CRL it is."""
    return authorities.get(desk.file.read, crl.authority_id).name


def find(desk: Desk, name: str) -> Authority:
    """The authority that was named, or the one there is with a certificate."""
    here = [each for each in authorities.all_authorities(desk.file.read) if each.certificate]
    found = [each for each in here if each.name == name] if name else here
    if len(found) != 1:
        raise errors.NoSuchAuthority(name, "none" if name or not found else "several")
    return found[0]


@dataclass(frozen=True)
class Taken:
    """A CRL that came home, and what there is against what stands published."""

    crl: Published
    found: tuple[Found, ...]


def take(desk: Desk, untrusted: bytes) -> Taken:
    """A CRL comes home: the root's, or the published copy of one of ours, to be judged.

    A published copy with a later number than any on file is kept: this file is an older copy that was put back, and the
    next number and list go on from there. Raises `CrlNotRead` for a copy that we did not sign.
    """
    crl = perform(desk, TAKEN, untrusted)
    connection = desk.file.read
    authority = authorities.get(connection, crl.authority_id)
    read = read_crl(crl.der, authority.spki)
    found = [*dates(read, text(authority.subject), desk.clock())]
    latest = newest(desk, authority)
    if latest.number > crl.number:
        found.append(Found(Trouble.CRL_OLD, authority.name, (str(crl.number), str(latest.number))))
    found += [Found(Trouble.CRL_UNTOLD, authority.name, (f"{each:x}",)) for each in _untold(desk, authority, read)]
    return Taken(crl, tuple(found))


def _untold(desk: Desk, authority: Authority, crl: Crl) -> tuple[int, ...]:
    return issuing.untold(desk.file.read, authority, crl) if authority.key else ()


def _taken(work: Work, untrusted: bytes) -> Published:
    found = [der for kind, der in pieces(untrusted) if kind == "CRL"]
    if len(found) != 1:
        raise CrlNotRead("shape")
    for authority in authorities.all_authorities(work.unit.connection):
        try:
            crl = read_crl(found[0], authority.spki)
        except Refused:
            continue
        work.details.update(authority=authority.name, number=crl.number)
        if restored.takes_in(work.unit.connection, authority, crl.number):
            work.details["settles"] = authority.name
        if authority.key and crl.number <= revocation.last_number(work.unit.connection, authority.id):
            return _published_copy(work, authority, crl.number, found[0])
        return subordinates.keep_crl(work, authority.id, authority.spki, found[0])
    raise CrlNotRead("signature")


def _published_copy(work: Work, authority: Authority, number: int, der: bytes) -> Published:
    """What stands at a published place is one of ours, byte for byte.

    A copy of the file from between intent and signature knows the number and not the signed list: it is taken in. With
    other bytes under that number too, once the file was put back: then its own intent was never signed.
    """
    connection = work.unit.connection
    mine = revocation.signed(connection, authority.id, number)
    intent = None if mine else revocation.intended(connection, authority.id, number)
    if intent is not None and (restored.since(connection)[0] or tbs_of(der) == intent.tbs):
        revocation.finish_crl(work.unit, intent.id, der)
        return revocation.get_crl(connection, intent.id)
    if mine is None or mine.der != der:
        raise CrlNotRead("unknown")
    return mine


def in_place(desk: Desk, authority: Authority, path: Path) -> list[Refused]:
    """Findings against the copy that a new CRL would take the place of: one of ours, and none later than ours.

    What does not read, or is somebody else's, is not in the way.
    """
    try:
        with path.open("rb") as file:
            untrusted = file.read(LIMIT + 1)
        crl = read_crl(untrusted, authority.spki)
    except (OSError, Refused):
        return []
    if crl.number > revocation.last_number(desk.file.read, authority.id):
        return [CrlNotContinuous(authority.name, "later", str(crl.number))]
    mine = revocation.signed(desk.file.read, authority.id, crl.number)
    return [] if mine is not None and mine.der == untrusted else [CrlNotRead("unknown")]


TAKEN = Verb("crl.taken", _taken, LINK_WORK | REVOKING, HERE)
