"""Comparing in the real window: misread, different, made to look alike, by keyboard, across the lock."""

from pathlib import Path

from core.services import views
from core.services.desk import open_desk
from core.services.views import Health
from tests.desks import Room
from tests.gui.walk import bare
from tests.journeys.conftest import Start
from tests.journeys.hands import begin_compare, hear, lines, sign_in
from tests.journeys.stage import Program

DATA = Path(__file__).parents[1] / "crypto" / "data"


def waiting(room: Room, pem: bytes = b"") -> str:
    """A key of `man` waits; the value its owner reads."""
    room.device("man")
    room.receive("man", pem)
    value = room.heard("man")
    room.desk.close()
    return value


def health(path: Path, device: str) -> Health:
    """How the file says the device stands now."""
    desk = open_desk(path, read_only=True)
    try:
        row = views.picture(desk).device(device)
        assert row is not None
        return row.health
    finally:
        desk.close()


def other(digit: str) -> str:
    """Another hex digit."""
    return "0" if digit != "0" else "1"


def test_a_misread_line_is_named_and_the_value_on_file_stands_nowhere(room: Room, start: Start) -> None:
    value = waiting(room)
    seen = start(str(room.path))
    sign_in(seen, "alice")
    begin_compare(seen, "man", "call-back", "Carol Ito")
    misread = value[:20] + other(value[20]) + value[21:]
    hear(seen, misread)
    seen.says("typeBannerText", "Ask for line 2 again")
    seen.says("line2Problem", "Ask for this line again")
    assert not seen.shown("line1Problem")
    assert lines(misread)[1] in seen.find("line2")["text"]
    assert bare(value) not in bare(seen.everything())
    assert bare(lines(value)[1]) not in bare(seen.everything())
    seen.shot("compare-misread")
    seen.type("line2", lines(value)[1])
    seen.click("wizardCommit")
    seen.says("verdictBannerText", "Same key")
    seen.shot("compare-match")
    seen.click("wizardFinish")
    seen.gone("wizard_compare")
    assert health(room.path, "man") is Health.COMPARED


def test_a_different_key_is_told_so_and_put_in_quarantine(room: Room, start: Start) -> None:
    value = waiting(room)
    seen = start(str(room.path), look="dark")
    sign_in(seen, "alice")
    begin_compare(seen, "man", "sheet", "Carol Ito")
    hear(seen, value[::-1])
    seen.says("verdictBannerText", "DIFFERENT KEY")
    seen.find("nextSuspect")
    assert bare(value) not in bare(seen.everything())
    seen.shot("compare-different-dark")
    assert health(room.path, "man") is Health.QUARANTINED


def test_a_key_made_to_look_alike_raises_the_alarm(room: Room, start: Start) -> None:
    waiting(room, (DATA / "lookalike-1.pem").read_bytes())
    room.pems["man"] = (DATA / "lookalike-2.pem").read_bytes()
    seen = start(str(room.path))
    sign_in(seen, "alice")
    begin_compare(seen, "man", "in-person", "Carol Ito")
    hear(seen, room.heard("man"))
    seen.says("verdictBannerText", "ALARM: made to look alike")
    seen.shot("compare-lookalike")
    seen.click("wizardFinish")
    seen.says("todo0Words", "ALARM")
    assert health(room.path, "man") is Health.LOOKALIKE


def test_a_comparison_by_keyboard_alone_at_double_text_size(room: Room, start: Start) -> None:
    value = waiting(room)
    seen = start(str(room.path), zoom=200)
    seen.find("lockPassphrase")
    seen.typed("alice keeps nine copper kettles\n")
    seen.find("workplace")
    seen.key("ctrl+k")
    seen.find("page_how")
    walk(seen, "device")
    seen.typed("man")
    walk(seen, "channel_call-back")
    seen.key("Down", "Down", "space")
    assert "checked" in seen.find("channel_sheet")["states"]
    seen.key("alt+n")
    walk(seen, "reader")
    seen.typed("Carol Ito\tCHG0042117")
    seen.key("alt+n")
    seen.find("page_type")
    walk(seen, "line1")
    seen.typed("\t".join(lines(value)))
    seen.shot("compare-keyboard-200")
    seen.key("alt+c")
    seen.says("verdictBannerText", "Same key")
    seen.shot("compare-keyboard-done-200")


def walk(seen: Program, name: str) -> None:
    """Tab until the control has the keyboard."""
    for _ in range(40):
        node = seen.stage.ask(do="find", id=name)
        if node and "focused" in node["states"]:
            return
        seen.key("Tab")
    raise AssertionError(f"Tab does not reach {name}")


def test_what_was_typed_is_still_there_after_the_lock(room: Room, start: Start) -> None:
    value = waiting(room)
    seen = start(str(room.path))
    sign_in(seen, "alice")
    begin_compare(seen, "man", "sheet", "Carol Ito")
    seen.type("line1", lines(value)[0])
    seen.key("ctrl+l")
    seen.find("lockCard")
    seen.gone("wizard_compare")
    assert bare(lines(value)[0]) not in bare(seen.everything())
    seen.shot("locked")
    sign_in(seen, "alice")
    assert seen.find("line1")["text"] == lines(value)[0]
    seen.shot("unlocked")
