"""The chart of the weeks, by keyboard and mouse, and the map of the authorities."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from gui.widgets.chart import ExpiryChart
from gui.widgets.tree import AuthorityMap
from tests.gui.ca.conftest import Office
from tests.gui.ca.test_pages import said


def test_a_week_of_the_chart_opens_its_certificates(office: Office) -> None:
    window = office.open(office.made.issuing, "bob")
    page = window.work.page
    chart = page.findChild(ExpiryChart, "expiryChart")
    assert chart.isVisible()
    chart.setFocus()
    counts: dict[str, int] = {}
    office.qtbot.keyClick(chart, Qt.Key.Key_Home)
    for _ in range(53):
        assert chart.at is not None
        counts[chart.accessibleDescription()] = chart.at.count
        if chart.at.count:
            break
        office.qtbot.keyClick(chart, Qt.Key.Key_Right)
    week = chart.at
    assert week is not None
    assert week.count == 1  # gw1; gw2 is revoked
    assert f"Week of {week.first.isoformat()}: 1 end" in counts
    office.qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert window.work.page.objectName() == "certificates"
    table = window.work.page.table  # type: ignore[attr-defined]
    assert {table.rows.row(at).device for at in range(table.rows.rowCount())} == {"gw1", "gw2"}
    chip = window.work.page.findChild(QPushButton, "chip_week")
    assert chip.isVisible()
    assert week.first.isoformat() in chip.text()
    window.work.page.between(next(each for each in window.shown.hierarchy.weeks if not each.count))  # type: ignore
    assert table.rows.rowCount() == 0
    chip.click()
    assert table.rows.rowCount() == 2
    assert not chip.isVisible()
    window.close_file()


def test_the_map_chooses_in_the_table(office: Office) -> None:
    window = office.open(office.made.issuing, "bob")
    window.work.go("authorities")
    drawn = window.work.page.findChild(AuthorityMap, "authorityMap")
    assert drawn.isVisible()
    assert "ipsec-g1, IPsec, Active" in drawn.accessibleDescription()
    box = drawn._boxes()["ipsec-g1"]
    office.qtbot.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert window.work.page.table.current.authority.name == "ipsec-g1"  # type: ignore[attr-defined]
    window.close_file()


def test_an_open_record_is_told_at_the_root(office: Office) -> None:
    window = office.open(office.made.root, "bob")
    window.work.go("authorities")
    assert "record of the root key ceremony is open" in said(window.work.page, "authorityLegText")
    window.work.page.findChild(QPushButton, "authorityLegButton").click()
    assert window.windows.dialog is not None
    assert window.windows.dialog.objectName() == "wizard_close-ceremony"
    window.windows.dialog.reject()
    window.close_file()


def test_a_folder_that_was_written_is_not_opened_as_a_workspace(office: Office, tmp_path: Path) -> None:
    """Publishing a CRL closed the workspace: its result is the folder's path, as a new workspace's is a file's."""
    window = office.open(office.made.issuing, "bob")
    window.done(tmp_path / "ipsec-g1-crl-2")
    assert window.desk is not None
    assert window.stack.currentWidget() is window.work
    assert "recorded in the activity log" in said(window.work, "bannerText")
    window.close_file()
