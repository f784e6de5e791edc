"""Public keys for rehearsal samples: the private halves are made and thrown away at once."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def sample_key() -> bytes:
    """A fresh P-256 public key as PEM SPKI."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
