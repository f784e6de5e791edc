"""A registration desk approves requests by digest, profile and names; the issuing workspace takes them as its own drafts.

The desk's two statements travel with each request and are verified against the people that were met; the approval over the
certificate's bytes is made where the certificate is issued (design section 3).
"""

from datetime import date
from hashlib import sha256
from typing import Any

from core.crypto import names, requests
from core.errors import authorities as carrying
from core.errors import enrolment as errors
from core.errors.base import Expected, Refused, refuse
from core.errors.proposals import NoSuchProposal, ProposedAlready
from core.model.authorities import Name, Service
from core.model.carry import Carried, CarryKind, Partner
from core.model.certificates import Profile, SubmitRequest
from core.model.devices import AddDevice, Device
from core.model.keys import LIVE_STATES
from core.model.proposals import Proposal, Propose, State, Statement
from core.model.registration import Arrived, Came, SendRequests, Taken
from core.model.workspace import Kind as WorkspaceKind
from core.policy import enrolment as policy
from core.policy import lifetimes, profiles, texts
from core.policy.duties import REGISTERING
from core.policy.proposals import RULES
from core.policy.texts import plain_serial
from core.services import agreements, carry, devices, enrolment, proposals, renewals, statements
from core.services.desk import Desk
from core.services.opening import refusals
from core.services.perform import Verb, Work, perform, reading
from core.services.proposals import Kind
from core.store import devices as known_devices
from core.store import keys, partners
from core.store import proposals as store

# --- at the desk ------------------------------------------------------------------------------------------


def submit(desk: Desk, command: SubmitRequest) -> Proposal:
    """Take a request on file at the desk; what is approved is its digest with the profile and the names."""
    with refusals(desk, SUBMITTED, command), reading(desk) as work:
        facts = _facts(work, command)
    return proposals.propose(desk, REGISTER, Propose(facts, ticket=command.ticket))


def _facts(work: Work, command: SubmitRequest) -> dict[str, Any]:
    refuse(texts.line("ticket", command.ticket, needed=True) + texts.day("until", command.until))
    device = devices.known(work, command.device)
    asked = requests.read_request(command.untrusted)
    profile = _profile(work, command.profile)
    subject = _subject(work, command, device)
    sans = tuple(enrolment.san(each) for each in command.sans) or (policy.own_name(device),)
    return {
        "device": device.name,
        "profile": profile.name,
        "request": asked.der.hex(),
        "request_sha256": sha256(asked.der).hexdigest(),
        "subject": names.text(subject),
        "sans": [str(each) for each in sans],
        "until": command.until,
        "renews": plain_serial(command.renews),
        "proof": command.untrusted_proof.hex(),
        "same_key": command.same_key,
        "wishes": list(asked.wishes),
        "key_made": agreements.key_made(work.unit.connection, device.name),
        "evidence": renewals.evidence(work.unit.connection, asked, device),
    }


def _subject(work: Work, command: SubmitRequest, device: Device) -> Name:
    return (
        names.from_text(command.subject)
        if command.subject
        else policy.subject(device, work.desk.workspace.organisation)
    )


def _profile(work: Work, name: str) -> Profile:
    """The profile that was named, or the first of the one technology that the desk serves."""
    known = profiles.profiles()
    if name in known:
        return known[name]
    serves = [Service(each) for each in work.desk.workspace.technologies if each in set(Service)]
    fitting = [each for each in known.values() if len(serves) == 1 and serves[0] in each.services]
    if name or not fitting:
        raise errors.ProfileNotFit(name, "unknown" if name else "choose", tuple(known))
    return fitting[0]


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    """What can be said without the CA's register, which judges all of it again."""
    facts, today = proposal.facts, work.now.date()
    device, profile = devices.known(work, facts["device"]), profiles.profiles()[facts["profile"]]
    asked = requests.read_request(bytes.fromhex(facts["request"]))
    subject, sans = names.from_text(facts["subject"]), tuple(enrolment.san(each) for each in facts["sans"])
    found = policy.device(device, today) + policy.request(asked) + profiles.key(asked, profile)
    found += profiles.named(subject) + profiles.attributes(subject, profile) + profiles.sans(sans, profile)
    found += profiles.usages(profile) + profiles.ike(profile) + policy.identity(sans, device) + policy.personal(subject)
    found += policy.ticketed(proposal.ticket) + agreements.ticket(work, proposal.ticket, device.name)
    if facts["until"]:
        bound = lifetimes.end_entity(today, lifetimes.FAR, device.end_of_life, profile.days)
        found += lifetimes.within(date.fromisoformat(facts["until"]), bound, today)
    for key in keys.all_with_spki(work.unit.connection, asked.spki):
        if key.device_id != device.id and key.state in LIVE_STATES:
            owner = known_devices.get(work.unit.connection, key.device_id).name
            found.append(errors.KeyUsedBefore(owner, "pinned"))
    return found


def _registered(work: Work, proposal: Proposal) -> None:
    work.details.update(device=proposal.facts["device"], request=proposal.facts["request_sha256"])


def ready(desk: Desk) -> tuple[Proposal, ...]:
    """What two people of the desk agreed to, oldest first."""
    return proposals.performed(desk, REGISTER.rule.kind, "request")


def send(desk: Desk, command: SendRequests) -> bytes:
    """The carried file of approved requests."""
    return perform(desk, SENT, command)


def _sent(work: Work, command: SendRequests) -> bytes:
    chosen = [proposals.find(work.desk, each) for each in command.proposals]
    for each in chosen:
        if each.kind != REGISTER.rule.kind or each.state is not State.PERFORMED:
            raise NoSuchProposal(each.digest[: proposals.SHOWN], 0)
    work.details.update(requests=[each.facts["request_sha256"] for each in chosen])
    return carry.write(work, CarryKind.REQUESTS, "requests", "", {"requests": [_sealed(work, each) for each in chosen]})


def _sealed(work: Work, proposal: Proposal) -> dict[str, Any]:
    device = devices.known(work, proposal.facts["device"])
    typed = vars(devices.typed(device)) | {"networks": list(device.networks)}
    signed = [statements.as_json(each) for each in (proposal.statement, *proposal.approvals)]
    return {"device": typed, "statements": signed}


# --- where certificates are issued ------------------------------------------------------------------------


def take(desk: Desk, untrusted: bytes, authority: str = "") -> tuple[Taken, ...]:
    """Take a desk's requests in as proposals of who sits here; what stands against one leaves the others alone."""
    arrived = perform(desk, TAKEN, untrusted)
    return tuple(_one(desk, each, authority) for each in arrived)


def _one(desk: Desk, each: Arrived, authority: str) -> Taken:
    typed = each.command
    command = SubmitRequest(**{**vars(typed), "authority": authority})
    try:
        with refusals(desk, SUBMITTED, command):
            _first_time(desk, each.came.digest)
            _same_device(desk, each.device)
        return Taken(typed.device, enrolment.submit(desk, command, each.came), None)
    except Expected as refusal:
        return Taken(typed.device, None, refusal)


def _first_time(desk: Desk, digest: str) -> None:
    for each in store.of_desk(desk.file.read, digest):
        if proposals.standing(each, desk.clock()) is not State.EXPIRED:
            raise ProposedAlready(each.digest[: proposals.SHOWN])


def _same_device(desk: Desk, told: AddDevice) -> None:
    """A device that is not on file is entered as the desk has it; one that is has to be the same."""
    here = known_devices.find(desk.file.read, told.name)
    if here is None:
        perform(desk, devices.ADD, told)
    elif str(here.identity) != told.identity:
        raise errors.DeviceDiffers(told.name, told.identity, str(here.identity))


def _taken(work: Work, untrusted: bytes) -> tuple[Arrived, ...]:
    carried = carry.read(work, untrusted, CarryKind.REQUESTS)
    partner = partners.find(work.unit.connection, carried.workspace)
    if partner is None or partner.meeting.kind != WorkspaceKind.REGISTRATION:
        raise carrying.NotCarried("desk")
    arrived = tuple(_arrived(each, carried, partner) for each in _listed(carried))
    partners.sent(work.unit, carried.sha256, carried.kind.value, "requests", work.now.isoformat())
    work.details.update(requests=[sha256(each.command.untrusted).hexdigest() for each in arrived])
    return arrived


def _listed(carried: Carried) -> list[Any]:
    found = carried.body.get("requests")
    if not isinstance(found, list) or not 1 <= len(found) <= 2000:
        raise carrying.NotCarried("shape")
    return found


def _arrived(untrusted: Any, carried: Carried, partner: Partner) -> Arrived:
    try:
        proposal, *given = (statements.parsed(each) for each in untrusted["statements"])
        told = untrusted["device"]
        device = AddDevice(
            **{name: told[name] for name in vars(AddDevice("", "", "", ""))} | {"networks": tuple(told["networks"])}
        )
    except (KeyError, TypeError, ValueError):
        raise carrying.NotCarried("shape") from None
    digest, people = _agreed(proposal, given, carried, partner)
    assert proposal is not None  # noqa: S101 - judged by `_agreed`
    try:
        command = _command(proposal)
    except (KeyError, TypeError, ValueError):
        raise carrying.NotCarried("shape") from None
    if command.device != device.name:
        raise carrying.NotCarried("shape")
    key_made = str(proposal.body["facts"].get("key_made", ""))
    return Arrived(device, command, Came(partner.meeting.name, digest, people, key_made, carried.sha256))


def _command(proposal: Statement) -> SubmitRequest:
    facts = proposal.body["facts"]
    return SubmitRequest(
        device=str(facts["device"]),
        untrusted=bytes.fromhex(facts["request"]),
        ticket=str(proposal.body["ticket"]),
        profile=str(facts["profile"]),
        subject=str(facts["subject"]),
        sans=tuple(str(each) for each in facts["sans"]),
        until=str(facts["until"]),
        renews=str(facts["renews"]),
        untrusted_proof=bytes.fromhex(facts["proof"]),
        same_key=facts["same_key"] is True,
    )


def _agreed(
    proposal: Statement | None, given: list[Statement | None], carried: Carried, partner: Partner
) -> tuple[str, tuple[str, ...]]:
    """The digest that two different people of the desk signed for, each with the key that was met."""
    signed = {each.name: each.key for each in partner.meeting.people}
    if proposal is None or proposal.body["kind"] != REGISTER.rule.kind or not given:
        raise carrying.NotCarried("half")
    digest = statements.digest(proposal.body)
    for each, kind in ((proposal, "proposal"), *((each, "approval") for each in given)):
        if each is None or not statements.holds(each, kind, carried.workspace, signed.get(each.by)):
            raise carrying.NotCarried("half")
        if kind == "approval" and (each.body["proposal"] != digest or each.by == proposal.by):
            raise carrying.NotCarried("half")
    return digest, (proposal.by, *(each.by for each in given if each is not None))


def _submitted(_work: Work, _command: SubmitRequest) -> None:
    """Only asked who may: the proposal has its own row."""


DESK, HERE = (WorkspaceKind.REGISTRATION,), (WorkspaceKind.ISSUING,)
SUBMITTED = Verb("proposal.made", _submitted, REGISTERING, (*DESK, *HERE))
SENT = Verb("request.sent", _sent, REGISTERING, DESK)
TAKEN = Verb("request.taken", _taken, REGISTERING, HERE)
REGISTER = Kind(RULES["request.register"], _judge, _registered, DESK)
KINDS = (REGISTER,)
