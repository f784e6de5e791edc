"""Sentences about records."""

from core.errors import records as errors
from core.errors.base import Expected
from core.model.records import RecordState, Timeliness
from core.words.tongue import Template, tr

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
