"""Ed25519 over raw 32-byte keys: the operators' and the workspace's signing keys."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def generate() -> tuple[bytes, bytes]:
    """A new key pair: (private, public), 32 bytes each."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def public_of(private_raw: bytes) -> bytes:
    """The raw public key of a raw private key."""
    return Ed25519PrivateKey.from_private_bytes(private_raw).public_key().public_bytes_raw()


def sign(private_raw: bytes, message: bytes) -> bytes:
    """The 64-byte Ed25519 signature (RFC 8032)."""
    return signed(private_raw, message)[1]


def signed(private_raw: bytes, message: bytes) -> tuple[bytes, bytes]:
    """(raw public key, signature); the key is loaded once, which costs as much as the signature."""
    key = Ed25519PrivateKey.from_private_bytes(private_raw)
    return key.public_key().public_bytes_raw(), key.sign(message)


def verify(public_raw: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature fits; a key or signature of another shape does not."""
    try:
        Ed25519PublicKey.from_public_bytes(public_raw).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
