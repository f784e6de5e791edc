"""What days in the calendar are about."""

from core.model.calendar import Matter
from core.words.tongue import told, tr

MATTERS = {
    Matter.DUTY: tr("Duty"),
    Matter.RECORD: tr("Record to be looked at again"),
    Matter.WAIVER: tr("Waiver to be looked at again"),
    Matter.DECISION: tr("Decision to be looked at again"),
    Matter.CRL: tr("Next CRL"),
    Matter.CERTIFICATE: tr("Certificate ends"),
    Matter.AUTHORITY: tr("Authority ends"),
    Matter.DEVICE_KEY: tr("Key to be compared again"),
}

_MORE = tr("{count} more in the section Duties.")


def more(count: int) -> str:
    """How many more are late than the one that is told."""
    return told(_MORE, {"count": count})
