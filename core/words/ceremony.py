"""The record of a root key ceremony, as text to print and sign; and what the root's certificate will say."""

from datetime import datetime

from core.crypto.names import from_text, text
from core.crypto.pgpwords import spelt
from core.media.network import Interface
from core.model.authorities import CaKey, MakeRoot
from core.model.workspace import Workspace
from core.policy.authorities import marked
from core.policy.crls import ROOT_VALID
from core.words.hierarchy import CA_KEYS
from core.words.tongue import told, tr

_NONE_UP = tr("none with a carrier")
_UNASKED = tr("this system cannot be asked")
_TITLE = tr("Root key ceremony: {name}, {organisation}")
_LINES = (
    (tr("Began"), "began"),
    (tr("Ended"), "ended"),
    (tr("Operator"), "operator"),
    (tr("Custodians"), "custodians"),
    (tr("Opened by"), "quorum"),
    (tr("Network"), "network"),
    (tr("Exception"), "exception"),
    (tr("Witness"), "witness"),
    (tr("Subject"), "subject"),
    (tr("Key"), "key"),
    (tr("Until"), "until"),
    (tr("CRL at"), "crl_url"),
    (tr("SHA-256"), "fingerprint"),
    (tr("In words"), "words"),
    (tr("First CRL"), "crl"),
)
_TO_SIGN = (
    tr("Powered off at: ____________  Seal number: ____________  Next planned date: ____________"),
    tr("Exceptions: ______________________________________________________________________"),
    tr("Signatures: ______________________________________________________________________"),
)
_FIELDS = (
    (tr("Subject and issuer"), "subject"),
    (tr("Key"), "key"),
    (tr("Signature"), "signature"),
    (tr("Valid from"), "begin"),
    (tr("Until"), "until"),
    (tr("Basic constraints"), "basic"),
    (tr("Key usage"), "usage"),
    (tr("Key identifiers"), "identifiers"),
    (tr("Serial number"), "serial"),
    (tr("First CRL"), "crl"),
    (tr("Custodians"), "custodians"),
)
_BASIC = tr("critical: CA:TRUE, path length 1")
_USAGE = tr("critical: keyCertSign, cRLSign")
_IDENTIFIERS = tr("subject and authority key identifier, of the new key")
_SERIAL = tr("159 random bits, drawn when it is signed")
_DAYS = tr("number 1, valid for {days} days, fetched from {url}")
_OPENED = tr("{people}; any {quorum} of them open the key")
_SIGNED = {
    CaKey.P384: tr("ECDSA with SHA-384, by itself"),
    CaKey.P256: tr("ECDSA with SHA-256, by itself"),
    CaKey.RSA3072: tr("RSA with SHA-256, by itself"),
    CaKey.RSA4096: tr("RSA with SHA-256, by itself"),
}


def network(interfaces: tuple[Interface, ...] | None) -> str:
    """How this machine's interfaces stand."""
    if interfaces is None:
        return told(_UNASKED, {})
    up = ", ".join(each.name for each in interfaces if each.carrier)
    return up or told(_NONE_UP, {})


def spoken(fingerprint: str) -> str:
    """A fingerprint (hex) as PGP words."""
    return " ".join(spelt(bytes.fromhex(fingerprint)))


def fields(command: MakeRoot, workspace: Workspace, now: datetime) -> tuple[tuple[str, str], ...]:
    """(what, value) of everything that the root's certificate will say."""
    facts = {
        "subject": text(marked(from_text(command.subject), rehearsal=workspace.rehearsal)),
        "key": told(CA_KEYS[CaKey(command.key)], {}),
        "signature": told(_SIGNED[CaKey(command.key)], {}),
        "begin": f"{now:%Y-%m-%d %H:%M} UTC",
        "until": f"{command.until} 23:59:59 UTC",
        "basic": told(_BASIC, {}),
        "usage": told(_USAGE, {}),
        "identifiers": told(_IDENTIFIERS, {}),
        "serial": told(_SERIAL, {}),
        "crl": told(_DAYS, {"days": ROOT_VALID.days, "url": command.crl_url}),
        "custodians": told(_OPENED, {"people": command.custodians, "quorum": command.quorum}),
    }
    return tuple((told(what, {}), facts[name]) for what, name in _FIELDS)


def record(
    command: MakeRoot, workspace: Workspace, operator: str, interfaces: tuple[Interface, ...] | None,
    times: tuple[datetime, datetime], fingerprint: str, crl: str,
) -> str:  # fmt: skip
    """The record: what was done, by whom, when; with lines to sign."""
    facts = {
        "began": f"{times[0]:%Y-%m-%d %H:%M:%S} UTC",
        "ended": f"{times[1]:%Y-%m-%d %H:%M:%S} UTC",
        "operator": operator,
        "custodians": ", ".join(command.custodians),
        "quorum": str(command.quorum),
        "network": network(interfaces),
        "exception": command.network_up_because,
        "witness": command.witness,
        "subject": text(marked(from_text(command.subject), rehearsal=workspace.rehearsal)),
        "key": told(CA_KEYS[CaKey(command.key)], {}),
        "until": command.until,
        "crl_url": command.crl_url,
        "fingerprint": " ".join(fingerprint[at : at + 4] for at in range(0, 64, 4)),
        "words": spoken(fingerprint),
        "crl": crl,
    }
    lines = [f"{told(what, {})}: {facts[name]}" for what, name in _LINES if facts[name]]
    title = told(_TITLE, {"name": workspace.name, "organisation": workspace.organisation})
    return "\n".join([title, "", *lines, "", *(told(each, {}) for each in _TO_SIGN)])
