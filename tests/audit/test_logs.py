"""Rows in other systems' logs: what went in comes out, and no text becomes a second event.

The parsers are written from the grammars (RFC 5424 section 6; the CEF implementation standard), not from our writer.
"""

import base64
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cli.main import main
from core.crypto.digest import canonical, leaf
from core.crypto.signing import verify
from core.crypto.sshsig import ssh_line
from core.errors.audit import LedgerDamaged, NoSuchRow
from core.errors.people import DutyMissing
from core.errors.workspace import AlreadyThere
from core.exports.audit import LONGEST_SYSLOG, cef, jsonl, line, shown, syslog
from core.model.audit import ExportLog, LogExported, LogFormat, StoredRow
from core.model.events import EVENTS
from core.model.people import Duty
from core.services import activity, logs
from core.services.perform import perform
from core.store import audit as store
from tests.audit.test_soundness import spoil
from tests.desks import Room, make_room, passphrase
from tests.real import need

HOSTILE = (
    "two\nlines",
    "carriage\rreturn",
    '"] [fake@1 a="b"]',
    "back\\slash",
    "ends in \\",
    "a|b|c",
    "a=b suser=root",
    "\ufeff<13>1 2026-01-01T00:00:00Z - - - - -",
    "\u2028line separator",
    "\u202edirection",
    "nul\x00",
    "next\x85line",
    "\U0001f511 key",
    "",
)


def row(text: str, *, many: int = 1) -> StoredRow:
    """A row that has the text wherever texts of people stand."""
    body = canonical(
        {
            "type": "row",
            "workspace": "5b0d",
            "number": 7,
            "time": "2026-11-24T02:17:40Z",
            "actor": text,
            "duty": "auditor",
            "action": "device.added",
            "subjects": [{"table": "device", "id": 1, "name": text, "sha256": "00" * 32}] * many,
            "ticket": text,
            "approvals": [],
            "details": {"reason": text},
            "program": "anchorhold 0.1.0",
            "previous": "",
        }
    )
    signature = bytes(range(64))
    return StoredRow(7, body.decode(), signature, leaf(body, signature), "2026-11-24T02:17:40Z", text, "device.added")


SD_PARAM = re.compile(r'(?: ([!-<>-\\^-~]{1,32})="((?:[^"\\\]]|\\["\\\]])*)")')
SYSLOG = re.compile(
    r"<(\d{1,3})>1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) ([!-~]{1,32}) "
    r'((?:\[[!-<>-\\^-~]{1,32}(?: [!-<>-\\^-~]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*\])+)'
    "(?: \ufeff(.*))?\n",
    re.DOTALL,
)


def read_syslog(text: str) -> tuple[list[str], dict[str, str], str | None]:
    found = SYSLOG.fullmatch(text)
    assert found is not None
    params = {name: re.sub(r'\\(["\\\]])', r"\1", value) for name, value in SD_PARAM.findall(found[7])}
    return [found[place] for place in range(1, 7)], params, found[8]


def read_cef(text: str) -> tuple[list[str], dict[str, str]]:
    assert text.endswith("\n")
    parts = re.split(r"(?<!\\)(?:\\\\)*\|", text[:-1], maxsplit=7)
    head = [re.sub(r"\\([\\|])", r"\1", part) for part in parts[:7]]
    places = list(re.finditer(r"(?:^| )([A-Za-z0-9]+)=", parts[7]))
    fields = {}
    for place, found in enumerate(places):
        end = places[place + 1].start() if place + 1 < len(places) else len(parts[7])
        fields[found[1]] = re.sub(r"\\([\\=])", r"\1", parts[7][found.end() : end])
    return head, fields


ANY = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(ANY)
def test_syslog_round_trip(text: str) -> None:
    source = row(text)
    written = line(LogFormat.RFC5424, source)
    assert written.count("\n") == 1
    head, params, message = read_syslog(written)
    assert head == ["109", "2026-11-24T02:17:40Z", "-", "anchorhold", "-", "device.added"]
    assert params["sequenceId"] == "7"
    assert params["actor"] == params["ticket"] == shown(text)
    assert params["subjects"] == shown(f"device 1 {text}".rstrip())
    assert base64.b64decode(params["signature"]) == source.signature
    assert message is not None
    assert canonical(json.loads(message)).decode() == source.text


@given(ANY)
def test_cef_round_trip(text: str) -> None:
    source = row(text)
    written = line(LogFormat.CEF, source)
    assert written.count("\n") == 1
    head, fields = read_cef(written)
    assert head == ["CEF:0", "Anchorhold", "Anchorhold", "0.1.0", "device.added", "device.added", "3"]
    assert fields.get("suser", "") == fields.get("cs2", "") == shown(text)
    assert fields["externalId"] == "7"
    assert fields["rt"] == "1795486660000"
    assert canonical(json.loads(fields["cs6"])).decode() == source.text


@given(ANY)
def test_json_lines_hold_the_very_bytes(text: str) -> None:
    source = row(text)
    written = line(LogFormat.JSONL, source)
    assert written.count("\n") == 1
    told = json.loads(written)
    assert canonical(told).decode() == jsonl(source)
    body, signature = canonical(told["body"]), bytes.fromhex(told["signature"])
    assert body.decode() == source.text
    assert leaf(body, signature).hex() == told["leaf"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_that_breaks_or_turns_a_line_is_left(text: str) -> None:
    for written in (syslog(row(text)).replace(" \ufeff{", " {", 1), cef(row(text))):
        assert written == shown(written)


def test_long_rows_keep_inside_the_limits() -> None:
    long = row("x" * 400, many=300)
    assert len(syslog(long).encode()) < LONGEST_SYSLOG
    assert read_syslog(line(LogFormat.RFC5424, long))[2] is None
    assert "cs6" not in read_cef(line(LogFormat.CEF, long))[1]
    assert "280 more" in read_cef(line(LogFormat.CEF, long))[1]["cs3"]
    just = row("x" * 700)
    assert len(syslog(just).encode()) > 2048
    assert read_syslog(line(LogFormat.RFC5424, just))[2] is not None


def test_every_event_is_a_message_id() -> None:
    assert [action for action in EVENTS if not re.fullmatch("[!-~]{1,32}", action)] == []


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    duties = {
        "alice": (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER),
        "bob": (Duty.REGISTRATION_OFFICER,),
        "erin": (Duty.AUDITOR,),
    }
    made = make_room(tmp_path, ("alice", "bob", "erin"), duties=duties)
    for name in ("lon", "man"):
        made.device(name)
    yield made
    made.desk.close()


def export(room: Room, who: str, to: Path, form: LogFormat = LogFormat.JSONL, first: int = 0) -> LogExported:
    return perform(room.sit(who), logs.EXPORT, ExportLog(form, to, first))


def test_a_batch_goes_on_where_the_last_one_ended(room: Room, tmp_path: Path) -> None:
    one = export(room, "alice", tmp_path / "1")
    assert (one.first, one.last) == (1, 5)
    other = export(room, "erin", tmp_path / "c", LogFormat.CEF)
    assert (other.first, other.last) == (1, 6)
    room.device("par")
    two = export(room, "erin", tmp_path / "2")
    assert (two.first, two.last) == (6, 8)
    again = export(room, "erin", tmp_path / "3", first=2)
    assert (again.first, again.last) == (2, 9)
    told = [json.loads(each) for path in "12" for each in (tmp_path / path).read_text().splitlines()]
    assert [each["body"]["number"] for each in told] == list(range(1, 9))
    keys = {each["name"]: bytes.fromhex(each["key"]) for each in told[0]["body"]["details"]["operators"]}
    for each in told:
        key = keys[each["body"]["actor"]]
        assert verify(key, bytes.fromhex(each["signature"]), canonical(each["body"]))


def test_batches_are_bounded(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "BATCH", 3)
    assert (export(room, "alice", tmp_path / "1").last, export(room, "alice", tmp_path / "2").first) == (3, 4)


@pytest.mark.parametrize("first", [-1, 6, 99])
def test_rows_that_are_not_there(room: Room, tmp_path: Path, first: int) -> None:
    with pytest.raises(NoSuchRow):
        export(room, "alice", tmp_path / "1", first=first)
    assert list(tmp_path.glob("1*")) == []


def test_a_file_in_the_way_is_kept_and_nothing_is_left(room: Room, tmp_path: Path) -> None:
    (tmp_path / "1.sig").write_text("mine")
    with pytest.raises(AlreadyThere):
        export(room, "alice", tmp_path / "1")
    assert sorted(path.name for path in tmp_path.glob("1*")) == ["1.sig"]
    assert export(room, "alice", tmp_path / "2").first == 1  # what did not leave is not counted


def test_the_signature_is_one_that_ssh_keygen_checks(room: Room, tmp_path: Path) -> None:
    (keygen,) = need("ssh-keygen")
    export(room, "alice", tmp_path / "log")
    signer = room.sessions["alice"].operator
    (tmp_path / "signers").write_text(f"alice {ssh_line(signer.public_key)}\n")
    line = [keygen, "-Y", "verify", "-f", tmp_path / "signers", "-I", "alice", "-n", logs.NAMESPACE, "-s"]
    content = (tmp_path / "log").read_bytes()
    good = subprocess.run([*line, tmp_path / "log.sig"], input=content, capture_output=True, check=False)
    bad = subprocess.run([*line, tmp_path / "log.sig"], input=content + b"{}\n", capture_output=True, check=False)
    assert (good.returncode, bad.returncode != 0) == (0, True)
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


def test_who_may_read_and_that_it_is_recorded(room: Room, tmp_path: Path) -> None:
    assert activity.readers(room.desk) == ("alice", "erin")
    for who in ("alice", "erin"):
        assert logs.read(room.sit(who), 100)[0].action == "audit.read"
    with pytest.raises(DutyMissing) as caught:
        logs.read(room.sit("bob"), 100)
    assert caught.value.needs == ("security-officer", "auditor")
    with pytest.raises(DutyMissing):
        export(room, "bob", tmp_path / "1")
    assert activity.recent(room.desk, 100) == ()
    assert not (tmp_path / "1").exists()
    newest = activity.recent(room.sit("erin"), 2)
    assert [(each.actor, each.action) for each in newest] == [("bob", "refused")] * 2


def test_a_damaged_row_does_not_leave(room: Room, tmp_path: Path) -> None:
    """An old row, verified long ago, now holds a line end and an event of somebody's own."""
    export(room, "alice", tmp_path / "1")
    spoil(room.path, "UPDATE ledger SET body = body || char(10) || '{\"body\":{}}' WHERE number = 3")
    with pytest.raises(LedgerDamaged):
        export(room, "alice", tmp_path / "2", first=1)
    assert not (tmp_path / "2").exists()


def test_the_command_line(room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = store.newest(room.desk.file.read)[0]
    room.desk.close()
    secrets = tmp_path / "secrets.toml"
    secrets.write_text("[passphrases]\n" + "".join(f'{who} = "{passphrase(who)}"\n' for who in ("erin", "bob")))
    secrets.chmod(0o600)
    ours = ["--secrets", str(secrets), "--json"]
    to = str(tmp_path / "log")
    assert main(["audit", "export", str(room.path), "--format", "rfc5424", "--to", to, "--as", "erin", *ours]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (told["first"], told["last"]) == (1, rows)
    assert len(Path(to).read_text().splitlines()) == rows
    assert main(["audit", "read", str(room.path), "--as", "erin", *ours]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"][0]["sentence"] == "read the ledger"
    assert told["rows"][1]["sentence"] == "exported ledger entries for another system"
    assert main(["audit", "read", str(room.path), "--as", "bob", *ours]) == 1
    capsys.readouterr()
