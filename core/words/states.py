"""What people read in place of the short words that commands and answers call things by."""

from core.model.custody import SheetState
from core.model.devices import DeviceState, Identity, IdentityKind
from core.model.keys import KeyState, Verdict
from core.model.links import LinkState
from core.model.workspace import Kind, PolicyName
from core.words.tongue import told, tr

KEYS: dict[KeyState, str] = {
    KeyState.RECEIVED: tr("not verified"),
    KeyState.COMPARED: tr("compared once"),
    KeyState.APPROVED: tr("approved by two comparisons"),
    KeyState.ROLLING: tr("rolling over to a new one"),
    KeyState.SUPERSEDED: tr("replaced by a newer one"),
    KeyState.WITHDRAWN: tr("taken out of use"),
    KeyState.QUARANTINED: tr("in quarantine"),
}

LINKS: dict[LinkState, str] = {
    LinkState.ACTIVE: tr("in use"),
    LinkState.SUSPENDED: tr("stopped, under suspicion"),
    LinkState.RETIRED: tr("taken out of use"),
}

DEVICES: dict[DeviceState, str] = {
    DeviceState.ACTIVE: tr("in use"),
    DeviceState.RETIRED: tr("taken out of use"),
}

VERDICTS: dict[Verdict, str] = {
    Verdict.MATCH: tr("same key"),
    Verdict.MISREAD: tr("probably misread"),
    Verdict.DIFFERENT: tr("ANOTHER KEY"),
    Verdict.LOOKALIKE: tr("MADE TO LOOK ALIKE"),
    Verdict.TOO_WEAK: tr("proves nothing"),
}

KINDS: dict[Kind, str] = {
    Kind.LINKS: tr("links with pinned keys"),
    Kind.ISSUING: tr("local CA"),
    Kind.REGISTRATION: tr("registration desk"),
    Kind.ROOT: tr("offline root"),
}

POLICIES: dict[PolicyName, str] = {
    PolicyName.NCSC: tr("NCSC guidance of 2019"),
    PolicyName.REHEARSAL: tr("NCSC guidance of 2019, for a rehearsal"),
}

SHEETS: dict[SheetState, str] = {
    SheetState.PRINTED: tr("printed, not typed back yet"),
    SheetState.PROVED: tr("ready for use"),
    SheetState.USED: tr("used up"),
    SheetState.VOID: tr("no longer valid"),
}

_IDENTITIES: dict[IdentityKind, str] = {
    IdentityKind.FQDN: tr("{value} (host name)"),
    IdentityKind.EMAIL: tr("{value} (mailbox)"),
    IdentityKind.IPV4: tr("{value} (IPv4 address)"),
    IdentityKind.IPV6: tr("{value} (IPv6 address)"),
}


def identity(known: Identity) -> str:
    """What a device presents, and of which kind it is."""
    return told(_IDENTITIES[known.kind], {"value": known.value})


def printed_identity(text: str) -> str:
    """An identity as a read-back keeps it: with its kind in words where it is ours, else as the device printed it."""
    kind, _, value = text.partition(":")
    return identity(Identity(IdentityKind(kind), value)) if value and kind in set(IdentityKind) else text
