"""Authorities: an offline root, and one sub CA per service (A8, M10); at most three layers (A13)."""

from enum import StrEnum


class Layer(StrEnum):
    ROOT = "root"
    SUB = "sub"


class Service(StrEnum):
    """What a sub CA's certificates are for; a sub CA has exactly one (A8)."""

    IPSEC = "ipsec"
    TLS = "tls"
    SMIME = "smime"


class CaKey(StrEnum):
    """Key types of authorities; P-384 is the default (design section 7: it loads in 0.6 ms, RSA 4096 in 0.3 s)."""

    P384 = "p384"
    P256 = "p256"
    RSA3072 = "rsa3072"
    RSA4096 = "rsa4096"
