"""Authorities: the root and its ceremony, sub CAs asked for, approved byte by byte, signed, carried home, installed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from core.crypto import names
from core.crypto.certificates import read_certificate
from core.errors import authorities as errors
from core.errors.base import Refused, refuse
from core.exports.encoding import pem
from core.late import dataclass
from core.media.network import Interface
from core.model.authorities import (
    Authority,
    AuthorityState,
    CaKey,
    Layer,
    MakeRoot,
    Service,
)
from core.model.certificates import Issued, Plan
from core.model.custody import MakeKey, OpenSession, Signable
from core.model.links import ExportedFile
from core.model.revocation import Published
from core.model.workspace import Kind
from core.policy import authorities as policy
from core.policy import lifetimes, texts
from core.policy.custody import use_token
from core.policy.duties import CA_WORK
from core.services import caps, custody, issuing, trust
from core.services.desk import Desk
from core.services.offline import offline
from core.services.opening import Hands, refusals
from core.services.perform import Verb, Work, perform
from core.services.sessions import begin
from core.store import authorities as store
from core.store.unit import Connection

ROOT_SESSION = {Signable.CERTIFICATE: 1, Signable.CRL: 1}


def judge_root(desk: Desk, command: MakeRoot, interfaces: Sequence[Interface] | None) -> list[Refused]:
    """Everything that stands against the ceremony's commit, passphrases aside."""
    here = store.all_authorities(desk.file.read)
    found: list[Refused] = [errors.RootAlready(each.name) for each in here if each.layer is Layer.ROOT]
    found += offline(interfaces, command.network_up_because, command.witness)
    found += policy.url(command.crl_url) + policy.key(command.key) + _end(desk, command.until, Layer.ROOT, None)
    try:
        names.from_text(command.subject)
    except Refused as refusal:
        found.append(refusal)
    return found


def _end(desk: Desk, asked: str, layer: Layer, issuer_end: date | None) -> list[Refused]:
    shape = texts.day("until", asked)
    if shape or not asked:
        return shape or texts.line("until", "", needed=True)
    today = desk.clock().date()
    cap = caps.cap(desk.file.read, layer, today)
    bound = lifetimes.authority(layer, desk.workspace.network_end, issuer_end, cap)
    return policy.until(asked, bound, today, layer)


def make_root(
    desk: Desk, command: MakeRoot, hands: Hands, interfaces: Sequence[Interface] | None
) -> tuple[Authority, Published]:
    """The root's key under its custodians, its certificate and its first CRL; one session, then the key is gone."""
    with refusals(desk, ROOT_MADE, command):
        refuse(judge_root(desk, command, interfaces))
    subject = policy.marked(names.from_text(command.subject), rehearsal=desk.workspace.rehearsal)
    name = policy.slug(subject)
    token = use_token(command.token) if command.token else None
    wanted = MakeKey(name, CaKey(command.key), command.custodians, command.quorum, token)
    held, process = custody.make(desk, wanted, hands)
    session = OpenSession(name, command.custodians, ROOT_SESSION, because="root ceremony")
    with begin(desk, session, held, process) as signing:
        spki, now = held.public_key, desk.clock()
        end = date.fromisoformat(command.until)
        plan = policy.certificate(Layer.ROOT, subject, spki, subject, spki, issuing.serial(), now, end)
        authority = _authority(name, Layer.ROOT, None, plan, name, crl_url=command.crl_url, created=now)
        issued = issuing.record(plan, 0, now, profile="root")
        up = None if interfaces is None or desk.workspace.rehearsal else [e.name for e in interfaces if e.carrier]
        number = perform(desk, ROOT_INTENDED, (command, authority, issued, up))
        issuing.sign(desk, signing, number, plan, ROOT_MADE)
        root = find(desk.file.read, name)
        return root, issuing.sign_crl(desk, signing, root)


def _authority(name: str, layer: Layer, service: Service | None, plan: Plan, key: str, **facts: object) -> Authority:
    blank = Authority(
        id=0,
        name=name,
        layer=layer,
        service=service,
        subject=plan.subject,
        spki=plan.spki,
        key=key,
        certificate=b"",
        request=b"",
        policy="",
        crl_url="",
        state=AuthorityState.REQUESTED,
        created=plan.not_before,
    )
    return replace(blank, **facts)  # type: ignore[arg-type]


def _root_intended(work: Work, about: tuple[MakeRoot, Authority, Issued, list[str] | None]) -> int:
    command, authority, issued, up = about
    if any(each.layer is Layer.ROOT for each in store.all_authorities(work.unit.connection)):
        raise errors.RootAlready(authority.name)
    number = store.add(work.unit, authority)
    work.details.update(
        authority=authority.name,
        network_up_because=command.network_up_because,
        witness=command.witness,
        custodians=list(command.custodians),
        interfaces_up=up,
        clock_checked=command.clock_checked,
        began=command.began,
    )
    return issuing.intend(work, replace(issued, authority_id=number))


def _root_made(work: Work, outcome: issuing.Outcome) -> Issued:
    issued = issuing.finish(work, outcome)
    store.install(work.unit, issued.authority_id, outcome.der)
    return issued


def find(connection: Connection, name: str) -> Authority:
    """The authority of that name."""
    found = store.find(connection, name)
    if found is None:
        raise errors.NoSuchAuthority(name, "none")
    return found


def only(connection: Connection, name: str, layer: Layer | None = None) -> Authority:
    """The authority that was named, or the one there is."""
    if name:
        return find(connection, name)
    here = [each for each in store.all_authorities(connection) if layer is None or each.layer is layer]
    here = [each for each in here if each.key and each.state is not AuthorityState.DESTROYED]
    if len(here) != 1:
        raise errors.NoSuchAuthority("", "several" if here else "none")
    return here[0]


@dataclass(frozen=True)
class Facts:
    """An authority for people: subject, last second (UTC) and the SHA-256 of its certificate, "" before it has one."""

    subject: str
    until: str
    sha256: str


def facts(authority: Authority) -> Facts:
    """What lists show of an authority beside its record."""
    subject = names.text(authority.subject)
    if not authority.certificate:
        return Facts(subject, "", "")
    end = read_certificate(authority.certificate).not_after
    return Facts(subject, f"{end:%Y-%m-%d}", sha256(authority.certificate).hexdigest())


def refuse_early(desk: Desk, command: MakeRoot, interfaces: Sequence[Interface] | None) -> None:
    """Refuse before anybody is asked for a passphrase."""
    with refusals(desk, ROOT_MADE, command):
        refuse(judge_root(desk, command, interfaces))


def files(desk: Desk) -> list[ExportedFile]:
    """Every authority's certificate as PEM and DER, the foreign ones that relying parties may trust, and SHA256SUMS."""
    made: list[ExportedFile] = []
    lines = ""
    for each in everyone(desk):
        if each.certificate:
            made.append(ExportedFile(f"{each.name}.pem", pem("CERTIFICATE", each.certificate)))
            made.append(ExportedFile(f"{each.name}.der", each.certificate))
            lines += f"{sha256(each.certificate).hexdigest()}  {each.name}.der\n"
    for anchor in trust.relied_on(desk):
        made.append(ExportedFile(f"foreign/{anchor.name}.pem", pem("CERTIFICATE", anchor.der)))
        lines += f"{sha256(made[-1].content).hexdigest()}  foreign/{anchor.name}.pem\n"
    return [*made, ExportedFile("SHA256SUMS", lines.encode())]


def issuing_now(connection: Connection) -> tuple[Authority, ...]:
    """The sub CAs whose key is here and that sign certificates."""
    return tuple(
        each
        for each in store.all_authorities(connection)
        if each.layer is Layer.SUB and each.key and each.state is AuthorityState.ACTIVE
    )


def issuers(desk: Desk) -> tuple[Authority, ...]:
    """The same, for a window that asks."""
    return issuing_now(desk.file.read)


def everyone(desk: Desk) -> tuple[Authority, ...]:
    """Every authority, roots first."""
    return store.all_authorities(desk.file.read)


ROOT_INTENDED = Verb("root.intended", _root_intended, CA_WORK, (Kind.ROOT,))
ROOT_MADE = Verb("root.made", _root_made, CA_WORK, (Kind.ROOT,))
