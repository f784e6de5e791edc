"""Revoking: compromise stands at once by one person, day or night; other reasons are agreed by two. Final, no hold (C20)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from core.errors import revocation as errors
from core.errors.base import Refused, refuse
from core.late import dataclass
from core.model.certificates import Issued, Listed
from core.model.people import Duty
from core.model.proposals import Proposal, Propose
from core.model.revocation import COMPROMISE, Reason, Review, Revocation, Revoke
from core.model.workspace import Kind as WorkspaceKind
from core.policy import texts
from core.policy.duties import REVOKING
from core.policy.proposals import RULES
from core.policy.rules import gate
from core.policy.texts import plain_serial
from core.services import proposals
from core.services.authorities import find as find_authority
from core.services.desk import Desk
from core.services.opening import refusals
from core.services.perform import Verb, Work, perform, reading
from core.services.proposals import Kind
from core.services.remembered import own_hand
from core.store import authorities, certificates, links
from core.store import revocation as store
from core.store.unit import Connection

REVIEWING = frozenset({Duty.REVOCATION_OFFICER, Duty.SECURITY_OFFICER, Duty.CA_OPERATOR})


@dataclass(frozen=True)
class Revoked:
    """What a revocation did. `waiting` is its proposal where two have to agree; then nothing is revoked yet.

    `cuts` names the links that stop; `same_key` the serials of other certificates over the same key, `together` whether
    they were asked for in the same step.
    """

    issued: Issued
    waiting: Proposal | None
    cuts: tuple[str, ...]
    same_key: tuple[str, ...]
    together: bool = False


def certificate(connection: Connection, serial: str, authority: str = "") -> Issued:
    """The certificate of that serial (hex); an unfinished one as well, so that its serial can be put on the CRL.

    Raises `NoSuchCertificate`.
    """
    typed = plain_serial(serial)
    found = certificates.find(connection, typed)
    if authority:
        number = find_authority(connection, authority).id
        found = tuple(each for each in found if each.authority_id == number)
    if len(found) != 1:
        raise errors.NoSuchCertificate(typed, "several" if found else "none")
    return found[0]


def consequences(connection: Connection, issued: Listed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(links that will stop, serials of other unrevoked certificates over the same key)."""
    cut = tuple(each.name for each in links.of_device(connection, issued.device_id)) if issued.device_id else ()
    same = tuple(
        each.serial
        for each in certificates.with_key(connection, issued.spki)
        if each.id != issued.id and each.der and store.of_certificate(connection, each.id) is None
    )
    return cut, same


def cut_by(desk: Desk, issued: Listed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What `consequences` says, before anybody revokes."""
    return consequences(desk.file.read, issued)


@gate("C20")
def at_once(reason: str, *, suspected: bool) -> bool:
    """Whether it waits for nobody: a key that is, or may be, in wrong hands."""
    return suspected or reason in {each.value for each in COMPROMISE}


def revoke(desk: Desk, command: Revoke) -> Revoked:
    """Revoke at once where a key may be in wrong hands, else ask for a second person's agreement."""
    with refusals(desk, REVOKED, command), reading(desk) as work:
        connection = work.unit.connection
        urgent = at_once(command.reason, suspected=command.suspected)
        issued = certificate(connection, command.serial, command.authority)
        told = consequences(connection, issued)
    if urgent:
        perform(desk, REVOKED, command)
        return Revoked(issued, None, *told, command.same_key)
    facts: dict[str, Any] = {"serial": issued.serial, "authority": command.authority, "reason": command.reason}
    if command.same_key and told[1]:
        facts["same_key"] = list(told[1])  # each by its serial: what is agreed to does not grow meanwhile
    asked = proposals.propose(desk, REVOKE, Propose(facts, ticket=command.ticket))
    return Revoked(issued, asked, *told, command.same_key)


def _findings(work: Work, command: Revoke, issued: Issued) -> list[Refused]:
    found = texts.line("ticket", command.ticket, needed=True)
    known = tuple(each.value for each in Reason)
    if command.reason not in known:
        found.append(errors.ReasonNotFit(command.reason, "unknown", known))
    elif command.reason == Reason.CA_COMPROMISE and issued.device_id:
        found.append(errors.ReasonNotFit(command.reason, "authority", known))
    standing = store.of_certificate(work.unit.connection, issued.id)
    if standing is not None:
        found.append(errors.RevokedAlready(issued.serial, f"{standing.at:%Y-%m-%d %H:%M}"))
    return found


def _time(text: str) -> datetime | None:
    """A compromise's time as typed, UTC."""
    if not text:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        refuse(texts.day("compromised_at", text) or texts.day("compromised_at", "x"))
        raise
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def _enter(work: Work, issued: Issued, command: Revoke, *, reviewed_by: str) -> Revocation:
    made = Revocation(
        id=0,
        certificate_id=issued.id,
        reason=Reason(command.reason),
        suspected=command.suspected,
        at=work.now,
        compromised_at=_time(command.compromised_at),
        ticket=command.ticket.strip(),
        by=work.actor.name,
        reviewed_by=reviewed_by,
    )
    store.add(work.unit, made)
    work.ticket = made.ticket
    work.details.update(serial=issued.serial, reason=made.reason.value, suspected=made.suspected)
    return made


def _revoked(work: Work, command: Revoke) -> Revocation:
    """Compromise or suspicion: stands at once; a second person looks at it within 24 hours and cannot undo it."""
    issued = certificate(work.unit.connection, command.serial, command.authority)
    refuse(_findings(work, command, issued))
    others = consequences(work.unit.connection, issued)[1] if command.same_key else ()
    _with_it(work, command, others, reviewed_by="")
    return _enter(work, issued, command, reviewed_by="")


def _with_it(work: Work, command: Revoke, serials: Sequence[str], *, reviewed_by: str) -> None:
    """The other certificates over the same key, for the same reason and ticket."""
    for serial in serials:
        issued = certificate(work.unit.connection, serial)
        refuse(_findings(work, command, issued))
        _enter(work, issued, command, reviewed_by=reviewed_by)
    if serials:
        work.details["same_key"] = list(serials)


def _reviewed(work: Work, command: Review) -> Issued:
    issued = certificate(work.unit.connection, command.serial, command.authority)
    standing = store.of_certificate(work.unit.connection, issued.id)
    if standing is None or standing.reviewed_by:
        raise errors.NothingToReview(issued.serial, "none")
    if standing.by == work.actor.name:
        raise errors.NothingToReview(issued.serial, "person")
    own_hand(work.session)  # the second person is a person, not what a keyring keeps
    store.reviewed(work.unit, standing.id, work.actor.name)
    work.details.update(serial=issued.serial)
    return issued


def _typed(facts: dict[str, Any], ticket: str) -> Revoke:
    return Revoke(facts["serial"], facts["reason"], ticket, facts["authority"])


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    command = _typed(proposal.facts, proposal.ticket)
    connection = work.unit.connection
    found = _findings(work, command, certificate(connection, command.serial, command.authority))
    for serial in _together(proposal):
        found += _findings(work, command, certificate(connection, serial))
    return found


def _together(proposal: Proposal) -> tuple[str, ...]:
    return tuple(str(each) for each in proposal.facts.get("same_key", ()))


def _act(work: Work, proposal: Proposal) -> None:
    command = _typed(proposal.facts, proposal.ticket)
    issued = certificate(work.unit.connection, command.serial, command.authority)
    _with_it(work, command, _together(proposal), reviewed_by=proposal.proposer)
    _enter(work, issued, command, reviewed_by=proposal.proposer)


def waiting(desk: Desk) -> tuple[tuple[Issued, Revocation], ...]:
    """Urgent revocations that a second person has not looked at yet, oldest first."""
    connection = desk.file.read
    open_ = [each for each in store.all_revocations(connection) if not each.reviewed_by]
    return tuple((certificates.get(connection, each.certificate_id), each) for each in open_)


def unpublished(desk: Desk) -> tuple[str, ...]:
    """Authorities with a revocation that no CRL of theirs tells yet."""
    connection = desk.file.read
    late = []
    for authority in authorities.all_authorities(connection):
        newest = store.signed(connection, authority.id)
        told = newest.covers if newest else 0
        mine = {each.id for each in certificates.of_authority(connection, authority.id)}
        if any(each.certificate_id in mine and each.id > told for each in store.all_revocations(connection)):
            late.append(authority.name)
    return tuple(late)


HERE = (WorkspaceKind.ISSUING, WorkspaceKind.ROOT)
REVOKED = Verb("certificate.revoked-at-once", _revoked, REVOKING, HERE)  # at night any registration officer may
REVIEWED = Verb("revocation.reviewed", _reviewed, REVIEWING, HERE)
REVOKE = Kind(RULES["certificate.revoke"], _judge, _act, HERE)
KINDS = (REVOKE,)
