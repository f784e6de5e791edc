"""What devices print, read back; the live outputs of the VPN programs are read in tests/lab."""

import contextlib
import subprocess
from dataclasses import replace

import pytest

from core.crypto.fingerprints import fingerprints
from core.errors.keys import PrivateKeyInFile, SharedSecretInFile
from core.errors.links import NothingPrinted, OnlyShortIds, TooMuchPrinted
from core.exports.readback import CERTIFICATE_DER, MOST_BYTES, MOST_KEYS, printed_keys
from core.model.devices import Identity, IdentityKind, Platform
from core.model.keys import Algorithm, Form
from core.model.links import Technology
from tests.exports.bundles import Pair, both, device, end, link, openssl, pair, rendered, wireguard_private
from tests.real import need

NAME = Identity(IdentityKind.FQDN, "par.example.net")


@pytest.fixture(scope="module", params=[Algorithm.P256, Algorithm.P384, Algorithm.RSA, Algorithm.ED25519])
def one(request: pytest.FixtureRequest) -> Pair:
    return pair(request.param)


def values(output: bytes) -> list[dict[str, str]]:
    return [dict(each.values) for each in printed_keys(output)]


def expected(of: Pair, form: Form) -> dict[str, str]:
    return {form.value: fingerprints(of.public, NAME)[form].replace(":", "").lower()}


def pem(of: Pair) -> bytes:
    return openssl("pkey", "-pubin", "-inform", "DER", given=of.public.spki)


def test_openssl_public_key(one: Pair) -> None:
    assert values(pem(one)) == [{Form.WHOLE_KEY.value: one.public.spki.hex()}]


def test_openssl_and_sha256sum(one: Pair) -> None:
    summed = subprocess.run(need("sha256sum"), input=one.public.spki, capture_output=True, timeout=30)
    assert values(summed.stdout) == [expected(one, Form.SPKI_SHA256)]
    assert values(openssl("dgst", "-sha256", given=one.public.spki)) == [expected(one, Form.SPKI_SHA256)]


@pytest.mark.parametrize(("option", "form"), [("-sha256", Form.CERT_SHA256), ("-sha1", Form.CERT_SHA1)])
def test_openssl_fingerprint(one: Pair, option: str, form: Form) -> None:
    printed = openssl("x509", "-inform", "DER", "-noout", "-fingerprint", option, given=one.public.certificate)
    assert values(printed) == [expected(one, form)]


def test_openssl_md5_fingerprint_is_not_taken(one: Pair) -> None:
    printed = openssl("x509", "-inform", "DER", "-noout", "-fingerprint", "-md5", given=one.public.certificate)
    with pytest.raises(NothingPrinted):
        printed_keys(printed)


def test_pki_keyid(one: Pair) -> None:
    command = [*need("pki"), "--keyid", "--type", "pub"]
    printed = subprocess.run(command, input=one.public.spki, capture_output=True, timeout=30).stdout
    assert values(printed) == [expected(one, Form.SPKI_SHA1) | expected(one, Form.KEY_SHA1)]


def test_certtool(one: Pair) -> None:
    command = [*need("certtool"), "--pubkey-info", "--load-pubkey", "/dev/stdin"]
    printed = subprocess.run(command, input=pem(one), capture_output=True, timeout=30).stdout
    assert expected(one, Form.SPKI_SHA256) in values(printed)


def test_certificates_and_inline_blocks(one: Pair) -> None:
    certificate = openssl("x509", "-inform", "DER", given=one.public.certificate)
    other = pair()
    colons = fingerprints(other.public, NAME)[Form.CERT_SHA256]
    printed = (
        b"<cert>\n" + certificate + b"</cert>\n<peer-fingerprint>\n" + colons.encode() + b"\n</peer-fingerprint>\n"
    )
    mine, pinned = printed_keys(printed)
    assert (mine.own, dict(mine.values)) == (True, {CERTIFICATE_DER: one.public.certificate.hex()})
    assert (pinned.own, dict(pinned.values)) == (False, expected(other, Form.CERT_SHA256))


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_pastes_of_every_console(one: Pair, encoding: str, newline: str) -> None:
    text = pem(one).decode().replace("\n", newline)
    assert values(text.encode(encoding)) == [{Form.WHOLE_KEY.value: one.public.spki.hex()}]


@pytest.mark.parametrize("algorithm", [Algorithm.P256, Algorithm.P384, Algorithm.RSA])
def test_our_own_libreswan_lines(algorithm: Algorithm) -> None:
    """verify.txt asks for the lines rightid and rightpubkey of the installed conn."""
    left = end(device("lon", 1, Platform.LIBRESWAN, "192.0.2.1", ()), pair(algorithm))
    right = end(device("par", 2, Platform.LIBRESWAN, "192.0.2.2", ()), pair(algorithm))
    conf = rendered(both(link("lon-par", Technology.IPSEC), left, right)[0])["install/ipsec.d/lon-par.conf"]
    grepped = b"\n".join(line for line in conf.splitlines() if b"rightid" in line or b"rightpubkey" in line)
    [found] = printed_keys(grepped)
    assert (found.identity, found.own) == ("par.example.net", False)
    assert dict(found.values) == {Form.WHOLE_KEY.value: right.keys[0].public.spki.hex()}


def test_our_own_wireguard_configuration() -> None:
    left = end(device("lon", 1, Platform.WIREGUARD, "192.0.2.1", ()), pair(Algorithm.X25519))
    right = end(device("par", 2, Platform.WIREGUARD, "192.0.2.2", ()), pair(Algorithm.X25519))
    files = rendered(both(link("lon-par", Technology.WIREGUARD), left, right)[0])
    assert values(files["install/wireguard/lon-par.conf"]) == [{Form.WHOLE_KEY.value: right.keys[0].public.spki.hex()}]


def test_cisco_prints_the_key_as_we_wrote_it() -> None:
    left = end(device("lon", 1, Platform.CISCO_IOS, "192.0.2.1", ()), pair(Algorithm.RSA))
    right = end(device("par", 2, Platform.CISCO_IOS, "192.0.2.2", ()), pair(Algorithm.RSA))
    written = rendered(both(link("lon-par", Technology.IPSEC), left, right)[0])["install/cisco-ios/lon-par.txt"]
    shown = written.replace(b" named-key ", b"Key name: ").replace(b"  key-string", b" Data:").replace(b"  quit", b"")
    for output in (written, shown):
        [found] = printed_keys(output)
        assert (found.identity, found.own) == ("par.example.net", False)
        assert dict(found.values) == {Form.WHOLE_KEY.value: right.keys[0].public.spki.hex()}
    [own] = printed_keys(b"% Key pair was generated at: 05:00:00 UTC\n" + shown.replace(b" Data:", b" Key Data:"))
    assert own.own


LISTPUBKEYS = b"""000
000 List of Public Keys:
000
000 Nov 24 05:16:09 2026, 3072 RSA Key AwEAAbvWl (no private key), until --- -- --:--:-- ---- ok (expires never)
000        ID_FQDN '@par.example.net'
"""


def test_short_ids_prove_nothing() -> None:
    with pytest.raises(OnlyShortIds):
        printed_keys(LISTPUBKEYS)
    key = pair()
    assert values(LISTPUBKEYS + pem(key)) == [{Form.WHOLE_KEY.value: key.public.spki.hex()}]


def test_private_keys_are_refused() -> None:
    key = pair(Algorithm.X25519)
    mine, public = wireguard_private(key), fingerprints(key.public, NAME)[Form.WIREGUARD]
    for output in (
        key.private,
        f"[Interface]\nPrivateKey = {mine}\n[Peer]\nPublicKey = {public}\n".encode(),
        f"interface: wg0\n  public key: {public}\n  private key: {mine}\n".encode(),
        f"wg0\t{mine}\t{public}\t51820\toff\n".encode(),
        f"{mine}\t{public}\t51820\toff\n".encode(),
    ):
        with pytest.raises(PrivateKeyInFile) as caught:
            printed_keys(output)
        assert mine not in str(vars(caught.value))


def test_shared_keys_are_refused() -> None:
    public = fingerprints(pair(Algorithm.X25519).public, NAME)[Form.WIREGUARD]
    for output in (
        f"peer: {public}\n  preshared key: (hidden)\n",
        f"[Peer]\nPublicKey = {public}\nPresharedKey = {public}\n",
        f"wg0\t{public}\t{public}\t192.0.2.9:51820\t10.9.0.0/24\t0\t0\t0\toff\n",
        "<tls-crypt>\n-----BEGIN OpenVPN Static key V1-----\n00\n",
        "conn x\n    authby=secret\n",
        '@lon @par : PSK "text"\n',
    ):
        with pytest.raises(SharedSecretInFile):
            printed_keys(output.encode())


@pytest.mark.parametrize("output", [b"", b"no keys here\n", b"\x00\xff" * 50, b"-----BEGIN PUBLIC KEY-----\n!!\n"])
def test_output_without_keys_is_refused(output: bytes) -> None:
    with pytest.raises(NothingPrinted):
        printed_keys(output)


def test_limits() -> None:
    for output, unit in ((b"x" * (MOST_BYTES + 1), "bytes"), (lines(MOST_KEYS + 1), "keys")):
        with pytest.raises(TooMuchPrinted) as caught:
            printed_keys(output)
        assert caught.value.unit == unit
    assert len(printed_keys(lines(MOST_KEYS))) == MOST_KEYS


def lines(count: int) -> bytes:
    return b"".join(f"{number:064x}  -\n".encode() for number in range(count))


def test_damaged_output_never_breaks_the_reader() -> None:
    """Cut anywhere, an output gives fewer keys or a refusal, nothing else."""
    entry = b'  subject:  "x"\n  keyid:   ' + b"aa:" * 19 + b"aa\n" + b" key-string\n 3059\n quit\n"
    whole = pem(pair()) + LISTPUBKEYS + entry
    counts = set()
    for cut in range(0, len(whole), 7):
        with contextlib.suppress(NothingPrinted, OnlyShortIds):
            counts.add(len(printed_keys(whole[:cut])))
    assert counts == {1, 2, 3}


def test_equal_lines_count_once() -> None:
    key = pair()
    assert len(printed_keys(pem(key) * 3)) == 1
    assert replace(printed_keys(pem(key))[0], own=True) != printed_keys(pem(key))[0]
