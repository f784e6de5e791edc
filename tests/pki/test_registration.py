"""A registration desk vouches for a request; the CA's workspace takes it, approves its own bytes and issues."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.crypto.certificates import read_certificate
from core.crypto.digest import canonical
from core.crypto.names import text
from core.errors.authorities import NotCarried
from core.model.carry import CarryKind
from core.policy.duties import REGISTERING
from core.services import audit, carry, people, proposals, registration
from core.services.desk import open_desk
from core.services.perform import Verb, Work, perform
from tests.audit.verifier import Ledger
from tests.desks import CHEAP, passphrase
from tests.pki.hierarchies import make_crl, make_device, make_root, make_sub
from tests.pki.test_commands import TWO, Shell, device, hierarchy, shell

__all__ = ("shell",)
DESK = "@registration.anchorhold"


def desk(run: Shell) -> None:
    """The desk, met by the issuing workspace: two people there typed what its screen shows."""
    run(f"new registration {DESK} --name Desk --people @people.toml --policy rehearsal")
    told = run(f"meet {DESK} --out @desk.meet")
    for who in ("alice", "bob"):
        run("meet @issuing.anchorhold @desk.meet --heard", told["fingerprint"], who=who)


def add(run: Shell, name: str, number: int) -> None:
    """A device of the desk with its request; the issuing workspace has never heard of it."""
    device(run, name, number, DESK)


def registered(run: Shell, name: str, ticket: str) -> str:
    asked = run(
        f"request submit {DESK} @{name}.csr --device {name} --ticket {ticket} --profile ipsec-gateway", who="alice"
    )
    run(f"approve {DESK} {asked['proposal']}", who="dave")
    return str(asked["proposal"])


def test_from_the_desk_to_a_certificate(shell: Shell) -> None:
    hierarchy(shell)
    desk(shell)
    add(shell, "gw1", 1)
    add(shell, "gw2", 2)
    assert shell(f"request submit {DESK} @gw1.csr --device gw1 --ticket T0", who="alice", code=1)["refused"] == "ENR-01"
    first, second = registered(shell, "gw1", "CHG1"), registered(shell, "gw2", "CHG2")
    shown = shell(f"request show {DESK} {first}")
    assert shown["standing"] == "performed"
    assert shown["facts"]["request_sha256"] in shown["sentence"]
    assert "IPsec gateway" in shown["sentence"]
    assert "dns:gw1.example.net" in shown["sentence"]
    shell(f"carry send {DESK} {first} {second} --out @desk.carry", who="alice")
    taken = shell("carry take @issuing.anchorhold @desk.carry", who="alice")
    assert [each["device"] for each in taken["rows"]] == ["gw1", "gw2"]
    again = shell("carry take @issuing.anchorhold @desk.carry", who="alice", code=4)
    assert all("still open" in each["refused"] for each in again["rows"])
    asked = taken["rows"][0]["proposal"]
    told = shell(f"request show @issuing.anchorhold {asked}")
    assert "registered at the desk Desk by alice, dave" in told["sentence"]
    assert told["tbs_sha256"]  # over the bytes, which only the CA's workspace has
    assert shell(f"cert issue @issuing.anchorhold {asked}", *TWO, code=1)["refused"]
    shell(f"approve @issuing.anchorhold {asked}", who="dave")
    made = shell(f"cert issue @issuing.anchorhold {asked} --to @out", *TWO)
    assert made["certificates"][0]["serial"]
    assert (shell.folder / "out/gw1/keys/certificate.pem").exists()
    serial = made["certificates"][0]["serial"]
    home(shell, asked, serial)
    for name in ("issuing", "registration"):
        assert shell(f"audit verify @{name}.anchorhold")["ok"] is True
        assert Ledger(shell.folder / f"{name}.anchorhold").faults == []


def known_at_the_desk(run: Shell) -> None:
    """Two people of the desk typed what the issuing workspace reads out."""
    told = run("meet @issuing.anchorhold --out @back.meet")
    for who in ("alice", "bob"):
        run(f"meet {DESK} @back.meet --heard", told["fingerprint"], who=who)


def home(run: Shell, asked: str, serial: str) -> None:
    """The certificate goes back to its desk, which writes its device's folder."""
    sends = "carry send @issuing.anchorhold"
    run(f"{sends} {asked} --out @home.carry", who="alice")
    takes = f"carry take {DESK} @home.carry"
    assert run(f"{takes} --to @devices", who="alice", code=1)["refused"] == "CRY-01"  # not met yet
    known_at_the_desk(run)
    assert run(takes, who="alice", code=1)["refused"]  # no place
    (row,) = run(f"{takes} --to @devices", who="alice")["rows"]
    assert (row["device"], row["serial"], row["refused"]) == ("gw1", serial, "")
    for name in ("certificate.pem", "chain.pem"):
        here, there = (run.folder / place / "gw1/keys" / name for place in ("devices", "out"))
        assert here.read_bytes() == there.read_bytes()
    again = run(f"{takes} --to @devices", who="alice", code=4)["rows"][0]
    assert "devices/gw1" in again["refused"]
    run(f"cert revoke @issuing.anchorhold {serial} --reason key-compromise --ticket CHG9", who="carol")
    assert run(f"{sends} {asked} --out @late.carry", who="alice", code=1)["refused"] == "RVK-02"
    assert not (run.folder / "late.carry").exists()


@pytest.mark.parametrize(("change", "told"), [("certificate", "(key)"), ("digest", "answer"), ("answers", "answer")])
def test_what_comes_home_is_held_against_what_the_desk_agreed_to(shell: Shell, change: str, told: str) -> None:
    """Even where the sender's own people signed the file."""
    hierarchy(shell)
    desk(shell)
    known_at_the_desk(shell)
    for number, name in enumerate(("gw1", "gw2"), 1):
        add(shell, name, number)
    proposals_ = [registered(shell, name, ticket) for name, ticket in (("gw1", "CHG1"), ("gw2", "CHG2"))]
    shell(f"carry send {DESK} {' '.join(proposals_)} --out @desk.carry", who="alice")
    asked = [row["proposal"] for row in shell("carry take @issuing.anchorhold @desk.carry", who="alice")["rows"]]
    for each in asked:
        shell(f"approve @issuing.anchorhold {each}", who="dave")
    shell(f"cert issue @issuing.anchorhold {' '.join(asked)}", *TWO)
    shell(f"carry send @issuing.anchorhold {' '.join(asked)} --out @home.carry", who="alice")
    body = json.loads((shell.folder / "home.carry").read_bytes())["statement"]["body"]
    first, second = body["certificates"]
    first[change] = second[change] if change == "certificate" else "0" * 64
    forged = signed_by_the_issuing_workspace(shell, body)
    (shell.folder / "forged.carry").write_bytes(forged)
    rows = shell(f"carry take {DESK} @forged.carry --to @devices", who="alice", code=4)["rows"]
    assert told in rows[0]["refused"]
    assert rows[1]["device"] == "gw2"
    assert not (shell.folder / "devices/gw1").exists()
    assert (shell.folder / "devices/gw2/keys/certificate.pem").exists()


def sent_home(run: Shell) -> dict[str, Any]:
    """The body of the file that brings gw1's certificate home."""
    add(run, "gw1", 1)
    run(f"carry send {DESK} {registered(run, 'gw1', 'CHG1')} --out @desk.carry", who="alice")
    (row,) = run("carry take @issuing.anchorhold @desk.carry", who="alice")["rows"]
    run(f"approve @issuing.anchorhold {row['proposal']}", who="dave")
    run(f"cert issue @issuing.anchorhold {row['proposal']}", *TWO)
    run(f"carry send @issuing.anchorhold {row['proposal']} --out @home.carry", who="alice")
    body: dict[str, Any] = json.loads((run.folder / "home.carry").read_bytes())["statement"]["body"]
    return body


def test_an_answer_of_another_ca_is_refused(shell: Shell) -> None:
    """Same key, same names, lists in force, signed by the sender's own people: only the root is not the pinned one."""
    hierarchy(shell)
    desk(shell)
    known_at_the_desk(shell)
    body = sent_home(shell)
    (answer,) = body["certificates"]
    true = read_certificate(bytes.fromhex(answer["certificate"]))
    told = body["issuers"][answer["issuer"]]
    names_ = [plain for plain, _ in told["crls"]]
    root = make_root()
    sub = make_sub(root)
    other = make_device(sub, text(true.subject), spki=true.spki, sans=true.sans)
    assert read_certificate(other.der).spki == true.spki
    told["chain"] = [sub.der.hex(), root.der.hex()]
    told["crls"] = [[plain, make_crl(by, 1).hex()] for plain, by in zip(names_, (sub, root), strict=True)]
    answer["certificate"] = other.der.hex()
    (shell.folder / "forged.carry").write_bytes(signed_by_the_issuing_workspace(shell, body))
    (row,) = shell(f"carry take {DESK} @forged.carry --to @devices", who="alice", code=4)["rows"]
    assert "is not the one that is pinned here" in row["refused"]
    assert not (shell.folder / "devices").exists()
    told["chain"][1] = read_certificate(
        bytes.fromhex(json_root(shell))
    ).der.hex()  # the true root beside a foreign sub CA
    (shell.folder / "mixed.carry").write_bytes(signed_by_the_issuing_workspace(shell, body))
    (row,) = shell(f"carry take {DESK} @mixed.carry --to @devices", who="alice", code=4)["rows"]
    assert "CRY-03" in row["refused"]
    assert not (shell.folder / "devices").exists()
    (row,) = shell(f"carry take {DESK} @home.carry --to @devices", who="alice")["rows"]
    assert row["serial"] == f"{true.serial:x}"


def json_root(run: Shell) -> str:
    """The root certificate (hex) that the issuing workspace introduces itself with."""
    return str(json.loads((run.folder / "back.meet").read_bytes())["statement"]["root"])


def test_a_desk_that_pinned_no_root_takes_nothing(shell: Shell) -> None:
    """Met before there was a root: the introduction brought none; the next one does."""
    desk(shell)
    known_at_the_desk(shell)
    assert json_root(shell) == ""
    hierarchy(shell)
    sent_home(shell)
    take = f"carry take {DESK} @home.carry --to @devices"
    assert shell(take, who="alice", code=1)["refused"] == "CRY-04"
    (shell.folder / "back.meet").unlink()
    known_at_the_desk(shell)
    assert json_root(shell)
    assert shell(take, who="alice")["rows"][0]["serial"]


def signed_by_the_issuing_workspace(run: Shell, body: dict[str, Any]) -> bytes:
    """The same carried file with another body, as somebody who may sign there could write it."""
    at = open_desk(run.folder / "issuing.anchorhold", cost=CHEAP)
    people.authenticate(at, "alice", passphrase("alice"))

    def forge(work: Work, _: str) -> bytes:
        return carry.write(work, CarryKind.CERTIFICATES, "certificates", body["certificates"][-1]["answers"], body)

    content = perform(at, Verb("certificate.sent-back", forge, REGISTERING), "")
    at.close()
    return content


def test_the_desk_refuses_what_it_can_see(shell: Shell) -> None:
    run = shell
    run(f"new registration {DESK} --name Desk --people @people.toml --policy rehearsal")
    add(run, "gw1", 1)
    add(run, "gw2", 2)
    submit = f"request submit {DESK} @gw1.csr --profile ipsec-gateway --device"
    assert run(f"{submit} gw9 --ticket T1", who="alice", code=1)["refused"] == "DEV-01"
    assert run(f"{submit} gw1 --ticket T1", "--subject", "CN=John Smith jo@example.org", who="alice", code=1)["refused"]
    asked = run(f"{submit} gw1 --ticket T1", who="alice")["proposal"]
    assert run(f"approve {DESK} {asked}", who="alice", code=1)["refused"] == "APR-02"
    assert run(f"carry send {DESK} {asked} --out @x.carry", who="alice", code=1)["refused"]  # one person is not two
    assert not (run.folder / "x.carry").exists()
    other = f"request submit {DESK} @gw2.csr --profile ipsec-gateway --device gw2 --ticket T1"
    assert run(other, who="alice", code=1)["refused"] == "ENR-05"
    for verb in (f"ca list {DESK}",):
        assert run(verb)["authorities"] == []  # no CA key, no CA
    assert run(f"crl sign {DESK}", *TWO, code=1)["refused"]


def _swapped(content: bytes, change: str) -> bytes:
    """The file as somebody without the desk's keys would make it: canonical, but not what was signed."""
    outer: dict[str, Any] = json.loads(content)
    requests = outer["statement"]["body"]["requests"]
    if change == "names":
        requests[0]["statements"][0]["statement"]["facts"]["sans"] = ["dns:other.example.net"]
    elif change == "one person":
        requests[0]["statements"] = requests[0]["statements"][:1]
    elif change == "device":
        requests[0]["device"]["name"] = "gw2"
    return canonical(outer) + b"\n"


@pytest.mark.parametrize("change", ["names", "one person", "device"])
def test_what_a_tampered_stick_gets(shell: Shell, change: str) -> None:
    desk(shell)
    add(shell, "gw1", 1)
    shell(f"carry send {DESK} {registered(shell, 'gw1', 'CHG1')} --out @desk.carry", who="alice")
    path = shell.folder / "desk.carry"
    path.write_bytes(_swapped(path.read_bytes(), change))
    assert shell("carry take @issuing.anchorhold @desk.carry", who="alice", code=1)["refused"] == "CRY-01"
    assert shell("device list @issuing.anchorhold")["devices"] == []


def test_one_of_the_desk_who_signs_for_two_is_found_out(shell: Shell, tmp_path: Path) -> None:
    """The carrying signature of a known person does not stand in for the second person's approval."""
    desk(shell)
    add(shell, "gw1", 1)
    asked = registered(shell, "gw1", "CHG1")
    at = open_desk(shell.folder / "registration.anchorhold", cost=CHEAP)
    at.session = people.authenticate(at, "alice", passphrase("alice"))
    proposal = proposals.find(at, asked)

    def forge(work: Work, _: str) -> bytes:
        sealed = registration._sealed(work, proposal)
        sealed["statements"] = [sealed["statements"][0], sealed["statements"][0]]
        return carry.write(work, CarryKind.REQUESTS, "requests", "", {"requests": [sealed]})

    content = perform(at, Verb("request.sent", forge, REGISTERING), "")
    at.close()
    here = open_desk(shell.folder / "issuing.anchorhold", cost=CHEAP)
    here.session = people.authenticate(here, "alice", passphrase("alice"))
    with pytest.raises(NotCarried) as caught:
        registration.take(here, content)
    assert caught.value.why == "half"
    assert audit.inspect(here).faults == ()
    here.close()


def test_a_root_is_no_desk(shell: Shell) -> None:
    hierarchy(shell)
    assert shell("carry take @issuing.anchorhold @answer.carry", who="alice", code=1)["refused"] == "CRY-01"
