"""Going by a file that the keyring did not expect: two people agree where it lies behind what was seen."""

from core.errors.base import Refused, refuse
from core.errors.vault import HeadHere, KeyringAbsent
from core.late import dataclass
from core.model.audit import AcceptHead, Head
from core.model.proposals import Proposal, Propose
from core.policy import texts
from core.policy.duties import EVERYBODY, PEOPLE_WORK
from core.policy.proposals import RULES
from core.services import heads, proposals, restored
from core.services.desk import Desk
from core.services.perform import Verb, Work, perform
from core.services.proposals import Kind
from core.store import audit
from core.store.unit import Connection


@dataclass(frozen=True)
class Accepted:
    """The number of the file's rows; where two people have to agree first, `waiting` is what they agree on."""

    rows: int
    waiting: Proposal | None


def accept(desk: Desk, command: AcceptHead) -> Accepted:
    """Go by this file from now on, on the record. Nothing else lowers what was seen; a newer head takes two people."""
    left = restored.left_behind(desk.file.read)
    known = left or heads.seen(desk)
    if known is not None and (left or (heads.behind(desk, known) and not _agreed(desk.file.read, known))):
        facts = {"seen": str(known.number), "leaf": known.leaf, "time": known.time}
        return Accepted(audit.newest(desk.file.read)[0], proposals.propose(desk, AGREE, Propose(facts, command.reason)))
    perform(desk, ACCEPT, command)
    return Accepted(heads.keep(desk), None)


def behind(desk: Desk, outside: Head | None) -> Head | None:
    """The newest head that this file has not got: of those that a manifest and the keyring know."""
    try:
        seen = heads.seen(desk)
    except KeyringAbsent:
        seen = None
    known = [each for each in (outside, seen) if each is not None and heads.behind(desk, each)]
    return max(known, key=lambda each: each.number, default=None)


def after_restore(desk: Desk, origin: str) -> Proposal | None:
    """Ask for the second person where the restored file lies behind what is known outside."""
    asks = restored.left_behind(desk.file.read) and PEOPLE_WORK & set(desk.acting.operator.duties)
    return accept(desk, AcceptHead(f"restored from {texts.cleaned(origin)[:100]}")).waiting if asks else None


def _agreed(connection: Connection, known: Head) -> bool:
    """Whether two people gave up exactly this head."""
    rows = audit.newest_of(connection, "audit.head-agreed")
    return any(row.body["details"]["leaf"] == known.leaf for row in rows)


def _accept(work: Work, command: AcceptHead) -> None:
    refuse(texts.line("reason", command.reason, needed=True))
    work.details["reason"] = command.reason


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    found = texts.line("reason", proposal.reason, needed=True)
    number, leaf = int(proposal.facts["seen"]), bytes.fromhex(proposal.facts["leaf"])
    here = audit.leaf_of(work.unit.connection, number) == leaf
    return [*found, HeadHere(number)] if here else found


def _act(work: Work, proposal: Proposal) -> None:
    work.details.update(seen=int(proposal.facts["seen"]), leaf=proposal.facts["leaf"])


ACCEPT = Verb("audit.head-accepted", _accept, EVERYBODY)
AGREE = Kind(RULES["head.accept"], _judge, _act)
KINDS = (AGREE,)
