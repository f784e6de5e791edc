"""What devices print of their keys, parsed once with limits (interop 1). Recognised by content."""

import base64
import binascii
import re
from collections.abc import Iterator

from core.errors.keys import PrivateKeyInFile
from core.errors.links import NothingPrinted, TooMuchPrinted
from core.model.keys import Form
from core.model.links import PrintedKey

CERTIFICATE_DER = "certificate-der"
MOST_BYTES = 1024 * 1024
MOST_KEYS = 1000

_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----\s*(.*?)-----END \1-----", re.DOTALL)
_SECRET = re.compile(r"PRIVATE KEY|^\s*(PrivateKey|PresharedKey)\s*=", re.MULTILINE | re.IGNORECASE)
_HEX_BYTES = r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){%d}"
_SUBJECT = re.compile(r'^\s*subject:\s*"?([^"\n]*)"?\s*$', re.MULTILINE)
_KEYID = re.compile(rf"^\s*keyid:\s*({_HEX_BYTES % 19})", re.MULTILINE)
_SUBJKEY = re.compile(rf"^\s*subjkey:\s*({_HEX_BYTES % 19})", re.MULTILINE)
_CKAID = re.compile(r"ckaid[:=]?\s*([0-9A-Fa-f]{40})\b", re.IGNORECASE)
_SHA256 = re.compile(rf"sha256 fingerprint=({_HEX_BYTES % 31})", re.IGNORECASE)
_SHA1 = re.compile(rf"sha1 fingerprint=({_HEX_BYTES % 19})", re.IGNORECASE)
_SHA256SUM = re.compile(r"^([0-9a-f]{64})\s+[*-]", re.MULTILINE)
_PEER_PRINTS = re.compile(r"<peer-fingerprint>(.*?)</peer-fingerprint>", re.DOTALL)
_PRINT = re.compile(_HEX_BYTES % 31)
_WG = re.compile(r"^\s*(public key|peer|PublicKey)\s*[:=]\s*([A-Za-z0-9+/]{43}=)", re.MULTILINE)
_PUBKEY_LINE = re.compile(r"(?:left|right)pubkey=([A-Za-z0-9+/]+=*)")


def printed_keys(untrusted: bytes) -> tuple[PrintedKey, ...]:
    """Every key in the text, in order. Raises `NothingPrinted`, `TooMuchPrinted`, `PrivateKeyInFile`."""
    if len(untrusted) > MOST_BYTES:
        raise TooMuchPrinted(MOST_BYTES, "bytes")
    text = untrusted.decode("utf-8", "replace").replace("\r\n", "\n")
    if _SECRET.search(text):
        raise PrivateKeyInFile("printed configuration")
    found: list[PrintedKey] = []
    for key in _all(text):
        found.append(key)
        if len(found) > MOST_KEYS:
            raise TooMuchPrinted(MOST_KEYS, "keys")
    if not found:
        raise NothingPrinted
    return tuple(found)


def _all(text: str) -> Iterator[PrintedKey]:
    if _SUBJECT.search(text) and (_KEYID.search(text) or _PEM.search(text)):
        yield from _swanctl(text)
        return
    for label, body in _PEM.findall(text):
        yield from _pem(label, body, "", own=False)
    for block in _PEER_PRINTS.findall(text):
        for value in _PRINT.findall(block):
            yield _one(Form.CERT_SHA256, value)
    for name, value in _WG.findall(text):
        yield PrintedKey("", name == "public key", ((Form.WIREGUARD.value, value),))
    for value in _PUBKEY_LINE.findall(text):
        yield from _der(Form.WHOLE_KEY.value, value, "", own=False)
    for pattern, form in ((_SHA256, Form.CERT_SHA256), (_SHA1, Form.CERT_SHA1), (_SHA256SUM, Form.SPKI_SHA256)):
        for value in pattern.findall(text):
            yield _one(form, value)
    for value in _CKAID.findall(text):
        plain = value.lower()
        yield PrintedKey("", own=False, values=((Form.KEY_SHA1.value, plain),))


def _one(form: Form, value: str) -> PrintedKey:
    return PrintedKey("", own=False, values=((form.value, value.replace(":", "").lower()),))


def _swanctl(text: str) -> Iterator[PrintedKey]:
    """`swanctl --list-certs --type pubkey`, one block per subject line."""
    starts = [match.start() for match in _SUBJECT.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        block = text[start:end]
        subject = _SUBJECT.search(block)
        identity = subject.group(1) if subject else ""
        values = [
            (form.value, match.group(1).replace(":", "").lower())
            for form, match in ((Form.SPKI_SHA1, _KEYID.search(block)), (Form.KEY_SHA1, _SUBJKEY.search(block)))
            if match
        ]
        for label, body in _PEM.findall(block):
            for key in _pem(label, body, identity, own=False):
                values += key.values
        if values:
            yield PrintedKey(identity, "has private key" in block, tuple(values))


def _pem(label: str, body: str, identity: str, *, own: bool) -> Iterator[PrintedKey]:
    form = {"PUBLIC KEY": Form.WHOLE_KEY.value, "CERTIFICATE": CERTIFICATE_DER}.get(label)
    if form:
        yield from _der(form, body, identity, own=own)


def _der(form: str, untrusted_base64: str, identity: str, *, own: bool) -> Iterator[PrintedKey]:
    try:
        der = base64.b64decode("".join(untrusted_base64.split()), validate=True)
    except binascii.Error:
        return
    yield PrintedKey(identity, own, ((form, der.hex()),))
