"""What a proposal changes, as it stands now and as it would stand: what an approver wants to see beside the sentence."""

from collections.abc import Callable, Iterator

from core.crypto import names, requests
from core.crypto.certificates import read_certificate
from core.model.authorities import Layer
from core.model.documents import Document
from core.model.people import Duty
from core.model.proposals import Difference, Proposal
from core.policy.roster import NEVER
from core.services import agreements, caps, documents, opening
from core.services.desk import Desk
from core.store import audit, authorities, certificates, decisions, people, revocation

Found = Iterator[Difference]


def differences(desk: Desk, proposal: Proposal) -> tuple[Difference, ...]:
    """Only what differs; none for a kind that makes something new."""
    found = _KINDS.get(proposal.kind, _nothing)(desk, proposal)
    return tuple(each for each in found if each.before != each.after)


def _nothing(_desk: Desk, _proposal: Proposal) -> Found:
    yield from ()


def _duties(desk: Desk, proposal: Proposal) -> Found:
    facts, person = proposal.facts, people.find(desk.file.read, str(proposal.facts["name"]))
    if person is None:
        return
    held = {duty.value for duty in person.duties}
    then = (held | set(facts["add"])) - set(facts["remove"])
    yield Difference("duties", _listed(held), _listed(then))
    until = "" if facts["until"] == NEVER else str(facts["until"] or person.until)
    yield Difference("until", person.until, until)


def _listed(duties: set[str]) -> str:
    return " ".join(duty.value for duty in Duty if duty.value in duties)


def _custodians(desk: Desk, proposal: Proposal) -> Found:
    facts = proposal.facts
    held = [each.name for each in opening.key(desk, str(facts["key"])).holders]
    then = [str(facts["new"]) if name == facts["old"] else name for name in held]
    yield Difference("custodians", ", ".join(held), ", ".join(then))


def _caps(desk: Desk, proposal: Proposal) -> Found:
    table = caps.in_force(desk.file.read)
    for layer, what in ((Layer.SUB, "sub"), (Layer.ROOT, "root")):
        yield Difference(f"cap-{what}", table.of(layer).isoformat(), str(proposal.facts[what]))


def _decision(desk: Desk, proposal: Proposal) -> Found:
    clause = str(proposal.facts["clause"])
    before = next((each for each in decisions.all_decisions(desk.file.read) if each.clause == clause), None)
    yield Difference("date", before.value.isoformat() if before else "", str(proposal.facts["value"]))


def _pattern(desk: Desk, proposal: Proposal) -> Found:
    yield Difference("pattern", agreements.pattern(desk.file.read), str(proposal.facts["pattern"]))


def _validity(_desk: Desk, proposal: Proposal) -> Found:
    yield Difference("hours", str(proposal.facts["instead"]), str(proposal.facts["hours"]))


def _document(desk: Desk, proposal: Proposal) -> Found:
    for each in documents.standing(desk, Document(proposal.facts["document"])).drift:
        yield Difference(f"{each.number} {each.title}", " ".join(each.was), " ".join(each.now))


def _certificate(desk: Desk, proposal: Proposal) -> Found:
    """What the request asks for beside what is signed; where it renews one, that one beside it."""
    facts = proposal.facts
    asked = requests.read_request(bytes.fromhex(str(facts["request"])))
    subject, sans = str(facts["subject"]), ", ".join(facts["sans"])
    yield Difference("subject", names.text(asked.subject), subject, request=True)
    yield Difference("names", ", ".join(str(each) for each in asked.sans), sans, request=True)
    yield Difference("wishes", ", ".join(facts["wishes"]), "", request=True)
    for old in certificates.find(desk.file.read, str(facts["renews"])) if facts["renews"] else ():
        before = read_certificate(old.der)
        yield Difference("subject", names.text(before.subject), subject)
        yield Difference("names", ", ".join(str(each) for each in before.sans), sans)
        yield Difference("ends", before.not_after.date().isoformat(), str(facts["until"]))


def _number(desk: Desk, proposal: Proposal) -> Found:
    authority = authorities.find(desk.file.read, str(proposal.facts["authority"]))
    if authority is not None:
        last = revocation.last_number(desk.file.read, authority.id)
        yield Difference("crl-number", str(last + 1), str(proposal.facts["number"]))


def _head(desk: Desk, proposal: Proposal) -> Found:
    yield Difference("entries", str(proposal.facts["seen"]), str(audit.newest(desk.file.read)[0]))


_KINDS: dict[str, Callable[[Desk, Proposal], Found]] = {
    "people.duty": _duties,
    "custody.replace": _custodians,
    "caps.change": _caps,
    "clause.decide": _decision,
    "ticket.pattern": _pattern,
    "crl.validity": _validity,
    "document.approve": _document,
    "request.register": _certificate,
    "certificate.issue": _certificate,
    "crl.none": _number,
    "head.accept": _head,
}
