"""What somebody should do next, and how far pins carry, as facts; the sentences are in `core.words.advice`."""

from enum import StrEnum

from core.late import dataclass


class Act(StrEnum):
    """What a person can be offered to do; the names of the wizards."""

    FIRST_RUN = "first-run"
    DEVICE = "device"
    LINK = "link"
    RECEIVE = "receive"
    COMPARE = "compare"
    CHANGED = "changed"
    REJECT = "reject"
    SUSPECT = "suspect"
    EXPORT = "export"
    READBACK = "readback"
    CARD = "card"
    RETIRE_LINK = "retire-link"
    RETIRE_DEVICE = "retire-device"
    PEOPLE = "people"
    APPROVE = "approve"
    REFUSE = "refuse"
    ENROL = "enrol"
    ENROL_MANY = "enrol-many"
    RENEW = "renew"
    ISSUE = "issue"
    REVOKE = "revoke"
    PUBLISH = "publish"
    ENDPOINT = "endpoint"
    LEDGER_REVIEW = "ledger-review"
    KEEP_SIGN_IN = "keep-sign-in"
    DRILL = "drill"
    OWN_SHEET = "sheet"
    ROOT = "root"
    CLOSE_CEREMONY = "close-ceremony"
    RUN_OFF = "run-off"
    DESTROY = "destroy"
    SWITCH_BACK = "switch-back"
    CRL_TAKE = "crl-take"
    CHECK = "check"
    SWITCH = "switch"
    DECIDE = "decide"
    STATEMENT = "statement"
    PUBLISH_STATEMENT = "publish-statement"
    CRL_VALIDITY = "crl-validity"
    VERIFY_LOG = "verify-log"
    DUTIES = "duties"
    SIGN_OFF = "sign-off"
    WAIVE = "waive"
    RECORD = "record"
    RECORD_VERSION = "record-version"
    RECORD_END = "record-end"
    SECOND_LOOK = "second-look"
    INTRODUCE = "introduce"
    HEAR = "hear"
    SUB_REQUEST = "sub-request"
    SUB_RENEW = "sub-renew"
    SUB_PROPOSE = "sub-propose"
    SUB_SIGN = "sub-sign"
    SUB_INSTALL = "sub-install"
    CARRY_SEND = "carry-send"
    CARRY_TAKE = "carry-take"
    TICKET_PATTERN = "ticket-pattern"
    TICKET_WIDEN = "ticket-widen"
    KEY_EXCEPTION = "key-exception"
    TRUST_ADD = "trust-add"
    TRUST_COMPARE = "trust-compare"
    LOG_EXPORT = "log-export"
    LOG_PROVE = "log-prove"
    LOG_CHECKPOINT = "log-checkpoint"
    BACKUP = "backup"
    BACKUP_TRY = "backup-try"
    PUT_BACK = "put-back"
    CRL_NONE = "crl-none"
    ACCEPT_HEAD = "accept-head"


class Task(StrEnum):
    """Why something has to be done, the most urgent first."""

    LOOKALIKE = "look-alike alarm"
    SUSPENDED = "link suspended"
    DIFFERENT = "different key"
    CHANGED = "key changed"
    CHANGED_ONCE = "changed key compared once"
    READBACK_FAILED = "read-back did not pass"
    PUBLISHED = "published CRL not read in"
    COMPARE_SECOND = "second comparison"
    COMPARE = "comparison"
    REVIEW = "review due"
    AGREEMENT = "agreement of a second person"
    ROLLING = "roll-over ends"
    READBACK_STALE = "read-back after a change"
    EXPORT = "export outstanding"
    READBACK = "read-back outstanding"
    RECEIVE = "no key"
    TELEPHONE = "telephone only"
    ACCESS_REVIEW = "access review due"
    LEDGER_REVIEW = "ledger review due"
    DUTY = "duty overdue"
    RECORD = "record overdue"
    WAIVER = "waiver to be looked at"
    DECISION = "decision to be looked at"
    FIRST_DEVICE = "first device"
    SECOND_DEVICE = "second device"
    FIRST_LINK = "first link"


ALARMS = (Task.LOOKALIKE, Task.SUSPENDED, Task.DIFFERENT, Task.CHANGED, Task.CHANGED_ONCE, Task.READBACK_FAILED)


@dataclass(frozen=True)
class Step:
    """One thing to do. `about` is the device or link; `who` a person, `day` an ISO date, "" where not needed."""

    task: Task
    act: Act
    about: str
    who: str = ""
    day: str = ""


@dataclass(frozen=True)
class Offer:
    """A button beside a device or link; `why_not` is a key of `core.words.advice.WHY_NOT`, "" where it can be done.

    `due` marks the one that is waited for.
    """

    act: Act
    about: str
    why_not: str = ""
    due: bool = False


@dataclass(frozen=True)
class Advice:
    """How far pins carry: `pins` are kept in all; when `busiest` changes its key, `most` other devices need it."""

    devices: int
    links: int
    pins: int
    busiest: str
    most: int
    outgrown: bool
    technologies: int
