"""pkilint before every signature: its texts are read, and what it finds against stops the signature."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from core.crypto import crls, extensions, issuance, lint
from core.crypto.linter import Linter
from core.errors.base import Refused
from core.errors.certificates import LintRefuses, NotAsApproved
from core.model.certificates import IssueCertificates, Plan, San, SanKind, Usage
from core.model.revocation import CrlPlan, Reason, Revoked
from core.services import enrolment, issuing, keeping
from tests.desks import Room
from tests.pki.hierarchies import NOW, make_crl, make_device, make_root, make_sub, plan_for
from tests.pki.worlds import PAIR, agree, decide, hands, make_world, submit
from tests.pki.worlds import make_sub as sub_of
from tests.services.refusing import rows, says, tables

ROOT = make_root()
PLAN = plan_for(
    "CN=gw1", ROOT.spki, ROOT.subject, ROOT.spki, usages=(Usage.SIGNATURE,), sans=(San(SanKind.DNS, "gw1.example.net"),)
)


def codes(plan: Plan) -> set[str]:
    return {each.code for each in lint.certificate(issuance.rehearse(plan).whole) if each.refuses}


def test_it_finds_what_is_planted() -> None:
    assert codes(PLAN) == set()
    assert codes(replace(PLAN, usages=(Usage.CERTIFICATES,))) == {"pkix.ee_certificate_keycertsign_keyusage_set"}
    assert codes(replace(PLAN, sans=(San(SanKind.DNS, "*.example.net"),))) == {"pkix.invalid_domain_name_syntax"}
    assert codes(replace(PLAN, crl_urls=("http://crl..example.net/x.crl",))) == {"pkix.invalid_uri_syntax"}
    assert lint.certificate(b"\x02\x01\x05")[0].refuses


def test_a_policy_under_a_uuid_is_decoded() -> None:
    """Its arc has 128 bits, at which pkilint's own decoder stops; what is wrong with policies is found all the same."""
    found = lint.certificate(make_device(make_sub(ROOT)).der)
    assert {(each.severity, each.code) for each in found} == {
        ("INFO", "pkix.subject_key_identifier_method_1_identified")
    }
    policy = "2.25.329800735698586629295641978511506172918"
    assert "duplicate" in str(codes(replace(PLAN, policies=(policy, policy))))


def test_a_long_list_is_linted_by_its_shapes() -> None:
    entries = tuple(
        Revoked(number, NOW, list(Reason)[number % len(Reason)], NOW if number % 7 else None)
        for number in range(1, crls.LINTED + 300)
    )
    plan = CrlPlan(ROOT.subject, ROOT.spki, 7, NOW, NOW + timedelta(days=8), entries)
    shown = crls.to_lint(plan, b"")
    kept = {
        (each.reason, each.compromised_at is None) for each in crls._facts(shown, x509.load_der_x509_crl(shown)).entries
    }
    assert kept == {(each.reason, each.compromised_at is None) for each in entries}
    assert lint.revocation_list(shown) == ()
    short = replace(plan, entries=entries[:3])
    assert crls.to_lint(short, b"itself") == b"itself"
    assert lint.revocation_list(make_crl(ROOT, 1)) == ()


def not_issued(room: Room, command: IssueCertificates, expected: type[Refused]) -> Refused:
    """The refusal; the session that was opened for it has its rows, and no table changed."""
    issuing.forget_rehearsals()
    before = tables(room)
    with pytest.raises(expected) as caught:
        enrolment.issue(room.sit("bob"), command, hands())
    assert tables(room) == before
    assert [row["action"] for row in rows(room)[-3:]] == ["session.opened", "refused", "session.ended"]
    return caught.value


def test_a_defect_of_the_builder_signs_no_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The subject key identifier becomes critical in the program's own builder: nobody can issue any more."""
    world = make_world(tmp_path)
    decide(world)
    sub_of(world)
    room = world.issuing
    asked = submit(world, "gw1", "CHG1")
    agree(room, "dave", asked)
    command = IssueCertificates((asked.digest,), PAIR)
    built = extensions.of_certificate

    def without(plan: Plan) -> Iterator[extensions.Extension]:
        return ((each, critical or isinstance(each, x509.SubjectKeyIdentifier)) for each, critical in built(plan))

    with monkeypatch.context() as patch:
        patch.setattr(extensions, "of_certificate", without)
        found = not_issued(room, command, LintRefuses)
    says(found, "pkilint", "skid_extension_critical", "Nothing of it was signed")
    other = replace(PLAN, not_after=NOW + timedelta(days=9))
    with monkeypatch.context() as patch:
        patch.setattr(issuance, "rehearse", lambda _plan, kept=issuance.rehearse: kept(other))
        patch.setattr(issuing, "as_planned", lambda *_: None)
        found = not_issued(room, command, NotAsApproved)
    says(found, "other bytes", "own approval")
    issuing.forget_rehearsals()
    (outcome,) = enrolment.issue(room.sit("bob"), command, hands())
    assert outcome.issued is not None


@pytest.mark.parametrize("gone", [False, True])
def test_a_process_beside_judges_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: bool) -> None:
    """What the builder plants into one of two is found there; and here where that process has died meanwhile."""
    monkeypatch.setattr(issuing, "MANY", 2)
    world = make_world(tmp_path)
    decide(world)
    sub_of(world)
    room, built = world.issuing, extensions.of_certificate
    started: list[Linter] = []
    asked = [submit(world, f"gw{number}", f"CHG{number}") for number in range(2)]
    for each in asked:
        agree(room, "dave", each)

    def start() -> Linter:
        started.append(Linter(keeping._command(keeping.LINTER)))
        if gone:
            os.kill(started[0].pid, signal.SIGKILL)
        else:
            monkeypatch.setattr(lint, "certificate", None)  # nothing is judged here
        return started[0]

    def planted(plan: Plan) -> Iterator[extensions.Extension]:
        wrong = plan.sans[0].value.startswith("gw1")
        return (
            (each, critical or (wrong and isinstance(each, x509.SubjectKeyIdentifier)))
            for each, critical in built(plan)
        )

    monkeypatch.setattr(keeping, "start_linter", start)
    monkeypatch.setattr(extensions, "of_certificate", planted)
    issuing.forget_rehearsals()
    command = IssueCertificates(tuple(each.digest for each in asked), PAIR)
    good, bad = enrolment.issue(room.sit("bob"), command, hands())
    assert good.issued is not None
    assert isinstance(bad.refusal, LintRefuses)
    with pytest.raises(ProcessLookupError):  # it ended with the batch
        os.kill(started[0].pid, 0)
