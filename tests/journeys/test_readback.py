"""What a gateway prints is pasted, and the matrix says where each key is."""

from core.model.links import ExportLinks
from core.services import exports
from core.services.perform import perform
from tests.desks import Room
from tests.journeys.conftest import Start
from tests.journeys.hands import sign_in
from tests.journeys.stage import Program


def read_back(seen: Program, device: str, printed: str) -> None:
    """Three pages, up to the answer."""
    seen.key("ctrl+b")
    seen.find("wizard_readback")
    seen.choose("device", device)
    seen.says("commands", "swanctl --list-certs")
    seen.click("wizardNext")
    seen.type("untrusted", printed)
    seen.click("wizardCommit")
    seen.find("page_answer")


def test_a_read_back_settles_where_the_keys_are(room: Room, start: Start) -> None:
    link = room.ready_link("lon", "man")
    perform(room.sit("alice"), exports.EXPORT, ExportLinks((link.name,), room.path.parent / "export"))
    both, strange = "".join(room.pems[name].decode() for name in ("lon", "man")), room.pems["lon"].decode()
    room.desk.close()
    seen = start(str(room.path))
    sign_in(seen, "alice")
    seen.key("ctrl+2")
    seen.click("viewMatrix")
    seen.cell("man holds the key of lon: Exported")
    seen.shot("matrix-exported")
    read_back(seen, "man", strange)
    seen.cell("as approved")
    seen.shot("read-back-answer")
    seen.click("wizardFinish")
    seen.gone("wizard_readback")
    read_back(seen, "lon", both)
    seen.click("wizardFinish")
    seen.gone("wizard_readback")
    seen.cell("man holds the key of lon: Confirmed")
    seen.cell("lon holds the key of man: Confirmed")
    seen.shot("matrix-confirmed")
