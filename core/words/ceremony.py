"""What a root's certificate will say before it is made; refusals of the ceremony's record (its paper is in `script`)."""

from datetime import datetime

from core.crypto.names import from_text, text
from core.crypto.pgpwords import spelt
from core.errors import ceremony
from core.errors.base import Expected
from core.media.network import Interface
from core.model.authorities import CaKey, MakeRoot
from core.model.workspace import Workspace
from core.policy.authorities import marked
from core.policy.crls import ROOT_VALID
from core.policy.custody import use_token
from core.words.hierarchy import CA_KEYS
from core.words.tongue import Template, told, tr

_NONE_UP = tr("none with a carrier")
_UNASKED = tr("this system cannot be asked")
TEMPLATES: dict[type[Expected], Template] = {
    ceremony.NotTheSecondPerson: Template(
        tr("Another person types it"),
        tr("{name} made the root or does not work here, so the fingerprint is not typed back yet."),
        tr("Let somebody else who was in the room type what is read aloud."),
    ),
    ceremony.CeremonyNotDone: Template(
        tr("The record stays open"),
        tr("The record is not closed: {why}"),
        tr("Do that first, then close the record."),
        {
            "root": tr("there is no root here yet."),
            "read-back": tr("the fingerprint was not typed back by a second person."),
            "backups": tr("no backup was named, so none was read again."),
        },
    ),
    ceremony.CopyNotOfCeremony: Template(
        tr("Not a backup of this ceremony"),
        tr("{path} is not, byte for byte, a backup that was made since the root was. The record stays open."),
        tr("Make it again: anchorhold backup make; then close the record."),
    ),
    ceremony.CeremonyClosed: Template(
        tr("The record is closed"),
        tr("The record of this ceremony was closed on {time} UTC. Nothing was changed."),
        tr("Print it: anchorhold statement ceremony."),
    ),
    ceremony.SameMedium: Template(
        tr("A medium of its own"),
        tr("Both copies would lie in {folder} and be lost together. Nothing was written."),
        tr("Choose a folder on another medium for the second copy."),
    ),
    ceremony.PlannedTooLate: Template(
        tr("Plan the next ceremony earlier"),
        tr(
            "The next ceremony is planned for a later day than {latest}, 30 days before the root's CRL ends, or a past one."
        ),
        tr("Plan it for a day up to {latest}."),
    ),
    ceremony.PoweredOffNotFit: Template(
        tr("When is it powered off?"),
        tr("That is no time between {earliest} and a day from now. The record stays open."),
        tr("Write it in UTC, as in {earliest}."),
    ),
}
_FIELDS = (
    (tr("Subject and issuer"), "subject"),
    (tr("Key"), "key"),
    (tr("Its place"), "place"),
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
_IN_FILE = tr("software key: in this file, under its custodians")
_ON_TOKEN = tr("made on the token {token}, which it never leaves")
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
        "place": _place(command.token),
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


def _place(uri: str) -> str:
    wanted = use_token(uri) if uri else None
    return told(_ON_TOKEN, {"token": wanted.label or wanted.serial}) if wanted else told(_IN_FILE, {})
