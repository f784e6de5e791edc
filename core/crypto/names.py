"""Distinguished names: from text, to DER and back, and as RFC 5280 section 7.1 compares them."""

import unicodedata

from cryptography import x509
from cryptography.x509.oid import NameOID

from core.errors.certificates import NameNotFit
from core.model.authorities import Name

# Attributes that our certificates carry; an allow-list (C1). Mailboxes belong in the SAN (RFC 5280 4.1.2.6).
OIDS = {
    "C": NameOID.COUNTRY_NAME,
    "ST": NameOID.STATE_OR_PROVINCE_NAME,
    "L": NameOID.LOCALITY_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "DC": NameOID.DOMAIN_COMPONENT,
    "CN": NameOID.COMMON_NAME,
    "serialNumber": NameOID.SERIAL_NUMBER,
}
_SHORT = {oid: short for short, oid in OIDS.items()}
_OTHER_WORDS = {"serialNumber": NameOID.SERIAL_NUMBER, "SERIALNUMBER": NameOID.SERIAL_NUMBER}
LIMIT = 400  # characters of a whole name


def from_text(untrusted: str) -> Name:
    """RFC 4514 text, most special attribute first ("CN=gw1, O=Example, C=GB"), as a name. Raises `NameNotFit`."""
    if not untrusted.strip() or len(untrusted) > LIMIT:
        raise NameNotFit("empty" if not untrusted.strip() else "long")
    try:
        parsed = x509.Name.from_rfc4514_string(_tight(untrusted), attr_name_overrides=_OTHER_WORDS)
    except Exception:  # noqa: BLE001 - whatever the parser stumbles over
        raise NameNotFit("shape") from None
    return from_x509(parsed)


def _tight(text: str) -> str:
    """Without the blank after a comma, which people write and RFC 4514 does not know."""
    out: list[str] = []
    for place, character in enumerate(text.strip()):
        if character == " " and out and out[-1] == "," and text.strip()[place - 2 : place - 1] != "\\":
            continue
        out.append(character)
    return "".join(out)


def from_x509(name: x509.Name) -> Name:
    """A parsed name as facts. Raises `NameNotFit` for attributes that we do not carry and for joined RDNs."""
    found: list[tuple[str, str]] = []
    for rdn in name.rdns:
        attributes = list(rdn)
        if len(attributes) != 1:
            raise NameNotFit("joined")
        short = _SHORT.get(attributes[0].oid)
        value = attributes[0].value
        if short is None or not isinstance(value, str):
            raise NameNotFit("attribute", attributes[0].oid.dotted_string)
        if short == "C" and len(value) != 2:
            raise NameNotFit("value")
        found.append((short, value))
    return tuple(found)


def to_x509(name: Name) -> x509.Name:
    """The name as pyca has it; C and serialNumber as PrintableString, the rest as UTF8String. Raises `NameNotFit`."""
    try:
        return x509.Name([x509.NameAttribute(OIDS[short], value) for short, value in name])
    except (ValueError, KeyError):
        raise NameNotFit("value") from None


def text(name: Name) -> str:
    """RFC 4514 text as people read it: most special attribute first, a blank after each comma, nothing unprintable."""
    written = to_x509(name).rfc4514_string().replace(",", ", ") if name else ""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in written)


def normal(name: Name) -> Name:
    """What RFC 5280 7.1 compares: case, width and runs of white space do not tell two names apart (RFC 4518)."""
    return tuple((short, _prepared(value)) for short, value in name)


def _prepared(value: str) -> str:
    mapped = "".join(
        " " if unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc") else character
        for character in value
        if unicodedata.category(character) != "Cf" and character != "\u00ad"
    )
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", mapped).casefold())
    return " ".join(folded.split())
