"""Everything the program emits, by the plans of its own policy: every profile and key type below every kind of CA key."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.crypto.names import from_text
from core.model.authorities import Authority, AuthorityState, CaKey, Layer, Service
from core.model.certificates import Profile, San, SanKind
from core.model.keys import Algorithm
from core.policy import authorities, enrolment
from core.policy.profiles import profiles
from tests.pki.hierarchies import NOW, OID, Made, certify, key, make_crl

SANS = {SanKind.DNS: "gw1.example.net", SanKind.IP: "192.0.2.1", SanKind.EMAIL: "noc@example.net"}
URLS = ("http://crl.example.net/root.crl", "http://crl.example.net/sub.crl")
_SERIALS = count(1 << 158)


@cache
def spki(algorithm: Algorithm) -> bytes:
    """A device's public key; one of each kind does for all."""
    made = {
        Algorithm.P256: lambda: ec.generate_private_key(ec.SECP256R1()),
        Algorithm.P384: lambda: ec.generate_private_key(ec.SECP384R1()),
        Algorithm.ED25519: ed25519.Ed25519PrivateKey.generate,
        Algorithm.RSA: lambda: rsa.generate_private_key(65537, 3072),
    }[algorithm]()
    return made.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True)
class Below:
    """A root, a sub CA of one service, and their first CRLs."""

    root: Made
    sub: Made
    authority: Authority
    crls: tuple[bytes, bytes]


@cache
def below(kind: CaKey, service: Service) -> Below:
    made, name = key(kind), from_text("CN=Example Root CA, O=Example, C=GB")
    root = Made(made, b"", name)
    year = NOW.date() + timedelta(days=1200)
    root.der = certify(
        authorities.certificate(Layer.ROOT, name, root.spki, name, root.spki, next(_SERIALS), NOW, year), made
    )
    small = CaKey.RSA3072 if kind is CaKey.RSA4096 else kind  # an RSA 4096 key takes seconds to make
    sub = Made(key(small), b"", from_text(f"CN=Example {service} CA G1, O=Example"))
    plan = authorities.certificate(
        Layer.SUB, name, root.spki, sub.subject, sub.spki, next(_SERIALS), NOW, year, service, (OID,), URLS[:1]
    )
    sub.der = certify(plan, made)
    authority = Authority(
        1, "sub", Layer.SUB, service, sub.subject, sub.spki, "sub", sub.der, b"", OID, URLS[1], AuthorityState.ACTIVE, NOW
    )  # fmt: skip
    return Below(root, sub, authority, (make_crl(root, 1, age=1), make_crl(sub, 1, age=1)))


def device(kind: CaKey, service: Service, profile: Profile, algorithm: Algorithm) -> bytes:
    """A device's certificate with every kind of name that its profile takes."""
    here = below(kind, service)
    sans = tuple(San(each, SANS[each]) for each in profile.sans)
    end = min(NOW.date() + timedelta(days=profile.days), date(NOW.year + 1, NOW.month, min(NOW.day, 28)))
    subject = from_text("CN=gw1.example.net, O=Example, C=GB")
    plan = enrolment.certificate(profile, here.authority, subject, spki(algorithm), sans, next(_SERIALS), NOW, end)
    return certify(plan, here.sub.key)


def cases() -> list[tuple[CaKey, Service, str, Algorithm]]:
    """Every profile with every key type below P-384, and the first key type of each service's first profile below the others."""
    every = [
        (CaKey.P384, service, profile.name, algorithm)
        for profile in profiles().values()
        for service in profile.services
        for algorithm in profile.keys
    ]
    others = [
        (kind, Service.IPSEC, "ipsec-gateway", algorithm)
        for kind in CaKey
        if kind is not CaKey.P384
        for algorithm in (Algorithm.P256, Algorithm.RSA)
    ]
    return every + others
