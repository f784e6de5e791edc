"""How many decisions it takes (issue 4, part 11): a request approved in 2, counted in the window itself.

Revoke-and-publish (3) and a root (6 at most) are counted in `tests/journeys/test_ca.py` with the ceremony around them.
"""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.model.proposals import State
from core.services import proposals
from gui.pages.ca.tables import Requests
from gui.wizards.approve import ApproveWizard
from tests.desks import passphrase
from tests.gui.ca.conftest import Office


def test_a_request_is_approved_in_two(office: Office, qtbot: QtBot) -> None:
    """Which request, and whether one agrees: what is signed and the passphrase that signs it are on one page."""
    window = office.open(office.made.issuing, "dave")
    desk = window.desk
    assert desk is not None
    window.work.go("requests")
    page = window.work.page
    assert isinstance(page, Requests)
    (asked,) = (each for each in proposals.waiting(desk) if each.state is State.WAITING)
    decided = 0
    page.table.choose(asked.digest)
    decided += 1
    window.bars.menus.actions["actApprove"].trigger()
    wizard = window.windows.dialog
    assert isinstance(wizard, ApproveWizard)
    pages = [each for each in wizard.flow.steps() if each.name != "done"]
    decided += len(pages)
    assert [each.name for each in pages if each.commit] == ["agree"]
    field = wizard.currentPage().findChild(type(window.card.passphrase), "passphrase")
    assert field.isVisible()
    assert wizard.flow.value("who") == "dave"
    qtbot.keyClicks(field, passphrase("dave"))
    qtbot.mouseClick(wizard.button(wizard.WizardButton.CommitButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.committed)
    assert proposals.find(desk, asked.digest).state is State.APPROVED
    assert decided == 2
