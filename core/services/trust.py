"""Foreign roots and cross-certificates: taken in as pending, heard by two, listed for relying parties."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from core.crypto.armour import pieces
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, judge
from core.crypto.comparison import compare
from core.crypto.names import normal
from core.crypto.spki import check
from core.errors.base import Refused, refuse
from core.errors.trust import AnchorNotFit, AnchorSettled, NoSuchAnchor
from core.late import dataclass
from core.model.certificates import Certificate
from core.model.checks import Trouble
from core.model.devices import Identity, IdentityKind
from core.model.keys import Finding, PublicKey, Source, Verdict
from core.model.trust import AddTrust, Anchor, AnchorComparison, AnchorKind, AnchorState, CompareTrust
from core.model.workspace import Kind
from core.policy import trust as policy
from core.policy.comparison import TRIES
from core.policy.duties import LINK_WORK
from core.services.desk import Desk
from core.services.perform import Verb, Work
from core.services.remembered import own_hand
from core.store import authorities
from core.store import trust as store

# What a judge of chains says and what it means for trust; a missing issuer or pin is what the comparison is for.
_WHY = {
    Trouble.SIGNATURE: "signature",
    Trouble.WEAK_SIGNATURE: "weak",
    Trouble.EXPIRED: "date",
    Trouble.NOT_YET: "date",
    Trouble.CRITICAL: "critical",
}


@dataclass(frozen=True)
class Heard:
    """The answer to a comparison: `compared` counts the people who heard the same."""

    anchor: Anchor
    finding: Finding
    compared: int
    tries_left: int


def rows(desk: Desk) -> tuple[Anchor, ...]:
    """Every foreign CA on file, oldest first."""
    return store.all_anchors(desk.file.read)


def relied_on(desk: Desk) -> tuple[Anchor, ...]:
    """Those that relying parties may be told to trust today."""
    today = desk.clock().date()
    return tuple(each for each in rows(desk) if each.counts(today))


def _added(work: Work, command: AddTrust) -> Anchor:
    certificate = _certificate(command.untrusted)
    here = store.all_anchors(work.unit.connection)
    refuse([*_judged(work, certificate, here), *policy.findings(command, certificate, work.now.date())])
    made = store.add(
        work.unit,
        Anchor(
            id=0,
            name=policy.name_of(certificate.subject, {each.name for each in here}),
            kind=AnchorKind.ROOT if _signs_itself(certificate) else AnchorKind.CROSS,
            der=certificate.der,
            sha256=sha256(certificate.der).hexdigest(),
            subject=certificate.subject,
            purpose=command.purpose.strip(),
            owner=command.owner.strip(),
            until=date.fromisoformat(command.until),
            ticket=command.ticket.strip(),
            state=AnchorState.PENDING,
            made=work.now,
            made_by=work.actor.name,
        ),
    )
    work.ticket = made.ticket
    work.details.update(anchor=made.name, kind=made.kind.value, sha256=made.sha256, until=made.until.isoformat())
    return made


def _certificate(untrusted: bytes) -> Certificate:
    found = pieces(untrusted)
    if [kind for kind, _ in found] != ["certificate"]:
        raise AnchorNotFit("file")
    return read_certificate(found[0][1])


def _judged(work: Work, certificate: Certificate, here: tuple[Anchor, ...]) -> list[Refused]:
    """What speaks against it as a CA of others, all at once. A cross-certificate is held to its issuer where known."""
    known = [
        read_certificate(each.certificate)
        for each in authorities.all_authorities(work.unit.connection)
        if each.certificate
    ]
    others = [read_certificate(each.der) for each in here if each.state is AnchorState.TRUSTED]
    found: list[Refused] = [] if certificate.ca else [AnchorNotFit("not-ca")]
    if certificate.der in {each.der for each in known}:
        found.append(AnchorNotFit("ours"))
    if certificate.der in {each.der for each in here}:
        found.append(AnchorNotFit("known"))
    check(certificate.spki, legacy=True)  # raises for a key that no fingerprint of which would be worth comparing
    _, troubles = judge(certificate, Files((*known, *others), (), frozenset()), work.now)
    about = {each.trouble for each in troubles if each.trouble in _WHY}
    return [*found, *(AnchorNotFit(_WHY[each]) for each in sorted(about))]


def _signs_itself(certificate: Certificate) -> bool:
    return normal(certificate.issuer) == normal(certificate.subject)


def _compared(work: Work, command: CompareTrust) -> Heard:
    anchor = _pending(work, command.name)
    before = store.comparisons(work.unit.connection, anchor.id)
    refuse(policy.second(before, work.actor.name))
    if any(each.verdict is Verdict.MATCH for each in before):
        own_hand(work.session)  # the second comparison is what makes it count
    finding = compare(_public(anchor), Identity(IdentityKind.FQDN, anchor.name), command.heard)
    made = AnchorComparison(0, anchor.id, work.actor.name, finding.verdict, finding.form, work.now)
    after = (*before, made)
    state = policy.settled(after)
    store.compared(work.unit, made, state)
    work.ticket = anchor.ticket
    work.details.update(anchor=anchor.name, verdict=finding.verdict.value, form=finding.form.value, state=state.value)
    matched = {each.operator for each in after if each.verdict is Verdict.MATCH}
    misread = sum(each.verdict is Verdict.MISREAD for each in after)
    return Heard(replace(anchor, state=state), finding, len(matched), max(TRIES - misread, 0))


def _pending(work: Work, name: str) -> Anchor:
    found = next((each for each in store.all_anchors(work.unit.connection) if each.name == name), None)
    if found is None:
        raise NoSuchAnchor(name)
    if found.state is not AnchorState.PENDING:
        raise AnchorSettled(found.name, found.state.value)
    return found


def _public(anchor: Anchor) -> PublicKey:
    spki = read_certificate(anchor.der).spki
    algorithm, bits = check(spki, legacy=True)
    return PublicKey(spki, algorithm, bits, Source.CERTIFICATE, anchor.der)


ADD = Verb("trust.added", _added, LINK_WORK, (Kind.ISSUING, Kind.ROOT))
COMPARE = Verb("trust.compared", _compared, LINK_WORK, (Kind.ISSUING, Kind.ROOT))
