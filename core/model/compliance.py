"""How every clause stands: what the project's register says of it, and what the workspace shows."""

from datetime import date, datetime
from enum import StrEnum

from core.late import dataclass
from core.model.caps import CapTable
from core.model.clauses import Clause
from core.model.decisions import Decision
from core.model.records import RecordRow
from core.model.workspace import Kind


class How(StrEnum):
    """How a clause is met at all."""

    ENFORCED = "enforced"  # a rule of the program refuses what is against it
    RECORDED = "recorded"  # people do it, and a record says so
    ATTESTED = "attested"  # somebody vouches for what lies outside the program
    OUTSIDE = "outside"  # neither asked for nor judged here: the publisher's own matter


class Effect(StrEnum):
    """What a waiver of a clause does."""

    ISSUING = "issuing"  # its findings do not stand against issuing
    RECORD = "record"  # no record of it is asked for


class ClauseState(StrEnum):
    """Where a clause stands in a workspace, the most urgent first."""

    OVERDUE = "overdue"
    OPEN = "open"
    REPLACED = "replaced by decision"
    WAIVED = "waived"
    ATTESTED = "attested"
    RECORDED = "met by record"
    ENFORCED = "enforced"
    OPTIONAL = "optional"
    NOT_YET = "not applicable yet"


GREEN = (ClauseState.ENFORCED, ClauseState.RECORDED, ClauseState.ATTESTED)


class Todo(StrEnum):
    """What to do next; the sentences are in `core.words.compliance`."""

    NOTHING = "nothing"
    RULE = "rule-missing"
    RECORD = "record"
    RENEW = "renew-record"
    DECIDE = "decide"
    DECISION = "review-decision"
    WAIVER = "review-waiver"
    CRL = "sign-crl"
    REVIEW = "access-review"
    AUDITOR = "appoint-auditor"
    PUBLISH = "publish-policy"
    PERSON = "name-responsible"
    DUTY = "sign-off-duties"
    OVERRIDE = "ceremony-override"
    VALIDITY = "crl-validity"
    SHARED = "say-whether-shared"
    LATER = "later"
    FREE = "free"


@dataclass(frozen=True)
class RegisterRow:
    """One line of the project's register. `rules` are functions ("module:name"), `proofs` the tests that fail without them.

    `records` are kinds of records, "kind" or "kind:field=value"; `events` the ledger's actions that are evidence;
    `kinds` the workspaces it concerns; `when` a condition: "several" organisations rely on it, "cross" trust exists.
    A row of an RFC has its section in `clause` ("RFC5280-4.2.1.6") and a paraphrase in `asks`.
    """

    clause: str
    how: How
    rules: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = tuple(Kind)
    when: str = ""
    effect: Effect | None = None  # of a waiver; None where there is no waiver of it
    asks: str = ""

    @property
    def waivable(self) -> bool:
        """Whether two people may leave it for a while."""
        return self.effect is not None


@dataclass(frozen=True)
class Evidence:
    """Ledger entries of one action: how many there are, and the newest."""

    action: str
    count: int
    number: int
    time: datetime
    actor: str


@dataclass(frozen=True)
class Waiver:
    """Two people agreed to leave a clause for a while; `until` is its last day, `review` when it is looked at again."""

    id: int
    clause: str
    until: date
    review: date
    reason: str
    ticket: str
    proposal: str
    made: datetime

    def active(self, today: date) -> bool:
        """Whether it counts on that day: it ends by itself."""
        return today <= self.until


@dataclass(frozen=True)
class Waive:
    """As typed; dates are ISO."""

    clause: str
    reason: str
    until: str
    review: str
    ticket: str


@dataclass(frozen=True)
class ClauseRow:
    """One clause as it stands. `about` fills the sentence of `todo`; `due` is the next day something is due."""

    clause: Clause
    register: RegisterRow
    state: ClauseState
    todo: Todo
    about: str = ""
    due: date | None = None
    owner: str = ""
    records: tuple[RecordRow, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    decision: Decision | None = None
    waiver: Waiver | None = None

    @property
    def name(self) -> str:
        """The clause's id."""
        return self.clause.id

    @property
    def asks(self) -> str:
        """What it asks, in short."""
        return self.clause.asks


@dataclass(frozen=True)
class StandardRow:
    """What an RFC asks, as it stands: enforced, open where a rule is gone (`missing`), or not applicable yet."""

    register: RegisterRow
    state: ClauseState
    missing: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def name(self) -> str:
        """Its id, "RFC5280-4.2.1.6"."""
        return self.register.clause

    @property
    def asks(self) -> str:
        """What the section asks, in our words."""
        return self.register.asks

    @property
    def owner(self) -> str:
        """Nobody: rules of the program meet it."""
        return ""

    @property
    def due(self) -> date | None:
        """Never: it is asked at every certificate."""
        return None


@dataclass(frozen=True)
class Compliance:
    """Every clause, in the order of the register, then the RFCs' own; `shared`: run as a shared service.

    `waivers` and `decisions` are all that there ever were, the newest first.
    """

    rows: tuple[ClauseRow, ...]
    shared: bool
    day: date
    waivers: tuple[Waiver, ...] = ()
    decisions: tuple[Decision, ...] = ()
    standards: tuple[StandardRow, ...] = ()
    tables: tuple[
        tuple[CapTable, int], ...
    ] = ()  # each version of the table of key lifetimes, and how many were issued under it

    @property
    def every(self) -> tuple[ClauseRow | StandardRow, ...]:
        """Every clause, then what the RFCs ask."""
        return (*self.rows, *self.standards)

    @property
    def counts(self) -> dict[ClauseState, int]:
        """How many clauses are in each state."""
        return {state: sum(1 for row in self.rows if row.state is state) for state in ClauseState}

    @property
    def waiting(self) -> int:
        """How many clauses are open or overdue, the RFCs' own among them."""
        gone = sum(1 for each in self.standards if each.state is ClauseState.OPEN)
        return self.counts[ClauseState.OPEN] + self.counts[ClauseState.OVERDUE] + gone

    @property
    def green(self) -> bool:
        """Whether nothing is open, overdue, waived or replaced: a replaced cap is never shown green."""
        return not self.waiting and not self.counts[ClauseState.REPLACED] and not self.counts[ClauseState.WAIVED]
