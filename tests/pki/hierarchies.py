"""Small hierarchies made of real keys, as files that other programs judge."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from core.crypto import cakeys, crls, issuance
from core.crypto.certificates import as_planned, read_certificate
from core.crypto.names import from_text
from core.model.authorities import CaKey
from core.model.certificates import Name, Plan, San, SanKind, Usage
from core.model.revocation import CrlPlan, Revoked
from core.policy.profiles import profiles

NOW = datetime.now(UTC).replace(microsecond=0)
OID = "2.25.329800735698586629295641978511506172918"
SUB = "CN=Example IPsec CA G1, O=Example Networks, C=GB"
CA_USAGES = (Usage.CERTIFICATES, Usage.CRLS)


@dataclass
class Made:
    """A certificate with the private key beside it, as no file of the program ever has it."""

    key: issuance.PrivateKey
    der: bytes
    subject: Name

    @property
    def spki(self) -> bytes:
        return issuance.public_of(self.key)


def key(kind: CaKey = CaKey.P384) -> issuance.PrivateKey:
    return issuance.load_private(issuance.generate(kind))


def signature(private: issuance.PrivateKey, tbs: bytes) -> bytes:
    return cakeys.sign_with(private, tbs, issuance.hash_of(private.public_key()).name)


def certify(plan: Plan, issuer: issuance.PrivateKey) -> bytes:
    """Bytes first, signature over exactly them, read back."""
    tbs = issuance.rehearse(plan).tbs
    der = issuance.certificate(tbs, signature(issuer, tbs), plan.issuer_spki)
    as_planned(read_certificate(der), plan)
    return der


def plan_for(subject: str, spki: bytes, issuer: Name, issuer_spki: bytes, **facts: object) -> Plan:
    plan = Plan(
        serial=secrets.randbits(159) | 1 << 158,
        issuer=issuer,
        issuer_spki=issuer_spki,
        subject=from_text(subject),
        spki=spki,
        not_before=NOW - timedelta(hours=1),
        not_after=NOW + timedelta(days=300),
        usages=CA_USAGES,
    )
    return replace(plan, **facts)  # type: ignore[arg-type]


def make_root(kind: CaKey = CaKey.P384) -> Made:
    made, subject = key(kind), from_text("CN=Example Networks Root CA, O=Example Networks, C=GB")
    spki = issuance.public_of(made)
    text = "CN=Example Networks Root CA, O=Example Networks, C=GB"
    return Made(made, certify(plan_for(text, spki, subject, spki, ca=True, path_length=1), made), subject)


def make_sub(root: Made, kind: CaKey = CaKey.P384, text: str = SUB, **facts: object) -> Made:
    made = key(kind)
    wanted: dict[str, object] = {
        "ca": True,
        "path_length": 0,
        "ekus": profiles()["ipsec-gateway"].ekus,
        "policies": (OID,),
        "crl_urls": ("http://crl.example.net/root.crl",),
        **facts,
    }
    plan = plan_for(text, issuance.public_of(made), root.subject, root.spki, **wanted)
    return Made(made, certify(plan, root.key), from_text(text))


def make_device(
    sub: Made, text: str = "CN=gw1.example.net, O=Example Networks", spki: bytes = b"", **facts: object
) -> Made:
    """Over a key of its own, or over `spki`."""
    made = key(CaKey.P256)
    wanted: dict[str, object] = {
        "usages": (Usage.SIGNATURE,),
        "ekus": profiles()["ipsec-gateway"].ekus,
        "policies": (OID,),
        "crl_urls": ("http://crl.example.net/ipsec.crl",),
        "sans": (San(SanKind.DNS, "gw1.example.net"), San(SanKind.IP, "192.0.2.1")),
        **facts,
    }
    plan = plan_for(text, spki or issuance.public_of(made), sub.subject, sub.spki, **wanted)
    return Made(made, certify(plan, sub.key), plan.subject)


def make_crl(issuer: Made, number: int, *entries: Revoked, age: int = 0) -> bytes:
    """A list made `age` hours ago and valid for 192 (C6)."""
    made = NOW - timedelta(hours=age)
    plan = CrlPlan(issuer.subject, issuer.spki, number, made, made + timedelta(hours=192), entries)
    tbs = crls.rehearse(plan).tbs
    return issuance.revocation_list(tbs, signature(issuer.key, tbs), issuer.spki)
