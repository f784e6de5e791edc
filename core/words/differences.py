"""What a proposal changes, a line for each: as it stands now, and as it would."""

from core.model.people import Duty
from core.model.proposals import Difference
from core.words.people import DUTIES
from core.words.tongue import told, tr

WHAT = {
    "duties": tr("Duties"),
    "until": tr("Last day of access"),
    "custodians": tr("Custodians"),
    "cap-sub": tr("Last day of sub CA keys"),
    "cap-root": tr("Last day of root keys"),
    "date": tr("Date that counts"),
    "pattern": tr("Pattern of tickets"),
    "hours": tr("Hours that a CRL counts"),
    "subject": tr("Subject"),
    "names": tr("Names"),
    "wishes": tr("Extensions"),
    "ends": tr("Last day"),
    "crl-number": tr("Number of the next CRL"),
    "entries": tr("Entries"),
}
_CHANGE = tr("{what}: now {before}; then {after}.")
_REQUEST = tr("{what}: the request asks for {before}; what is signed says {after}.")
_NONE, _PROFILE = tr("nothing"), tr("what the profile says")


def difference(found: Difference) -> str:
    """One difference as a line."""
    empty = told(_PROFILE if found.what == "wishes" else _NONE, {})
    facts = {"what": told(WHAT.get(found.what, "{what}"), {"what": found.what})}
    for name in ("before", "after"):
        text = str(getattr(found, name))
        facts[name] = (_duties(text) if found.what == "duties" else text) or empty
    return told(_REQUEST if found.request else _CHANGE, facts)


def _duties(text: str) -> str:
    return ", ".join(told(DUTIES[Duty(each)], {}) for each in text.split())
