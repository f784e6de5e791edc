"""What exported pages call things by: plain English, whatever language the window speaks."""

from core.model.devices import IdentityKind
from core.model.keys import Algorithm, Channel, Form

FORMS: dict[Form, str] = {
    Form.SPKI_SHA256: "SHA-256 of the public key",
    Form.CERT_SHA256: "SHA-256 of the certificate",
    Form.CERT_SHA1: "SHA-1 of the certificate",
    Form.SPKI_SHA1: "SHA-1 of the public key (strongSwan keyid)",
    Form.KEY_SHA1: "SHA-1 of the key bits (strongSwan subjkey, Libreswan ckaid of an EC key)",
    Form.RSA_CKAID: "SHA-1 of the modulus (Libreswan ckaid of an RSA key)",
    Form.SSH_SHA256: "OpenSSH",
    Form.WIREGUARD: "WireGuard",
    Form.JWK_SHA256: "JWK thumbprint",
    Form.DIGITS: "12 groups of 5 digits",
    Form.WORDS: "PGP words of the SHA-256",
    Form.WHOLE_KEY: "the key itself",
}

ALGORITHMS: dict[Algorithm, str] = {
    Algorithm.P256: "ECDSA P-256",
    Algorithm.P384: "ECDSA P-384",
    Algorithm.ED25519: "Ed25519",
    Algorithm.X25519: "X25519",
    Algorithm.RSA: "RSA",
}

CHANNELS: dict[Channel, str] = {
    Channel.CALL_BACK: "called back",
    Channel.IN_PERSON: "in person",
    Channel.SHEET: "signed sheet",
    Channel.VIDEO: "video call",
}

IDENTITIES: dict[str, str] = {
    IdentityKind.FQDN: "host name",
    IdentityKind.EMAIL: "mailbox",
    IdentityKind.IPV4: "IPv4 address",
    IdentityKind.IPV6: "IPv6 address",
}
