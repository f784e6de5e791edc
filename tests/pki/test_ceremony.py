"""The record of a root key ceremony: typed back, copies read again, closed only with what M11 asks; written as paper."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import ceremony as errors
from core.errors.authorities import ReadBackDiffers
from core.errors.base import Refused, Several
from core.errors.workspace import DamagedWorkspace
from core.model.authorities import MakeRoot
from core.model.backups import MakeBackup
from core.model.ceremony import CloseCeremony, ReadBack
from core.model.workspace import Kind
from core.services import audit, authorities, backups, ceremony, opening
from core.services.perform import perform
from core.store import audit as rows
from core.words import script
from core.words.say import sentence
from gui.start import _pdf
from tests.desks import Room, make_room
from tests.pki.test_commands import ALL, TWO, Shell, hierarchy, shell  # noqa: F401 - a fixture
from tests.pki.worlds import DUTIES, HOLDERS, hands
from tests.real import need

ROOT = MakeRoot(
    "CN=Example Root CA, O=Example Networks, C=GB", HOLDERS, 2, "2030-12-31", "http://crl.example.net/root.crl",
    clock_checked=True,
)  # fmt: skip


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = make_room(tmp_path, DUTIES, kind=Kind.ROOT, duties=DUTIES)
    authorities.make_root(made.sit("bob"), ROOT, hands(), ())
    return made


def fingerprint(room: Room) -> str:
    return authorities.facts(authorities.only(room.desk.file.read, "")).sha256


def typed_back(room: Room) -> None:
    perform(room.sit("alice"), ceremony.READ_BACK, ReadBack(fingerprint(room)))


def closing(*copies: Path) -> CloseCeremony:
    return CloseCeremony("2026-11-24T04:00Z", "A-4711", "safe 2, London", "2027-10-01", copies)


def copied(room: Room, name: str = "copy") -> Path:
    path = room.path.with_name(f"{name}.anchorhold")
    perform(room.sit("bob"), backups.MAKE, MakeBackup(path))
    return path


def refused(room: Room, command: CloseCeremony) -> list[str]:
    before = rows.newest(room.desk.file.read)[0]
    with pytest.raises(Refused) as caught:
        perform(room.sit("bob"), ceremony.CLOSE, command)
    assert ceremony.open_record(room.desk)
    newest = rows.recent(room.desk.file.read, 1)[0]
    assert (newest.action, newest.number) == ("refused", before + 1)
    found = caught.value
    assert sentence(found)
    return [type(each).__name__ for each in (found.findings if isinstance(found, Several) else (found,))]


def test_it_closes_with_everything(room: Room) -> None:
    typed_back(room)
    copies = copied(room, "one"), copied(room, "two")
    room.clock.passes(minutes=20)
    perform(room.sit("bob"), ceremony.CLOSE, closing(*copies))
    told = ceremony.record(room.desk)
    assert told.closed is not None
    assert (told.closed.seal, told.closed.next_planned) == ("A-4711", "2027-10-01")
    assert set(told.closed.copies) == {each.sha256 for each in told.backups}
    assert told.read_back is not None
    assert told.read_back[1] == "alice"
    register = opening.register(room.desk, opening.keys(room.desk)[0])
    assert [(each.what, each.seal, each.place) for each in register][-1] == ("sealed", "A-4711", "safe 2, London")
    assert audit.inspect(room.desk).faults == ()
    with pytest.raises(errors.CeremonyClosed):
        perform(room.sit("bob"), ceremony.CLOSE, closing(*copies))


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("powered_off", "", "PoweredOffNotFit"),
        ("powered_off", "2026-11-24T01:00Z", "PoweredOffNotFit"),
        ("powered_off", "2026-11-28T01:00Z", "PoweredOffNotFit"),
        ("powered_off", "in the evening", "PoweredOffNotFit"),
        ("seal", " ", "TextNotFit"),
        ("place", "", "TextNotFit"),
        ("next_planned", "", "TextNotFit"),
        ("next_planned", "2027-11-20", "PlannedTooLate"),
        ("next_planned", "2026-11-24", "PlannedTooLate"),
        ("copies", (), "CeremonyNotDone"),
    ],
)
def test_each_part_is_needed(room: Room, field: str, value: object, rule: str) -> None:
    typed_back(room)
    assert refused(room, replace(closing(copied(room)), **{field: value})) == [rule]


def test_it_stays_open_until_the_fingerprint_was_typed_back(room: Room) -> None:
    assert refused(room, closing(copied(room))) == ["CeremonyNotDone"]


def test_a_copy_that_is_not_the_one_that_was_written(room: Room) -> None:
    typed_back(room)
    copy = copied(room)
    before = room.path.with_name("before.anchorhold")
    before.write_bytes(copy.read_bytes())
    with before.open("r+b") as file:  # SQLite's own change counter: as sound as ever, another file all the same
        file.seek(27)
        file.write(b"\x7f")
    assert refused(room, closing(copy, before)) == ["CopyNotOfCeremony"]


def test_a_copy_that_does_not_read_any_more(room: Room) -> None:
    typed_back(room)
    copy = copied(room)
    content = copy.read_bytes()
    assert b'"action":"root.made"' in content
    copy.write_bytes(content.replace(b'"action":"root.made"', b'"action":"root.lost"'))
    before = rows.newest(room.desk.file.read)[0]
    with pytest.raises((DamagedWorkspace, errors.CopyNotOfCeremony)):
        perform(room.sit("bob"), ceremony.CLOSE, closing(copy))
    assert ceremony.open_record(room.desk)
    assert rows.newest(room.desk.file.read)[0] - before <= 1


def test_who_types_it_back(room: Room) -> None:
    value = fingerprint(room)
    for who, by in (("bob", ""), ("alice", "bob"), ("alice", "nobody")):
        with pytest.raises(errors.NotTheSecondPerson):
            perform(room.sit(who), ceremony.READ_BACK, ReadBack(value, by))
    with pytest.raises(ReadBackDiffers):
        perform(room.sit("alice"), ceremony.READ_BACK, ReadBack(value[:-1] + ("0" if value[-1] != "0" else "1")))
    perform(room.sit("bob"), ceremony.READ_BACK, ReadBack(value.upper(), "carol"))
    assert (ceremony.record(room.desk).read_back or ("", ""))[1] == "carol"


def test_without_a_root_there_is_nothing_to_close(tmp_path: Path) -> None:
    room = make_room(tmp_path, DUTIES, kind=Kind.ROOT, duties=DUTIES)
    with pytest.raises(errors.CeremonyNotDone):
        perform(room.sit("bob"), ceremony.READ_BACK, ReadBack("00"))
    with pytest.raises(errors.CeremonyNotDone):
        perform(room.sit("bob"), ceremony.CLOSE, closing())
    paper = script.paper(ceremony.record(room.desk))
    told = repr(paper.parts)
    assert "Script" in paper.subtitle
    assert "plugged" in told
    assert "Alice Ng (alice)" in told


# --- on paper -------------------------------------------------------------------------------------


def pdf_text(path: Path) -> str:
    told = subprocess.run([need("pdftotext")[0], "-raw", path, "-"], capture_output=True, text=True, check=True)
    return told.stdout


@pytest.mark.real
def test_the_whole_ceremony_on_the_command_line(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    assert shell("statement ceremony @root.anchorhold --out @script.md")["marks"] == [
        "REHEARSAL: made for practice, not for a real network."
    ]
    crl = ("--crl-url", "http://crl.example.net/root.crl", "--subject", "CN=Example Root CA, O=Example, C=GB")
    made = shell("ca root @root.anchorhold --quorum 2 --until 2030-12-31 --network-ok", *ALL, *crl)
    value = made["authority"]["sha256"]
    told = shell("ceremony read-back @root.anchorhold --heard", "00" * 32, who="alice", code=1)
    assert told["refused"] == "CA-10"
    assert shell("ceremony read-back @root.anchorhold --heard", value, who="bob", code=1)["refused"] == "CER-01"
    shell("ceremony read-back @root.anchorhold --heard", value, who="alice")
    for name in ("one", "two"):
        shell(f"backup make @root.anchorhold @{name}.anchorhold")
    assert "NOT CLOSED" in shell("statement ceremony @root.anchorhold --out @open.html")["marks"]
    soon = ceremony_day(shell)
    words = ("--powered-off", soon, "--seal", "A-4711", "--place", "safe 2", "--next", f"{int(soon[:4]) + 1}-01-31")
    copies = ("--backup", f"{shell.folder}/one.anchorhold", "--backup", f"{shell.folder}/two.anchorhold")
    assert shell("ceremony close @root.anchorhold", *words, code=1)["refused"] == "CER-02"
    shell("ceremony close @root.anchorhold", *words, *copies, "--exceptions", "carol came late")
    shell("statement ceremony @root.anchorhold --out @closed.json")
    shell("statement ceremony @root.anchorhold --out @closed.txt", code=2)
    shell("statement ceremony @root.anchorhold --out @closed.pdf", code=1)  # no renderer was handed in
    told = json.loads((shell.folder / "closed.json").read_bytes())
    text = json.dumps(told)
    for part in ("carol came late", "A-4711", "safe 2", "Alice Archer (alice)", value[:4].upper()):
        assert part in text
    kinds = [part["part"] for part in told["parts"]]
    assert "code" in kinds
    checkpoint = next(part["text"] for part in told["parts"] if part["part"] == "code")
    (shell.folder / "paper.txt").write_text(checkpoint)
    report = shell("audit verify @root.anchorhold --checkpoint @paper.txt")
    assert report["checkpoints"][0]["standing"] == "vouches"


def ceremony_day(run: Shell) -> str:
    """The root's own time, a minute on."""
    return str(max(row["time"] for row in run("audit read @root.anchorhold", who="alice")["rows"]))


@pytest.mark.real
def test_the_pdf_has_it_all(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    typed_back(room)
    copies = copied(room, "one"), copied(room, "two")
    perform(room.sit("bob"), ceremony.CLOSE, replace(closing(*copies), exceptions="<b>carol</b> came late"))
    told = ceremony.record(room.desk, vouched=True)
    (tmp_path / "record.pdf").write_bytes(_pdf(script.paper(told)))
    text = pdf_text(tmp_path / "record.pdf")
    squeezed = "".join(text.split())
    value = fingerprint(room).upper()
    for part in (
        "A-4711", "safe 2, London", "2027-10-01", "<b>carol</b> came late", "Alice Ng (alice)", "Signature",
        "number 1", "none with a carrier", value[:4], value[-4:],
    ):  # fmt: skip
        assert "".join(part.split()) in squeezed, part
    from core.words.ceremony import spoken

    assert "".join(spoken(value.lower()).split()) in squeezed
    assert "".join(told.checkpoint.splitlines()[0].split()) in squeezed
