"""The Compliance page: the service's rows, searched by column, and a clause word for word beside them."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.errors.people import RosterTampered
from core.model.compliance import ClauseState, Compliance, Todo, Waive
from core.policy import register
from core.services import approvals, compliance, papers, waivers
from core.services.advice import offers_for_clause
from core.words.compliance import STATES, what_to_do, what_to_do_of_standard
from core.words.proposals import sentence as sentence_of
from core.words.say import sentence
from gui.pages.compliance import CompliancePage
from gui.window import MainWindow
from tests.gui.conftest import Sample, Seat
from tests.gui.test_access import unnamed
from tests.gui.walk import everything
from tests.spoil import spoil

COLUMNS = range(5)


def page(seat: Seat) -> CompliancePage:
    """The page, read."""
    seat.window.work.go("compliance")
    shown = seat.window.work.compliance
    seat.qtbot.waitUntil(lambda: shown.table.rows.total > 0)
    return shown


def standing(seat: Seat) -> Compliance:
    desk = seat.sample.desk()
    found = compliance.status(desk)
    desk.close()
    return found


def rows(shown: CompliancePage) -> list[tuple[str, ...]]:
    model = shown.table.rows
    return [tuple(str(model.data(model.index(at, to))) for to in COLUMNS) for at in range(model.rowCount())]


def test_the_rows_are_those_of_the_service(seat: Seat) -> None:
    shown, found = page(seat), standing(seat)
    dash = "\u2014"
    expected = [
        (each.name, STATES[each.state], each.owner or dash, str(each.due or dash), each.asks) for each in found.every
    ]
    assert len(expected) == 105 + len(register.standards())
    assert rows(shown) == expected


def test_the_section_counts_what_is_open_or_overdue(seat: Seat) -> None:
    page(seat)
    found = standing(seat)
    waiting = [each for each in found.rows if each.state in (ClauseState.OPEN, ClauseState.OVERDUE)]
    assert waiting
    nav, place = seat.window.work.nav, [each.objectName() for each in seat.window.work.pages].index("compliance")
    assert nav.accessibleName()
    assert nav.item(place).data(Qt.ItemDataRole.AccessibleTextRole) == f"Compliance, {len(waiting)}"


def test_search_by_state_owner_and_day(seat: Seat) -> None:
    shown, found = page(seat), standing(seat)
    seat.window.bars.search.setText("state:open")
    assert [each[0] for each in rows(shown)] == [
        each.clause.id for each in found.rows if each.state is ClauseState.OPEN
    ]
    dated = next(each for each in found.rows if each.due)
    seat.window.bars.search.setText(f"due:{dated.due}")
    assert [each[0] for each in rows(shown)] == [each.clause.id for each in found.rows if each.due == dated.due]
    seat.window.bars.search.setText("owner:nobody-of-that-name")
    assert not shown.table.isVisible()
    assert shown.nothing.isVisible()


def test_the_pane_has_the_clause_word_for_word_its_rule_and_what_to_do(seat: Seat) -> None:
    shown, found = page(seat), standing(seat)
    rule = next(each for each in found.rows if each.register.rules and each.register.proofs and each.evidence)
    owed = next(each for each in found.rows if each.state is ClauseState.OPEN)
    for row in (rule, owed):
        assert shown.table.choose(row.clause.id)
        said = [each.text() for each in seat.window.work.pane.findChildren(QLabel)]
        assert row.clause.quote in said
        assert what_to_do(row) in said
        assert STATES[row.state] in said
        bare = [each.replace("\u200b", "") for each in said]
        assert not row.register.rules or "\n".join(row.register.rules) in bare
        assert not row.register.proofs or "\n".join(row.register.proofs) in bare
        assert unnamed(seat.window) == []
    shown.table.choose(rule.clause.id)
    newest = rule.evidence[0]
    assert any(
        f"the newest is entry {newest.number}," in each.text() for each in seat.window.work.pane.findChildren(QLabel)
    )


def test_rows_that_nobody_signed_are_told_instead(window: MainWindow, sample: Sample, qtbot: QtBot) -> None:
    spoil(sample.path, "UPDATE operator SET full_name = 'Mallory' WHERE name = 'alice'")
    window.open(sample.path, read_only=True)
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.people is not None)
    assert window.shown is not None
    assert isinstance(window.shown.people, RosterTampered)
    fault = sentence(window.shown.people)
    window.work.go("compliance")
    said = window.work.compliance.nothing
    qtbot.waitUntil(lambda: any(each.text() == fault for each in said.findChildren(QLabel)))
    assert "mallory" not in everything(said)


def test_filters_by_state_person_and_day(seat: Seat) -> None:
    shown, found = page(seat), standing(seat)
    for box, value, wanted in (
        ("complianceState", "open", lambda row: row.state is ClauseState.OPEN),
        ("complianceState", ClauseState.NOT_YET.value, lambda row: row.state is ClauseState.NOT_YET),
        ("complianceDue", "0", lambda row: row.due is not None and row.due < found.day),
        ("complianceDue", "90", lambda row: row.due is not None and row.due <= found.day + timedelta(days=90)),
        ("compliancePerson", "alice", lambda row: row.owner == "alice"),
    ):
        choice = shown.findChild(QComboBox, box)
        choice.setCurrentIndex(choice.findData(value))
        assert choice.currentData() == value
        expected = [each.name for each in found.every if wanted(each)]
        assert expected
        assert [each[0] for each in rows(shown)] == expected
        choice.setCurrentIndex(0)
    assert len(rows(shown)) == 105 + len(register.standards())


def test_the_pane_of_an_rfc_has_its_section_what_it_asks_and_its_rules(seat: Seat) -> None:
    shown, found = page(seat), standing(seat)
    for row in found.standards:
        assert shown.table.choose(row.name)
        said = [each.text().replace("\u200b", "") for each in seat.window.work.pane.findChildren(QLabel)]
        for each in (register.section(row.name), row.asks, STATES[row.state], "\n".join(row.register.rules)):
            assert each in said
    gone = replace(found.standards[0], state=ClauseState.OPEN, missing=("core.policy.gates:gone",))
    assert what_to_do_of_standard(gone) == (
        "The rule core.policy.gates:gone is not in place. Stop work and tell the responsible person."
    )
    assert unnamed(seat.window) == []


def press(seat: Seat, name: str) -> QDialog:
    seat.window.work.findChild(QPushButton, name).click()
    dialog = seat.window.windows.dialog
    assert dialog is not None
    return dialog


def test_an_open_clause_leads_to_the_form_that_closes_it(seat: Seat) -> None:
    shown = page(seat)
    for row in standing(seat).rows:
        offers = offers_for_clause(row)
        if row.todo not in (Todo.NOTHING, Todo.LATER, Todo.RULE, Todo.OVERRIDE):
            assert offers, row.clause.id
        if row.todo is Todo.RECORD:
            assert shown.table.choose(row.clause.id)
            dialog = press(seat, "offer_record")
            assert dialog.objectName() == "wizard_record"
            kind = row.register.records[0].partition(":")[0]
            assert dialog.flow.kind == kind  # type: ignore[attr-defined]
            dialog.done(0)


def test_waivers_are_proposed_and_listed_here(seat: Seat) -> None:
    shown, desk = page(seat), seat.window.desk
    assert desk is not None
    assert not shown.agreed.isVisible()
    dialog = press(seat, "complianceWaive")
    assert dialog.objectName() == "wizard_waive"
    dialog.done(0)
    assert not shown.decide.isVisible()  # dates of keys of CAs
    day = (desk.clock().date() + timedelta(days=60)).isoformat()
    name = next(name for name, row in register.rows().items() if row.waivable)
    asked = waivers.waive(desk, Waive(name, "the safe comes in spring", day, day, "CHG1"))
    approvals.approve(desk, "bob", seat.sample.passphrases["bob"], {asked.digest: sentence_of(asked)})
    seat.window.reload()
    seat.qtbot.waitUntil(shown.agreed.isVisible)
    model = shown.agreed.rows
    assert [str(model.data(model.index(0, at))) for at in range(4)] == ["W-1", name, "waiver", day]
    assert unnamed(seat.window) == []


@pytest.mark.parametrize("ending", ["pdf", "html", "json"])
def test_the_report_is_saved_beside_the_window(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    shown, out = page(seat), tmp_path / f"assurance.{ending}"
    monkeypatch.setattr("gui.shell.files.save_file", lambda *_: out)
    threads: list[bool] = []
    drawn = papers.written
    monkeypatch.setattr(
        "gui.saving.written",
        lambda *all_of: threads.append(threading.current_thread() is threading.main_thread()) or drawn(*all_of),
    )
    shown.findChild(QPushButton, "complianceSave").click()
    seat.qtbot.waitUntil(lambda: out.exists() and seat.window.lane.job is None)
    assert threads == [False]
    told = out.read_bytes()
    assert told[:4] in (b"%PDF", b"<!DO", b'{\n "')
    assert ending == "pdf" or b"Checkpoint of the ledger" in told
    assert "Saved as" in seat.window.work.banner.findChild(QLabel, "bannerText").text()


def test_a_name_that_tells_no_format_is_refused(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, desk = page(seat), seat.sample.desk()
    before = desk.file.read.execute("SELECT count(*) FROM ledger WHERE action LIKE '%checkpoint%'").fetchone()[0]
    monkeypatch.setattr("gui.shell.files.save_file", lambda *_: tmp_path / "report.docx")
    shown.findChild(QPushButton, "complianceSave").click()
    seat.qtbot.waitUntil(seat.window.work.banner.isVisible)
    assert list(tmp_path.glob("report*")) == []
    after = desk.file.read.execute("SELECT count(*) FROM ledger WHERE action LIKE '%checkpoint%'").fetchone()[0]
    desk.close()
    assert after == before
