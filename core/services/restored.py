"""After a restore: no CRL is signed before what is published was read in, or two people record that nothing is.

The file may be older than what it published. Gateways keep the list with the highest number, and forget no revocation.
"""

from datetime import datetime

from core.errors.authorities import NoSuchAuthority
from core.errors.base import Refused
from core.errors.revocation import NotRestored
from core.model.authorities import Authority
from core.model.proposals import Proposal, Propose
from core.model.revocation import RecordNone
from core.policy import crls as policy
from core.policy import texts
from core.policy.proposals import RULES
from core.services import proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.store import audit, authorities, revocation
from core.store.unit import Connection

MARKS = ("backup.restored", "audit.head-agreed")
SETTLING = ("crl.taken", "crl.none-recorded")


def since(connection: Connection) -> tuple[int, str]:
    """The number and time of the newest row by which an older file became the one in use; (0, "") without one."""
    found = [audit.newest_act(connection, each) for each in MARKS]
    return max(found)


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


def takes_in(connection: Connection, authority: Authority, number: int) -> bool:
    """Whether a published CRL of that number can be the newest: none on file is later."""
    newest = revocation.signed(connection, authority.id)
    return bool(authority.key) and (newest is None or number >= newest.number)


def floor(connection: Connection, authority: Authority) -> int:
    """The least number of the next CRL: beyond every one on file, and where two people jumped, not below that."""
    next_one = revocation.last_number(connection, authority.id) + 1
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
    connection = desk.file.read
    authority = _find(connection, command.authority)
    facts = {
        "authority": authority.name,
        "restored": _told(since(connection)[1]),
        "number": str(policy.jumped(revocation.last_number(connection, authority.id))),
    }
    return proposals.propose(desk, NONE, Propose(facts, command.reason, command.ticket))


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    connection = work.unit.connection
    authority = _find(connection, proposal.facts["authority"])
    found = texts.line("reason", proposal.reason, needed=True)
    restored = _told(since(connection)[1])
    number = str(policy.jumped(revocation.last_number(connection, authority.id)))
    meant = (restored, number) == (proposal.facts["restored"], proposal.facts["number"])
    return found if meant and unread(connection, authority) else [*found, NotRestored(authority.name)]


def _act(work: Work, proposal: Proposal) -> None:
    work.details.update(settles=proposal.facts["authority"], number=int(proposal.facts["number"]))


NONE = Kind(RULES["crl.none"], _judge, _act)
KINDS = (NONE,)
