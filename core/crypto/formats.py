"""What a key file is, by content: one piece of key material, or a refusal that says what it looked like."""

import base64
import binascii
import re

from core.crypto import der
from core.errors import keys as errors
from core.late import dataclass
from core.model.keys import Source

_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\n(.*?)\n?-----END \1-----", re.DOTALL)
_BEGIN = re.compile(r"-----BEGIN |---- BEGIN ")
_OPENSSH = re.compile(
    r"(?:^|\s)((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[A-Za-z0-9@.-]+)[ \t]+(AAAA[A-Za-z0-9+/]+={0,2})(?=\s|$)"
)
_WIREGUARD = re.compile(r"(?:^|public ?key\s*[:=]\s*)([A-Za-z0-9+/]{43}=)\s*$", re.IGNORECASE | re.MULTILINE)
_CISCO_LABEL = re.compile(r"^[ \t]*(?:key-string|Key Data:)[ \t]*", re.IGNORECASE | re.MULTILINE)
_HEX_LINE = re.compile(r"[ \t]*[0-9A-Fa-f]{1,8}(?:[ \t]+[0-9A-Fa-f]{1,8})*[ \t]*")
_REQUEST = ("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")
_CERTIFICATE = ("CERTIFICATE", "X509 CERTIFICATE")
_X25519_HEAD = bytes.fromhex("302a300506032b656e032100")  # RFC 8410 section 4


@dataclass(frozen=True)
class Material:
    """`body` is DER (SPKI, request or certificate), or the wire blob of an OpenSSH line."""

    source: Source
    body: bytes


def recognise(untrusted: bytes, text: str) -> Material:
    """The one piece of key material in a file. Raises `NotAKey`, `SeveralKeys`, `EncodingNotCanonical`."""
    if untrusted[:1] == b"\x30" and not _printable(untrusted):
        return Material(_kind(untrusted), untrusted)
    found = _armoured(text) or _openssh(text) or _cisco(text) or _wireguard(text) or _bare(text)
    if len(found) > 1:
        raise errors.SeveralKeys(len(found))
    if not found:
        raise errors.NotAKey(looks_like(untrusted, text))
    return found[0]


def looks_like(untrusted: bytes, text: str) -> str:
    """What a file that is no key resembles."""
    head = text.lstrip("\ufeff \t\n")[:512]
    label = re.search(r"---- ?-?BEGIN ([A-Za-z0-9 ]{1,40}?) ?-----?", text)
    if label:
        whole = re.search(r"---- ?-?END ", text)
        return label.group(1) if whole else f"{label.group(1)}, cut off"
    shapes = (
        ("empty", r"\Z"),
        ("HTML", r"<(?:!doctype html|html|head|body)"),
        ("XML", r"<\?xml"),
        ("JSON", r"[{\[]"),
    )
    for name, pattern in shapes:
        if re.match(pattern, head, re.IGNORECASE):
            return name
    return "text" if _printable(untrusted) or ("\ufffd" not in text[:512] and "\0" not in text) else "binary"


def _printable(untrusted: bytes) -> bool:
    return all(octet in b"\t\n\r\f" or octet >= 0x20 for octet in untrusted)


def _armoured(text: str) -> list[Material]:
    blocks = _PEM.findall(text)
    if len(_BEGIN.findall(text)) != len(blocks):
        raise errors.NotAKey(looks_like(b"", text))
    return [_block(label, body) for label, body in blocks]


def _block(label: str, body: str) -> Material:
    data = _base64("".join(body.split()))
    if label == "PUBLIC KEY":
        return Material(Source.SPKI_PEM, data)
    if label in _REQUEST:
        return Material(Source.PKCS10, data)
    if label in _CERTIFICATE:
        return Material(Source.CERTIFICATE, data)
    raise errors.NotAKey(label)


def _base64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise errors.NotAKey("base64, damaged") from None
    if base64.b64encode(data).decode() != text:
        raise errors.EncodingNotCanonical("base64")
    return data


def _openssh(text: str) -> list[Material]:
    found = _OPENSSH.findall(text)
    for kind, _ in found:
        if "-cert-v" in kind:
            raise errors.NotAKey("OpenSSH certificate")
        if kind.startswith("sk-") or kind == "ssh-dss":
            raise errors.AlgorithmNotAllowed("DSA" if kind == "ssh-dss" else kind)
    return [Material(Source.OPENSSH, _base64(blob)) for _, blob in found]


def _cisco(text: str) -> list[Material]:
    """Hex in groups of 8, as `show crypto key mypubkey` prints it and `key-string ... quit` takes it."""
    pieces = _CISCO_LABEL.split(text)
    blocks = pieces[1:] or pieces
    found = []
    for block in blocks:
        lines = [line for line in block.split("\n") if line.strip()]
        count = next((n for n, line in enumerate(lines) if not _HEX_LINE.fullmatch(line)), len(lines))
        if len(pieces) == 1 and count < len(lines):
            return []
        digits = "".join("".join(lines[:count]).split())
        if len(digits) > 80 and len(digits) % 2 == 0 and digits.startswith("30"):
            found.append(Material(Source.CISCO, bytes.fromhex(digits)))
    return found


def _wireguard(text: str) -> list[Material]:
    labelled = [key for key in _WIREGUARD.findall(text) if key]
    return [Material(Source.WIREGUARD, _X25519_HEAD + _base64(key)) for key in labelled]


def _bare(text: str) -> list[Material]:
    """DER as one run of base64 without armour, as Libreswan's `rightpubkey=` holds it."""
    value = "".join(re.sub(r"^\s*\w*pubkey\s*=\s*(?:0s)?", "", text).split())
    if not re.fullmatch(r"M[A-Za-z0-9+/]{50,}={0,2}", value):
        return []
    data = _base64(value)
    return [Material(_kind(data), data)]


def _kind(data: bytes) -> Source:
    """Which structure a DER file is, by the tags of its members (RFC 5280, RFC 2986)."""
    try:
        members = der.sequence(data)
        inner = [element.tag for element in der.elements(members[0].content)]
    except (der.NotDer, IndexError):
        raise errors.NotAKey("DER, damaged") from None
    tags = [member.tag for member in members]
    if tags == [der.SEQUENCE, der.BIT_STRING]:
        return Source.SPKI_DER
    if tags == [der.SEQUENCE, der.SEQUENCE, der.BIT_STRING]:
        request = inner[:3] == [der.INTEGER, der.SEQUENCE, der.SEQUENCE] and len(inner) <= 4
        return Source.PKCS10 if request else Source.CERTIFICATE
    raise errors.NotAKey("DER of another kind")
