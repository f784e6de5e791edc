"""From an open clause to the record that closes it, and back: the compliance page as a person walks it."""

import subprocess
from pathlib import Path

import pytest

from core.model.compliance import ClauseState
from core.services import compliance, records
from core.services.desk import open_desk
from tests.desks import Room
from tests.journeys.conftest import Start
from tests.journeys.hands import sign_in
from tests.journeys.stage import Program
from tests.real import need


def state(path: Path, clause: str) -> ClauseState:
    desk = open_desk(path, read_only=True)
    found = compliance.clause(desk, clause).state
    desk.close()
    return found


def looked_at(seen: Program, clause: str, words: str) -> None:
    """Show the clauses in one state and choose one of them."""
    seen.choose("complianceState", words.split()[0])  # a space would open the list
    seen.click_cell(clause)
    seen.says("detailTitle", clause)
    seen.says("detailState", words)


@pytest.mark.parametrize(("look", "zoom"), [("light", 100), ("dark", 150)])
def test_an_open_clause_is_closed_by_a_record_and_opens_again(
    room: Room, start: Start, tmp_path: Path, look: str, zoom: int
) -> None:
    room.desk.close()
    seen = start(str(room.path), look=look, zoom=zoom)
    sign_in(seen, "alice")
    seen.key("ctrl+9")
    looked_at(seen, "S-1", "open")
    seen.shot(f"clause-open-{look}-{zoom}")
    seen.click("offer_record")
    seen.find("page_record")
    seen.choose("shared", "no")
    seen.type("why", "one organisation uses it, says alice")
    seen.shot(f"record-form-{look}-{zoom}")
    seen.click("wizardCommit")
    seen.says("doneBannerText", "is entered")
    seen.click("wizardFinish")
    seen.gone("page_done")
    looked_at(seen, "S-1", "met by record")
    seen.shot(f"clause-met-{look}-{zoom}")
    assert state(room.path, "S-1") is ClauseState.RECORDED
    seen.click("offer_record-end")
    seen.type("reason", "a second organisation comes")
    seen.click("wizardCommit")
    seen.says("doneBannerText", "open again")
    seen.click("wizardFinish")
    seen.gone("page_done")
    looked_at(seen, "S-1", "open")
    assert state(room.path, "S-1") is ClauseState.OPEN
    out = tmp_path / "report.pdf"
    seen.click("complianceSave")
    seen.find("fileNameEdit")
    seen.type("fileNameEdit", str(out))
    seen.key("Return")
    seen.says("bannerText", "Saved as")
    seen.shot(f"report-saved-{look}-{zoom}")
    seen.leave()
    (pdftotext,) = need("pdftotext")
    told = subprocess.run([pdftotext, "-layout", out, "-"], capture_output=True, text=True, check=True).stdout
    assert "Checkpoint of the ledger" in told
    assert "S-1 " in told
    desk = open_desk(room.path, read_only=True)
    assert records.in_force(desk, "service-model") == ()
    assert len(records.rows(desk, "service-model", all_of=True)) == 1
    desk.close()
