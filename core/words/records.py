"""Sentences about records, and what people call their kinds, fields and choices."""

from datetime import date

from core.errors import records as errors
from core.errors.base import Expected
from core.model.records import FieldType, RecordField, RecordRow, RecordState, Timeliness
from core.policy.calendar import duties
from core.words.tongue import Template, told, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.NoSuchKind: Template(
        tr("No such kind of record"),
        tr("There is no kind of record called {kind}. Nothing was recorded."),
        tr("Choose one of: {known}. What each asks for: anchorhold record kinds."),
    ),
    errors.NoSuchRecord: Template(
        tr("No such record"),
        tr("No record of that kind with the number {number} is in force. Nothing was changed."),
        tr("See: anchorhold record list."),
    ),
    errors.RecordNotFit: Template(
        tr("The record is not complete"),
        tr("{name} of {kind}: {why} Nothing was recorded."),
        tr("What each kind asks for: anchorhold record kinds."),
        {
            "unknown": tr("this kind of record has no such field."),
            "empty": tr("this is needed."),
            "choice": tr("it takes one of: {choices}."),
            "tick": tr("it has to be yes; leave it out where it is not so."),
            "sha256": tr("it takes 64 hexadecimal digits."),
            "serials": tr("certificates of ours are named by their serials, with commas between them."),
            "community": tr("another community is agreed to by two; end this record and add the organisation again."),
            "early": tr("it lies before what it follows."),
        },
    ),
    errors.ScopeMissing: Template(
        tr("The scope is not whole"),
        tr("The test of this record does not cover {name} (internal, external and application are needed). It was not recorded."),
        tr("Have the test cover it, then record the test."),
    ),
    errors.ReviewNotFit: Template(
        tr("The review date"),
        tr("A review on {review} does not fit, so nothing was recorded."),
        tr("Choose a day from tomorrow to {latest}."),
    ),
    errors.EvidenceNotRead: Template(
        tr("The evidence was not read"),
        tr("{path} cannot be read, or is larger than {limit} MiB. Nothing was recorded."),
        tr("Choose a file that you may read; only its hash is kept here."),
    ),
    errors.SameWitness: Template(
        tr("Two people are needed"),
        tr("{full_name} cannot both clear a medium and see it cleared. Nothing was recorded."),
        tr("Name the other person who was there."),
    ),
}  # fmt: skip

CHOICES = {
    "usb-stick": tr("USB stick"),
    "optical-disc": tr("optical disc"),
    "csa-ccm-3.0": tr("CSA CCM 3.0"),
    "iso-iec-27001": tr("ISO/IEC 27001"),
    "iso-iec-27035-2011": tr("ISO/IEC 27035:2011"),
    "ssae-16-isae-3402": tr("SSAE 16 / ISAE 3402"),
    "fips-140-2": tr("FIPS 140-2"),
    "fips-140-3": tr("FIPS 140-3"),
    "common-criteria": tr("Common Criteria"),
    "none-available": tr("none is available"),
    "cp": tr("Certificate Policy"),
    "cps": tr("Certification Practice Statement"),
}  # what reads badly as it is kept
STATES = {
    RecordState.IN_FORCE: tr("in force"),
    RecordState.REPLACED: tr("replaced by a newer version"),
    RecordState.ENDED: tr("ended"),
}
TIMES = {
    Timeliness.GOOD: tr("in order"),
    Timeliness.OPEN: tr("open"),
    Timeliness.REVIEW: tr("review overdue"),
    Timeliness.LATE: tr("late"),
    Timeliness.EXPIRED: tr("has run out"),
}

_DUE = tr("Has to be done by {day}.")


def label(field: RecordField) -> str:
    """The name of a field."""
    return field.name.replace("_", " ").capitalize()


def asks(field: RecordField) -> str:
    """What a field asks, as a sentence."""
    return f"{field.asks[:1].upper()}{field.asks[1:]}."


def choice(value: str) -> str:
    """What people call a value that is chosen."""
    duty = duties().get(value)
    return duty.asks if duty else told(CHOICES.get(value, value), {})


def value(field: RecordField, text: str) -> str:
    """A field's value for people."""
    return choice(text) if field.type is FieldType.CHOICE else text


def title(row: RecordRow) -> str:
    """What a record is about: its kind, and what its first field says."""
    first = row.kind.fields[0]
    return f"{row.kind.title}: {value(first, row.record.facts.get(first.name, ''))}"


def standing(row: RecordRow) -> str:
    """How it stands: against the clock while it is in force."""
    return told(TIMES[row.timeliness] if row.record.state is RecordState.IN_FORCE else STATES[row.record.state], {})


def done_by(day: date) -> str:
    """By when work has to be done."""
    return told(_DUE, {"day": day.isoformat()})
