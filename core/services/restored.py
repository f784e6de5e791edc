"""After a restore: no CRL is signed before what is published was read in, or two people record that nothing is.

The file may be older than what it published. Gateways keep the list with the highest number, and forget no revocation.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from core.crypto.crls import read_crl
from core.errors.authorities import NoSuchAuthority
from core.errors.backups import RestoreNotAgreed
from core.errors.base import Refused
from core.errors.revocation import NotRestored
from core.late import dataclass
from core.model.advice import Act, Step, Task
from core.model.audit import Head, Row
from core.model.authorities import Authority, AuthorityState
from core.model.proposals import Proposal, Propose
from core.model.revocation import RecordNone, Revoked
from core.policy import crls as policy
from core.policy import texts
from core.policy.proposals import RULES
from core.services import proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.store import audit, authorities, certificates, revocation
from core.store.unit import Connection

SETTLING = ("crl.taken", "crl.none-recorded")


def since(connection: Connection) -> tuple[int, str]:
    """The number and time of the newest row by which an older file became the one in use; (0, "") without one."""
    row = _newest(connection)
    own = row.body["details"].get("behind", {}).get("leaf", "") if row else ""  # agreeing to a restore is no second one
    agreed_to = (
        each for each in audit.newest_of(connection, "audit.head-agreed") if each.body["details"]["leaf"] != own
    )
    marks = [each for each in (row, next(agreed_to, None)) if each is not None]
    return max(((each.number, each.time.isoformat()) for each in marks), default=(0, ""))


def _newest(connection: Connection) -> Row | None:
    return next(audit.newest_of(connection, "backup.restored"), None)


def left_behind(connection: Connection) -> Head | None:
    """The head that the newest restore went back behind, while no second person has agreed to that."""
    row = _newest(connection)
    told = row.body["details"].get("behind") if row else None
    if row is None or not told:
        return None
    later = [each for each in audit.newest_of(connection, "audit.head-agreed") if each.number > row.number]
    if any(each.body["details"]["leaf"] == told["leaf"] for each in later):
        return None
    return Head(int(told["rows"]), str(told["leaf"]), str(told["time"]))


def agreed(connection: Connection) -> list[Refused]:
    """The finding against opening a CA key while one person alone stands behind the restore."""
    left = left_behind(connection)
    return [RestoreNotAgreed(left.number, _told(left.time))] if left else []


def _highest(connection: Connection, authority: Authority) -> int:
    """The highest CRL number on file, or that a manifest told of at the newest restore."""
    return max(_manifested(connection, authority), revocation.last_number(connection, authority.id))


def _manifested(connection: Connection, authority: Authority) -> int:
    row = _newest(connection)
    return int(row.body["details"].get("crls", {}).get(authority.name, 0)) if row else 0


def unread(connection: Connection, authority: Authority) -> list[Refused]:
    """Findings while nothing of what the authority has published was read in after the restore."""
    mark, time = since(connection)
    new = mark and authority.created > datetime.fromisoformat(time)  # its key is younger than any copy
    settled = (
        mark == 0
        or new
        or any(
            row.number > mark and row.body["details"].get("settles") == authority.name
            for action in SETTLING
            for row in audit.newest_of(connection, action)
        )
    )
    return [] if settled else policy.after_restore(authority.name, _told(time))


def open_ones(connection: Connection) -> tuple[str, ...]:
    """The authorities of ours that sign no CRL before that; none in a file that was never put back."""
    if since(connection)[0] == 0:
        return ()
    ours = (each for each in authorities.all_authorities(connection) if each.key)
    return tuple(each.name for each in ours if each.state is not AuthorityState.DESTROYED and unread(connection, each))


def steps(desk: Desk) -> tuple[Step, ...]:
    """The same in the list of what to do now."""
    time = _told(since(desk.file.read)[1])
    return tuple(Step(Task.PUBLISHED, Act.CRL_TAKE, each, day=time) for each in open_ones(desk.file.read))


def takes_in(connection: Connection, authority: Authority, number: int) -> bool:
    """Whether a published CRL of that number can be the newest: none on file is later."""
    newest = revocation.signed(connection, authority.id)
    known = max(newest.number if newest else 0, _manifested(connection, authority))
    return bool(authority.key) and number >= known


@dataclass(frozen=True)
class Elsewhere:
    """A revocation that only a published CRL tells of; `here` where its certificate is in this file all the same."""

    serial: str
    authority: str
    entry: Revoked
    here: bool


def elsewhere(desk: Desk) -> tuple[Elsewhere, ...]:
    """What the newest CRL of each authority of ours lists and this file does not know, once one was taken home."""
    connection = desk.file.read
    return tuple(
        each
        for authority in authorities.all_authorities(connection)
        if authority.key and revocation.taken_home(connection, authority.id)
        for each in _elsewhere(connection, authority)
    )


def _elsewhere(connection: Connection, authority: Authority) -> Iterator[Elsewhere]:
    newest = revocation.signed(connection, authority.id)
    known = {int(each.serial, 16): each.id for each in certificates.of_authority(connection, authority.id)}
    revoked = {each.certificate_id for each in revocation.all_revocations(connection)}
    for entry in read_crl(newest.der, authority.spki).entries if newest else ():
        if known.get(entry.serial) not in revoked:
            yield Elsewhere(f"{entry.serial:x}", authority.name, entry, entry.serial in known)


def floor(connection: Connection, authority: Authority) -> int:
    """The least number of the next CRL: beyond every one on file, and where two people jumped, not below that."""
    next_one = _highest(connection, authority) + 1
    for row in audit.newest_of(connection, "crl.none-recorded"):
        if row.body["details"]["settles"] == authority.name:
            return max(next_one, int(row.body["details"]["number"]))
    return next_one


def _told(time: str) -> str:
    return time[:16].replace("T", " ")


def _find(connection: Connection, name: str) -> Authority:
    found = authorities.find(connection, name)
    if found is None or not found.key:
        raise NoSuchAuthority(name, "none")
    return found


def record_none(desk: Desk, command: RecordNone) -> Proposal:
    """Ask to record that no CRL of the authority is published, so that the next one jumps ahead."""
    connection, facts = desk.file.read, {"authority": command.authority}
    with suppress(NoSuchAuthority):  # said when it is judged, after who may was asked
        authority = _find(connection, command.authority)
        number = str(policy.jumped(_highest(connection, authority)))
        facts = {"authority": authority.name, "restored": _told(since(connection)[1]), "number": number}
    return proposals.propose(desk, NONE, Propose(facts, command.reason, command.ticket))


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    connection = work.unit.connection
    authority = _find(connection, proposal.facts["authority"])
    found = texts.line("reason", proposal.reason, needed=True)
    restored = _told(since(connection)[1])
    number = str(policy.jumped(_highest(connection, authority)))
    meant = (restored, number) == (proposal.facts["restored"], proposal.facts["number"])
    return found if meant and unread(connection, authority) else [*found, NotRestored(authority.name)]


def _act(work: Work, proposal: Proposal) -> None:
    work.details.update(settles=proposal.facts["authority"], number=int(proposal.facts["number"]))


NONE = Kind(RULES["crl.none"], _judge, _act)
KINDS = (NONE,)
