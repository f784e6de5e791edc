"""The end of an authority: it runs off, signing CRLs only, or two people destroy its key."""

from core.errors import authorities as errors
from core.errors.base import Refused, refuse
from core.errors.custody import TokenKeyStands
from core.model.authorities import Authority, AuthorityState, DestroyKey, RunOff
from core.model.custody import Copy, HeldKey
from core.model.proposals import Proposal, Propose
from core.policy import texts
from core.policy.duties import CA_WORK
from core.policy.proposals import RULES
from core.services import custodians, opening, proposals
from core.services.authorities import find
from core.services.desk import Desk
from core.services.opening import WITH_A_CA, held_in
from core.services.perform import Verb, Work
from core.services.proposals import Kind
from core.store import authorities as store
from core.store import certificates, custody, revocation


def _trusted(work: Work, authority: Authority) -> list[Refused]:
    """Findings while devices trust certificates that only this key could take back."""
    connection = work.unit.connection
    revoked = {each.certificate_id for each in revocation.all_revocations(connection)}
    standing = [
        each.not_after
        for each in certificates.listed(connection)
        if each.authority_id == authority.id
        and each.profile != "root"
        and each.not_after > work.now
        and each.id not in revoked
    ]
    return [errors.StillTrusted(authority.name, len(standing), f"{max(standing):%Y-%m-%d}")] if standing else []


def _ran_off(work: Work, command: RunOff) -> Authority:
    authority = find(work.unit.connection, command.name)
    refuse(texts.line("reason", command.reason, needed=True) + texts.line("ticket", command.ticket, needed=True))
    if authority.state in (AuthorityState.RUN_OFF, AuthorityState.DESTROYED) or not authority.key:
        raise errors.NoSuchAuthority(authority.name, "state", authority.state.value)
    store.move(work.unit, authority.id, AuthorityState.RUN_OFF)
    work.ticket = command.ticket
    work.details.update(authority=authority.name, state=AuthorityState.RUN_OFF.value, reason=command.reason)
    return find(work.unit.connection, command.name)


def key_of(desk: Desk, name: str) -> HeldKey | None:
    """The key of that authority, where both are here."""
    authority = store.find(desk.file.read, name)
    return custody.find(desk.file.read, authority.key) if authority else None


def destroy(desk: Desk, command: DestroyKey) -> Proposal:
    """Ask for the end of an authority's key."""
    held = key_of(desk, command.name)
    token = held.token.serial if held and held.token and command.deleted else ""
    facts = {"authority": command.name, "token": token}
    return proposals.propose(desk, DESTROY, Propose(facts, command.reason, command.ticket))


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    authority = find(work.unit.connection, str(proposal.facts["authority"]))
    if not authority.key or held_in(work, authority.key).destroyed:
        raise errors.NoSuchAuthority(authority.name, "state", authority.state.value)
    found = texts.line("reason", proposal.reason, needed=True) + texts.line("ticket", proposal.ticket, needed=True)
    token = held_in(work, authority.key).token
    if token and proposal.facts["token"] != token.serial:
        found.append(TokenKeyStands(authority.key, token.label, token.serial))
    return found + _trusted(work, authority)


def _act(work: Work, proposal: Proposal) -> None:
    authority = find(work.unit.connection, str(proposal.facts["authority"]))
    custody.wipe(work.unit, held_in(work, authority.key), work.now.isoformat())
    store.move(work.unit, authority.id, AuthorityState.DESTROYED)
    copies = custodians.copies(work.unit.connection, held_in(work, authority.key))
    work.details.update(authority=authority.name, key=authority.key, copies=[vars(each) for each in copies])


def _after(desk: Desk, proposal: Proposal) -> tuple[Copy, ...]:
    """Sessions here that still hold the key end, and the file keeps no page with what was in it.

    Returns the backups that still open the key: people destroy them.
    """
    key = find(desk.file.read, str(proposal.facts["authority"])).key
    for each in tuple(desk.sessions):
        seen = each.look()
        if isinstance(seen, str) or seen.key == key:
            each.end("done")
    desk.file.overwrite()
    return custodians.old_copies(desk, opening.key(desk, key))


RUN_OFF = Verb("authority.ended", _ran_off, CA_WORK, WITH_A_CA)
DESTROY = Kind(RULES["authority.destroy"], _judge, _act, WITH_A_CA, _after)
KINDS = (DESTROY,)
