"""The folder as a whole: its layout, its words, its manifest."""

import json
import re
import subprocess
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest

from core.crypto.keys import read_key
from core.errors.links import Unwritable
from core.exports.folder import manifest
from core.exports.instructions import own_key, public_key
from core.model.devices import Platform
from core.model.keys import Algorithm, Form
from core.model.links import Bundle, Earlier, ExportedFile, Technology
from tests.exports.bundles import (
    MARK,
    both,
    der_of,
    device,
    end,
    forms,
    link,
    pair,
    rendered,
)
from tests.real import need

FORBIDDEN = re.compile(r"psk|secret|gdoi|static key|%any|private key-----", re.IGNORECASE)
ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{40,}|^[A-Za-z0-9+/=]{4,}$", re.MULTILINE)  # keys may spell anything
KINDS = {
    Platform.STRONGSWAN: (Technology.IPSEC, Algorithm.P256),
    Platform.LIBRESWAN: (Technology.IPSEC, Algorithm.P256),
    Platform.IKED: (Technology.IPSEC, Algorithm.P256),
    Platform.CISCO_IOS: (Technology.IPSEC, Algorithm.RSA),
    Platform.OPENVPN: (Technology.OPENVPN, Algorithm.P256),
    Platform.STUNNEL: (Technology.TLS, Algorithm.P256),
    Platform.WIREGUARD: (Technology.WIREGUARD, Algorithm.X25519),
    Platform.OTHER: (Technology.IPSEC, Algorithm.P256),
}
INSTALLED = {
    Platform.STRONGSWAN: {
        "swanctl/conf.d/lon-par.conf",
        "swanctl/pubkey/lon.pem",
        "swanctl/pubkey/par.pem",
        "swanctl/pubkey/par.previous.pem",
    },
    Platform.LIBRESWAN: {"ipsec.d/lon-par.conf", "ipsec.d/lon-par.previous"},
    Platform.IKED: {"iked/lon-par.conf", "iked/pubkeys/fqdn/par.example.net", "iked/previous/fqdn/par.example.net"},
    Platform.CISCO_IOS: {"cisco-ios/lon-par.txt", "cisco-ios/lon-par.previous.txt"},
    Platform.OPENVPN: {"openvpn/lon-par.conf", "openvpn/lon.crt"},
    Platform.STUNNEL: {"stunnel/lon-par.conf", "stunnel/lon.crt", "stunnel/lon-par.peers.pem"},
    Platform.WIREGUARD: {"wireguard/lon-par.conf"},
    Platform.OTHER: {
        "link.txt",
        "lon.pem",
        "SHA256SUMS",
        "truststore.json",
        *(
            f"par{previous}.{suffix}"
            for previous in ("", ".previous")
            for suffix in ("pem", "der", "crt", "crt.sha256.txt")
        ),
    },
}
PAGES = {
    "README.txt",
    "keys/peer.spki.pem",
    "keys/peer.previous.spki.pem",
    "keys/peer.fingerprints.txt",
    "verify.txt",
    "test.txt",
    "rollback.txt",
    "evidence/verification.json",
}


@pytest.fixture(scope="module", params=[each for each in Platform if each is not Platform.NGINX])
def made(request: pytest.FixtureRequest) -> tuple[Bundle, Bundle]:
    """Both ends of a link while the right one rolls over, on one platform."""
    technology, algorithm = KINDS[request.param]
    left = device("lon", 1, request.param, "192.0.2.1", ("10.77.1.0/24", "10.78.1.0/24"))
    right = device("par", 2, request.param, "gw.par.example.net", ("10.77.2.0/24",))
    ends = end(left, pair(algorithm)), end(right, pair(algorithm), pair(algorithm))
    return both(link("lon-par", technology), *ends)


def test_every_file_lies_where_the_platform_looks(made: tuple[Bundle, Bundle]) -> None:
    paths = set(rendered(made[0]))
    platform = made[0].own.device.platform
    assert {path.removeprefix("install/") for path in paths if path.startswith("install/")} == INSTALLED[platform]
    rest = {path for path in paths if not path.startswith("install/")}
    assert rest - {"keys/peer.certificate.pem", "keys/peer.previous.certificate.pem"} == PAGES


def test_no_shared_or_private_key_and_no_wildcard_leaves(made: tuple[Bundle, Bundle]) -> None:
    for one in made:
        for path, content in rendered(one).items():
            text = ENCODED.sub("", content.decode("utf-8", "replace"))
            assert not FORBIDDEN.search(text), (path, FORBIDDEN.search(text))


def test_every_page_begins_with_its_marks(made: tuple[Bundle, Bundle]) -> None:
    for path, content in rendered(made[0]).items():
        if path.endswith(".conf") or (path.endswith(".txt") and not path.startswith("install/")):
            assert MARK in "".join(content.decode().splitlines(keepends=True)[:2]), path


def test_the_test_page_says_where_the_log_is(made: tuple[Bundle, Bundle]) -> None:
    told = rendered(made[0])["test.txt"].decode()
    section = told.split("Where the log is\n")[1].split("\n\n")[0]
    assert section.startswith("  ")
    assert "$" not in section
    platform = made[0].own.device.platform
    assert any(word in section for word in ("journalctl", "/var/log", "dmesg", "terminal monitor", "manual")), platform


@pytest.mark.parametrize("platform", list(Platform), ids=[each.value for each in Platform])
def test_what_prints_the_public_key_is_read(platform: Platform, tmp_path: Path) -> None:
    """The very line, on a key of this machine, gives what `read_key` takes; programs we have not are left to the lab."""
    assert "sha256" in " ".join(own_key(platform, "lon")) or platform in (Platform.WIREGUARD, Platform.CISCO_IOS)
    [*_, line] = public_key(platform, "lon")
    if not line.startswith("openssl pkey"):
        assert line.split()[0] in ("ipsec", "cat", "openssl", "wg", "show")
        return
    subprocess.run(
        ["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", tmp_path / "key"], check=True
    )
    words = [str(tmp_path / "key") if "lon" in word else word for word in line.split()]
    printed = subprocess.run(words, check=True, capture_output=True).stdout
    assert read_key(printed).algorithm is Algorithm.P256


def test_the_readme_says_who_what_and_until_when(made: tuple[Bundle, Bundle]) -> None:
    readme = rendered(made[0])["README.txt"].decode()
    for text in (*made[0].approvals, "CHG-1042", "2027-11-24", "2027-01-31", "par.example.net", "sha256sum -c"):
        assert text in readme


def test_verify_names_what_the_device_must_print(made: tuple[Bundle, Bundle]) -> None:
    """Each pinned key appears by at least one identifier, in the very spelling of the tool."""
    page = rendered(made[0])["verify.txt"].decode()
    spelt = forms(made[0])
    for key in made[0].peer.keys:
        joined = "".join(page.split()).lower()  # IOS prints the whole key in groups
        assert any(value in page for value in spelt[key.id].values()) or key.public.spki.hex() in joined


def test_rollback_names_the_previous_pin(made: tuple[Bundle, Bundle]) -> None:
    previous = made[0].peer.keys[1]
    page = rendered(made[0])["rollback.txt"].decode()
    assert f"{forms(made[0])[previous.id][Form.SPKI_SHA256]}  (approved until 2027-01-31)" in page
    assert "To go back to it" in page
    page = rendered(made[1])["rollback.txt"].decode()
    assert "None: no other key of that device was handed to this end before." in page
    assert "To go back to it" not in page


@pytest.mark.parametrize(("withdrawn", "said"), [(False, "approved no longer"), (True, "Never go back to it")])
def test_rollback_says_what_became_of_an_ended_pin(made: tuple[Bundle, Bundle], withdrawn: bool, said: str) -> None:
    earlier = Earlier("ab" * 32, withdrawn, "/srv/exports/lon-par", "2026-05-09")
    page = rendered(replace(made[1], earlier=earlier))["rollback.txt"].decode()
    for text in ("ab" * 32, "2026-05-09: /srv/exports/lon-par", said):
        assert text in page


def test_every_pin_of_a_roll_over_is_read_back(made: tuple[Bundle, Bundle]) -> None:
    """Where a command names the file of a pin, it is there once for each pin."""
    page = rendered(made[0])["verify.txt"].decode()
    assert page.count("par.previous.pem") == page.count("par.pem")


def test_no_identity_leads_out_of_the_folder(made: tuple[Bundle, Bundle]) -> None:
    """On iked the identity is a file's name; whatever a device on file says, it stays one."""
    peer = made[0].peer
    for value in ("a/../../../../x@example.net", "a/b", "..", ".hidden"):
        identity = replace(peer.device.identity, value=value)
        crooked = replace(made[0], peer=replace(peer, device=replace(peer.device, identity=identity)))
        if made[0].own.device.platform is Platform.IKED:
            with pytest.raises(Unwritable):
                rendered(crooked)
        elif not value.startswith("."):
            assert all(".." not in path.split("/") for path in rendered(crooked))


def test_the_truststore_is_as_netconf_takes_it(made: tuple[Bundle, Bundle]) -> None:
    """RFC 9641: names of nodes as in the module ietf-truststore, every pinned key once."""
    if made[0].own.device.platform is not Platform.OTHER:
        assert "install/truststore.json" not in rendered(made[0])
        return
    tree = json.loads(rendered(made[0])["install/truststore.json"])
    (bag,) = tree["ietf-truststore:truststore"]["public-key-bags"]["public-key-bag"]
    assert bag["name"] == "lon-par"
    assert MARK in bag["description"]
    assert [key["name"] for key in bag["public-key"]] == ["par", "par.previous"]
    for kept, key in zip(bag["public-key"], made[0].peer.keys, strict=True):
        assert b64decode(kept["public-key"]) == key.public.spki
        assert kept["public-key-format"] == "ietf-crypto-types:subject-public-key-info-format"


def test_the_key_files_hold_the_pinned_keys(made: tuple[Bundle, Bundle]) -> None:
    files = rendered(made[0])
    newest, previous = made[0].peer.keys
    assert der_of(files, "keys/peer.spki.pem") == newest.public.spki
    assert der_of(files, "keys/peer.previous.spki.pem") == previous.public.spki


def test_sha256sum_checks_the_manifest(made: tuple[Bundle, Bundle], tmp_path: Path) -> None:
    files = [ExportedFile(path, content) for path, content in rendered(made[0]).items()]
    for each in files:
        (tmp_path / each.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each.path).write_bytes(each.content)
    listing = manifest(files, ["Anchorhold export", "REHEARSAL"])
    (tmp_path / "MANIFEST.sha256").write_bytes(listing)
    assert listing.startswith(b"# Anchorhold export\n# REHEARSAL\n")
    check = [*need("sha256sum"), "--strict", "-c", "MANIFEST.sha256"]
    passed = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert passed.returncode == 0, passed.stderr
    assert passed.stdout.count(": OK") == len(files)
    (tmp_path / "verify.txt").write_bytes(b"changed")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, timeout=30).returncode == 1
