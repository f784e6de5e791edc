"""Every event the ledger knows. A row with another action is not written, and one in a file is a fault."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """One action. `unsigned`: the program may write it with nobody signed in, and then it touches no record."""

    action: str
    unsigned: bool = False
    of_people: bool = False  # it changes who works here and with which key


_EVENTS = (
    Event("workspace.created", of_people=True),
    Event("operator.admitted", of_people=True),
    Event("operator.restored", of_people=True),
    Event("operator.duties-changed", of_people=True),
    Event("operator.left", of_people=True),
    Event("operator.accepted"),
    Event("people.reviewed"),
    Event("proposal.made"),
    Event("proposal.approved"),
    Event("proposal.refused"),
    Event("proposal.withdrawn"),
    Event("clock.corrected"),
    Event("operator.passphrase-changed"),
    Event("sign-in.done"),
    Event("sign-in.ended"),
    Event("sign-in.failed", unsigned=True),
    Event("sign-in.kept"),
    Event("sign-in.forgotten"),
    Event("refused", unsigned=True),
    Event("device.added"),
    Event("device.changed"),
    Event("device.retired"),
    Event("device.read-back"),
    Event("key.received"),
    Event("key.compared"),
    Event("key.approved"),
    Event("key.reviewed"),
    Event("key.quarantined"),
    Event("key.withdrawn"),
    Event("key.suspected"),
    Event("card.signed"),
    Event("link.added"),
    Event("link.retired"),
    Event("link.exported"),
    Event("custody.key-made"),
    Event("custody.drilled"),
    Event("custody.replaced"),
    Event("custody.passphrase-changed"),
    Event("custody.wrong-passphrase"),
    Event("custody.entered"),
    Event("custody.sheet-printed"),
    Event("custody.sheet-proved"),
    Event("custody.sheet-used"),
    Event("session.opened"),
    Event("session.ended"),
    Event("backup.made"),
    Event("backup.restored"),
    Event("audit.verified"),
    Event("audit.checkpoint"),
    Event("audit.proved"),
    Event("audit.read"),
    Event("audit.exported"),
    Event("audit.head-accepted"),
)
EVENTS = {event.action: event for event in _EVENTS}
