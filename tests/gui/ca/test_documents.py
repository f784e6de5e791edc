"""The Policy documents page: versions, what differs, what is missing, the text; proposed and made available from it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from core.model.documents import Document, ProposeDocument
from core.model.settings import SetCrlValidity
from core.services import approvals, documents, settings
from core.services.desk import Desk
from core.words.proposals import sentence
from gui.pages.ca.documents import PolicyDocuments
from tests.desks import passphrase
from tests.gui.ca.conftest import Office
from tests.gui.ca.test_custody import cells
from tests.gui.walk import controls


def page_of(office: Office, who: str = "alice") -> tuple[PolicyDocuments, Desk]:
    window = office.open(office.made.issuing, who)
    window.work.go("documents")
    page, desk = window.work.page, window.desk
    assert isinstance(page, PolicyDocuments)
    assert desk is not None
    office.qtbot.waitUntil(lambda: page.table.rows.total == 2)
    return page, desk


def visible_buttons(office: Office, name: str) -> list[QPushButton]:
    return [each for each in office.window.work.findChildren(QPushButton, name) if each.isVisible()]


def agreed(desk: Desk) -> None:
    """Bob approves the one version that waits and nothing else."""
    made = documents.propose(desk, ProposeDocument(Document.CPS, "first issue"))
    approvals.approve(desk, "bob", passphrase("bob"), {made.digest: sentence(made)})


def test_both_documents_stand_there_with_what_is_missing(office: Office) -> None:
    page, _ = page_of(office)
    rows = cells(page.table)
    assert [row[0] for row in rows] == ["Certificate Policy", "Certification Practice Statement"]
    assert {row[4] for row in rows} == {"draft, not approved"}
    wants = cells(page.sections)
    assert ["5.3.1", "Qualifications, experience, and clearance requirements"] in [row[:2] for row in wants]
    assert "4.9.7 CRL issuance frequency (if applicable)" in page.text.toPlainText()
    assert "DRAFT" in page.text.toPlainText()
    assert [widget.objectName() for widget, name in controls(page) if not name] == []


def test_what_differs_is_listed_by_its_heading(office: Office) -> None:
    page, desk = page_of(office)
    agreed(desk)
    asked = settings.set_crl_validity(desk, SetCrlValidity("96", "short holidays"))
    approvals.approve(desk, "bob", passphrase("bob"), {asked.digest: sentence(asked)})
    office.window.reload()

    def lines() -> list[list[str]]:
        return [row for row in cells(page.sections) if "differs" in row[2]]

    office.qtbot.waitUntil(lambda: bool(lines()))
    assert [row[0] for row in lines()] == ["4.9.7", "4.9.8", "4.10.2", "7.2.2"]
    assert "96 hours" in lines()[0][3]
    assert cells(page.table)[1][1:3] == ["1", "alice, bob"]


def test_the_buttons_open_their_wizards(office: Office) -> None:
    page, desk = page_of(office)
    assert page.table.choose("cps")
    agreed(desk)
    office.window.reload()
    for name, wizard in (
        ("offer_publish-statement", "wizard_publish-statement"),
        ("documentsValidity", "wizard_crl-validity"),
    ):
        office.qtbot.waitUntil(lambda name=name: any(each.isEnabled() for each in visible_buttons(office, name)))
        visible_buttons(office, name)[-1].click()
        dialog = office.window.windows.dialog
        assert dialog is not None
        assert dialog.objectName() == wizard
        dialog.reject()


@pytest.mark.parametrize("ending", ["pdf", "md", "html", "json"])
def test_it_is_saved_in_the_format_of_its_name(office: Office, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    page, _ = page_of(office)
    out = office.folder / f"cps.{ending}"
    monkeypatch.setattr("gui.shell.files.save_file", lambda *_: out)
    next(widget for widget, _ in controls(page) if widget.objectName() == "documentsSave").click()  # type: ignore[attr-defined]
    office.qtbot.waitUntil(lambda: out.exists() and office.window.lane.job is None)
    assert out.stat().st_size > 20_000
    if ending != "pdf":  # where it is drawn
        assert "anchorhold" in out.read_text(encoding="utf-8").casefold()
        assert "Checkpoint of the ledger" in out.read_text(encoding="utf-8")
    assert Path(out).read_bytes()[:4] in (b"%PDF", b"# Ce", b"<!DO", b'{\n "')


def test_the_approved_version_is_saved_however_much_differs_since(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, desk = page_of(office)
    assert not page.approved.isEnabled()  # nothing is approved yet
    agreed(desk)
    asked = settings.set_crl_validity(desk, SetCrlValidity("96", "short holidays"))
    approvals.approve(desk, "bob", passphrase("bob"), {asked.digest: sentence(asked)})
    office.window.reload()
    assert page.table.choose("cps")
    office.qtbot.waitUntil(page.approved.isEnabled)
    written = {}
    for button in ("documentsSaveApproved", "documentsSave"):
        out = office.folder / f"{button}.md"
        monkeypatch.setattr("gui.shell.files.save_file", lambda *_, out=out: out)
        page.findChild(QPushButton, button).click()
        office.qtbot.waitUntil(lambda out=out: out.exists() and office.window.lane.job is None)
        written[button] = out.read_text(encoding="utf-8")
    assert "96 hours" in written["documentsSave"]
    assert "96 hours" not in written["documentsSaveApproved"]
    assert (
        "As approved. 4 sections say something else since: 4.9.7, 4.9.8, 4.10.2, 7.2.2."
        in written["documentsSaveApproved"]
    )
    assert page.table.choose("cp")
    assert not page.approved.isEnabled()


def test_the_pane_has_the_versions_with_their_approvers_and_what_to_do(office: Office) -> None:
    page, desk = page_of(office)
    pane = office.window.work.pane
    assert page.table.choose("cps")
    assert pane.findChild(QPushButton, "offer_statement").property("primary") == "true"
    assert not pane.findChild(QPushButton, "offer_publish-statement").isEnabled()
    made = documents.propose(desk, ProposeDocument(Document.CPS, "first issue"))
    office.window.reload()
    office.qtbot.waitUntil(lambda: pane.findChild(QPushButton, "offer_approve") is not None)
    assert not pane.findChild(QPushButton, "offer_approve").isEnabled()  # alice asked for it
    approvals.approve(desk, "bob", passphrase("bob"), {made.digest: sentence(made)})
    office.window.reload()
    office.qtbot.waitUntil(lambda: any(each.text() == "Version 1" for each in pane.findChildren(QLabel)))
    said = [each.text().replace("\u200b", "") for each in pane.findChildren(QLabel)]
    assert "alice" in said
    assert "bob" in said
    assert documents.standing(desk, Document.CPS).versions[0].sha256 in said
    office.qtbot.waitUntil(
        lambda: [each.isEnabled() for each in visible_buttons(office, "offer_publish-statement")] == [True]
    )
    assert [widget.objectName() for widget, name in controls(office.window) if not name] == []


def test_a_gap_leads_to_the_record_that_it_wants(office: Office) -> None:
    page, _ = page_of(office)
    model = page.sections.rows
    place = next(at for at in range(model.rowCount()) if model.row(at).number == "1.5.2")
    assert "Responsible person" in model.row(place).what
    page.sections.opened.emit(model.row(place))
    dialog = office.window.windows.dialog
    assert dialog is not None
    assert dialog.objectName() == "wizard_record"
    assert dialog.flow.kind == model.row(place).wants  # type: ignore[attr-defined]
    dialog.done(0)
