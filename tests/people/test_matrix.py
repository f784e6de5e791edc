"""The whole matrix of duty and action: every verb and every kind of proposal, with a person of each duty and of no other."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

import core.services
from core.errors.base import Refused
from core.errors.people import DutyMissing
from core.model.people import Duty
from core.model.proposals import CloseProposal, Propose
from core.model.workspace import Kind
from core.services import approvals, proposals
from core.services.perform import Verb, Work, perform
from core.store import audit
from tests.desks import Room, make_room

pytestmark = pytest.mark.xdist_group("matrix")  # its rooms are made once
LETTERS = dict(zip("SARCVUK", Duty, strict=True))  # in the order of `Duty`: U is the auditor, K the custodian
PEOPLE: dict[str, tuple[Duty, ...]] = {duty.value: (duty,) for duty in Duty}
# Who may do what, written down again, so that a change of the table is noticed.
VERBS = {
    "C": "certificate.intended certificate.issued",
    "R": "certificate.sent-back certificate.taken-home proposal.made request.sent request.taken",
    "SA": "custody.sheet-used workspace.half-met workspace.introduced",
    "SAR": "card.signed certificate.exported device.added device.changed device.read-back device.retired key.compared "
    "key.received link.added link.exported link.retired trust.added trust.compared",
    "SARC": "backup.drilled backup.made",
    "SARCV": "crl.taken document.published record.added record.ended",
    "SARCVK": "ceremony.read-back custody.drilled custody.entered",
    "SARCVUK": "audit.checkpoint audit.head-accepted audit.proved audit.verified backup.restored "
    "custody.passphrase-changed custody.sheet-printed custody.sheet-proved custody.wrong-passphrase operator.accepted "
    "operator.left operator.passphrase-changed session.ended sign-in.done sign-in.ended sign-in.forgotten sign-in.kept",
    "SARV": "key.suspected key.withdrawn",
    "SC": "authority.answered authority.ended authority.installed authority.intended authority.request-taken "
    "authority.requested authority.signed ceremony.closed custody.key-made custody.replaced root.intended root.made",
    "SCV": "crl.intended crl.signed revocation.reviewed session.opened",
    "SRCV": "certificate.revoked-at-once",
    "SU": "audit.exported audit.read audit.reviewed audit.sampled people.reviewed",
}
# The same people propose and approve, each time another one.
PROPOSED = {
    "SA": "clock.correct head.accept people.add people.duty people.restore",
    "SC": "authority.certify authority.destroy custody.replace",
    "SAC": "caps.change clause.decide clause.waive crl.none crl.validity document.approve organisation.admit "
    "ticket.pattern workspace.switch workspace.switch-back",
    "SR": "request.key-exception ticket.widen",
    "R": "certificate.issue request.register",
    "SRCV": "certificate.revoke",
}
Rooms = dict[Kind, Room]


class Reached(Exception):
    """Who may do it got as far as its function."""


def _verbs() -> dict[str, Verb[Any, Any]]:
    names = [each.name for each in pkgutil.iter_modules(core.services.__path__)]
    modules = [importlib.import_module(f"core.services.{name}") for name in names]
    return {each.action: each for module in modules for each in vars(module).values() if isinstance(each, Verb)}


def _who(table: dict[str, str]) -> dict[str, set[Duty]]:
    return {what: {LETTERS[letter] for letter in may} for may, what_all in table.items() for what in what_all.split()}


MAY, MAY_PROPOSE, ALL = _who(VERBS), _who(PROPOSED), _verbs()


def _reached(_: Work, __: object) -> None:
    raise Reached


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    """One workspace of each kind, in each one person for each duty."""
    made = {}
    for kind in Kind:
        made[kind] = make_room(tmp_path_factory.mktemp(kind.value), PEOPLE, kind=kind, duties=PEOPLE)
    yield made
    for room in made.values():
        room.desk.close()


def attempt(room: Room, duty: Duty, act: Callable[[], object]) -> str:
    """How it ended for the person of that duty; a missing duty has left its row and nothing else."""
    room.sit(duty.value)
    before = audit.newest(room.desk.file.read)[0]
    try:
        act()
    except DutyMissing:
        (row,) = audit.recent(room.desk.file.read, 1)
        assert row.number == before + 1
        assert (row.actor, row.action, row.body["subjects"]) == (duty.value, "refused", [])
        assert row.body["details"]["findings"][0]["rule"] == "DutyMissing"
        return "missing"
    except Reached:
        return "reached"
    except Refused:
        return "judged"
    return "done"


def test_the_matrix_has_every_verb_and_every_kind_of_proposal() -> None:
    assert set(MAY) == set(ALL)
    assert set(MAY_PROPOSE) == set(approvals.KINDS)
    assert list(LETTERS.values()) == list(Duty)


@pytest.mark.parametrize("action", sorted(ALL))
def test_a_verb_does_nothing_for_who_may_not(rooms: Rooms, action: str) -> None:
    verb = replace(ALL[action], act=_reached)
    room = rooms[verb.kinds[0]]
    ended = {duty: attempt(room, duty, lambda: perform(room.desk, verb, None)) for duty in Duty}
    assert ended == {duty: "reached" if duty in MAY[action] else "missing" for duty in Duty}


@pytest.mark.parametrize("kind", sorted(approvals.KINDS))
def test_a_proposal_is_made_refused_and_withdrawn_by_its_own_people_only(rooms: Rooms, kind: str) -> None:
    row = replace(approvals.KINDS[kind], kinds=tuple(Kind))  # the duty is asked, not the kind of workspace
    room, nothing = rooms[Kind.ISSUING], CloseProposal("0" * 64, "a reason")
    ways: tuple[Callable[[], object], ...] = (
        lambda: proposals.propose(room.desk, row, Propose({}, "two\nlines", "")),
        lambda: proposals.turn_down(room.desk, row, nothing.digest, nothing.reason),
        lambda: proposals.withdraw(room.desk, row, nothing.digest, nothing.reason),
    )
    for way in ways:
        ended = {duty: attempt(room, duty, way) for duty in Duty}
        assert ended == {duty: "judged" if duty in MAY_PROPOSE[kind] else "missing" for duty in Duty}
    assert row.rule.approvers == frozenset(MAY_PROPOSE[kind])
