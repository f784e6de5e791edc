"""Certificates go back to the registration desk that vouched for their requests, which writes its devices' folders.

What comes back is held against what two people of the desk agreed to: the key, the subject and the names of the request,
under a chain up to a root that two people here pinned, whose lists are in the same file. The sender is a workspace that
two people here have met.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.crypto import names, requests
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, judge
from core.errors.authorities import AnswerDoesNotFit, NotCarried, RootNotPinned
from core.errors.base import Expected, refuse
from core.errors.proposals import NoSuchProposal
from core.errors.revocation import RevokedAlready
from core.model.carry import Carried, CarryKind
from core.model.certificates import Certificate, Endpoint, Issued
from core.model.checks import Trouble
from core.model.links import ExportedFile
from core.model.proposals import Proposal, State
from core.model.registration import Home, SendRequests, TakeCertificates
from core.model.workspace import Kind
from core.policy import texts
from core.policy.duties import REGISTERING
from core.services import carry, devices, endpoints, making, proposals
from core.services.desk import Desk
from core.services.perform import Verb, Work, perform
from core.services.registration import REGISTER
from core.store import certificates, partners, revocation

_MOST = 2000  # certificates in one file, as requests


def ready(desk: Desk) -> tuple[tuple[Proposal, Issued], ...]:
    """Every certificate in force that a registration desk asked for, oldest first."""
    connection, found = desk.file.read, []
    for each in proposals.performed(desk, "certificate.issue", "desk_file"):
        made = [issued for issued in certificates.of_proposal(connection, each.digest) if issued.der]
        found += [(each, one) for one in made if revocation.of_certificate(connection, one.id) is None]
    return tuple(found)


def send(desk: Desk, command: SendRequests) -> bytes:
    """The carried file with the certificates of these proposals."""
    return perform(desk, SENT, command)


def _sent(work: Work, command: SendRequests) -> bytes:
    made = [_issued(work, each) for each in proposals.find_each(work.desk, command.proposals)]
    issuers: dict[str, Any] = {}
    for _, issued, end in made:
        name = str(issued.authority_id)
        chain = [each.der.hex() for each in end.chain]
        issuers[name] = {"chain": chain, "crls": [[plain, der.hex()] for plain, der in end.crls]}
    listed = [
        {
            "digest": proposal.facts["desk_digest"],
            "answers": proposal.facts["desk_file"],
            "issuer": str(issued.authority_id),
            "certificate": issued.der.hex(),
        }
        for proposal, issued, _ in made
    ]
    work.details.update(serials=[issued.serial for _, issued, _ in made])
    answers = str(listed[-1]["answers"])  # of several it names the newest; each certificate names its own
    return carry.write(
        work, CarryKind.CERTIFICATES, "certificates", answers, {"certificates": listed, "issuers": issuers}
    )


def _issued(work: Work, proposal: Proposal) -> tuple[Proposal, Issued, Endpoint]:
    connection = work.unit.connection
    found = [each for each in certificates.of_proposal(connection, proposal.digest) if each.der]
    if not (found and proposal.facts.get("desk_file")):
        raise NoSuchProposal(proposal.digest[: proposals.SHOWN], 0)
    standing = revocation.of_certificate(connection, found[0].id)
    if standing is not None:
        raise RevokedAlready(found[0].serial, f"{standing.at:%Y-%m-%d %H:%M}")
    return proposal, found[0], endpoints.of(work, found[0])


# --- at the desk ------------------------------------------------------------------------------------------


def take(desk: Desk, command: TakeCertificates) -> tuple[Home, ...]:
    """Write the folder of each device whose certificate came; what stands against one leaves the others alone."""
    return perform(desk, TAKEN, command)


def _taken(work: Work, command: TakeCertificates) -> tuple[Home, ...]:
    carried = carry.read(work, command.untrusted, CarryKind.CERTIFICATES)
    pinned = carry.pinned_roots(work.unit.connection, carried.workspace)
    if not pinned:
        raise RootNotPinned("none", "")
    refuse(texts.line("to", command.to, needed=True))
    to = Path(command.to.strip()).expanduser()
    found, staged = [], making.stage(work, to)
    for each in _listed(carried):
        device = ""
        try:
            proposal = _asked(work, each)
            device = str(proposal.facts["device"])
            end = _end(work, each, proposal, carried, pinned)
            staged.write(device, _files(work, end))
            found.append(Home(device, f"{end.certificate.serial:x}", to / device, None))
        except Expected as refusal:
            found.append(Home(device, "", None, refusal))
    work.progress.committing()
    if any(each.folder for each in found):
        making.place(work, staged)
    partners.sent(work.unit, carried.sha256, carried.kind.value, "certificates", work.now.isoformat())
    work.details.update(serials=[each.serial for each in found if each.serial])
    return tuple(found)


def _files(work: Work, end: Endpoint) -> list[ExportedFile]:
    return endpoints.files(work, end)[0]


def _listed(carried: Carried) -> Iterator[dict[str, Any]]:
    found = carried.body.get("certificates")
    if not isinstance(found, list) or not 1 <= len(found) <= _MOST:
        raise NotCarried("shape")
    if not all(isinstance(each, dict) for each in found):
        raise NotCarried("shape")
    return iter(found)


def _asked(work: Work, untrusted: dict[str, Any]) -> Proposal:
    """What two people of this desk agreed to, in a file that left this desk."""
    if partners.about(work.unit.connection, str(untrusted.get("answers"))) != "requests":
        raise NotCarried("answer")
    try:
        proposal = proposals.load(work, str(untrusted.get("digest")), State.PERFORMED)
    except NoSuchProposal:
        raise NotCarried("answer") from None
    if proposal.kind != REGISTER.rule.kind:
        raise NotCarried("answer")
    return proposal


def _end(
    work: Work, untrusted: dict[str, Any], proposal: Proposal, carried: Carried, pinned: frozenset[bytes]
) -> Endpoint:
    try:
        told = carried.body["issuers"][untrusted["issuer"]]
        sub, root = (read_certificate(bytes.fromhex(each)) for each in told["chain"])
        lists = tuple((str(plain), bytes.fromhex(der)) for plain, der in told["crls"])
        made = read_certificate(bytes.fromhex(untrusted["certificate"]))
        (_one, _other) = lists
    except (KeyError, ValueError, TypeError):
        raise NotCarried("shape") from None
    for plain, _ in lists:
        refuse(texts.name("name", plain))  # it becomes a file's name
    if root.der not in pinned:
        raise RootNotPinned("other", names.text(root.subject))
    _fits(work, proposal, made, Files((sub, root), tuple(der for _, der in lists), frozenset({root.spki})))
    device = devices.known(work, proposal.facts["device"])
    return endpoints.built(work, device, made, (sub, root), lists, proposal.ticket)


def _fits(work: Work, proposal: Proposal, made: Certificate, files: Files) -> None:
    facts = proposal.facts
    asked = requests.read_request(bytes.fromhex(facts["request"]))
    differs = {
        "key": made.spki != asked.spki,
        "subject": names.normal(made.subject) != names.normal(names.from_text(facts["subject"])),
        "names": sorted(str(each) for each in made.sans) != sorted(facts["sans"]),
    }
    for what, wrong in differs.items():
        if wrong:
            raise AnswerDoesNotFit(what)
    _, found = judge(made, files, work.now)
    against = [each.trouble for each in found if each.trouble is not Trouble.TOO_LONG]
    if against:
        raise AnswerDoesNotFit(against[0].value)


SENT = Verb("certificate.sent-back", _sent, REGISTERING, (Kind.ISSUING,))
TAKEN = Verb("certificate.taken-home", _taken, REGISTERING, (Kind.REGISTRATION,))
