"""Enrolment: a request made on the device, submitted by one, approved by another, issued with the custodians.

What is approved is the SHA-256 of the exact bytes; everything is judged again when it is approved and when it is issued,
and the request's own proof of possession is checked again on the stored bytes (C13).
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from core.crypto import issuance, names, requests
from core.crypto.certificates import read_certificate
from core.errors import enrolment as errors
from core.errors.base import Refused, refuse
from core.late import dataclass
from core.model.authorities import Authority, Layer, Name
from core.model.certificates import (
    CertificateRequest,
    CertificateState,
    IssueCertificates,
    Issued,
    Listed,
    Plan,
    Profile,
    San,
    SanKind,
    SubmitRequest,
)
from core.model.custody import OpenSession, Signable
from core.model.devices import Device
from core.model.keys import LIVE_STATES, KeyState
from core.model.proposals import Proposal, Propose, State
from core.model.registration import Came
from core.model.revocation import COMPROMISE
from core.model.workspace import Kind as WorkspaceKind
from core.policy import authorities as authority_policy
from core.policy import constraints, lifetimes, profiles, texts
from core.policy import crls as crl_policy
from core.policy import enrolment as policy
from core.policy.duties import ISSUING, REGISTERING
from core.policy.proposals import RULES
from core.policy.texts import plain_serial
from core.services import agreements, gating, issuing, proposals, renewals, waivers
from core.services.authorities import issuing_now, only
from core.services.desk import Desk
from core.services.devices import known
from core.services.opening import Hands, refusals
from core.services.perform import Verb, Work, reading, record_refusal
from core.services.proposals import Kind
from core.services.sessions import Signing, open_session
from core.store import authorities, certificates, devices, keys, revocation
from core.store.unit import Connection

STAMP = "%Y-%m-%dT%H:%M:%SZ"


def submit(desk: Desk, command: SubmitRequest, came: Came | None = None) -> Proposal:
    """Take a request on file as a proposal; the certificate's bytes stand in it from now on.

    `came` says which registration desk vouches for it.
    """
    with refusals(desk, SUBMITTED, command), reading(desk) as work:
        facts = _facts(work, command)
        if came is not None:
            facts |= {
                "desk": f"{came.desk} by {', '.join(came.people)}",
                "desk_digest": came.digest,
                "desk_file": came.file,
            }
            facts["key_made"] = facts["key_made"] or came.key_made
        tbs = issuance.rehearse(_plan(work.unit.connection, facts, _asked(facts["request"]))).tbs
    return proposals.propose(desk, ISSUE, Propose(facts, ticket=command.ticket, tbs=tbs))


def _facts(work: Work, command: SubmitRequest) -> dict[str, Any]:
    """What the certificate will say, from what was typed, the device and the profile; wishes are not copied."""
    refuse(texts.line("ticket", command.ticket, needed=True) + texts.day("until", command.until))
    connection, device = work.unit.connection, known(work, command.device)
    asked, renews = requests.read_request(command.untrusted), plain_serial(command.renews)
    _of_renewals(command)
    old = renewals.before(connection, renews, device) if renews else None
    authority, profile = _under(connection, command, old)
    subject, sans = _called(work, command, device, old)
    bound = _bound(authority, device, work.now.date(), profile.days)
    return {
        "device": device.name,
        "authority": authority.name,
        "profile": profile.name,
        "request": asked.der.hex(),
        "subject": names.text(subject),
        "sans": [str(each) for each in sans],
        "until": command.until or bound.until.isoformat(),
        "serial": f"{issuing.serial():x}",
        "from": work.now.strftime(STAMP),
        "renews": renews,
        "proof": command.untrusted_proof.hex(),
        "same_key": command.same_key,
        "proved": renewals.proved(connection, asked, renews, command.untrusted_proof, device).value if renews else "",
        "wishes": list(asked.wishes),
        "key_made": agreements.key_made(connection, device.name),
        "evidence": renewals.evidence(connection, asked, device),
    }


def _of_renewals(command: SubmitRequest) -> None:
    if command.renews:
        return
    for given, what in ((command.untrusted_proof, "proof"), (command.same_key, "same key")):
        if given:
            raise errors.NotRenewed(what)


def _under(connection: Connection, command: SubmitRequest, old: Issued | None) -> tuple[Authority, Profile]:
    """The authority and the profile: as named, else those of the certificate that is renewed, else the only ones."""
    name, wanted = command.authority, command.profile
    active = issuing_now(connection)
    if not name and old is not None:
        name = next((each.name for each in active if each.id == old.authority_id), "")
        service = authorities.get(connection, old.authority_id).service
        active = tuple(each for each in active if each.service is service)  # the next generation
    if not name and len(active) == 1:  # one that runs off does not make it a question
        name = active[0].name
    authority = only(connection, name, Layer.SUB)
    return authority, policy.profile(wanted or (old.profile if old else ""), authority)


def _called(work: Work, command: SubmitRequest, device: Device, old: Issued | None) -> tuple[Name, tuple[San, ...]]:
    """The names: as typed, else those of the certificate that is renewed, else the device's own."""
    if command.subject:
        subject = names.from_text(command.subject)
    else:
        subject = old.subject if old else policy.subject(device, work.desk.workspace.organisation)
    typed = tuple(san(each) for each in command.sans)
    return subject, typed or (read_certificate(old.der).sans if old else (policy.own_name(device),))


def san(text: str) -> San:
    kind, _, value = text.partition(":")
    if kind not in set(SanKind):
        raise errors.ProfileNotFit(text, "unknown", tuple(each.value for each in SanKind))
    return San(SanKind(kind), value)


def _bound(authority: Authority, device: Device, today: date, days: int) -> lifetimes.Bound:
    issuer_end = read_certificate(authority.certificate).not_after.date()
    return lifetimes.end_entity(today, issuer_end, device.end_of_life, days)


@lru_cache(maxsize=1024)
def _asked(request: str) -> CertificateRequest:
    """The request on file (hex), its proof of possession checked on the stored bytes (C13): once in each command."""
    return requests.read_request(bytes.fromhex(request))


def _plan(connection: Connection, facts: dict[str, Any], asked: CertificateRequest) -> Plan:
    """The certificate that the facts mean; the same bytes each time it is asked."""
    authority = only(connection, facts["authority"])
    profile = profiles.profiles()[facts["profile"]]
    return policy.certificate(
        profile,
        authority,
        names.from_text(facts["subject"]),
        asked.spki,
        tuple(san(each) for each in facts["sans"]),
        int(facts["serial"], 16),
        datetime.fromisoformat(facts["from"]),
        date.fromisoformat(facts["until"]),
    )


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    """Everything that stands against issuing, all of it at once."""
    asked = _asked(proposal.facts["request"])
    plan = _plan(work.unit.connection, proposal.facts, asked)
    return _findings(work, proposal, asked, plan) or issuing.differs(plan, proposal.tbs_sha256)


def _early(work: Work, proposal: Proposal) -> list[Refused]:
    """The same before the custodians are asked, but for the bytes."""
    asked = _asked(proposal.facts["request"])
    return _findings(work, proposal, asked, _plan(work.unit.connection, proposal.facts, asked))


def _findings(work: Work, proposal: Proposal, asked: CertificateRequest, plan: Plan) -> list[Refused]:
    connection, facts = work.unit.connection, proposal.facts
    device, authority = known(work, facts["device"]), only(connection, facts["authority"])
    profile, today = policy.profile(facts["profile"], authority), work.now.date()
    found = policy.device(device, today) + authority_policy.can_sign(authority, certificates=True)
    found += profiles.key(asked, profile) + profiles.named(plan.subject) + profiles.sans(plan.sans, profile)
    found += profiles.attributes(plan.subject, profile) + profiles.usages(profile) + profiles.ike(profile)
    found += policy.request(asked) + policy.identity(plan.sans, device) + policy.personal(plan.subject)
    found += _within(authority, plan)
    bound = _bound(authority, device, datetime.fromisoformat(facts["from"]).date(), profile.days)
    found += lifetimes.within(date.fromisoformat(facts["until"]), bound, today)
    found += _key(connection, asked, device, facts) + _name(connection, plan, device)
    found += policy.ticketed(proposal.ticket) + agreements.ticket(work, proposal.ticket, device.name)
    found += _crl(connection, authority, work.now) + _renewal(work, facts, asked, plan, device)
    found += gating.organisation(work, plan.subject) + gating.profile(work, profile)
    return waivers.weigh(work, found)


def _within(authority: Authority, plan: Plan) -> list[Refused]:
    """Findings against names that the authority's own certificate keeps it from certifying."""
    own = read_certificate(authority.certificate)
    out = constraints.outside(plan.sans, own.permitted, own.excluded)
    return [errors.NameOutside(str(each), authority.name) for each in out]


def _key(connection: Connection, asked: CertificateRequest, device: Device, facts: dict[str, Any]) -> list[Refused]:
    """One key, one device, and no way back for a compromised one."""
    for issued in certificates.with_key(connection, asked.spki):
        entry = revocation.of_certificate(connection, issued.id)
        if entry is not None and (entry.reason in COMPROMISE or entry.suspected):
            return [errors.KeyUsedBefore("", "compromised")]
        if issued.device_id != device.id:
            return [errors.KeyUsedBefore(_owner(connection, issued), "device")]
        if issued.der and not (facts["renews"] and facts.get("same_key")):
            return [errors.KeyUsedBefore(device.name, "same")]
        if entry is not None:
            return [errors.KeyUsedBefore(device.name, "revoked")]
    if any(each.spki == asked.spki for each in authorities.all_authorities(connection)):
        return [errors.KeyUsedBefore("", "authority")]
    for key in keys.all_with_spki(connection, asked.spki):
        if key.state in (KeyState.QUARANTINED, KeyState.WITHDRAWN):
            return [errors.KeyUsedBefore(devices.get(connection, key.device_id).name, key.state.value)]
        if key.device_id != device.id and key.state in LIVE_STATES:
            return [errors.KeyUsedBefore(devices.get(connection, key.device_id).name, "pinned")]
    return []


def _owner(connection: Connection, issued: Issued) -> str:
    return devices.get(connection, issued.device_id).name if issued.device_id else names.text(issued.subject)


def _name(connection: Connection, plan: Plan, device: Device) -> list[Refused]:
    others = certificates.named(connection, repr(names.normal(plan.subject)))
    taken = (_owner(connection, each) for each in others if each.device_id != device.id)
    return policy.unique(names.text(plan.subject), taken)


def _crl(connection: Connection, authority: Authority, now: datetime) -> list[Refused]:
    newest = revocation.signed(connection, authority.id)
    return crl_policy.ready(authority.name, newest.next_update if newest else None, now)


def _renewal(work: Work, facts: dict[str, Any], asked: CertificateRequest, plan: Plan, device: Device) -> list[Refused]:
    proof = bytes.fromhex(facts.get("proof", ""))
    return renewals.findings(work, facts["renews"], asked, plan, facts["profile"], proof, device)


# --- issuing ----------------------------------------------------------------------------------------------


TOGETHER = 50  # intents that are committed at once, and outcomes after them: half a second's


@dataclass(frozen=True)
class Outcome:
    """One of a batch; `refusal` is None where it was issued."""

    proposal: str
    issued: Issued | None
    refusal: Refused | None


def issue(desk: Desk, command: IssueCertificates, hands: Hands) -> tuple[Outcome, ...]:
    """Issue approved requests of one authority in one session; what stands against one leaves the others alone."""
    _asked.cache_clear()
    with refusals(desk, INTENDED, command):
        wanted = proposals.find_each(desk, command.proposals)
        authority = only(desk.file.read, wanted[0].facts["authority"])
        others = [each for each in wanted if each.facts["authority"] != authority.name]
        refuse([errors.ProfileNotFit(each.facts["authority"], "service", (authority.name,)) for each in others])
        refuse([errors.SubmitterIssues(each.proposer) for each in wanted if each.proposer == desk.acting.operator.name])
        against = _against(desk, wanted)
    for each in against.values():
        record_refusal(desk, type(command).__name__, each)
    left = [each for each in wanted if each.digest not in against]  # what is refused takes no signature of the session
    outcomes = {digest: Outcome(digest, None, refusal) for digest, refusal in against.items()}
    if left:
        may = {Signable.CERTIFICATE: len(left)}
        session = OpenSession(authority.key, command.custodians, may, because="issue certificates")
        with issuing.linted_beside(len(left)) as lint:
            parts = [left[start : start + TOGETHER] for start in range(0, len(left), TOGETHER)]
            lint(_plans(desk, parts[0]))  # while the custodians' passphrases are worked through
            with open_session(desk, session, hands) as signing:
                for part, following in zip(parts, [*parts[1:], []], strict=True):
                    lint(_plans(desk, following))
                    made = _issue_with(desk, signing, [each.digest for each in part])
                    outcomes |= {each.proposal: each for each in made}
        if len(wanted) == 1 and made[0].refusal is not None:
            raise made[0].refusal
    return tuple(outcomes[each.digest] for each in wanted)


def _against(desk: Desk, wanted: Sequence[Proposal]) -> dict[str, Refused]:
    """What stands against some of them before the key is opened; against a single one it is raised."""
    found: dict[str, Refused] = {}
    with reading(desk) as work:
        for each in wanted:
            try:
                proposals.judged(work, proposals.load(work, each.digest, State.APPROVED), EARLY)
            except Refused as refusal:
                found[each.digest] = refusal
    if len(wanted) == 1:
        refuse(list(found.values()))
    return found


def issue_with(desk: Desk, signing: Signing, digests: Sequence[str]) -> tuple[Outcome, ...]:
    """Issue what these digests name with a key that is open."""
    _asked.cache_clear()
    return _issue_with(desk, signing, digests)


def _plans(desk: Desk, approved: Sequence[Proposal]) -> Iterator[Plan]:
    for each in approved:
        with suppress(Refused):  # said when it is judged
            yield _plan(desk.file.read, each.facts, _asked(each.facts["request"]))


def _issue_with(desk: Desk, signing: Signing, digests: Sequence[str]) -> tuple[Outcome, ...]:
    found: dict[str, Issued | Refused] = {}
    for start in range(0, len(digests), TOGETHER):
        found |= issuing.together(desk, signing, INTENDED, ISSUED, digests[start : start + TOGETHER])
    return tuple(
        Outcome(digest, None, each) if isinstance(each, Refused) else Outcome(digest, each, None)
        for digest, each in found.items()
    )


def _intended(work: Work, digest: str) -> tuple[int, Plan]:
    proposal = proposals.spend(work, digest, ISSUE)
    if proposal.proposer == work.actor.name:
        raise errors.SubmitterIssues(work.actor.name)
    connection, facts = work.unit.connection, proposal.facts
    plan = _plan(connection, facts, _asked(facts["request"]))
    issued = issuing.record(
        plan,
        only(connection, facts["authority"]).id,
        work.now,
        device_id=known(work, facts["device"]).id,
        profile=facts["profile"],
        ticket=proposal.ticket,
        proposal=digest,
    )
    number = issuing.intend(work, issued)
    work.details.update(gating.used(profiles.profiles()[facts["profile"]]))
    return number, plan


# --- looking ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A certificate with what a list shows of it."""

    issued: Listed
    authority: str
    device: str
    state: CertificateState


def rows(desk: Desk) -> tuple[Row, ...]:
    """Every certificate of ours, oldest first."""
    connection, now = desk.file.read, desk.clock()
    revoked = {each.certificate_id for each in revocation.all_revocations(connection)}
    owners = {each.id: each.name for each in devices.all_devices(connection)}
    issuers = {each.id: each.name for each in authorities.all_authorities(connection)}
    return tuple(
        Row(
            each,
            issuers[each.authority_id],
            owners.get(each.device_id, ""),
            policy.state(each, now, revoked=each.id in revoked),
        )
        for each in certificates.listed(connection)
    )


def subject_text(issued: Listed) -> str:
    """The subject as people read it."""
    return names.text(issued.subject)


def _submitted(_work: Work, _command: SubmitRequest) -> None:
    """Only asked who may: the proposal has its own row."""


KINDS_HERE = (WorkspaceKind.ISSUING,)
SUBMITTED = Verb("proposal.made", _submitted, REGISTERING, KINDS_HERE)
INTENDED = Verb("certificate.intended", _intended, ISSUING, KINDS_HERE)
ISSUED = Verb("certificate.issued", issuing.finish, ISSUING, KINDS_HERE)
ISSUE = Kind(RULES["certificate.issue"], _judge, kinds=KINDS_HERE)
EARLY = replace(ISSUE, judge=_early)
KINDS = (ISSUE,)
