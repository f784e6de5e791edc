"""An incident names the certificates that were revoked for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit

from core.services import records
from tests.gui.ca.conftest import Office
from tests.gui.walk import controls


def test_a_revoked_certificate_is_ticked_kept_and_shown_with_its_state(office: Office) -> None:
    window = office.open(office.made.issuing, "alice")
    desk = window.desk
    assert desk is not None
    window.wanted("record", "incident")
    dialog = window.windows.dialog
    assert dialog is not None
    offered = dialog.findChild(QListWidget, "serialsRevoked")
    assert [offered.item(at).data(Qt.ItemDataRole.UserRole) for at in range(offered.count())] == [office.made.revoked]
    offered.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog.findChild(QLineEdit, "serials").text() == office.made.revoked
    for name, text in (("title", "gw2 stolen"), ("detected", "2026-11-20")):
        dialog.findChild(QLineEdit, name).setText(text)
    for name in ("happened", "measures"):
        dialog.findChild(QPlainTextEdit, name).setPlainText("the gateway was taken; its certificate was revoked")
    assert [widget.objectName() for widget, name in controls(dialog) if not name] == []
    dialog.go_on().click()  # type: ignore[attr-defined]
    office.qtbot.waitUntil(lambda: dialog.committed)  # type: ignore[attr-defined]
    dialog.done(0)
    (made,) = records.in_force(desk, "incident")
    assert made.facts["serials"] == office.made.revoked
    window.work.go("records")
    page = window.work.records
    office.qtbot.waitUntil(lambda: page.table.choose("incident") and page.lines.rows.rowCount() == 1)
    said = [each.text() for each in window.work.pane.findChildren(QLabel)]
    assert office.made.revoked in said
    assert "Revoked" in said or "revoked" in said
