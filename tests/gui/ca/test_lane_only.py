"""What takes long is never done in the window's own thread: derivations, signatures, verifying, CA keys."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pytestqt.qtbot import QtBot

from core.crypto import envelope
from core.model.certificates import CertificateState
from core.model.people import AddPerson, ChangeDuties, Duty
from core.model.proposals import State
from core.model.workspace import Kind
from core.services import (
    audit,
    authorities,
    backups,
    checkpoints,
    crls,
    custodians,
    enrolment,
    heads,
    issuing,
    ledger,
    logs,
    membership,
    proposals,
    restoring,
    roster,
    statements,
)
from tests.desks import make_room, passphrase
from tests.gui.ca.conftest import Office
from tests.gui.ca.test_ceremony import take_words, to_custodians, type_back
from tests.gui.ca.test_wizards import type_custodians
from tests.gui.wizards.drive import opened
from tests.pki.worlds import DUTIES, HOLDERS, agree, csr, make_network, submit

SLOW: tuple[tuple[Any, str], ...] = (
    (envelope, "_derived"), (ledger, "sign"), (statements, "sign"), (audit, "inspect"), (enrolment, "issue"),
    (crls, "sign"), (custodians, "drill"), (heads, "greet"), (heads, "alarm"), (restoring, "look"), (restoring, "restore"),
    (backups, "look"), (backups, "drill"), (restoring, "keeping"), (checkpoints, "sign"), (logs, "find"),
    (authorities, "make_root"), (issuing, "sign"), (roster, "read"), (statements, "holds"), (statements, "_verified"),
)  # fmt: skip


@dataclass
class Recorder:
    """What ran in which thread; in the window's own it raises."""

    window: int = field(default_factory=threading.get_ident)
    here: list[str] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)

    def around(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            if threading.get_ident() == self.window:
                self.here.append(name)
                raise AssertionError(f"{name} in the window's thread")
            self.elsewhere.add(name)
            return real(*given, **named)

        return run


def listening(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    made = Recorder()
    for module, name in SLOW:
        label = f"{module.__name__}.{name}"
        monkeypatch.setattr(module, name, made.around(label, getattr(module, name)))
    return made


def test_sign_in_verifying_and_the_lock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = listening(monkeypatch)
    window = office.open(office.made.issuing, "bob")
    office.qtbot.waitUntil(lambda: window.lane.job is None and window.shown is not None)
    window.chores.verify_log()
    office.qtbot.waitUntil(lambda: window.lane.job is None)
    window.lock()
    office.qtbot.waitUntil(lambda: window.lane.job is None)
    assert recorder.here == []
    assert recorder.elsewhere >= {
        "core.crypto.envelope._derived",
        "core.services.ledger.sign",
        "core.services.audit.inspect",
    }
    window.close_file()


def test_the_recorder_hears_a_reading_in_the_thread_of_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: `needs` reads everybody's keys and verifies what they signed."""
    room = make_room(tmp_path)
    asked = membership.restore(room.sit("alice"), "bob", "forgotten")
    recorder = listening(monkeypatch)
    with pytest.raises(AssertionError, match=r"roster\.read in the window"):
        proposals.needs(room.desk, asked)
    with pytest.raises(AssertionError, match=r"statements\.holds in the window"):
        statements.holds(asked.statement, "proposal", room.desk.workspace.id, None)
    assert recorder.here == ["core.services.roster.read", "core.services.statements.holds"]


def test_what_a_proposal_still_needs(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_room(tmp_path)
    room.sit("alice")
    recorder = listening(monkeypatch)
    driver = opened(qtbot, room, "restore", "bob")
    driver.type(reason="forgotten")
    driver.commit()
    assert driver.step == "done"
    assert "Needs acceptance by bob" in driver.said("doneBannerText")
    assert recorder.here == []
    assert recorder.elsewhere >= {"core.services.roster.read", "core.services.statements.holds"}


def test_people(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other duties are proposed, a proposal is turned down, a newcomer is approved and takes up work."""
    room = make_room(tmp_path)
    unwanted = membership.add(room.sit("alice"), AddPerson("dan", "Dan Ode", (Duty.AUDITOR,)))
    asked = membership.add(room.sit("alice"), AddPerson("carol", "Carol Ito", (Duty.AUDITOR,)))
    recorder = listening(monkeypatch)
    driver = opened(qtbot, room, "duties", "bob")
    driver.press("duty_revocation-officer")
    driver.commit()
    assert driver.step == "done"
    driver = opened(qtbot, room, "refuse", unwanted.digest)
    driver.type(reason="not before spring")
    driver.commit()
    assert driver.step == "done"
    driver = opened(qtbot, room, "approve", asked.digest)
    driver.type(passphrase=passphrase("bob"))
    driver.commit()
    driver = opened(qtbot, room, "accept", "carol")
    driver.type(passphrase=passphrase("carol"), again=passphrase("carol"))
    driver.next()
    driver.type(witness_passphrase=passphrase("bob"))
    driver.commit()
    assert driver.step == "done"
    assert recorder.here == []


def test_an_approval(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_room(tmp_path)
    asked = membership.change(
        room.sit("alice"), ChangeDuties("alice", (Duty.REVOCATION_OFFICER, Duty.SECURITY_OFFICER))
    )
    recorder = listening(monkeypatch)
    driver = opened(qtbot, room, "approve", asked.digest)
    driver.type(passphrase=passphrase("bob"))
    driver.commit()
    assert recorder.here == []
    assert recorder.elsewhere >= {
        "core.crypto.envelope._derived",
        "core.services.statements.sign",
        "core.services.roster.read",
    }
    monkeypatch.undo()
    assert proposals.find(room.desk, asked.digest).state is State.PERFORMED


def test_issuing_with_the_key_of_the_authority(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_network(tmp_path)
    room = world.issuing
    agree(room, "dave", submit(world, "gw1", "CHG1"))
    room.sit("bob")
    recorder = listening(monkeypatch)
    driver = opened(qtbot, room, "issue")
    driver.type(to=str(tmp_path / "out"))
    driver.next()
    type_custodians(driver, "alice", "bob")
    driver.commit()
    assert driver.step == "done", driver.said("custodiansBannerText")
    assert recorder.here == []
    assert recorder.elsewhere >= {
        "core.services.ledger.sign",
        "core.services.enrolment.issue",
        "core.services.roster.read",
    }
    monkeypatch.undo()
    assert [row.state for row in enrolment.rows(room.desk)] == [CertificateState.VALID]


def test_a_request_and_what_is_sent_or_signed_for_others(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_network(tmp_path)
    world.root.sit("bob")
    room = world.issuing
    room.device("gw1")
    room.sit("alice")
    path = tmp_path / "gw1.csr"
    path.write_bytes(csr(ec.generate_private_key(ec.SECP256R1())))
    recorder = listening(monkeypatch)
    for place, what in ((room, "carry-send"), (world.root, "sub-sign")):
        recorder.elsewhere.clear()
        driver = opened(qtbot, place, what)
        assert "core.services.roster.read" in recorder.elsewhere, what
        driver.wizard.reject()
    recorder.elsewhere.clear()
    driver = opened(qtbot, room, "enrol", "gw1", str(path))
    driver.next()
    driver.next()
    driver.type(ticket="CHG1")
    driver.next()
    driver.commit()
    assert "Needs approval by" in driver.said("doneBannerText"), driver.said("reviewBannerText")
    assert recorder.here == []
    assert "core.services.roster.read" in recorder.elsewhere


def test_crls_drills_and_backups(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_network(tmp_path)
    room = world.issuing
    room.sit("bob")
    recorder = listening(monkeypatch)
    driver = opened(qtbot, room, "publish", "ipsec-g1")
    driver.type(to=str(tmp_path))
    driver.next()
    type_custodians(driver, "alice", "bob")
    driver.commit()
    assert driver.step == "done", driver.said("custodiansBannerText")
    driver = opened(qtbot, room, "drill", "ipsec-g1")
    type_custodians(driver, "alice", "bob")
    driver.commit()
    assert driver.step == "done", driver.said("custodiansBannerText")
    for what in ("backup", "accept-head", "log-checkpoint"):
        driver = opened(qtbot, room, what)
        if what == "accept-head":
            driver.type(reason="a new machine")
        elif what == "backup":
            driver.wizard.typed("key", "")
            driver.type(to=str(tmp_path), file="copy.backup")
        else:
            driver.type(to=str(tmp_path / "head.txt"))
        driver.commit()
    driver = opened(qtbot, room, "backup-try", path=str(tmp_path / "copy.backup"))
    driver.commit()
    driver = opened(qtbot, None, "put-back", path=str(tmp_path / "copy.backup"))
    driver.commit()
    driver.type(to=str(tmp_path / "back.anchorhold"), passphrase=passphrase(driver.wizard.flow.value("name")))
    driver.commit()
    assert driver.step == "done"
    assert recorder.here == []
    assert recorder.elsewhere >= {
        f"core.services.{name}"
        for name in (
            "crls.sign",
            "custodians.drill",
            "backups.look",
            "backups.drill",
            "restoring.restore",
            "heads.alarm",
        )
    }


def test_the_ceremony_and_its_end(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the room to the record, and from the copies to the closed record."""
    (tmp_path / "net").mkdir()
    monkeypatch.setattr("core.media.network._NET", tmp_path / "net")
    room = make_room(tmp_path, DUTIES, kind=Kind.ROOT, duties=DUTIES)
    room.sit("bob")
    recorder = listening(monkeypatch)
    driver = opened(qtbot, room, "root")
    driver.next()
    driver.wizard.back()
    to_custodians(driver)
    for name in HOLDERS:
        driver.type(**{f"hand_{name}": take_words(driver, name)})
    driver.commit()
    assert driver.step == "fingerprint", driver.said("custodiansBannerText")
    (root,) = authorities.everyone(room.desk)
    driver.type(heard=authorities.facts(root).sha256)
    type_back(driver)
    assert driver.step == "done"
    assert recorder.here == []
    assert recorder.elsewhere >= {
        f"core.{name}" for name in ("services.authorities.make_root", "services.issuing.sign", "services.ledger.sign")
    }
    recorder.elsewhere.clear()
    driver = opened(qtbot, room, "close-ceremony")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    driver.type(first=str(tmp_path / "a" / "one.anchorhold"), second=str(tmp_path / "b" / "two.anchorhold"))
    driver.next()
    off = f"{room.clock():%Y-%m-%dT%H:%MZ}"
    driver.type(powered_off=off, seal="A-4711", place="safe 2", next_planned="2027-10-01", exceptions="none")
    driver.next()
    driver.commit()
    assert driver.step == "done", driver.said("reviewBannerText")
    assert recorder.here == []
    assert "core.services.ledger.sign" in recorder.elsewhere


def test_a_recovery_sheet_is_drawn(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_room(tmp_path)
    room.sit("bob")
    recorder = listening(monkeypatch)
    driver = opened(qtbot, room, "sheet")
    driver.type(passphrase=passphrase("bob"))
    driver.commit()
    assert driver.step == "print", driver.said("ownerBannerText")
    assert recorder.here == []
    assert "core.crypto.envelope._derived" in recorder.elsewhere
