"""The Compliance page: the service's rows, searched by column, and a clause word for word beside them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors.people import RosterTampered
from core.model.compliance import ClauseState, Compliance
from core.services import compliance
from core.words.compliance import STATES, what_to_do
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
        (each.clause.id, STATES[each.state], each.owner or dash, str(each.due or dash), each.clause.asks)
        for each in found.rows
    ]
    assert len(expected) == 105
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
