"""The nine clock cases of the table of key lifetimes, and what a certificate keeps of the table (L1 to L4, M4)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from core.cli.main import main
from core.crypto.certificates import read_certificate
from core.errors.authorities import AnswerDoesNotFit, AuthorityNameTaken, NotCarried
from core.errors.base import Expected, Refused
from core.errors.certificates import CapPassed, KeyLifeTooLong, ValidityTooLong
from core.errors.decisions import NotDecidable
from core.errors.proposals import OwnProposal
from core.model.authorities import Layer, MakeRoot, RequestSub, SignSub
from core.model.certificates import SubmitRequest
from core.model.compliance import ClauseState
from core.model.decisions import Decide
from core.model.proposals import Proposal
from core.services import audit, authorities, caps, checks, compliance, decisions, enrolment, subordinates
from core.services.perform import reading
from core.store import decisions as decisions_on_file
from core.words.checks import explained
from core.words.say import findings
from tests.desks import Room
from tests.pki.worlds import HOLDERS, PAIR, World, agree, certify, csr, decide, hands, make_network, make_world

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DECIDED = Decide("L2", "2029-12-31", "2027-06-30", "the table has no newer date", "CHG9")


def root_command(until: str) -> MakeRoot:
    return MakeRoot("CN=Another Root, O=Example Networks", HOLDERS, 2, until, "http://crl.example.net/root.crl")


def asked(world: World) -> bytes:
    """A request for a sub CA, as its workspace carries it to the root."""
    wanted = RequestSub(
        "ipsec-g1", "ipsec", "CN=Example IPsec CA G1, O=Example", HOLDERS, 2, "http://crl.example.net/ipsec.crl"
    )
    return subordinates.request(world.issuing.sit("bob"), wanted, hands())


def proposed(world: World, carried: bytes, until: str) -> Proposal:
    return subordinates.propose(world.root.sit("bob"), carried, until, "CHG10")


def refusals(act: object) -> list[str]:
    """The names of what an act is refused for."""
    with pytest.raises(Expected) as caught:
        act()  # type: ignore[operator]
    return [each.rule for each in findings(caught.value)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, NOW)
    yield made
    made.root.desk.close()
    made.issuing.desk.close()


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A sub CA that was certified under the decision of two."""
    made = make_network(tmp_path_factory.mktemp("decided"), NOW)
    yield made
    made.root.desk.close()
    made.issuing.desk.close()


def test_case_1_in_june_2023_a_sub_ca_ends_by_31_december_2023(tmp_path: Path) -> None:
    world = make_world(tmp_path, datetime(2023, 6, 1, 9, 0, tzinfo=UTC))
    carried = asked(world)
    assert refusals(lambda: proposed(world, carried, "2024-01-01")) == [KeyLifeTooLong.__name__]
    proposal = proposed(world, carried, "2023-12-31")
    agree(world.root, "alice", proposal)
    answer = subordinates.sign(world.root.sit("bob"), SignSub(proposal.digest, PAIR), hands(), ())
    made = subordinates.install(world.issuing.sit("bob"), answer)
    end = read_certificate(authorities.find(world.issuing.desk.file.read, made.name).certificate).not_after
    assert end == datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert decisions_on_file.all_decisions(world.issuing.desk.file.read) == ()
    world.root.desk.close()
    world.issuing.desk.close()


def test_case_2_in_november_2026_without_a_decision_it_is_refused(world: World) -> None:
    carried = asked(world)
    assert refusals(lambda: proposed(world, carried, "2027-06-30")) == [CapPassed.__name__]


def test_case_3_with_one_approver_it_is_refused(world: World) -> None:
    carried, waiting = asked(world), decisions.decide(world.root.sit("alice"), DECIDED)
    assert refusals(lambda: agree(world.root, "alice", waiting)) == [OwnProposal.__name__]
    assert refusals(lambda: proposed(world, carried, "2027-06-30")) == [CapPassed.__name__]


def test_case_4_with_two_it_is_issued_and_ends_at_the_decision(decided: World) -> None:
    authority = authorities.find(decided.issuing.desk.file.read, "ipsec-g1")
    assert read_certificate(authority.certificate).not_after == datetime(2029, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert caps.cap(decided.root.desk.file.read, Layer.SUB, NOW.date()) == date(2029, 12, 31)


def test_case_5_a_root_past_2030_is_impossible(tmp_path: Path, world: World) -> None:
    found = authorities.judge_root(world.root.sit("bob"), root_command("2031-01-01"), ())
    assert [each.latest for each in found if isinstance(each, KeyLifeTooLong)] == ["2030-12-31"]
    later = Decide("L3", "2031-06-30", "2027-06-30", "one more summer", "CHG9")
    assert refusals(lambda: decisions.decide(world.root.sit("alice"), later)) == [NotDecidable.__name__]


def test_case_6_an_earlier_end_of_the_network_wins(world: World) -> None:
    desk = world.root.sit("bob")
    desk.workspace = replace(desk.workspace, network_end="2028-03-31")
    found = authorities.judge_root(desk, root_command("2028-04-01"), ())
    told = [(each.latest, each.why) for each in found if isinstance(each, KeyLifeTooLong)]
    assert told == [("2028-03-31", "network")]
    late = Decide("L2", "2028-04-01", "2027-06-30", "no newer date", "CHG9")
    assert refusals(lambda: decisions.decide(world.root.sit("alice"), late)) == [NotDecidable.__name__]


def test_case_7_the_same_key_past_the_cap_is_refused(world: World) -> None:
    """Neither under the name it has nor under another one, and a decision does not change that: caps bind keys."""
    decide(world)
    carried = asked(world)
    first = proposed(world, carried, "2027-06-30")
    agree(world.root, "alice", first)
    subordinates.sign(world.root.sit("bob"), SignSub(first.digest, PAIR), hands(), ())
    assert refusals(lambda: proposed(world, carried, "2029-12-31")) == [AuthorityNameTaken.__name__]
    world.root.clock.passes(days=365)
    assert AuthorityNameTaken.__name__ in refusals(lambda: proposed(world, carried, "2030-06-30"))


def test_case_8_a_devices_life_of_90_days_wins(decided: World) -> None:
    end = (NOW + timedelta(days=90)).date().isoformat()
    decided.issuing.device("short", end_of_life=end)
    made = submitted(decided.issuing, "short")
    assert made.facts["until"] == end


def test_case_9_an_end_entity_over_a_year_is_refused(decided: World) -> None:
    decided.issuing.device("long")
    assert refusals(lambda: submitted(decided.issuing, "long", "2027-11-24")) == [ValidityTooLong.__name__]
    assert submitted(decided.issuing, "long", "2027-11-23").facts["until"] == "2027-11-23"


def submitted(room: Room, name: str, until: str = "") -> Proposal:
    untrusted = csr(ec.generate_private_key(ec.SECP256R1()), f"{name}.example.net")
    return enrolment.submit(room.sit("alice"), SubmitRequest(name, untrusted, f"CHG-{name}", until=until))


def test_the_decision_comes_with_the_answer(decided: World) -> None:
    (there,) = decisions_on_file.all_decisions(decided.root.desk.file.read)
    (here,) = decisions_on_file.all_decisions(decided.issuing.desk.file.read)
    assert here == there
    row = compliance.clause(decided.issuing.desk, "L2")
    assert (row.state, row.about) == (ClauseState.REPLACED, "D-1")
    assert audit.inspect(decided.issuing.desk).faults == ()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"value": "2031-06-30"}, NotDecidable), ({"review": "2029-06-30"}, NotDecidable), ({"value": "2029-12-30"}, AnswerDoesNotFit),
        ({"clause": "L3"}, AnswerDoesNotFit), ({"made": "2027-01-01T00:00:00+00:00"}, AnswerDoesNotFit), ({"made": "2026-11-23"}, AnswerDoesNotFit),
        ({"proposal": "ab"}, AnswerDoesNotFit), ({"value": "soon"}, NotCarried), ({"reason": " "}, Refused),
    ],
)  # fmt: skip
def test_a_decision_that_does_not_hold_is_not_taken(
    decided: World, changed: dict[str, str], refusal: type[Refused]
) -> None:
    carried = decisions.told(decided.root.desk.file.read, NOW.date()) | changed
    end = date(2029, 12, 31)
    decided.issuing.sit("bob")
    with pytest.raises(refusal), reading(decided.issuing.desk) as work:
        decisions.take(work, carried, end, date(2030, 12, 31))


def test_a_certificate_shows_the_table_it_was_issued_under(decided: World, capsys: pytest.CaptureFixture[str]) -> None:
    serial = certify(decided, "gw1", "CHG11")
    desk = decided.issuing.desk
    row = next(each for each in enrolment.rows(desk) if each.issued.serial == serial)
    der = enrolment.certificates.get(desk.file.read, row.issued.id).der
    said = " ".join(explained(checks.check(decided.issuing.sit("alice"), der, (), ())))
    assert "under the table of key lifetimes, version 1: Provisioning and securing security certificates" in said
    assert main(["cert", "list", str(decided.issuing.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["certificates"]
    assert [each["caps_version"] for each in told if each["serial"] == serial] == [1]
    assert [(table.version, count) for table, count in compliance.status(desk).tables] == [(1, 1)]
