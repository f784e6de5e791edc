"""What the pages show, and the one way on that each offers."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.model.audit import Witness
from core.model.links import Standing
from core.services import advice, audit, views
from core.services.views import Health
from core.store import audit as ledger
from core.words.advice import step
from gui.preferences import Preferences
from gui.window import MainWindow
from tests.desks import Room, make_room
from tests.gui.conftest import Sample, Seat

# --- overview -----------------------------------------------------------------------------------


def test_what_to_do_now_is_what_the_core_says_in_its_order(seat: Seat) -> None:
    window = seat.window
    assert window.shown is not None
    said = [step(each) for each in window.shown.steps]
    assert len(said) > 4
    seat.qtbot.waitUntil(lambda: window.work.overview.findChild(QLabel, f"todo{len(said) - 1}Words") is not None)
    shown = [window.work.overview.findChild(QLabel, f"todo{at}Words").text() for at in range(len(said))]
    assert shown == said
    buttons = [window.work.overview.findChild(QPushButton, f"todo{at}Button") for at in range(len(said))]
    assert all(each.text().endswith("\u2026") for each in buttons)


def test_the_first_button_opens_its_wizard(seat: Seat) -> None:
    window = seat.window
    assert window.shown is not None
    first = window.shown.steps[0]
    window.work.overview.findChild(QPushButton, "todo0Button").click()
    dialog = window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == f"wizard_{first.act}"


def test_an_empty_workspace_says_how_to_begin(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    room = make_room(tmp_path)
    room.desk.close()
    window.open(room.path, read_only=True)
    qtbot.waitUntil(lambda: window.shown is not None)
    assert "no devices yet" in window.work.overview.findChild(QLabel, "todo0Words").text()
    window.work.go("links")
    assert window.work.links.nothing.isVisible()
    assert not window.work.links.table.isVisible()


def test_nothing_due_is_said(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    room = _settled(tmp_path)
    room.desk.close()
    window.open(room.path, read_only=True)
    qtbot.waitUntil(lambda: window.shown is not None)
    assert window.work.overview.findChild(QLabel, "nothingDueWords") is None, "the signed rows were not read yet"
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.people is not None)
    assert window.shown is not None
    assert window.shown.steps == ()
    assert "Nothing is due" in window.work.overview.findChild(QLabel, "nothingDueWords").text()


def _settled(folder: Path) -> Room:
    """One link, approved, exported, read back at both ends."""
    from core.model.links import ExportLinks, ReadBackDevice
    from core.services import exports, readback
    from core.services.perform import perform

    room = make_room(folder)
    link = room.ready_link()
    perform(room.sit("alice"), exports.EXPORT, ExportLinks((link.name,), folder / "out"))
    for name in room.pems:
        perform(room.desk, readback.READ_BACK, ReadBackDevice(name, b"".join(room.pems.values())))
    return room


# --- links --------------------------------------------------------------------------------------


def test_the_matrix_says_who_holds_what_in_words(seat: Seat) -> None:
    window = seat.window
    window.work.go("links")
    window.work.links.view(2)
    assert window.shown is not None
    model = window.work.links._matrix.cells  # type: ignore[union-attr]
    cells = {(each.holder, each.peer): each for each in views.matrix(window.shown.picture)}
    words = {
        (row, column): model.data(model.index(at, to))
        for at, row in enumerate(model.names)
        for to, column in enumerate(model.names)
    }
    filled = {pair for pair, word in words.items() if word not in ("", "\u2014")}
    living = {pair for pair in cells if pair[0] in model.names and pair[1] in model.names}
    assert filled == living
    assert {"Confirmed", "Exported", "Needs read-back", "Not exported"} <= set(words.values())


def test_a_changed_key_turns_every_end_that_holds_it_amber(seat: Seat) -> None:
    assert seat.window.shown is not None
    changed, seen = seat.device(Health.CHANGED), seat.window.shown.picture
    held = [each for each in views.matrix(seen) if each.peer == changed and each.standing is not Standing.MISSING]
    assert held
    assert {each.standing for each in held} == {Standing.STALE}


def test_the_map_by_keyboard(seat: Seat) -> None:
    window = seat.window
    window.bars.menus.actions["actMap"].trigger()
    view = window.work.links._map
    assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    first = view.current
    assert first
    seen = {first}
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
        seen.add(view.current)
    assert len(seen) > 1
    before = view.transform().m11()
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.transform().m11() < before
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.transform().m11() == 1
    QTest.keyClick(view, Qt.Key.Key_F)
    assert 0.5 < view.transform().m11() <= 1
    assert window.work.pane.isVisible()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [each.target.name for each in window.windows._details] == [view.current]


def test_search_finds_and_says_what_it_did_not_find(seat: Seat) -> None:
    window = seat.window
    window.bars.menus.actions["actFind"].trigger()
    assert window.work.page.objectName() == "links"
    window.bars.search.setText("key:changed")
    rows = window.work.links.table.rows
    assert {rows.row(at).health for at in range(rows.rowCount())} == {Health.CHANGED}
    window.bars.search.setText("no such thing")
    assert "no such thing" in window.work.links.nothing.findChild(QLabel, "linksEmptyWords").text()
    window.work.links.nothing.findChild(QPushButton, "linksEmptyButton").click()
    assert window.bars.search.text() == ""
    assert rows.rowCount() > 4


# --- details, exports, log, settings ------------------------------------------------------------


def test_buttons_that_cannot_be_used_say_why_beside_them(seat: Seat) -> None:
    window = seat.window
    window.work.go("keys")
    window.work.page.table.choose(seat.device(Health.NO_KEY))  # type: ignore[attr-defined]
    compare = window.work.pane.findChild(QPushButton, "offer_compare")
    assert not compare.isEnabled()
    assert compare.accessibleDescription() == "There is no key on file yet."
    assert window.work.pane.findChild(QLabel, "offer_compareWhy").text() == "There is no key on file yet."


def test_the_queue_is_oldest_first_with_whom_to_call(seat: Seat) -> None:
    window = seat.window
    window.work.go("verify")
    rows = window.work.page.table.rows  # type: ignore[attr-defined]
    waits = [rows.row(at).waiting.received for at in range(rows.rowCount())]
    assert waits == sorted(waits)
    assert len(waits) > 2
    window.work.page.table.setCurrentIndex(rows.index(0, 0))  # type: ignore[attr-defined]
    said = " ".join(each.text() for each in window.work.pane.findChildren(QLabel))
    assert rows.row(0).device.phone in said
    assert rows.row(0).device.phone_from in said


def test_exports_say_what_is_current(seat: Seat) -> None:
    window = seat.window
    window.work.go("exports")
    rows = window.work.page.table.rows  # type: ignore[attr-defined]
    words = [rows.data(rows.index(at, 3)) for at in range(rows.rowCount())]
    assert set(words) == {"Current", "Out of date"}
    assert all(len(rows.row(at).export.manifest_sha256) == 64 for at in range(rows.rowCount()))


def test_the_log_verifies_and_a_false_row_is_found(seat: Seat) -> None:
    import sqlite3

    window = seat.window
    window.bars.menus.actions["actVerifyLog"].trigger()
    seat.qtbot.waitUntil(lambda: "fit together" in window.work.activity.banner.text)
    window.close_file()
    connection = sqlite3.connect(seat.sample.path)
    connection.execute("DROP TRIGGER device_facts")
    connection.execute("UPDATE device SET phone = '+44 1 666'")
    connection.commit()
    connection.close()
    window.open(seat.sample.path, read_only=True)
    seat.qtbot.waitUntil(lambda: window.stack.currentWidget() is window.work)
    window.bars.menus.actions["actVerifyLog"].trigger()
    seat.qtbot.waitUntil(lambda: "does not hold together" in window.work.activity.banner.text)


def test_settings_of_the_program_and_facts_of_the_file(seat: Seat) -> None:
    window = seat.window
    window.work.go("settings")
    said = " ".join(each.text() for each in window.work.page.findChildren(QLabel))
    for part in (str(seat.sample.path), "rehearsal", "Alice Archer", "Example Networks", "write-ahead"):
        assert part in said
    page = window.work.page
    page.look.setCurrentIndex(2)  # type: ignore[attr-defined]
    page.look.activated.emit(2)  # type: ignore[attr-defined]
    assert window.preferences.look == "dark"
    page.zoom.setValue(15)  # type: ignore[attr-defined]
    assert window.preferences.zoom == 150
    page.minutes.setValue(60)  # type: ignore[attr-defined]
    assert window.preferences.lock_minutes == 60
    window.preferences.look, window.preferences.zoom = "light", 100


def test_the_sheet_as_pdf_has_every_form(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.services.sheets import vouched
    from gui.sheet import document

    window = seat.window
    name = seat.device(Health.VERIFIED)
    path = tmp_path / "sheet.pdf"
    monkeypatch.setattr("gui.shell.files.save_file", lambda *_: path)
    window.work.go("keys")
    window.work.page.table.choose(name)  # type: ignore[attr-defined]
    window.bars.menus.actions["actSheet"].trigger()
    seat.qtbot.waitUntil(lambda: str(path) in window.work.banner.text)
    assert path.read_bytes().startswith(b"%PDF")
    assert window.desk is not None
    facts = vouched(window.desk, name)
    text = document(facts).toPlainText()
    squeezed = "".join(text.split()).casefold()
    assert all("".join(value.split()).casefold() in squeezed for value in facts.forms.values())
    assert "REHEARSAL" in text
    note = tmp_path / "checkpoint.txt"
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if line == facts.checkpoint.splitlines()[0])
    note.write_text("\n".join(lines[first : first + len(facts.checkpoint.splitlines())]) + "\n", encoding="utf-8")
    report = audit.inspect(window.desk, untrusted_checkpoints={"paper": note.read_bytes()})
    assert [each.standing for each in report.judged] == [Witness.VOUCHES]  # as typed off the paper
    assert facts.qr == f"SPKI-SHA256:{facts.forms['spki-sha256']}"  # type: ignore[index]


def test_text_of_others_is_no_markup_on_the_sheet(tmp_path: Path) -> None:
    from core.services.sheets import sheet
    from gui.sheet import document

    room = make_room(tmp_path)
    room.device("lon")
    room.receive("lon")
    room.compare("alice", "lon", reader="<h1>Carol</h1> & <img src=x>")
    room.compare("bob", "lon", channel="sheet")
    assert "<h1>Carol</h1> & <img src=x>" in document(sheet(room.desk, "lon")).toPlainText()
    room.desk.close()


# --- another language ---------------------------------------------------------------------------


class Pseudo(QTranslator):
    """Accents, and 30 per cent longer, as German is."""

    accents = str.maketrans("aeiouAEIOU", "\u00e1\u00e9\u00ed\u00f3\u00fa\u00c1\u00c9\u00cd\u00d3\u00da")

    def translate(self, _context: str, text: str, _comment: str = "", _number: int = -1) -> str:
        if not text or "{" in text or "%" in text:
            return text
        return text.translate(self.accents) + "~" * max(1, round(len(text) * 0.3))

    def isEmpty(self) -> bool:
        return False


@pytest.mark.parametrize("size", [(960, 600), (1280, 800)])
def test_longer_words_fit_their_buttons(
    qtbot: QtBot, preferences: Preferences, sample: Sample, size: tuple[int, int]
) -> None:
    pseudo = Pseudo()
    QApplication.installTranslator(pseudo)
    try:
        window = MainWindow(preferences)
        window.resize(*size)
        window.show()
        Seat(window, sample, qtbot)
        assert window.work.overview.title == "\u00d3v\u00e9rv\u00ed\u00e9w~~"
        window.open(sample.path, read_only=True)
        qtbot.waitUntil(lambda: window.stack.currentWidget() is window.work)
        qtbot.waitUntil(lambda: _cut(window) == [])  # what was just shown is laid out by an event of its own
        for page in window.work.pages:
            window.work.go(page.objectName())
            table = getattr(page, "table", None)
            if table is not None:
                table.setCurrentIndex(table.rows.index(0, 0))
            QApplication.processEvents()
            qtbot.waitUntil(lambda: _cut(window) == [])
        window.close()
    finally:
        QApplication.removeTranslator(pseudo)


def _cut(window: MainWindow) -> list[str]:
    """Buttons in view that are too small for their words."""
    shown = [each for each in window.findChildren(QPushButton) if each.isVisible() and each.text()]
    return [
        each.text()
        for each in shown
        if each.width() < each.minimumSizeHint().width() - 1 or each.height() < each.fontMetrics().height()
    ]


def test_the_advice_is_the_core_s(seat: Seat) -> None:
    from core.words.advice import advised

    assert seat.window.shown is not None
    assert seat.window.work.overview._advice.text == advised(advice.advice(seat.window.shown.picture))


def _newest(seat: Seat) -> tuple[str, str]:
    desk = seat.window.desk
    assert desk is not None
    row = ledger.recent(desk.file.read, 1)[0]
    return row.actor, row.action


def test_looking_at_the_log_is_on_record_once(seat: Seat) -> None:
    window = seat.window
    window.work.go("activity")
    seat.qtbot.waitUntil(lambda: _newest(seat) == ("alice", "audit.read"))
    window.work.go("links")
    window.work.go("activity")
    seat.qtbot.wait(300)
    assert window.desk is not None
    assert [row.action for row in ledger.recent(window.desk.file.read, 2)].count("audit.read") == 1


def test_who_may_not_read_the_log_is_told_who_may(seat: Seat) -> None:
    window = seat.window
    window.lock()
    seat.sign_in("dave")
    window.work.go("activity")
    seat.qtbot.waitUntil(lambda: _newest(seat) == ("dave", "refused"))
    seat.qtbot.waitUntil(lambda: "Security officer, Auditor" in window.work.banner.text)
    assert window.work.page.table.rows.rowCount() == 0  # type: ignore[attr-defined]
