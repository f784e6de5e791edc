"""Sub CAs: asked for where their key is, approved and signed where the root is, installed where they will work.

The issuing workspace writes a carried request, the root's people approve the exact bytes, the answer is judged against the
pinned root before it is installed. No command makes a CA below a sub CA (A13).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from core.crypto import issuance, names, requests
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, judge
from core.crypto.crls import read_crl
from core.errors import authorities as errors
from core.errors.base import Refused, refuse
from core.media.network import Interface
from core.model.authorities import Authority, AuthorityState, CaKey, Layer, RequestSub, Service, SignSub
from core.model.carry import Carried, CarryKind
from core.model.certificates import Certificate, Issued, Plan, San
from core.model.checks import Trouble
from core.model.custody import MakeKey, OpenSession, Signable
from core.model.proposals import Proposal, Propose, State
from core.model.revocation import Published
from core.model.workspace import Kind as WorkspaceKind
from core.policy import authorities as policy
from core.policy import constraints, lifetimes, texts
from core.policy.custody import use_token
from core.policy.duties import CA_WORK
from core.policy.proposals import RULES
from core.services import caps, carry, custody, decisions, issuing, proposals
from core.services.authorities import find, only
from core.services.desk import Desk
from core.services.offline import offline
from core.services.opening import Hands, refusals
from core.services.perform import Verb, Work, perform
from core.services.proposals import Kind
from core.services.sessions import begin, open_session
from core.store import authorities as store
from core.store import partners, revocation
from core.store.unit import Connection

# --- where the key is -------------------------------------------------------------------------------------


def judge_request(desk: Desk, command: RequestSub) -> list[Refused]:
    """Everything that stands against a sub CA as asked for, passphrases aside."""
    here = store.all_authorities(desk.file.read)
    found = texts.name("name", command.name) + policy.taken(command.name, here)
    found += policy.service(command.service, desk.workspace.technologies)
    found += policy.url(command.crl_url) + policy.key(command.key)
    found += constraints.findings((*command.permitted, *command.excluded), command.service)
    try:
        subject = names.from_text(command.subject)
    except Refused as refusal:
        return [*found, refusal]
    if any(names.normal(each.subject) == names.normal(subject) for each in here):
        found.append(errors.AuthorityNameTaken(names.text(subject)))
    return found


def request(desk: Desk, command: RequestSub, hands: Hands) -> bytes:
    """The key under its custodians, and the carried file that asks the root for a certificate."""
    with refusals(desk, REQUESTED, command):
        refuse(judge_request(desk, command))
    subject = policy.marked(names.from_text(command.subject), rehearsal=desk.workspace.rehearsal)
    token = use_token(command.token) if command.token else None
    wanted = MakeKey(command.name, CaKey(command.key), command.custodians, command.quorum, token)
    held, process = custody.make(desk, wanted, hands)
    session = OpenSession(command.name, command.custodians, {Signable.REQUEST: 1}, because="sub CA request")
    with begin(desk, session, held, process) as signing:
        info = requests.request_info(subject, held.public_key, *_limits(command))
        asked = requests.request(info, signing.sign(Signable.REQUEST, info), held.public_key)
    authority = Authority(
        id=0,
        name=command.name,
        layer=Layer.SUB,
        service=Service(command.service),
        subject=subject,
        spki=held.public_key,
        key=held.name,
        certificate=b"",
        request=asked,
        policy=policy.fresh_policy(),
        crl_url=command.crl_url,
        state=AuthorityState.REQUESTED,
        created=desk.clock(),
    )
    return perform(desk, REQUESTED, authority)


def _limits(command: RequestSub) -> tuple[tuple[San, ...], tuple[San, ...]]:
    """The name constraints as asked for."""
    permitted, excluded = (
        [constraints.parsed(each) for each in some] for some in (command.permitted, command.excluded)
    )
    return tuple(each for each in permitted if each), tuple(each for each in excluded if each)


def _requested(work: Work, authority: Authority) -> bytes:
    refuse(policy.taken(authority.name, store.all_authorities(work.unit.connection)))
    store.add(work.unit, authority)
    work.details.update(authority=authority.name, subject=names.text(authority.subject))
    body = {
        "name": authority.name,
        "service": authority.service.value if authority.service else "",
        "request": authority.request.hex(),
        "policy": authority.policy,
        "crl_url": authority.crl_url,
    }
    return carry.write(work, CarryKind.SUB_REQUEST, authority.name, "", body)


# --- where the root is ------------------------------------------------------------------------------------


def propose(desk: Desk, untrusted: bytes, until: str, ticket: str = "") -> Proposal:
    """Take a carried request and ask this workspace's people to certify it: the exact bytes are in the proposal."""
    facts = perform(desk, TAKEN, untrusted)
    found = texts.day("until", until) if until else texts.line("until", "", needed=True)
    with refusals(desk, TAKEN, facts):
        refuse(found)
    facts = {**facts, "until": until, "serial": f"{issuing.serial():x}", "from": f"{desk.clock():%Y-%m-%dT%H:%M:%SZ}"}
    plan = _plan(desk.file.read, facts)
    return proposals.propose(desk, CERTIFY, Propose(facts, ticket=ticket, tbs=issuance.rehearse(plan).tbs))


def _taken(work: Work, untrusted: bytes) -> dict[str, Any]:
    """The facts of a carried request, each parsed and judged; nothing is a fact before the signature held."""
    carried = carry.read(work, untrusted, CarryKind.SUB_REQUEST)
    body = carried.body
    try:
        name, service, oid, url = (str(body[what]) for what in ("name", "service", "policy", "crl_url"))
        asked = requests.read_request(bytes.fromhex(body["request"]))
    except (KeyError, ValueError, TypeError):
        raise errors.NotCarried("shape") from None
    limits = [str(each) for each in (*asked.permitted, *asked.excluded)]
    refuse(texts.name("name", name) + policy.service(service, ()) + policy.url(url))
    refuse(constraints.findings(tuple(limits), service))
    partners.sent(work.unit, carried.sha256, carried.kind.value, name, work.now.isoformat())
    return {
        "name": name,
        "service": service,
        "subject": names.text(asked.subject),
        "request": asked.der.hex(),
        "policy": oid,
        "crl_url": url,
        "permitted": [str(each) for each in asked.permitted],
        "excluded": [str(each) for each in asked.excluded],
        "answers": carried.sha256,
        "sender": carried.workspace,
    }


def _plan(connection: Connection, facts: dict[str, Any]) -> Plan:
    """The certificate that the facts mean; the same bytes each time it is asked."""
    root = only(connection, "", Layer.ROOT)
    asked = requests.read_request(bytes.fromhex(facts["request"]))
    return policy.certificate(
        Layer.SUB,
        root.subject,
        root.spki,
        asked.subject,
        asked.spki,
        int(facts["serial"], 16),
        datetime.fromisoformat(facts["from"]),
        date.fromisoformat(facts["until"]),
        Service(facts["service"]),
        (facts["policy"],),
        (root.crl_url,),
        asked.permitted,
        asked.excluded,
    )


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    """Judged when it is proposed, when it is approved and when it is signed: the request's own proof included (C13)."""
    connection, facts = work.unit.connection, proposal.facts
    plan = _plan(connection, facts)
    root = only(connection, "", Layer.ROOT)
    here = store.all_authorities(connection)
    found: list[Refused] = [
        errors.AuthorityNameTaken(each.name)
        for each in here
        if names.normal(each.subject) == names.normal(plan.subject) or each.spki == plan.spki
    ]
    found += policy.policy(facts["policy"], Service(facts["service"]), here)
    end = read_certificate(root.certificate).not_after.date()
    today = work.now.date()
    bound = lifetimes.authority(Layer.SUB, work.desk.workspace.network_end, end, caps.cap(connection, Layer.SUB, today))
    found += policy.until(facts["until"], bound, today, Layer.SUB) + policy.can_sign(root, certificates=True)
    return found or issuing.differs(plan, proposal.tbs_sha256)


def sign(desk: Desk, command: SignSub, hands: Hands, interfaces: Sequence[Interface] | None) -> bytes:
    """Sign what was approved, and write the carried answer."""
    with refusals(desk, INTENDED, command):
        refuse(offline(interfaces, command.network_up_because, command.witness))
        proposal = proposals.find(desk, command.proposal)
    root = only(desk.file.read, "", Layer.ROOT)
    session = OpenSession(
        root.key, command.custodians, {Signable.CERTIFICATE: 1}, because=f"sub CA {proposal.facts['name']}"
    )
    with open_session(desk, session, hands) as signing:
        number, plan = perform(desk, INTENDED, (command, proposal.digest))
        issuing.sign(desk, signing, number, plan, SIGNED)
    return perform(desk, ANSWERED, proposal.digest)


def _intended(work: Work, about: tuple[SignSub, str]) -> tuple[int, Plan]:
    command, digest = about
    proposal = proposals.spend(work, digest, CERTIFY)
    plan = _plan(work.unit.connection, proposal.facts)
    root = only(work.unit.connection, "", Layer.ROOT)
    issued = issuing.record(plan, root.id, work.now, profile="sub", ticket=proposal.ticket, proposal=digest)
    work.details.update(network_up_because=command.network_up_because, witness=command.witness)
    return issuing.intend(work, issued), plan


def _signed(work: Work, outcome: issuing.Outcome) -> Issued:
    issued = issuing.finish(work, outcome)
    facts = proposals.load(work, issued.proposal, State.PERFORMED).facts
    authority = Authority(
        id=0,
        name=facts["name"],
        layer=Layer.SUB,
        service=Service(facts["service"]),
        subject=issued.subject,
        spki=issued.spki,
        key="",
        certificate=outcome.der,
        request=bytes.fromhex(facts["request"]),
        policy=facts["policy"],
        crl_url=facts["crl_url"],
        state=AuthorityState.PINNED,
        created=work.now,
    )
    store.add(work.unit, authority)
    return issued


def _answered(work: Work, digest: str) -> bytes:
    facts = proposals.load(work, digest, State.PERFORMED).facts
    connection = work.unit.connection
    sub, root = find(connection, facts["name"]), only(connection, "", Layer.ROOT)
    crl = revocation.signed(connection, root.id)
    body = {
        "name": sub.name,
        "certificate": sub.certificate.hex(),
        "root": root.certificate.hex(),
        "root_name": root.name,
        "root_crl": crl.der.hex() if crl else "",
        "root_crl_url": root.crl_url,
        "decision": decisions.told(connection, work.now.date()),
    }
    return carry.write(work, CarryKind.SUB_ANSWER, sub.name, facts["answers"], body)


# --- where it will work -----------------------------------------------------------------------------------


def install(desk: Desk, untrusted: bytes) -> Authority:
    """Judge the answer against the request and the pinned root, then put the sub CA to work."""
    return perform(desk, INSTALLED, untrusted)


def _installed(work: Work, untrusted: bytes) -> Authority:
    carried = carry.read(work, untrusted, CarryKind.SUB_ANSWER)
    name = partners.about(work.unit.connection, carried.answers)
    if name is None:
        raise errors.NotCarried("answer")
    authority = find(work.unit.connection, name)
    if authority.state is not AuthorityState.REQUESTED:
        raise errors.NoSuchAuthority(name, "state", authority.state.value)
    certificate, root, crl_url, root_name, crl = _pieces(carried)
    pinned = partners.find(work.unit.connection, carried.workspace)
    if pinned is None or pinned.meeting.root != root.der:
        raise errors.AnswerDoesNotFit("root")
    _fits(authority, certificate, root, crl, work.now)
    decisions.take(work, carried.body.get("decision"), certificate.not_after.date(), root.not_after.date())
    _pin_root(work, root, root_name, crl_url, crl)
    store.install(work.unit, authority.id, certificate.der)
    work.details.update(authority=name, serial=f"{certificate.serial:x}")
    return find(work.unit.connection, name)


def _pieces(carried: Carried) -> tuple[Certificate, Certificate, str, str, bytes]:
    body = carried.body
    try:
        made, root, crl = (bytes.fromhex(body[what]) for what in ("certificate", "root", "root_crl"))
        url, name = str(body["root_crl_url"]), str(body["root_name"])
    except (KeyError, ValueError, TypeError):
        raise errors.NotCarried("shape") from None
    refuse(policy.url(url) + texts.name("name", name))
    return read_certificate(made), read_certificate(root), url, name, crl


def _fits(authority: Authority, made: Certificate, root: Certificate, crl: bytes, now: datetime) -> None:
    """What came back is what was asked for, and nothing but the root's own word stands behind it."""
    service, asked = authority.service, requests.read_request(authority.request)
    differs = {
        "names": (made.permitted, made.excluded) != (asked.permitted, asked.excluded),
        "key": made.spki != authority.spki,
        "subject": made.subject != authority.subject,
        "policy": made.policies != (authority.policy,),
        "service": service is None or made.ekus != policy.ekus(service),
        "layer": not made.ca or made.path_length != 0 or made.usages != policy.AUTHORITY,
        "issuer": names.normal(made.issuer) != names.normal(root.subject),
    }
    for what, wrong in differs.items():
        if wrong:
            raise errors.AnswerDoesNotFit(what)
    _, found = judge(made, Files((root,), (crl,), frozenset({root.spki})), now)
    against = [each.trouble for each in found if each.trouble is not Trouble.TOO_LONG]
    if against:
        raise errors.AnswerDoesNotFit(against[0].value)


def _pin_root(work: Work, root: Certificate, name: str, crl_url: str, crl: bytes) -> None:
    here = store.all_authorities(work.unit.connection)
    known = next((each for each in here if each.spki == root.spki), None)
    number = known.id if known else 0
    if known is None:
        refuse(policy.taken(name, here))
        pinned = Authority(
            id=0,
            name=name,
            layer=Layer.ROOT,
            service=None,
            subject=root.subject,
            spki=root.spki,
            key="",
            certificate=root.der,
            request=b"",
            policy="",
            crl_url=crl_url,
            state=AuthorityState.PINNED,
            created=work.now,
        )
        number = store.add(work.unit, pinned)
    keep_crl(work, number, root.spki, crl)


def keep_crl(work: Work, authority_id: int, issuer_spki: bytes, der: bytes) -> Published:
    """A CRL of an authority whose key is elsewhere comes home; one that is older than what is here is refused."""
    crl = read_crl(der, issuer_spki)
    newest = revocation.signed(work.unit.connection, authority_id)
    if newest is not None and crl.number < newest.number:
        raise errors.AnswerDoesNotFit("crl")
    kept = Published(0, authority_id, crl.number, crl.this_update, crl.next_update, len(crl.entries), 0, b"", der)
    if newest is not None and crl.number == newest.number:
        return newest
    return replace(kept, id=revocation.intend_crl(work.unit, kept))


ISSUING, ROOT = (WorkspaceKind.ISSUING,), (WorkspaceKind.ROOT,)
REQUESTED = Verb("authority.requested", _requested, CA_WORK, ISSUING)
TAKEN = Verb("authority.request-taken", _taken, CA_WORK, ROOT)
INTENDED = Verb("authority.intended", _intended, CA_WORK, ROOT)
SIGNED = Verb("authority.signed", _signed, CA_WORK, ROOT)
ANSWERED = Verb("authority.answered", _answered, CA_WORK, ROOT)
INSTALLED = Verb("authority.installed", _installed, CA_WORK, ISSUING)
CERTIFY = Kind(RULES["authority.certify"], _judge, kinds=ROOT)
KINDS = (CERTIFY,)
