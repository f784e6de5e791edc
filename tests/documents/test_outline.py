"""The outline is RFC 3647's, word for word; the texts are data whose facts all exist; no number is typed in them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest

from core.crypto import envelope
from core.model.devices import Platform
from core.model.documents import Document, Outlined, Provision
from core.model.papers import Text
from core.model.people import Duty
from core.model.workspace import Kind
from core.policy import access, audit, clauses, crls, lifetimes, people, profiles, records
from core.policy import custody as custody_policy
from core.policy import documents as policy
from core.policy import proposals as agreement
from core.services import particulars
from core.store.unit import Connection
from tests.desks import Room, make_room
from tests.house.sources import ROOT
from tests.pki.worlds import DUTIES

RULES = {"rule", "profile", "setting", "workspace", "people", "authority", "custody", "decision"}
# Digits that are names of standards, algorithms, reasons and sections, and no configuration of ours.
NAMES = re.compile(
    r"RFC \d+|X\.5\d\d|PKCS #\d+|SHA-\d+|AES-256-GCM|Ed25519|P-\d+|Argon2id|sections? [\d.]+( and [\d.]+)?|version [23]\b"
)

# Of the 270 lines "number TAB title" that were taken from the RFC's own text of section 6.
SECTION_6 = "678628c23d2f21845280dbb79f946b0b344a0d519be80f98b556363beb7667f0"


def leaves() -> list[Outlined]:
    known = policy.outline()
    return [each for each in known if not any(one.number.startswith(f"{each.number}.") for one in known)]


def provisions() -> list[tuple[Outlined, Provision]]:
    return [(each, one) for each in policy.outline() for told in each.provisions.values() for one in told]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = make_room(tmp_path_factory.mktemp("room"), DUTIES, kind=Kind.ISSUING, duties=DUTIES)
    yield made
    made.desk.close()


def facts(room: Room, document: Document = Document.CPS) -> particulars.Facts:
    connection: Connection = room.desk.file.read
    return particulars.facts(connection, room.desk.workspace, room.desk.clock(), document, 1)


def test_the_headings_are_those_of_the_rfc() -> None:
    known = policy.outline()
    assert len(known) == 270
    assert [(each.number, each.title) for each in known][:3] == [
        ("1", "INTRODUCTION"),
        ("1.1", "Overview"),
        ("1.2", "Document name and identification"),
    ]
    titles = {each.number: each.title for each in known}
    assert titles["4.9.7"] == "CRL issuance frequency (if applicable)"
    assert titles["6.1.7"] == "Key usage purposes (as per X.509 v3 key usage field)"
    assert titles["9.16.4"] == "Enforcement (attorneys' fees and waiver of rights)"
    rows = "".join(f"{each.number}\t{each.title}\n" for each in known)
    assert sha256(rows.encode()).hexdigest() == SECTION_6
    chapters = [int(each.number) for each in known if "." not in each.number]
    assert chapters == list(range(1, 10))


def test_headings_are_numbered_without_a_gap() -> None:
    known = [tuple(int(part) for part in each.number.split(".")) for each in policy.outline()]
    for before, number in pairwise(known):
        nexts = [(*before, 1)] + [(*before[:at], before[at] + 1) for at in range(len(before))]
        assert number in nexts, f"{number} does not follow {before}"


def test_every_heading_without_parts_is_in_the_table_and_no_other() -> None:
    folder = ROOT / "resources" / "policy" / "documents"
    tabled = [name for path in folder.glob("*.toml") for name in re.findall(r'^\["([\d.]+)"\]', path.read_text(), re.M)]
    assert sorted(tabled) == sorted(each.number for each in leaves())
    kinds = {f"record:{each}" for each in records.kinds()}
    assert {each for one in policy.outline() for each in one.sources} <= RULES | kinds


def test_every_clause_named_is_one_of_the_guidance() -> None:
    assert {each for one in policy.outline() for each in one.clauses} <= set(clauses.clauses())


def test_a_heading_has_provisions_when_and_only_when_it_has_a_source() -> None:
    for each in leaves():
        assert all(bool(told) is bool(each.sources) for told in each.provisions.values()), each.number


def test_records_that_are_told_are_sources_and_the_other_way_round() -> None:
    for each in leaves():
        named = {one.each for told in each.provisions.values() for one in told}
        named |= {one.when.removeprefix("!") for told in each.provisions.values() for one in told}
        told = {name.removeprefix("record.") for name in named if name.startswith("record.")}
        told |= {"procedure" for name in named if name.startswith("procedure.")}
        assert told - {"relying-organisation"} <= set(each.records), each.number


@pytest.mark.parametrize("document", list(Document), ids=lambda each: each.value)
def test_every_fact_that_is_named_exists(room: Room, document: Document) -> None:
    here = facts(room, document)
    blank = {name: {} for name in here}
    for name in (name for name in here if name.startswith("record.")):
        kind = records.find(name.removeprefix("record."))
        blank[name] = dict.fromkeys((*(field.name for field in kind.fields), "owner", "review"), "")
    for name in (name for name in here if name.startswith("procedure.")):
        blank[name] = blank["record.procedure"]
    blank |= {name: dict.fromkeys(fields, "") for name, fields in MEMBERS.items()}
    for heading, each in provisions():
        assert not each.when or each.when.removeprefix("!") in here, heading.number
        assert not each.each or each.each in here, heading.number
        members = blank[each.each] if each.each else {}
        assert set(policy.asked(each)) <= set(here) | set(members), heading.number
        assert len(each.head) == len(each.row), heading.number


AUTHORITY = (
    "name",
    "layer",
    "service",
    "subject",
    "until",
    "fingerprint",
    "state",
    "policy",
    "crl_url",
    "key",
    "permitted",
    "excluded",
)
KEY = ("name", "type", "source", "approval", "quorum", "holders", "token")
# What each member of a list says, where the list may be empty in a new workspace.
MEMBERS = {
    "authorities": AUTHORITY,
    "roots": AUTHORITY,
    "subs": AUTHORITY,
    "anchors": ("name", "subject", "purpose", "until", "fingerprint"),
    "constrained": AUTHORITY,
    "exceptions": ("device", "how"),
    "keys": KEY,
    "tokens": KEY,
    "decided": ("clause", "value", "review", "reason", "made"),
    "waivers": ("clause", "until", "review", "reason"),
    "profiles": ("name", "about", "service", "usages", "keys", "attributes", "sans", "days"),
    "services": ("service", "usages"),
    "duties": ("name", "does", "count"),
    "pairs_refused": ("one", "other"),
    "pairs_shown": ("one", "other"),
    "agreed": ("name",),
    "reasons": ("name",),
}


def test_no_number_is_typed() -> None:
    typed = {
        heading.number: left
        for heading, each in provisions()
        for text in (each.text, *each.row, *each.head)
        for left in [re.findall(r"\d+", NAMES.sub("", re.sub(r"\{[^}]*\}", "", text)))]
        if left
    }
    assert typed == {}


def test_sections_that_are_named_exist() -> None:
    known = {each.number for each in policy.outline()}
    for heading, each in provisions():
        ours = re.sub(r"RFC \d+ section [\d.]+", "", each.text)
        for named in re.findall(r"sections? (\d[\d.]*\d|\d)(?: and (\d[\d.]*\d))?", ours):
            assert {one for one in named if one} <= known, heading.number


def test_every_value_of_the_program_has_a_name() -> None:
    named = policy.labels()
    assert set(agreement.RULES) == set(named["agreed"])
    assert {each.value for each in Duty} == set(named["duty"]) == set(named["does"])
    assert {each.value for each in Platform} <= set(named["platform"])


# Each number with a planted change: where it comes from, and what it is then.
PLANTED: dict[str, tuple[object, str, object, int]] = {
    "crl_every": (crls, "EVERY", timedelta(hours=23), 23),
    "crl_valid": (crls, "VALID", timedelta(hours=171), 171),
    "crl_most": (crls, "VALID", timedelta(hours=171), 171),
    "crl_margin": (crls, "VALID", timedelta(hours=171), 147),
    "crl_last_number": (crls, "LAST_NUMBER", 77777, 77777),
    "root_crl_most": (crls, "ROOT_VALID", timedelta(days=361), 361),
    "root_crl_valid": (crls, "ROOT_VALID", timedelta(days=361), 361),
    "root_crl_planned": (crls, "ROOT_EVERY", timedelta(days=331), 331),
    "approval_days": (agreement, "LASTS", timedelta(days=6), 6),
    "proposal_days": (agreement, "WAITS", timedelta(days=29), 29),
    "quorum_least": (custody_policy, "LEAST_QUORUM", 3, 3),
    "holders_most": (particulars, "MOST_HOLDERS", 13, 13),
    "session_minutes": (particulars, "SESSION_SECONDS", 240, 4),
    "passphrase_least": (people, "SHORTEST", 19, 19),
    "free_tries": (people, "FREE_TRIES", 4, 4),
    "delay_most": (people, "delay", lambda _: 599, 599),
    "argon_memory": (particulars, "STANDARD", envelope.Cost(300 * 1024, 5, 4), 300),
    "argon_passes": (particulars, "STANDARD", envelope.Cost(300 * 1024, 5, 4), 5),
    "access_days": (access, "EVERY", timedelta(days=88), 88),
    "ledger_days": (audit, "REVIEW_DAYS", 28, 28),
    "ledger_sample": (audit, "SAMPLE", 21, 21),
    "patch_critical": (records, "PATCH_DAYS", {"critical": 13, "important": 27}, 13),
    "patch_important": (records, "PATCH_DAYS", {"critical": 13, "important": 27}, 27),
    "backdate_minutes": (lifetimes, "BACKDATE", timedelta(minutes=55), 55),
    "events": (particulars, "EVENTS", {"one": 1}, 1),
}
# Counted from data files, the number of people, or the one shape of the hierarchy.
COUNTED = {
    "posture_days", "test_days", "clauses", "path_root", "path_sub", "registration_officers", "auditors", "ee_days",
    "rsa_bits", "decision_days",
}  # fmt: skip


def test_every_number_is_planted_or_counted(room: Room) -> None:
    numbers = {name for name, value in facts(room).items() if type(value) is int}
    assert numbers == set(PLANTED) | COUNTED


@pytest.mark.parametrize("name", list(PLANTED))
def test_a_changed_number_changes_the_sections_that_state_it_and_no_other(room: Room, name: str) -> None:
    where, attribute, value, shown = PLANTED[name]
    stated = {one for one, (place, what, *_) in PLANTED.items() if (place, what) == (where, attribute)}
    stated |= {"crl_margin"} if (where, attribute) == (crls, "EVERY") else set()  # what is left of one after the other
    seen = 0
    for document in Document:
        before = policy.composed(document, facts(room, document))
        with patch.object(where, attribute, value):
            after = policy.composed(document, facts(room, document))
        changed = {one.number for one, other in zip(before, after, strict=True) if one.lines != other.lines}
        told = {
            each.number
            for each in policy.outline()
            if any(stated & {*policy.asked(one)} for one in each.provisions[document])
        }
        assert changed == told
        lines = " ".join(line for each in after if each.number in told for line in each.lines)
        seen += bool(re.search(rf"\b{shown}\b", lines))
    assert seen


def test_a_profile_that_changes_changes_what_is_said_of_it(room: Room) -> None:
    before = policy.composed(Document.CPS, facts(room))
    changed = dict(profiles.profiles())
    first = next(iter(changed.values()))
    changed[first.name] = replace(first, days=90, ekus=(), sans=())
    with patch.object(profiles, "profiles", lambda: changed):
        after = policy.composed(Document.CPS, facts(room))
    different = {one.number for one, other in zip(before, after, strict=True) if one.lines != other.lines}
    assert different == {"3.1.1", "7.1.2"}


def test_most_headings_have_a_text_in_a_new_workspace(room: Room) -> None:
    for document in Document:
        sections = policy.composed(document, facts(room, document))
        assert len(sections) == 270
        assert all(each.parts for each in sections)
        assert sum(1 for each in sections if each.written) >= 150


def test_no_stipulation_stands_only_where_nothing_exists(room: Room) -> None:
    """A source of the program's own always has a text; a record's once there is one (see test_documents)."""
    known = {each.number: each for each in policy.outline()}
    for document in Document:
        for each in policy.composed(document, facts(room, document)):
            if Text(policy.NOTHING) in each.parts:
                sources = known[each.number].sources
                assert all(one.startswith("record:") or one == "custody" for one in sources), each.number


def test_resources_are_where_the_program_looks() -> None:
    assert Path(ROOT, "resources", "policy", "documents", "outline.tsv").is_file()
