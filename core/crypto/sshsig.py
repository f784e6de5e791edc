"""SSHSIG, the detached signature that every engineer's `ssh-keygen -Y verify` can check.

Source: openssh-portable PROTOCOL.sshsig; Ed25519 keys (RFC 8709) and SHA-512 only.
"""

import base64
import binascii
import hashlib
import struct

from core.crypto import signing

_MAGIC = b"SSHSIG"
_TYPE = b"ssh-ed25519"
_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"
_LONGEST = 4096  # an Ed25519 signature is about 300 characters


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def _public_blob(public_raw: bytes) -> bytes:
    return _string(_TYPE) + _string(public_raw)


def _signed(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(b"sha512") + _string(digest)


def _frame(public_raw: bytes, namespace: str, signature: bytes) -> bytes:
    head = _MAGIC + struct.pack(">I", 1) + _string(_public_blob(public_raw)) + _string(namespace.encode())
    return head + _string(b"") + _string(b"sha512") + _string(_string(_TYPE) + _string(signature))


def ssh_line(public_raw: bytes, comment: str = "") -> str:
    """The raw Ed25519 key as one line of an OpenSSH public key file, without line break."""
    return f"ssh-ed25519 {base64.b64encode(_public_blob(public_raw)).decode()} {comment}".rstrip()


def ssh_fingerprint(public_raw: bytes) -> str:
    """The key as `ssh-keygen -l` shows it."""
    digest = hashlib.sha256(_public_blob(public_raw)).digest()
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def ssh_public(untrusted_line: str) -> bytes | None:
    """The raw key of a line exactly as `ssh_line` writes it without comment; None for every other line."""
    try:
        raw = base64.b64decode(untrusted_line.rpartition(" ")[2], validate=True)[-32:]
    except (binascii.Error, ValueError):
        return None
    return raw if ssh_line(raw) == untrusted_line else None


def sign_ssh(private_raw: bytes, message: bytes, namespace: str) -> bytes:
    """The armoured signature file, as `ssh-keygen -Y sign` writes it."""
    public_raw, signature = signing.signed(private_raw, _signed(message, namespace))
    text = base64.b64encode(_frame(public_raw, namespace, signature)).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def verify_ssh(public_raw: bytes, untrusted_armoured: bytes, message: bytes, namespace: str) -> bool:
    """Whether the armoured signature is this key's, over this message, in this namespace.

    The frame is rebuilt from what is expected and compared whole, so nothing of an untrusted frame is
    interpreted but its last 64 bytes.
    """
    signature = _signature(untrusted_armoured)
    if signature is None or signature[:-64] != _frame(public_raw, namespace, bytes(64))[:-64]:
        return False
    return signing.verify(public_raw, signature[-64:], _signed(message, namespace))


def _signature(untrusted_armoured: bytes) -> bytes | None:
    if len(untrusted_armoured) > _LONGEST:
        return None
    lines = untrusted_armoured.decode("ascii", "replace").split()
    text = " ".join(lines)
    if not (text.startswith(_BEGIN) and text.endswith(_END)):
        return None
    try:
        return base64.b64decode("".join(text[len(_BEGIN) : -len(_END)].split()), validate=True)
    except binascii.Error:
        return None
