"""The incident sheet: what a security officer is handed when a changed key may be an attack. Plain text, no key value."""

from core.model.devices import Device
from core.model.keys import Key
from core.model.people import Operator
from core.words.names import ARRIVALS
from core.words.tongue import told, tr
from core.words.verdicts import ALGORITHMS

_LINES = (
    tr("INCIDENT: a key that may not be its owner's"),
    "",
    tr("Device            {device} ({identity})"),
    tr("Suspended links   {links}"),
    tr("The new key       {algorithm}, {arrival}, taken on file {received} UTC by {by}"),
    tr("Reported by       {who}"),
    tr("Reason            {reason}"),
    tr("Owner's contact   {contact}, {phone} (number from: {phone_from})"),
    "",
    tr("Keep: the file, the message or stick it came on with its headers, this sheet."),
    tr("Do:   1. Call the owner on the number above, not on one from the message."),
    tr("      2. Ask whether they changed their key, when, and who sent it."),
    tr("      3. If they did not: their mailbox or yours is read by somebody else. Tell both security officers."),
    tr("      4. If they did: reject this key, receive the right one again and compare it by two."),
    tr("The approved key stays pinned on the devices; nothing was exported with the new one."),
)


def incident(device: Device, key: Key, links: tuple[str, ...], reason: str, reporter: Operator) -> str:
    """The sheet as text."""
    facts = {
        "device": device.name,
        "identity": device.identity.value,
        "links": links or "-",
        "algorithm": ALGORITHMS[key.public.algorithm],
        "arrival": told(ARRIVALS[key.arrival], {}),
        "received": f"{key.received:%Y-%m-%d %H:%M}",
        "by": key.received_by,
        "who": f"{reporter.full_name} ({reporter.name})",
        "reason": reason,
        "contact": device.contact or "-",
        "phone": device.phone or "-",
        "phone_from": device.phone_from or "-",
    }
    return "\n".join(told(line, facts) for line in _LINES)
