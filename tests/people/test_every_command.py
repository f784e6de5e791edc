"""Duty and action through the command line: every verb there is, with a person of each duty and of no other.

Words are made up from the parser's own table, so that a new verb without a row here fails, and a new option needs nothing.
"""

from argparse import Action, ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core.cli.base import Entry
from core.cli.main import ENTRIES
from core.errors.people import DutyMissing
from core.model.people import Duty
from core.model.workspace import Kind, PolicyName
from core.store import audit
from tests.cli.terminal import run, secrets_of, write_private
from tests.desks import Room, make_room
from tests.people.test_matrix import MAY, MAY_PROPOSE, PEOPLE
from tests.store.test_schema import dump

pytestmark = pytest.mark.xdist_group("every-command")  # its rooms are made once
WITHOUT = ("new links", "new issuing", "new registration", "new root", "demo")  # there is nobody yet
# What asks for nobody, or is for everybody who may sign in: reading, one's own passphrase and sheet, what two settle.
FOR_ALL = """info; people list; people review; people accept; people leave; people passphrase; proposal list; proposal show;
device list; key list; key fingerprints; link list; link matrix; card read; ca list; request commands; request list; request show;
cert list; ticket list; crl status; audit verify; audit checkpoint; audit prove; keyring status; keyring keep; keyring forget;
keyring accept; custody list; custody passphrase; custody stick; custody sheet; custody tokens; check; record kinds; record list;
trust list; statement ceremony; statement cp; statement cps; statement assurance; statement status; compliance; caps list; due;
backup drill; restore; ca export; crl export"""
ANY = "any proposal"  # of which kind is known once there is one: before that, who has to do with none is refused
# Who may is the table of the services, by the name of the action or proposal; the words get as far as the duty.
ASKED = {
    "backup make": "backup.made", "people add": "people.add", "people duty": "people.duty", "people restore": "people.restore",
    "clock correct": "clock.correct", "device add": "device.added", "device change": "device.changed",
    "device retire": "device.retired", "key receive": "key.received", "key compare": "key.compared",
    "key withdraw": "key.withdrawn", "key suspect": "key.suspected", "link add": "link.added", "link retire": "link.retired",
    "link readback": "device.read-back", "card sign": "card.signed", "ca install": "authority.installed",
    "ca run-off": "authority.ended", "ca destroy": "authority.destroy", "meet": "workspace.introduced", "decide": "clause.decide",
    "request submit": "certificate.issue", "request batch": "certificate.issue", "cert revoke": "certificate.revoke",
    "request exception": "request.key-exception", "cert export": "certificate.exported",
    "cert review": "revocation.reviewed", "ticket pattern": "ticket.pattern", "ticket widen": "ticket.widen",
    "carry take": "request.taken", "crl take": "crl.taken", "crl validity": "crl.validity", "audit read": "audit.read",
    "audit review": "audit.sampled", "audit export": "audit.exported", "custody replace": "custody.replace",
    "custody enter": "custody.entered", "record add": "record.added", "trust add": "trust.added",
    "trust compare": "trust.compared", "statement propose": "document.approve", "statement publish": "document.published",
    "waive": "clause.waive", "caps change": "caps.change", "link export": "link.exported", "ca root": "custody.key-made",
    "ca propose": "authority.request-taken", "custody recover": "custody.sheet-used", "record end": "record.ended",
    "approve": ANY, "refuse": ANY, "withdraw": ANY, "ca request": "authority.requested", "ca sign": "authority.intended",
    "ca renew": "authority.requested", "cert issue": "certificate.intended", "crl sign": "crl.intended",
    "crl none": "crl.none", "custody drill": "custody.drilled", "carry send": "certificate.sent-back",
    "switch": "workspace.switch", "ceremony read-back": "ceremony.read-back", "ceremony close": "ceremony.closed",
}  # fmt: skip
# Words that the table of the parser cannot know, and the workspaces that know the verb.
WORDS = {
    "link export": "one",
    "approve": "0000000000",
    "ca root": "--network-ok",
}
KINDS = {"ca root": Kind.ROOT, "ca propose": Kind.ROOT, "switch": Kind.LINKS, "ceremony read-back": Kind.ROOT,
         "ceremony close": Kind.ROOT, "ca sign": Kind.ROOT}  # fmt: skip
HARMLESS = {"sign-in.done", "sign-in.ended", "sign-in.failed", "refused"}


def _list(text: str) -> list[str]:
    return [each.strip() for each in text.split(";")]


def _name(entry: Entry) -> str:
    return f"{entry.noun} {entry.verb}".strip()


BY_NAME = {_name(entry): entry for entry in ENTRIES}


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Kind, Room]]:
    """A rehearsal of each kind, so that one file has everybody's passphrase; each person has one duty."""
    now, made = datetime.now(UTC).replace(microsecond=0), {}
    for kind in (Kind.ISSUING, Kind.ROOT, Kind.LINKS):
        folder = tmp_path_factory.mktemp(kind.value)
        made[kind] = make_room(folder, PEOPLE, kind=kind, duties=PEOPLE, policy=PolicyName.REHEARSAL, now=now)
        more = '"auditor (sheet)" = "some words"\n"auditor (new)" = "auditor keeps nine new kettles"\n'
        write_private(folder / "secrets.toml", secrets_of(*PEOPLE) + more)
        (folder / "some.txt").write_text("neither key nor certificate")
    yield made
    for room in made.values():
        room.desk.close()


def _value(action: Action, room: Room, new: int) -> str:
    if action.choices:
        return str(next(iter(action.choices)))
    if action.type is int:
        return "1"
    folder = room.path.parent
    if action.dest == "workspace":
        return str(room.path)
    if action.metavar == "DIR" or action.dest in ("copy", "to", "out"):
        return str(folder / f"new-{new}")
    if action.metavar in ("DATE", "TIME"):
        return "2027-01-31"
    return str(folder / "some.txt") if action.dest == "file" else "auditor"


def _words(name: str, room: Room, new: int) -> list[str]:
    """The verb with every positional and every required option, filled from what the parser knows of them."""
    parser = ArgumentParser()
    BY_NAME[name].arguments(parser)
    made = name.split()
    for action in parser._actions[1:]:
        if (action.option_strings and not action.required) or action.nargs in ("*", "?"):
            continue
        made += [*action.option_strings[:1], _value(action, room, new)]
        made += WORDS.get(name, "").split() if action.dest == "workspace" else []
    return made


def _ended(name: str, duty: Duty, room: Room) -> tuple[str, set[str], bool]:
    """The refusal's code ("" for none), the rows it left, and whether any other table was changed."""
    before, rows = _tables(room), audit.newest(room.desk.file.read)[0]
    who = ("--as", duty.value, "--secrets", room.path.parent / "secrets.toml", "--json")
    done = run(*_words(name, room, rows), *who)
    left = audit.recent(room.desk.file.read, audit.newest(room.desk.file.read)[0] - rows)
    assert "Traceback" not in done.err
    code = str(done.answer.get("refused", ""))
    assert (code != "") == (done.code in (1, 2, 3)), done.err
    return code, {row.action for row in left}, _tables(room) != before


def _tables(room: Room) -> dict[str, object]:
    return {table: rows for table, rows in dump(room.path).items() if table != "ledger"}


def _room(name: str, rooms: dict[Kind, Room]) -> Room:
    return rooms[KINDS.get(name, Kind.ISSUING)]


def test_every_verb_has_one_row() -> None:
    known = [*WITHOUT, *_list(FOR_ALL), *ASKED]
    assert sorted(known) == sorted(BY_NAME)
    assert set(ASKED.values()) <= {*MAY, *MAY_PROPOSE, ANY}


@pytest.mark.parametrize("name", ASKED)
def test_who_may_not_is_told_so_and_nothing_is_done(rooms: dict[Kind, Room], name: str) -> None:
    everybody = {ANY: set[Duty]().union(*MAY_PROPOSE.values())}
    may, room = {**MAY_PROPOSE, **MAY, **everybody}[ASKED[name]], _room(name, rooms)
    for duty in Duty:
        code, left, changed = _ended(name, duty, room)
        assert (code == DutyMissing.code) == (duty not in may), (duty, code)
        if duty not in may:
            assert (left - HARMLESS, changed) == (set(), False)
            assert "refused" in left


@pytest.mark.parametrize("name", _list(FOR_ALL))
def test_what_is_for_everybody_asks_for_no_duty(rooms: dict[Kind, Room], name: str) -> None:
    for duty in Duty:
        assert _ended(name, duty, _room(name, rooms))[0] != DutyMissing.code
