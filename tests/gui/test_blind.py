"""The blind rule (SL2): nothing of an unapproved key's fingerprint stands anywhere in the window, in any spelling."""

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication

from core.crypto.fingerprints import fingerprints, pin_sha256
from core.model.keys import Form, KeyState
from core.services import views
from core.services.desk import Desk
from core.services.views import Health
from gui.pages.base import Target
from tests.gui.conftest import Seat
from tests.gui.walk import bare, everything

_LEAST = 16  # letters and digits; part of a fingerprint helps somebody who makes a look-alike


def spelt(desk: Desk, *, approved: bool) -> dict[str, str]:
    """Every spelling of every key that is approved, or that is not."""
    found: dict[str, str] = {}
    for row in views.picture(desk).devices:
        for key in row.history:
            if (key.state is KeyState.APPROVED) is approved:
                forms = {form.value: text for form, text in fingerprints(key.public, row.device.identity).items()}
                forms |= {"pin": pin_sha256(key.public), "spki": key.public.spki.hex()}
                found |= {f"{row.device.name} {form}": bare(text) for form, text in forms.items()}
    return found


def _all_said(seat: Seat) -> str:
    """What every page, detail, detail window and menu says."""
    window, said = seat.window, []
    assert window.shown is not None
    for page in window.work.pages:
        window.work.go(page.objectName())
        table = getattr(page, "table", None)
        for row in range(table.rows.rowCount() if table is not None else 0):
            table.setCurrentIndex(table.rows.index(row, 0))
            said.append(everything(window.work.pane))
            window.moves.copy()
            said.append(bare(QGuiApplication.clipboard().text()))
        said.append(everything(window))
    for view in (1, 2):
        window.work.links.view(view)
        said.append(everything(window))
    for device in window.shown.picture.devices:
        window.windows.details(Target("device", device.device.name), window.shown)
    said.append(everything(window))
    return " ".join(said)


def test_no_part_of_an_unapproved_key_is_shown(seat: Seat) -> None:
    """Every approved key is found by the same search, so it can find what it looks for."""
    said, desk = _all_said(seat), seat.window.desk
    assert desk is not None
    hidden, known = spelt(desk, approved=False), spelt(desk, approved=True)
    assert len(hidden) > 20
    shown = [name for name, text in hidden.items() if any(part in said for part in _parts(text))]
    assert shown == []
    wanted = [text for name, text in known.items() if name.endswith(Form.SPKI_SHA256.value)]
    assert len(wanted) >= 4
    assert all(text in said for text in wanted)


def _parts(text: str) -> Iterator[str]:
    return (text[at : at + _LEAST] for at in range(len(text) - _LEAST + 1))


def test_no_sheet_of_an_unapproved_key(seat: Seat) -> None:
    seat.window.work.go("keys")
    table = seat.window.work.page.table  # type: ignore[attr-defined]
    name = seat.device(Health.RECEIVED)
    assert table.choose(name)
    seat.window.chores.save_sheet()
    seat.qtbot.waitUntil(lambda: name in seat.window.work.banner.text)
    assert seat.window.windows.dialog is None
