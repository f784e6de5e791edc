"""Bundles made from real keys: `openssl` makes the keys, nothing else is needed."""

import base64
import hashlib
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from core.crypto.fingerprints import printed_forms
from core.exports.folder import folder
from core.model.devices import Device, Identity, IdentityKind, Platform
from core.model.keys import Algorithm, Arrival, Form, Key, KeyState, PublicKey, Source
from core.model.links import Bundle, End, ExportedFile, Link, LinkState, Technology

MADE = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
MARK = "REHEARSAL"
_GENERATE = {
    Algorithm.P256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    Algorithm.P384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
    Algorithm.ED25519: ["-algorithm", "ED25519"],
    Algorithm.X25519: ["-algorithm", "X25519"],
    Algorithm.RSA: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
}
_BITS = {
    Algorithm.P256: 256,
    Algorithm.P384: 384,
    Algorithm.ED25519: 256,
    Algorithm.X25519: 256,
    Algorithm.RSA: 3072,
}


def openssl(*arguments: str | Path, given: bytes = b"") -> bytes:
    done = subprocess.run(["openssl", *map(str, arguments)], input=given, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@dataclass(frozen=True)
class Pair:
    """A private key (PEM, stays with the test) and its public half, with a self-signed certificate if it signs."""

    private: bytes
    public: PublicKey


def pair(algorithm: Algorithm = Algorithm.P256, name: str = "gw", *, certificate: bool = True) -> Pair:
    private = openssl("genpkey", *_GENERATE[algorithm])
    spki = openssl("pkey", "-pubout", "-outform", "DER", given=private)
    signed = b""
    if certificate and algorithm is not Algorithm.X25519:
        request = ["req", "-x509", "-key", "/dev/stdin", "-subj", f"/CN={name}", "-days", "30", "-outform", "DER"]
        signed = openssl(*request, given=private)
    source = Source.CERTIFICATE if signed else Source.SPKI_PEM
    return Pair(private, PublicKey(spki, algorithm, _BITS[algorithm], source, signed, possession=bool(signed)))


def wireguard_private(one: Pair) -> str:
    """The private key as `wg set … private-key FILE` reads it."""
    der = openssl("pkey", "-outform", "DER", given=one.private)
    return base64.b64encode(der[-32:]).decode()


def device(name: str, number: int, platform: Platform, address: str, networks: tuple[str, ...]) -> Device:
    identity = Identity(IdentityKind.FQDN, f"{name}.example.net")
    return Device(number, name, platform, identity, address, networks, "", "", "", "", "")


def key(number: int, owner: int, public: PublicKey, *, rolling: bool = False) -> Key:
    state = KeyState.ROLLING if rolling else KeyState.APPROVED
    until = "2027-01-31" if rolling else ""
    return Key(
        number,
        owner,
        public,
        state,
        Arrival.USB,
        MADE,
        "alice",
        waiver="",
        replace_by="",
        review_by="2027-11-24",
        pinned_until=until,
        telephone_only=False,
        by_one_person=False,
    )


def end(of: Device, *pairs: Pair) -> End:
    """Newest key first, as the service gives them; later ones are the old pins of a roll-over."""
    keys = [key(of.id * 10 + place, of.id, each.public, rolling=place > 0) for place, each in enumerate(pairs)]
    return End(of, tuple(keys))


def link(name: str, technology: Technology, number: int = 7) -> Link:
    return Link(number, name, 1, 2, technology, "CHG-1042", LinkState.ACTIVE)


def bundle(joined: Link, own: End, peer: End) -> Bundle:
    approvals = ("compared by alice on 2026-11-20, call back", "compared by bob on 2026-11-21, in person")
    return Bundle(joined, own, peer, "Example Ltd", approvals, (MARK,), "2027-11-24", MADE, "alice", "SHA256:x")


def both(joined: Link, left: End, right: End) -> tuple[Bundle, Bundle]:
    return bundle(joined, left, right), bundle(joined, right, left)


def forms(made: Bundle) -> dict[int, dict[Form, str]]:
    return {each.id: printed_forms(each.public) for each in made.peer.keys}


def rendered(made: Bundle) -> dict[str, bytes]:
    """The folder as {path: content}."""
    files: list[ExportedFile] = folder(made, forms(made), b"{}\n")
    return {each.path: each.content for each in files}


def with_networks(one: End, *networks: str) -> End:
    return replace(one, device=replace(one.device, networks=networks))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def der_of(files: dict[str, bytes], path: str) -> bytes:
    """The DER inside a PEM file of the folder."""
    return base64.b64decode("".join(files[path].decode().splitlines()[1:-1]))
