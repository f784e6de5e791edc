"""Key material for the tests, made by the real openssl."""

import subprocess
from pathlib import Path

from core.model.devices import Identity, IdentityKind
from tests.real import need

GATEWAY = Identity(IdentityKind.FQDN, "gw1.example.net")
DATA = Path(__file__).parent / "data"


def run(*words: str | Path, given: bytes = b"") -> bytes:
    """What a program prints on its standard output; its failure is the test's."""
    need(str(words[0]))
    return subprocess.run([str(word) for word in words], input=given, capture_output=True, check=True).stdout


def openssl(*words: str | Path, given: bytes = b"") -> bytes:
    return run("openssl", *words, given=given)


def private(kind: str = "P-256") -> bytes:
    """A new private key as PEM: a curve's name, "ed25519", "x25519", "rsa3072", …"""
    if kind.startswith("rsa"):
        return openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{kind[3:]}")
    if kind in ("ed25519", "x25519", "ed448", "x448"):
        return openssl("genpkey", "-algorithm", kind)
    return openssl("genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{kind}")


def public(key: bytes, *more: str) -> bytes:
    return openssl("pkey", "-pubout", *more, given=key)


def certificate(key: bytes, tmp_path: Path, *more: str) -> bytes:
    """A self-signed certificate as the README of OpenVPN makes one."""
    file = tmp_path / "key.pem"
    file.write_bytes(key)
    return openssl("req", "-x509", "-key", file, "-subj", "/CN=gw1.example.net", "-days", "30", *more)


def request(key: bytes, tmp_path: Path, *more: str) -> bytes:
    file = tmp_path / "key.pem"
    file.write_bytes(key)
    return openssl("req", "-new", "-key", file, "-subj", "/CN=gw1.example.net", *more)


def der(pem: bytes) -> bytes:
    return openssl("pkey", "-pubin", "-outform", "DER", given=pem)
