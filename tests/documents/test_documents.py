"""Versions, approval by two, drift by heading, publishing; judged on a real PKI and read by parsers that are not ours."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from core.crypto.crls import read_crl
from core.errors import documents as errors
from core.errors import settings as setting_errors
from core.errors.proposals import SecurityOfficerMissing
from core.errors.workspace import WrongKind
from core.exports import papers
from core.model.documents import Document, ProposeDocument, PublishDocument, Standing
from core.model.papers import Text
from core.model.proposals import Proposal
from core.model.settings import SetCrlValidity
from core.model.workspace import Kind
from core.policy import documents as policy
from core.policy import records as record_policy
from core.services import audit, documents, records, settings
from core.services.papers import picture
from core.store import authorities
from core.words.documents import paper
from tests.audit.verifier import Ledger
from tests.desks import Room, make_room
from tests.pki.worlds import DUTIES, World, agree, make_network, sign_crl
from tests.records.test_records import sample
from tests.services.refusing import refused, says

NASTY = "<b>Acme</b> *Ltd* [x](http://x.example) | `rm` \u202e"
VALIDITY = SetCrlValidity("144", "bank holidays are shorter now", "CHG1")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, duties=DUTIES)
    yield made
    made.desk.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = make_network(tmp_path_factory.mktemp("world"))
    yield made
    made.root.desk.close()
    made.issuing.desk.close()


def approve(room: Room, document: Document = Document.CPS) -> Proposal:
    made = documents.propose(room.sit("alice"), ProposeDocument(document, "first issue", "CHG0050000"))
    agree(room, "bob", made)
    return made


def see(room: Room, document: Document = Document.CPS) -> Standing:
    return documents.standing(room.desk, document)


def change_validity(room: Room, command: SetCrlValidity = VALIDITY) -> None:
    agree(room, "bob", settings.set_crl_validity(room.sit("alice"), command))


# --- versions ---------------------------------------------------------------------------------------------


def test_a_version_is_approved_by_two_and_its_hash_is_in_the_ledger(room: Room) -> None:
    assert see(room).newest is None
    made = approve(room)
    seen = see(room)
    assert seen.newest is not None
    newest = seen.newest
    assert (newest.number, newest.proposer, newest.approver, seen.drift) == (1, "alice", "bob", ())
    assert newest.sha256 == made.facts["sha256"] == seen.sha256
    row = Ledger(room.path)
    assert row.check() == []
    assert audit.inspect(room.desk).faults == ()


def test_the_hash_is_of_the_text(room: Room) -> None:
    """Another program gets the same: SHA-256 of JSON with sorted keys and no spaces (RFC 8785 for texts like ours)."""
    approve(room)
    seen = see(room)
    told = {"document": "cps", "version": 1, "sections": [[one.number, one.title, one.lines] for one in seen.sections]}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert seen.newest
    assert seen.newest.sha256 == sha256(text.encode()).hexdigest()


def test_what_was_approved_is_not_approved_again(room: Room) -> None:
    approve(room)
    again = ProposeDocument(Document.CPS, "again")
    error = refused(room, lambda: documents.propose(room.sit("alice"), again), errors.DocumentUnchanged)
    says(error, "CPS", "version 1")


def test_a_text_that_changed_since_it_was_proposed_is_not_approved(room: Room) -> None:
    made = documents.propose(room.sit("alice"), ProposeDocument(Document.CPS, "first issue"))
    change_validity(room)
    error = refused(room, lambda: agree(room, "bob", made), errors.DocumentChanged)
    says(error, "version 1", "CPS")


def test_a_security_officer_is_one_of_the_two(tmp_path: Path) -> None:
    two = {**DUTIES, "dave": DUTIES["bob"]}
    room = make_room(tmp_path, two, kind=Kind.ISSUING, duties=two)
    made = documents.propose(room.sit("bob"), ProposeDocument(Document.CP, "first issue"))
    refused(room, lambda: agree(room, "dave", made), SecurityOfficerMissing)
    room.desk.close()


def test_a_links_workspace_has_no_cps(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    with pytest.raises(WrongKind):
        see(room)
    room.desk.close()


# --- drift ------------------------------------------------------------------------------------------------


def test_another_crl_validity_flags_only_the_sections_that_state_it(room: Room) -> None:
    approve(room)
    approve(room, Document.CP)
    change_validity(room)
    seen = see(room)
    stated = {
        each.number
        for each in policy.outline()
        if any({"crl_valid", "crl_margin"} & {*policy.asked(one)} for one in each.provisions[Document.CPS])
    }
    assert {each.number for each in seen.drift} == stated == {"4.9.7", "4.9.8", "4.10.2", "7.2.2"}
    for each in seen.drift:
        changed = [(was, now) for was, now in zip(each.was, each.now, strict=True) if was != now]
        for was, now in changed:
            assert re.sub(r"192|168", "", was) == re.sub(r"144|120", "", now)
    assert see(room, Document.CP).drift == ()  # what is required has not changed
    marks = paper(seen, room.desk.workspace).marks
    assert any("differs from version 1 in 4 sections" in each for each in marks)


def test_what_was_approved_can_still_be_had_and_says_what_differs(room: Room) -> None:
    with pytest.raises(errors.NothingApproved):
        documents.approved(room.desk, Document.CPS)
    approve(room)
    first = documents.approved(room.desk, Document.CPS)
    assert paper(first, room.desk.workspace).marks == ()
    assert [each.lines for each in first.sections] == [each.lines for each in see(room).sections]
    change_validity(room)
    seen = documents.approved(room.desk, Document.CPS)
    assert [each.lines for each in seen.sections] == [each.lines for each in first.sections]
    made = paper(seen, room.desk.workspace)
    assert made.marks == ("As approved. 4 sections say something else since: 4.9.7, 4.9.8, 4.10.2, 7.2.2.",)
    assert any(text.endswith("version 1") for text in made.foot)


def test_it_is_flagged_until_the_next_version_is_approved(room: Room) -> None:
    approve(room)
    change_validity(room)
    made = approve(room)
    seen = see(room)
    assert (seen.drift, made.facts["version"]) == ((), "2")
    assert seen.newest
    assert seen.newest.number == 2
    assert paper(seen, room.desk.workspace).marks == ()


def test_a_crl_counts_as_long_as_was_agreed(world: World) -> None:
    change_validity(world.issuing)
    sub = authorities.find(world.issuing.desk.file.read, "ipsec-g1")
    assert sub is not None
    crl = read_crl(sign_crl(world), sub.spki)
    assert (crl.next_update - crl.this_update).total_seconds() == 144 * 3600


@pytest.mark.parametrize("hours", ["193", "47", "0", "-96", "96.5", "096", "many", "", "9999"])
def test_a_validity_out_of_bounds_is_refused(room: Room, hours: str) -> None:
    command = SetCrlValidity(hours, "a try")
    act = lambda: settings.set_crl_validity(room.sit("alice"), command)  # noqa: E731
    says(refused(room, act, setting_errors.CrlValidityNotFit), "48", "192")


def test_the_validity_in_force_is_not_set_again(room: Room) -> None:
    command = SetCrlValidity("192", "a try")
    act = lambda: settings.set_crl_validity(room.sit("alice"), command)  # noqa: E731
    says(refused(room, act, setting_errors.CrlValidityNotFit), "192 hours already")


def test_a_record_that_is_entered_is_flagged_where_it_is_told(room: Room) -> None:
    approve(room)
    command = sample(
        record_policy.find("facility"), name="Safe 4", location="Kendal", holds="the root", admits="two people"
    )
    records.add(room.sit("alice"), command)
    seen = see(room)
    assert {each.number for each in seen.drift} == {"5.1.1", "5.1.2"}
    assert "Safe 4, Kendal: the root" in " ".join(line for each in seen.drift for line in each.now)


# --- gaps -------------------------------------------------------------------------------------------------


def test_every_record_fills_the_gaps_of_its_kind(room: Room) -> None:
    """No heading says "No stipulation" whose table names a record that exists."""
    before = {one for each in see(room).gaps for one in each.wants}
    told = {one for each in policy.outline() for one in each.records}
    assert before == told - {"component"}  # the program enters itself
    for kind in sorted(before):
        made = sample(record_policy.find(kind))
        made = replace(made, reason="it relies on us")  # a relying organisation of another community is a proposal
        added = records.add(room.sit("alice"), made)
        if isinstance(added, Proposal):
            agree(room, "bob", added)
    for document in Document:
        seen = see(room, document)
        assert seen.gaps == ()
        known = {each.number: each for each in policy.outline()}
        empty = [each.number for each in seen.sections if Text(policy.NOTHING) in each.parts]
        assert [one for one in empty if known[one].sources] == []
        assert seen.written >= 190


def test_a_gap_says_which_record_is_wanted(room: Room) -> None:
    told = {each.number: each for each in see(room).gaps}
    assert told["5.1.1"].title == "Site location and construction"
    assert "facility" in told["5.1.1"].wants


# --- published --------------------------------------------------------------------------------------------


def test_only_what_was_approved_and_is_true_is_published(room: Room) -> None:
    command = PublishDocument(Document.CPS, "sent to all relying organisations", "CHG0050001")
    publish = lambda: documents.publish(room.sit("alice"), command)  # noqa: E731
    says(refused(room, publish, errors.NothingApproved), "CPS")
    approve(room)
    assert documents.published(room.desk, Document.CPS) is None
    made = publish()
    assert documents.published(room.desk, Document.CPS) == made
    assert (made.number, made.published_by, made.distribution) == (1, "alice", "sent to all relying organisations")
    (record,) = records.in_force(room.desk, "policy-document")  # what the gates of issuing read
    assert (record.facts["document"], record.facts["version"], record.facts["hash"]) == ("cps", "1", made.sha256)
    assert see(room).drift == ()
    change_validity(room)
    error = refused(room, publish, errors.DocumentDrifted)
    says(error, "4.9.7", "4.9.8", "Version 1 of the CPS")
    assert documents.published(room.desk, Document.CPS) == made
    assert audit.inspect(room.desk).faults == ()


# --- as other parsers read it -----------------------------------------------------------------------------


class _Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if re.fullmatch("h[1-6]", tag):
            self.found.append((tag, ""))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = False if re.fullmatch("h[1-6]", tag) else getattr(self, "_open", False)

    def handle_data(self, data: str) -> None:
        if getattr(self, "_open", False):
            tag, text = self.found[-1]
            self.found[-1] = (tag, text + data)


def wanted() -> list[str]:
    return [f"{each.number} {each.title}" for each in policy.outline()]


@pytest.fixture
def nasty(world: World) -> Room:
    """A record whose texts are markup of every kind."""
    room = world.issuing
    kind = record_policy.find("supplier")
    plain = NASTY.replace("\u202e", "")
    records.add(room.sit("alice"), sample(kind, name=plain, supplies="# heading", principles="1. one\n- two\n<script>"))
    return room


@pytest.mark.parametrize("document", list(Document), ids=lambda each: each.value)
def test_html_has_the_headings_and_no_tag_of_anybody_else(nasty: Room, document: Document) -> None:
    made = papers.html(paper(see(nasty, document), nasty.desk.workspace), picture)
    reader = _Headings()
    reader.feed(made)
    assert [text for tag, text in reader.found if tag in ("h2", "h3", "h4")][1:] == wanted()
    assert not reader.tags & {"b", "script", "img", "i", "em"} - {"b"}
    assert "<b>Acme" not in made
    assert ("&lt;b&gt;Acme&lt;/b&gt;" in made) is (document is Document.CPS)


def test_markdown_has_the_headings_and_texts_are_texts(nasty: Room, qtbot: QtBot) -> None:
    """md4c, Qt's parser of GitHub's Markdown, reads it."""
    for document in Document:
        text = papers.markdown(paper(see(nasty, document), nasty.desk.workspace)).decode()
        read = QTextDocument()
        read.setMarkdown(text)
        found, block = [], read.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1:
                found.append(block.text())
            block = block.next()
        assert found[1:] == wanted()
        if document is Document.CPS:
            assert "<b>Acme</b> *Ltd* [x](http://x.example) | `rm`" in read.toPlainText()
            assert "1. one - two <script>" in read.toPlainText()


def test_what_the_registers_say_is_what_the_cps_says(world: World) -> None:
    seen = {each.number: " ".join(each.lines) for each in see(world.issuing).sections}
    connection = world.issuing.desk.file.read
    for each in authorities.all_authorities(connection):
        assert each.crl_url in seen["2.1"]
        assert each.name in seen["1.3.1"]
    assert "any 2 of 3 custodians" in seen["6.2.2"]
    assert "2030-12-31" in seen["1.3.1"]
    root = {each.number: " ".join(each.lines) for each in see(world.root).sections}
    assert "replaced by a decision of two people" in root["6.3.2"]
