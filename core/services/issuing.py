"""Signing certificates and CRLs: the intent stands in the ledger before, the outcome after (design section 3).

A crash between the two leaves the intent as unfinished; its serial or number stays taken and is never used again.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from core.crypto import crls as lists
from core.crypto import issuance, lint
from core.crypto.certificates import as_planned, read_certificate
from core.crypto.linter import Linter
from core.crypto.names import normal, text
from core.errors.base import Expected, Refused, refuse
from core.errors.certificates import LintRefuses, NotAsApproved, SelfCheckFailed
from core.errors.revocation import CrlNotContinuous
from core.late import dataclass
from core.model.authorities import Authority, Layer
from core.model.certificates import Issued, IssueState, Plan
from core.model.checks import Lint
from core.model.custody import Signable
from core.model.people import Duty
from core.model.revocation import Crl, CrlPlan, Published, Revoked
from core.policy import authorities as policy
from core.policy import crls as crl_policy
from core.policy.rules import rule
from core.services import caps, keeping, restored, settings
from core.services.desk import Desk
from core.services.perform import Verb, Work, perform, perform_each, record_refusal
from core.services.sessions import Signing
from core.store import authorities, certificates, waivers
from core.store import revocation as revocations
from core.store.unit import Connection

SIGNERS = frozenset({Duty.CA_OPERATOR, Duty.REVOCATION_OFFICER, Duty.SECURITY_OFFICER})
MANY = 32  # certificates from which on a linter of its own is worth its start, 0.5 s of the other core


def serial() -> int:
    """159 random bits, positive, never short: nobody guesses the next one (RFC 5280 4.1.2.2 allows 20 octets)."""
    return secrets.randbits(158) | 1 << 158


_beside: list[Linter] = []  # the process that lints the batch at hand


@lru_cache(maxsize=1024)
def _made(plan: Plan) -> issuance.Rehearsal:
    return issuance.rehearse(plan)


@lru_cache(maxsize=1024)  # judged as it is approved and as it is recorded: the same plan, the same bytes
def rehearsed(plan: Plan) -> bytes:
    """The bytes of a plan: signed with a throwaway key, read back, and linted, before anybody approves or signs them.

    Raises `SelfCheckFailed` and `LintRefuses`.
    """
    made = _made(plan)
    as_planned(read_certificate(made.whole), plan)
    judge = _beside[-1].certificate if _beside else lint.certificate
    refuse(linted("certificate", judge(made.whole)))
    return made.tbs


@contextmanager
def linted_beside(count: int) -> Iterator[Callable[[Iterable[Plan]], None]]:
    """What takes plans to be linted by another process before they are asked for; for a few it does nothing."""
    if count < MANY:
        yield lambda _: None
        return
    beside = keeping.start_linter()
    _beside.append(beside)
    try:
        yield lambda plans: beside.ahead([_made(plan).whole for plan in plans])
    finally:
        _beside.remove(beside)
        beside.close()


def forget_rehearsals() -> None:
    """Rehearse and lint every plan anew."""
    _made.cache_clear()
    rehearsed.cache_clear()


@rule("C13")
def differs(plan: Plan, approved: str) -> list[Refused]:
    """Findings while the plan gives other bytes than those whose SHA-256 (hex) was approved, or the linter has any."""
    try:
        tbs = rehearsed(plan)
    except Refused as refusal:
        return [refusal]
    return [] if sha256(tbs).hexdigest() == approved else [NotAsApproved(f"{plan.serial:x}")]


@rule("RFC5280-4")
def linted(what: str, said: Sequence[Lint]) -> list[Refused]:
    """The linter's findings as a refusal: violations, not advice."""
    found = tuple(f"{each.code} ({each.where})" for each in said if each.refuses)
    return [LintRefuses(what, found)] if found else []


def record(plan: Plan, authority_id: int, made: datetime, **facts: object) -> Issued:
    """The record of a plan, its bytes built by rehearsal with a throwaway key."""
    blank = Issued(
        id=0,
        serial=f"{plan.serial:x}",
        authority_id=authority_id,
        device_id=0,
        profile="",
        subject=plan.subject,
        spki=plan.spki,
        not_before=plan.not_before,
        not_after=plan.not_after,
        tbs=rehearsed(plan),
        der=b"",
        ticket="",
        proposal="",
        state=IssueState.INTENDED,
        made=made,
    )
    return replace(blank, **facts)  # type: ignore[arg-type]


def intend(work: Work, issued: Issued) -> int:
    """Take the serial and keep the bytes."""
    work.ticket = issued.ticket
    work.details.update(serial=issued.serial, subject=text(issued.subject), tbs_sha256=sha256(issued.tbs).hexdigest())
    number = certificates.intend(work.unit, issued, repr(normal(issued.subject)))
    version = caps.in_force(work.unit.connection).version
    waivers.note_version(work.unit, number, version)
    work.details["caps_version"] = version
    return number


def sign(desk: Desk, signing: Signing, number: int, plan: Plan, verb: Verb["Outcome", Issued]) -> Issued:
    """From a committed intent to a committed outcome."""
    return perform(desk, verb, signed(desk, signing, number, plan))


def signed(desk: Desk, signing: Signing, number: int, plan: Plan) -> "Outcome":
    """The certificate of a committed intent: signed once, verified, read back, compared with its plan."""
    issued = certificates.get(desk.file.read, number)
    with _recorded(desk, "SignCertificate"):
        der = issuance.certificate(issued.tbs, signing.sign(Signable.CERTIFICATE, issued.tbs), plan.issuer_spki)
        as_planned(read_certificate(der), plan)
    return Outcome(number, der)


def together(
    desk: Desk,
    signing: Signing,
    intend: Verb[str, tuple[int, Plan]],
    keep: Verb["Outcome", Issued],
    digests: Sequence[str],
) -> dict[str, Issued | Refused]:
    """Every intent in one transaction, then the signatures, then every outcome in one; in the order of `digests`.

    What a crash leaves between the two is listed as unfinished.
    """
    taken = perform_each(desk, intend, digests)
    found: dict[str, Issued | Refused] = {}
    made: dict[str, Outcome] = {}
    for digest, intent in zip(digests, taken, strict=True):
        if isinstance(intent, Refused):
            found[digest] = intent
            continue
        try:
            made[digest] = signed(desk, signing, *intent)
        except Refused as refusal:
            found[digest] = refusal
    kept = perform_each(desk, keep, list(made.values())) if made else []
    found |= dict(zip(made, kept, strict=True))
    return {digest: found[digest] for digest in digests}


@contextmanager
def _recorded(desk: Desk, what: str) -> Iterator[None]:
    """A refusal between intent and outcome has its row: the key may have signed, and nothing of it is kept."""
    try:
        yield
    except Expected as refusal:
        record_refusal(desk, what, refusal)
        raise


@dataclass(frozen=True)
class Outcome:
    """A signed certificate or CRL and the record it belongs to."""

    number: int
    der: bytes


def finish(work: Work, outcome: Outcome) -> Issued:
    """Keep the certificate."""
    certificates.finish(work.unit, outcome.number, outcome.der)
    issued = certificates.get(work.unit.connection, outcome.number)
    work.ticket = issued.ticket
    work.details.update(serial=issued.serial, sha256=sha256(outcome.der).hexdigest())
    return issued


# --- CRLs -------------------------------------------------------------------------------------------------


def entries(connection: Connection, authority: Authority, before: Crl | None) -> tuple[Revoked, ...]:
    """What a CRL of the authority lists now: everything revoked until one list after its expiry (RFC 5280 3.3).

    What the list before says stands as it is: it may be one that was taken home, with entries this file has not.
    """
    revoked = {each.certificate_id: each for each in revocations.all_revocations(connection)}
    listed = {} if before is None else {each.serial: each for each in before.entries}
    for issued in certificates.of_authority(connection, authority.id):
        entry, serial = revoked.get(issued.id), int(issued.serial, 16)
        if before is not None and issued.not_after < before.this_update:
            listed.pop(serial, None)
        elif entry is not None:
            listed.setdefault(serial, Revoked(serial, entry.at, entry.reason, entry.compromised_at))
    return tuple(listed.values())


def sign_crl(desk: Desk, signing: Signing, authority: Authority) -> Published:
    """The authority's next full CRL; what was made is read back and held against what was meant and the one before."""
    refuse(policy.can_sign(authority, certificates=False))
    intent = perform(desk, CRL_INTENDED, authority.id)
    with _recorded(desk, "SignCrl"):
        der = issuance.revocation_list(intent.tbs, signing.sign(Signable.CRL, intent.tbs), authority.spki)
        made, meant = lists.read_crl(der, authority.spki), (intent.number, intent.this_update, intent.next_update)
        if (made.number, made.this_update, made.next_update) != meant or len(made.entries) != intent.entries:
            raise SelfCheckFailed("CRL")
        refuse(follows(desk.file.read, authority, made))
    return perform(desk, CRL_SIGNED, Outcome(intent.id, der))


def follows(connection: Connection, authority: Authority, crl: Crl | CrlPlan) -> list[Refused]:
    """Findings while a CRL does not follow the newest one on file, as that one reads now."""
    before = last_crl(connection, authority)
    if before is None:
        return []
    ends = {int(each.serial, 16): each.not_after for each in certificates.of_authority(connection, authority.id)}
    return crl_policy.continuity(authority.name, before, crl, ends)


def last_crl(connection: Connection, authority: Authority) -> Crl | None:
    """The authority's newest CRL, read again and its signature checked. Raises `CrlNotRead`."""
    newest = revocations.signed(connection, authority.id)
    return lists.read_crl(newest.der, authority.spki) if newest else None


def untold(connection: Connection, authority: Authority, crl: Crl) -> tuple[int, ...]:
    """Serials on a CRL whose certificates are on file and not revoked here."""
    known = {int(each.serial, 16): each.id for each in certificates.of_authority(connection, authority.id)}
    revoked = {each.certificate_id for each in revocations.all_revocations(connection)}
    return tuple(each.serial for each in crl.entries if each.serial in known and known[each.serial] not in revoked)


def _ours(connection: Connection, authority: Authority, before: Crl) -> list[Refused]:
    """Findings while a list of ours names a certificate that is not revoked on file: the file was changed, unless a
    list that was taken home told of it."""
    missing = set(untold(connection, authority, before))
    if missing:
        for each in revocations.taken_home(connection, authority.id):
            missing -= {entry.serial for entry in lists.read_crl(each.der, authority.spki).entries}
    return [CrlNotContinuous(authority.name, "gone", f"{each:x}") for each in sorted(missing)[:1]]


def _intend_crl(work: Work, authority_id: int) -> Published:
    connection = work.unit.connection
    authority = authorities.get(connection, authority_id)
    refuse(restored.unread(connection, authority))
    last, number = last_crl(connection, authority), restored.floor(connection, authority)
    valid = settings.crl_validity(connection, authority.layer)
    plan = CrlPlan(
        issuer=authority.subject,
        issuer_spki=authority.spki,
        number=number,
        this_update=work.now,
        next_update=min(work.now + valid, _end(authority)),
        entries=entries(connection, authority, last),
    )
    found = crl_policy.number(authority.name, number) + follows(connection, authority, plan)
    if authority.layer is not Layer.ROOT:
        found += crl_policy.as_long(authority.name, plan.this_update, plan.next_update, _end(authority), valid)
    refuse(found)
    if last is not None:
        refuse(_ours(connection, authority, last))
    made = lists.rehearse(plan)
    refuse(linted("CRL", lint.revocation_list(lists.to_lint(plan, made.whole))))
    crl = Published(
        id=0,
        authority_id=authority_id,
        number=number,
        this_update=plan.this_update,
        next_update=plan.next_update,
        entries=len(plan.entries),
        covers=max((each.id for each in revocations.all_revocations(connection)), default=0),
        tbs=made.tbs,
        der=b"",
    )
    work.details.update(
        authority=authority.name, number=number, entries=crl.entries, tbs_sha256=sha256(crl.tbs).hexdigest()
    )
    return replace(crl, id=revocations.intend_crl(work.unit, crl))


def _end(authority: Authority) -> datetime:
    return read_certificate(authority.certificate).not_after


def _finish_crl(work: Work, outcome: Outcome) -> Published:
    revocations.finish_crl(work.unit, outcome.number, outcome.der)
    crl = revocations.get_crl(work.unit.connection, outcome.number)
    name = authorities.get(work.unit.connection, crl.authority_id).name
    work.details.update(authority=name, number=crl.number, sha256=sha256(outcome.der).hexdigest())
    return crl


CRL_INTENDED = Verb("crl.intended", _intend_crl, SIGNERS)
CRL_SIGNED = Verb("crl.signed", _finish_crl, SIGNERS)
