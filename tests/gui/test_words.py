"""Tables, details and settings speak in words: no short word of the program's own reaches people."""

import pytest
from PySide6.QtWidgets import QWidget

from gui.pages.base import Target
from gui.pages.details import Details
from tests.gui.conftest import Seat
from tests.gui.walk import texts
from tests.words.shown import left, short_words


def test_the_short_words_are_found() -> None:
    assert {"spki-sha256", "ecdsa-p256", "in-person", "security-officer", "ncsc-2019", "cisco-ios"} <= short_words()
    assert left("State: spki-sha256 of fqdn:a.example.net (in-person)") == ["in-person", "spki-sha256", "fqdn:a"]
    assert left("adding security-officer.") == ["security-officer"]
    assert left("the file links-1.key, --channel in-person-x, E-mail") == []
    assert left("None: no other key; None are required") == []
    assert left("good for 1.3.6.1.5.5.7.3.17, or for IPsec (1.3.6.1.5.5.7.3.17)") == ["1.3.6.1.5.5.7.3.17"]
    assert left("Key(name='gw1'), ('a',), {count} of hand_alice: None") == [
        "('", "Key(name=", "None", "hand_alice", "{count}"
    ]  # fmt: skip


def test_no_page_shows_one(seat: Seat) -> None:
    work = seat.window.work
    for page in work.pages:
        work.go(page.objectName())
        found = [left(text) for widget in page.findChildren(QWidget) for text in texts(widget)]
        assert not [each for each in found if each], page.objectName()


def test_no_detail_shows_one(seat: Seat) -> None:
    shown = seat.window.shown
    assert shown is not None
    targets = [Target("link", row.link.name) for row in shown.picture.links]
    targets += [Target("device", row.device.name) for row in shown.picture.devices]
    for target in targets:
        detail = Details(seat.window).of(target, shown)
        assert detail is not None
        for part in detail.parts:
            for label, text in part.facts:
                assert left(text) == [], f"{target.name}: {label}: {text}"
            assert not any(text in ("active", "suspended", "retired") for _label, text in part.facts), target.name


@pytest.mark.parametrize("what", ["device", "link", "receive", "compare", "export", "readback", "card", "reject"])
def test_no_wizard_of_a_link_begins_with_one(seat: Seat, what: str) -> None:
    window = seat.window
    window.wanted(what, "")
    dialog = window.windows.dialog
    assert dialog is not None
    said = [left(text) for widget in [dialog, *dialog.findChildren(QWidget)] for text in texts(widget)]
    assert [each for each in said if each] == []
    dialog.done(0)
