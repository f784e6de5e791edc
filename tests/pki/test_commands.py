"""The whole way on the command line: a rehearsal of the root ceremony, a sub CA by stick, a device, its revocation."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from core.cli.main import main
from tests.desks import CHEAP
from tests.real import need

PEOPLE = """
[workspace]
organisation = "Example Networks"
community = "Data centres"
technologies = ["ipsec", "tls"]
responsible = "alice"
deputy = "bob"

[[operator]]
name = "alice"
full_name = "Alice Archer"
duties = ["security-officer", "registration-officer", "custodian"]

[[operator]]
name = "bob"
full_name = "Bob Baker"
duties = ["system-administrator", "ca-operator", "custodian"]

[[operator]]
name = "carol"
full_name = "Carol Carter"
duties = ["revocation-officer", "custodian"]

[[operator]]
name = "dave"
full_name = "Dave Dyer"
duties = ["registration-officer"]
"""
NAMES = ("alice", "bob", "carol", "dave")
ALL = ("--custodian", "alice", "--custodian", "bob", "--custodian", "carol")
TWO = ("--custodian", "alice", "--custodian", "bob")


class Shell:
    """Commands as somebody types them, each answered by one JSON object."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        (folder / "people.toml").write_text(PEOPLE)
        secrets = folder / "secrets.toml"
        secrets.write_text(
            "[passphrases]\n" + "".join(f'{name} = "{name} keeps nine copper kettles"\n' for name in NAMES)
        )
        secrets.chmod(0o600)

    def __call__(self, line: str, *more: str, who: str = "bob", code: int = 0) -> dict[str, Any]:
        words = [word.replace("@", f"{self.folder}/") for word in (*line.split(), *more)]
        given = main([*words, "--as", who, "--secrets", str(self.folder / "secrets.toml"), "--json"], cost=CHEAP)
        told = self.capsys.readouterr()
        assert given == code, told.err + told.out
        return dict(json.loads(told.out))


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    run = Shell(tmp_path, capsys)
    for kind in ("root", "issuing"):
        run(f"new {kind} @{kind}.anchorhold --name {kind} --people @people.toml --policy rehearsal")
    return run


def hierarchy(run: Shell) -> None:
    """A root, a sub CA for IPsec, and its first CRL."""
    crl = ("--crl-url", "http://crl.example.net/root.crl")
    made = run(
        "ca root @root.anchorhold --quorum 2 --until 2030-12-31 --network-ok",
        *ALL,
        *crl,
        "--subject",
        "CN=Example Root CA, O=Example, C=GB",
    )
    assert made["authority"]["subject"].startswith("CN=REHEARSAL Example Root CA")
    for here, there in (("root", "issuing"), ("issuing", "root")):
        told = run(f"meet @{here}.anchorhold --out @{here}.meet")
        run(f"meet @{there}.anchorhold @{here}.meet --heard", told["fingerprint"], who="alice")
        assert run(f"meet @{there}.anchorhold @{here}.meet --heard", told["words"])["known"] is True
    crl = ("--crl-url", "http://crl.example.net/ipsec.crl")
    run(
        "ca request @issuing.anchorhold ipsec-g1 --technology ipsec --quorum 2 --out @asked.carry",
        *ALL,
        *crl,
        "--subject",
        "CN=Example IPsec CA G1, O=Example",
    )
    refused = run("ca propose @root.anchorhold @asked.carry --until 2029-12-31", code=1)
    assert refused["refused"] == "CRT-06"
    decided = run(
        "decide @root.anchorhold L2 --value 2029-12-31 --review 2027-06-30 --ticket CHG1 --reason",
        "no newer table",
        who="alice",
    )
    run(f"approve @root.anchorhold {decided['proposal']}")
    proposed = run("ca propose @root.anchorhold @asked.carry --until 2029-12-31 --ticket CHG2")
    assert proposed["state"] == "waiting"
    run(f"approve @root.anchorhold {proposed['proposal']}", who="alice")
    run(f"ca sign @root.anchorhold {proposed['proposal']} --out @answer.carry --network-ok", *TWO)
    assert run("ca install @issuing.anchorhold @answer.carry")["authority"]["standing"] == "active"
    run("crl sign @issuing.anchorhold --ca ipsec-g1", *TWO)


def device(run: Shell, name: str, number: int, where: str = "@issuing.anchorhold") -> None:
    run(
        f"device add {where} {name} --platform strongswan --identity {name}.example.net --address 192.0.2.{number}",
        who="alice",
    )
    openssl = need("openssl")[0]
    key = str(run.folder / f"{name}.key")
    subprocess.run([openssl, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key], check=True)
    subprocess.run(
        [openssl, "req", "-new", "-key", key, "-subj", f"/CN={name}", "-out", str(run.folder / f"{name}.csr")],
        check=True,
    )


def issued(run: Shell, name: str, ticket: str) -> str:
    asked = run(f"request submit @issuing.anchorhold @{name}.csr --device {name} --ticket {ticket}", who="alice")
    run(f"approve @issuing.anchorhold {asked['proposal']}", who="dave")
    made = run(f"cert issue @issuing.anchorhold {asked['proposal']} --to @out", *TWO)
    return str(made["certificates"][0]["serial"])


def test_from_ceremony_to_revocation(shell: Shell) -> None:
    hierarchy(shell)
    device(shell, "gw1", 1)
    serial = issued(shell, "gw1", "CHG3")
    folder = shell.folder / "out" / "gw1"
    chain, own = folder / "keys/chain.pem", folder / "keys/certificate.pem"
    openssl = need("openssl")[0]
    lists = shell.folder / "crls.pem"
    lists.write_bytes(b"".join(_pem(each) for each in sorted((folder / "keys").glob("*.crl"))))
    verify = [
        openssl,
        "verify",
        "-x509_strict",
        "-crl_check_all",
        "-CRLfile",
        str(lists),
        "-CAfile",
        str(chain),
        str(own),
    ]
    assert subprocess.run(verify, capture_output=True, check=False).returncode == 0
    assert (
        subprocess.run(["sha256sum", "-c", "MANIFEST.sha256"], cwd=folder, capture_output=True, check=False).returncode
        == 0
    )
    assert shell("cert list @issuing.anchorhold --state valid")["certificates"][0]["device"] == "gw1"
    told = shell(f"cert revoke @issuing.anchorhold {serial} --reason key-compromise --ticket CHG4", who="carol")
    assert told["state"] == "done"
    assert shell("crl status @issuing.anchorhold", code=4)["unpublished"] == ["ipsec-g1"]
    crl = shell("crl sign @issuing.anchorhold --ca ipsec-g1 --to @pub", *TWO)
    assert (crl["entries"], crl["number"]) == (1, 2)
    assert shell("crl sign @issuing.anchorhold --ca ipsec-g1 --to @pub", *TWO)["number"] == 3
    assert len(list((shell.folder / "pub").iterdir())) == 4
    lists.write_bytes(_pem(shell.folder / "pub/ipsec.crl") + _pem(folder / "keys/root.crl"))
    assert b"certificate revoked" in subprocess.run(verify, capture_output=True, check=False).stderr
    shell(f"cert review @issuing.anchorhold {serial}", code=0)
    for kind in ("root", "issuing"):
        assert shell(f"audit verify @{kind}.anchorhold")["ok"] is True


def _pem(path: Path) -> bytes:
    words = [need("openssl")[0], "crl", "-inform", "DER", "-in", str(path)]
    return subprocess.run(words, capture_output=True, check=True).stdout


def test_what_enrolment_refuses(shell: Shell) -> None:
    hierarchy(shell)
    device(shell, "gw1", 1)
    device(shell, "gw2", 2)
    submit = "request submit @issuing.anchorhold @gw1.csr --device"
    assert shell(f"{submit} gw1 --ticket C --until 2028-06-01", who="alice", code=1)["refused"] == "CRT-05"
    assert shell(f"{submit} gw1 --ticket C --profile tls-server", who="alice", code=1)["refused"] == "ENR-01"
    assert shell(f"{submit} gw1 --ticket C --san dns:other.example.net", who="alice", code=1)["refused"] == "ENR-07"
    assert shell(f"{submit} gw1 --ticket C --san dns:*.example.net", who="alice", code=1)["refused"] == "CRT-13"
    asked = shell(f"{submit} gw1 --ticket CHG3", who="alice")
    assert shell(f"approve @issuing.anchorhold {asked['proposal']}", who="alice", code=1)["refused"]
    assert shell(f"cert issue @issuing.anchorhold {asked['proposal']}", *TWO, code=1)["refused"]
    shell(f"approve @issuing.anchorhold {asked['proposal']}", who="dave")
    shell(f"cert issue @issuing.anchorhold {asked['proposal']}", *TWO)
    assert shell(f"cert issue @issuing.anchorhold {asked['proposal']}", *TWO, code=1)["refused"]
    assert shell("request submit @issuing.anchorhold @gw1.csr --device gw2 --ticket C2", who="alice", code=1)[
        "refused"
    ] in ("ENR-02", "CHK-00")
    serial = shell("cert list @issuing.anchorhold")["certificates"][0]["serial"]
    waiting = shell(f"cert revoke @issuing.anchorhold {serial} --reason superseded --ticket CHG5", who="carol")
    assert waiting["state"] == "waiting"
    shell(f"approve @issuing.anchorhold {waiting['proposal']}", who="alice")
    assert (
        shell(f"cert revoke @issuing.anchorhold {serial} --reason key-compromise --ticket C", who="carol", code=1)[
            "refused"
        ]
        == "RVK-02"
    )


def test_what_a_tampered_stick_gets(shell: Shell) -> None:
    hierarchy(shell)
    answer = shell.folder / "answer.carry"
    content = answer.read_bytes()
    answer.write_bytes(content.replace(b'"kind":"sub-answer"', b'"kind":"sub-request"'))
    assert shell("ca install @issuing.anchorhold @answer.carry", code=1)["refused"] == "CRY-01"
    answer.write_bytes(content)
    assert shell("ca install @issuing.anchorhold @answer.carry", code=1)["refused"] == "CA-04"
    assert shell("ca propose @issuing.anchorhold @asked.carry --until 2029-12-31", code=1)["refused"]


def test_a_links_workspace_becomes_a_ca_and_keeps_what_it_has(shell: Shell) -> None:
    shell("new links @links.anchorhold --name links --people @people.toml --policy rehearsal")
    shell(
        "device add @links.anchorhold gw1 --platform strongswan --identity gw1.example.net --address 192.0.2.1",
        who="alice",
    )
    asked = shell("switch @links.anchorhold --ticket CHG1", who="alice")
    shell(f"approve @links.anchorhold {asked['proposal']}")
    assert shell("info @links.anchorhold")["kind"] == "issuing"
    assert [each["name"] for each in shell("device list @links.anchorhold")["devices"]] == ["gw1"]
    back = shell("switch @links.anchorhold --back", "--reason", "too early", who="alice")
    shell(f"approve @links.anchorhold {back['proposal']}")
    assert shell("info @links.anchorhold")["kind"] == "links"
    assert shell("audit verify @links.anchorhold")["ok"] is True


def test_the_way_back_ends_with_the_first_sub_ca(shell: Shell) -> None:
    hierarchy(shell)
    assert shell("switch @issuing.anchorhold --back", "--reason", "x", who="alice", code=1)["refused"] == "CA-09"


def test_a_network_that_is_up_stops_a_ceremony(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the kernel says is read from a folder that looks like its own: no cable is pulled in a test."""
    net = shell.folder / "net"
    for name, carrier in (("lo", "1"), ("eth0", "1"), ("eth1", "0")):
        (net / name).mkdir(parents=True)
        (net / name / "carrier").write_text(f"{carrier}\n")
    monkeypatch.setattr("core.media.network._NET", net)
    root = "ca root @root.anchorhold --quorum 2 --until 2030-12-31 --crl-url http://crl.example.net/root.crl --subject CN=Root"
    told = shell(root, *ALL, code=1)
    assert told["refused"] == "CA-01"
    assert "eth0" in told["happened"]
    because = ("--network-up-because", "the console is remote", "--witness", "Dave Dyer")
    assert shell(root, *ALL, *because)["authority"]["standing"] == "active"
    signing = "crl sign @root.anchorhold"
    assert shell(signing, *TWO, code=1)["refused"] == "CA-01"
    (net / "eth0" / "carrier").write_text("0\n")
    assert shell(signing, *TWO)["number"] == 2
