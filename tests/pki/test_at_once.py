"""Many at once on the command line: requests from files, folders and stdin, and every certificate over one key."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.pki.test_commands import TWO, Shell, device, hierarchy, issued, shell

__all__ = ("shell",)


def test_files_folders_and_what_stdin_brings_have_a_row_each(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    hierarchy(shell)
    for at in range(1, 6):
        device(shell, f"gw{at}", at)
    folder = shell.folder / "folder"
    folder.mkdir()
    (shell.folder / "gw3.csr").rename(folder / "gw3.csr")
    (folder / "notes.txt").write_text("nothing to sign")
    piped = b"".join((shell.folder / f"gw{at}.csr").read_bytes() for at in (4, 5))
    damaged = (shell.folder / "gw4.csr").read_bytes().replace(b"REQUEST-----\n", b"REQUEST-----\n?", 1)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(piped + damaged)))
    widened = shell("ticket widen @issuing.anchorhold CHG9 --reason", "the whole site", who="alice")
    shell(f"approve @issuing.anchorhold {widened['proposal']}", who="dave")
    told = shell(
        "request batch @issuing.anchorhold @gw1.csr @gw2.csr @folder @gone.csr - --ticket CHG9", who="alice", code=4
    )
    rows = [(each["file"], each["device"], bool(each["proposal"])) for each in told["rows"]]
    assert rows == [
        ("gw1.csr", "gw1", True),
        ("gw2.csr", "gw2", True),
        ("gw3.csr", "gw3", True),
        ("notes.txt", "notes", False),
        ("gone.csr", "gone", False),
        ("1", "gw4", True),
        ("2", "gw5", True),
        ("3", "", False),
    ]
    assert all(each["refused"] for each in told["rows"] if not each["proposal"])
    assert len(shell("request list @issuing.anchorhold")["proposals"]) == 5


def test_two_requests_in_one_file_go_to_the_devices_that_they_name(shell: Shell, tmp_path: Path) -> None:
    """The file's own name names no device then; a private key anywhere in it stops all of it."""
    hierarchy(shell)
    device(shell, "gw1", 1)
    device(shell, "gw2", 2)
    both = tmp_path / "site.pem"
    both.write_bytes((tmp_path / "gw1.csr").read_bytes() + (tmp_path / "gw2.csr").read_bytes())
    told = shell("request batch @issuing.anchorhold @site.pem --ticket CHG3", who="alice", code=4)
    assert [(each["file"], each["device"]) for each in told["rows"]] == [("site.pem, 1", "gw1"), ("site.pem, 2", "gw2")]
    assert told["rows"][0]["proposal"]
    assert "CHG3" in told["rows"][1]["refused"]  # a ticket is good for one device
    both.write_bytes(both.read_bytes() + (tmp_path / "gw1.key").read_bytes())
    told = shell("request batch @issuing.anchorhold @site.pem --ticket CHG4", who="alice", code=4)
    assert [(each["file"], each["proposal"]) for each in told["rows"]] == [("site.pem", "")]
    assert "private key" in told["rows"][0]["refused"]


def test_every_certificate_over_one_key_is_revoked_by_one_command(shell: Shell) -> None:
    """Found by the key, not by the device's name; the key is blocked for ever, and another key goes on."""
    hierarchy(shell)
    for at in (1, 2, 3):
        device(shell, f"gw{at}", at)
    first, other = issued(shell, "gw1", "CHG3"), issued(shell, "gw2", "CHG4")
    asked = shell(
        f"request submit @issuing.anchorhold @gw1.csr --device gw1 --ticket CHG5 --renews {first} --same-key",
        who="alice",
    )
    shell(f"approve @issuing.anchorhold {asked['proposal']}", who="dave")
    second = shell(f"cert issue @issuing.anchorhold {asked['proposal']}", *TWO)["certificates"][0]["serial"]
    revoke = f"cert revoke @issuing.anchorhold {first} --reason key-compromise --ticket CHG6"
    told = shell(f"{revoke} --same-key", who="carol")
    assert (told["state"], told["serial"], told["same_key"], told["together"]) == ("done", first, [second], True)
    listed = shell("cert list @issuing.anchorhold")["certificates"]
    assert {each["serial"]: each["standing"] for each in listed} == {
        first: "revoked", second: "revoked", other: "valid",
    }  # fmt: skip
    assert shell(f"{revoke} --same-key", who="carol", code=1)["refused"] == "RVK-02"
    assert shell("crl sign @issuing.anchorhold --ca ipsec-g1", *TWO)["entries"] == 2
    for name in ("gw1", "gw3"):  # for its own device as for another
        again = shell(f"request submit @issuing.anchorhold @gw1.csr --device {name} --ticket CHG7", who="alice", code=1)
        assert "blocked for ever" in str(again), again
    assert shell("audit verify @issuing.anchorhold")["ok"] is True
