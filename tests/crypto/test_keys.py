"""Reading key files: every format that is taken, every one that is refused, by its class."""

import base64
import dataclasses
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.crypto.keys import LIMIT, read_key
from core.errors import keys as errors
from core.errors.base import Refused
from core.model.keys import Algorithm, Source
from tests.crypto import makers
from tests.crypto.makers import certificate, der, openssl, private, public, request, run

P256 = Algorithm.P256


@pytest.fixture(scope="module")
def key() -> bytes:
    return private()


@pytest.mark.parametrize(
    ("kind", "algorithm", "bits"),
    [
        ("P-256", Algorithm.P256, 256),
        ("P-384", Algorithm.P384, 384),
        ("ed25519", Algorithm.ED25519, 256),
        ("x25519", Algorithm.X25519, 256),
        ("rsa3072", Algorithm.RSA, 3072),
    ],
)
def test_public_keys_that_are_taken(kind: str, algorithm: Algorithm, bits: int) -> None:
    pem = public(private(kind))
    read = read_key(pem)
    assert (read.algorithm, read.bits, read.source) == (algorithm, bits, Source.SPKI_PEM)
    assert (read.spki, read.certificate, read.possession) == (der(pem), b"", False)
    assert read_key(der(pem)) == dataclasses.replace(read, source=Source.SPKI_DER)


@pytest.mark.parametrize("form", ["PEM", "DER"])
@pytest.mark.parametrize("kind", ["P-256", "ed25519", "rsa3072"])
def test_requests_and_certificates_prove_possession(kind: str, form: str, tmp_path: Path) -> None:
    own = private(kind)
    for made, source in ((request, Source.PKCS10), (certificate, Source.CERTIFICATE)):
        read = read_key(made(own, tmp_path, "-outform", form))
        assert (read.source, read.possession, read.spki) == (source, True, der(public(own)))
        assert bool(read.certificate) == (source is Source.CERTIFICATE)


def test_certificate_is_kept_byte_for_byte(key: bytes, tmp_path: Path) -> None:
    pem = certificate(key, tmp_path)
    whole = openssl("x509", "-outform", "DER", given=pem)
    assert read_key(openssl("x509", "-text", given=pem)).certificate == whole


@pytest.mark.parametrize("kind", ["ecdsa", "ed25519", "rsa"])
def test_openssh_lines(kind: str, tmp_path: Path) -> None:
    run("ssh-keygen", "-q", "-t", kind, *(["-b", "3072"] if kind == "rsa" else []), "-N", "", "-f", tmp_path / "k")
    line = (tmp_path / "k.pub").read_bytes()
    read = read_key(line)
    assert read.source is Source.OPENSSH
    if kind != "ed25519":  # ssh-keygen cannot export those
        assert read.spki == der(run("ssh-keygen", "-e", "-m", "PKCS8", "-f", tmp_path / "k.pub"))
    with pytest.raises(errors.PrivateKeyInFile):
        read_key((tmp_path / "k").read_bytes())
    with pytest.raises(errors.SeveralKeys):
        read_key(line + line)


def test_wireguard_key() -> None:
    secret = run("wg", "genkey")
    shown = run("wg", "pubkey", given=secret)
    read = read_key(shown)
    assert (read.algorithm, read.source) == (Algorithm.X25519, Source.WIREGUARD)
    assert base64.b64encode(read.spki[-32:]) == shown.strip()
    assert read_key(b"[Peer]\nPublicKey = " + shown + b"AllowedIPs = 10.0.0.0/8\n").spki == read.spki
    for text in (b"[Interface]\nPrivateKey = " + secret, b"private key: " + secret):
        with pytest.raises(errors.PrivateKeyInFile) as caught:
            read_key(text)
        assert caught.value.clause == "M3"
        assert secret.decode().strip() not in repr(caught.value)
    with pytest.raises(errors.SharedSecretInFile):
        read_key(b"[Peer]\nPublicKey = " + shown + b"PresharedKey = " + run("wg", "genpsk"))


def _groups(body: bytes) -> str:
    digits = body.hex().upper()
    words = [digits[at : at + 8] for at in range(0, len(digits), 8)]
    return "\n".join("  " + " ".join(words[at : at + 7]) for at in range(0, len(words), 7))


def test_cisco_key_string() -> None:
    pem = public(private("rsa3072"))
    hexed = _groups(der(pem))
    shown = "% Key pair was generated at: 10:20:30 UTC Nov 24 2026\nKey name: gw1\n Usage: Signature Key\n Key Data:\n"
    for text in (hexed, f" key-string\n{hexed}\n quit\n", shown + hexed + "\n"):
        read = read_key(text.encode())
        assert (read.source, read.spki) == (Source.CISCO, der(pem))
    with pytest.raises(errors.SeveralKeys):
        read_key(f"{shown}{hexed}\n{shown}{hexed}\n".encode())


def test_text_around_and_other_encodings(key: bytes) -> None:
    pem = public(key)
    text = pem.decode()
    for spelt in (
        b"From: noc\n\n" + pem + b"\n--\nregards",
        text.replace("\n", "\r\n").encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        b"\n\n" + pem + b"\n\n",
        run("certtool", "--pubkey-info", "--load-pubkey", "/dev/stdin", given=pem),
    ):
        assert read_key(spelt).spki == der(pem)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("P-521", "P-521"),
        ("P-224", "P-224"),
        ("prime192v1", "P-192"),
        ("secp256k1", "secp256k1"),
        ("brainpoolP256r1", "brainpoolP256r1"),
        ("ed448", "Ed448"),
        ("x448", "X448"),
    ],
)
def test_other_algorithms_are_refused_by_name(kind: str, found: str) -> None:
    with pytest.raises(errors.AlgorithmNotAllowed) as caught:
        read_key(public(private(kind)))
    assert caught.value.found == found


def test_dsa_and_rsa_pss_are_refused_by_name(tmp_path: Path) -> None:
    pss = openssl("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:3072")
    parameters = openssl("genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024")
    (tmp_path / "dsa").write_bytes(parameters)
    for own, found in ((pss, "RSA-PSS"), (openssl("genpkey", "-paramfile", tmp_path / "dsa"), "DSA")):
        with pytest.raises(errors.AlgorithmNotAllowed) as caught:
            read_key(public(own))
        assert caught.value.found == found


def test_rsa_sizes_and_exponents() -> None:
    legacy = public(private("rsa2048"))
    with pytest.raises(errors.RsaSizeNotAllowed) as caught:
        read_key(legacy)
    assert (caught.value.bits, caught.value.shortest, caught.value.legacy) == (2048, 3072, True)
    assert read_key(legacy, legacy=True).bits == 2048
    with pytest.raises(errors.RsaSizeNotAllowed) as caught:
        read_key(public(private("rsa1024")), legacy=True)
    assert not caught.value.legacy
    three = ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072", "-pkeyopt", "rsa_keygen_pubexp:3"]
    with pytest.raises(errors.RsaExponentNotAllowed):
        read_key(public(openssl(*three)))


def test_second_spellings_are_refused(key: bytes) -> None:
    pem = public(key)
    body = der(pem)
    with pytest.raises(errors.CompressedPoint):
        read_key(openssl("ec", "-pubout", "-conv_form", "compressed", given=key))
    with pytest.raises(errors.ExplicitParameters):
        read_key(openssl("ec", "-pubout", "-param_enc", "explicit", given=key))
    padded = b"\x30\x81" + body[1:]
    for other in (padded, body + b"\0"):
        armoured = base64.encodebytes(other).decode()
        with pytest.raises((errors.EncodingNotCanonical, errors.NotAKey)):
            read_key(f"-----BEGIN PUBLIC KEY-----\n{armoured}-----END PUBLIC KEY-----\n".encode())
    off = body[:-1] + bytes([body[-1] ^ 1])
    with pytest.raises(errors.PointNotAllowed):
        read_key(off)


def test_several_in_one_file(key: bytes, tmp_path: Path) -> None:
    both = public(key) + certificate(key, tmp_path)
    with pytest.raises(errors.SeveralKeys) as caught:
        read_key(both)
    assert caught.value.count == 2


def _forged(pem: bytes) -> bytes:
    """The same file with its last signature bit turned."""
    lines = pem.decode().strip().split("\n")
    body = bytearray(base64.b64decode("".join(lines[1:-1])))
    body[-1] ^= 1
    return "\n".join([lines[0], base64.encodebytes(bytes(body)).decode().strip(), lines[-1], ""]).encode()


def test_signatures_are_checked(key: bytes, tmp_path: Path) -> None:
    with pytest.raises(errors.RequestSignatureWrong):
        read_key(_forged(request(key, tmp_path)))
    with pytest.raises(errors.CertificateSignatureWrong):
        read_key(_forged(certificate(key, tmp_path)))


@pytest.mark.parametrize(("digest", "name"), [("sha1", "SHA-1"), ("md5", "MD5")])
def test_weak_hashes_are_told_from_forgeries(digest: str, name: str, tmp_path: Path) -> None:
    own = private("rsa3072")
    for made in (request, certificate):
        with pytest.raises(errors.WeakSignature) as caught:
            read_key(made(own, tmp_path, f"-{digest}"))
        assert caught.value.algorithm == name


def test_certificate_of_another_issuer(key: bytes, tmp_path: Path) -> None:
    other = tmp_path / "ca.pem"
    other.write_bytes(private())
    ca = tmp_path / "ca.crt"
    ca.write_bytes(openssl("req", "-x509", "-key", other, "-subj", "/CN=Some CA"))
    asked = request(key, tmp_path)
    signed = openssl("x509", "-req", "-CA", ca, "-CAkey", other, "-CAcreateserial", given=asked)
    with pytest.raises(errors.NotSelfSigned) as caught:
        read_key(signed)
    assert caught.value.issuer == "CN=Some CA"
    same_name = openssl("req", "-x509", "-key", other, "-subj", "/CN=gw1.example.net")
    ca.write_bytes(same_name)
    with pytest.raises(errors.CertificateSignatureWrong):
        read_key(openssl("x509", "-req", "-CA", ca, "-CAkey", other, "-CAcreateserial", given=asked))


def _private_files(key: bytes, tmp_path: Path) -> dict[str, bytes]:
    rsa = private("rsa2048")
    own = tmp_path / "own.pem"
    own.write_bytes(key)
    crt = certificate(key, tmp_path)
    (tmp_path / "own.crt").write_bytes(crt)
    return {
        "PKCS#8 PEM": key,
        "SEC1 PEM": openssl("ec", given=key),
        "PKCS#1 PEM": openssl("rsa", "-traditional", given=rsa),
        "encrypted PEM": openssl("pkcs8", "-topk8", "-passout", "pass:secret", given=key),
        "PKCS#8 DER": openssl("pkcs8", "-topk8", "-nocrypt", "-outform", "DER", given=key),
        "encrypted DER": openssl("pkcs8", "-topk8", "-passout", "pass:secret", "-outform", "DER", given=key),
        "SEC1 DER": openssl("ec", "-outform", "DER", given=key),
        "PKCS#1 DER": openssl("rsa", "-traditional", "-outform", "DER", given=rsa),
        "PKCS#12": openssl("pkcs12", "-export", "-inkey", own, "-in", tmp_path / "own.crt", "-passout", "pass:secret"),
        "beside a request": request(key, tmp_path) + key,
        "before a certificate": key + crt,
        "as text": openssl("pkey", "-text", "-noout", given=key),
        "UTF-16": key.decode().encode("utf-16"),
        "CRLF": key.replace(b"\n", b"\r\n"),
        "base64 without armour": base64.encodebytes(
            openssl("pkcs8", "-topk8", "-nocrypt", "-outform", "DER", given=key)
        ),
        "wrong label": key.replace(b"PRIVATE", b"PUBLIC"),
        "PuTTY": b"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n",
        "Java keystore": b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1",
        "JWK": b'{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"}',
        "PGP": b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nabc\n-----END PGP PRIVATE KEY BLOCK-----\n",
        "cut off": key[:60],
    }


def test_private_keys_are_refused_in_every_container(key: bytes, tmp_path: Path) -> None:
    for name, content in _private_files(key, tmp_path).items():
        with pytest.raises(errors.PrivateKeyInFile) as caught:
            read_key(content)
        assert caught.value.clause == "M3", name


def test_wireguard_public_keys_that_look_clamped_are_taken() -> None:
    """One public key in 32 has the bit pattern of a private one, so the pattern proves nothing."""
    raw = bytes([8]) + hashlib.sha256(b"any").digest()[1:31] + bytes([0x41])
    assert read_key(base64.b64encode(raw)).algorithm is Algorithm.X25519


@pytest.mark.parametrize(
    ("content", "looked_like"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b'{"a": 1}', "JSON"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b"hello there", "text"),
        (b"\xff\x00\x01\x99" * 40, "binary"),
        (b"-----BEGIN PUBLIC KEY-----\nMFkw\n", "PUBLIC KEY, cut off"),
        (b"-----BEGIN X509 CRL-----\nMFkw\n-----END X509 CRL-----\n", "X509 CRL"),
        (b"-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----\n", "base64, damaged"),
    ],
)
def test_what_is_no_key_says_what_it_looks_like(content: bytes, looked_like: str) -> None:
    with pytest.raises(errors.NotAKey) as caught:
        read_key(content)
    assert caught.value.looked_like == looked_like


def test_huge_files_are_not_parsed() -> None:
    with pytest.raises(errors.KeyFileTooLarge) as caught:
        read_key(b"\0" * (LIMIT + 1))
    assert caught.value.limit == LIMIT


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    with pytest.raises(Refused):
        read_key(b"\x30" + content)
    with pytest.raises(Refused):
        read_key(content)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_keys_are_refused_or_canonical(key: bytes, data: st.DataObject) -> None:
    body = bytearray(der(makers.DATA.joinpath("lookalike-1.pem").read_bytes()))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = read_key(bytes(body))
    except Refused:
        return
    assert read.spki == bytes(body)
