"""trust add, compare, list: CA certificates of others."""

from core.cli.answers import Answer
from core.cli.base import LARGEST_INPUT, Context, Entry, content, done, words
from core.late import dataclass
from core.model.keys import Form, Verdict
from core.model.trust import AddTrust, Anchor, AnchorKind, AnchorState, CompareTrust
from core.services import trust
from core.words.trust import KINDS, STATES, verdict


@dataclass(frozen=True, kw_only=True)
class AnchorTold:
    """Nothing of a fingerprint before two people compared it: `sha256` is "" until then."""

    name: str
    kind: AnchorKind
    anchor_state: AnchorState
    purpose: str
    owner: str
    until: str
    ticket: str
    sha256: str
    over: bool

    def line(self) -> str:
        over = ", over" if self.over else ""
        return f"{self.name}  {KINDS[self.kind]}  {STATES[self.anchor_state]}, until {self.until}{over}  {self.owner}: {self.purpose}"


@dataclass(frozen=True, kw_only=True)
class TrustAdded(Answer):
    anchor: AnchorTold

    def lines(self) -> list[str]:
        name = self.anchor.name
        return [
            f"{name} is taken in and not trusted yet.",
            "Have its owner read out the SHA-256 of the certificate; two people enter what they hear, each by themselves:",
            f"anchorhold trust compare WS {name} --heard TEXT",
        ]


@dataclass(frozen=True, kw_only=True)
class TrustCompared(Answer):
    name: str
    verdict: Verdict
    form: Form
    compared: int
    tries_left: int
    anchor_state: AnchorState
    sentence: str

    def lines(self) -> list[str]:
        return [self.sentence]


@dataclass(frozen=True, kw_only=True)
class TrustListed(Answer):
    anchors: tuple[AnchorTold, ...]

    def lines(self) -> list[str]:
        return [each.line() for each in self.anchors] or ["No CA of others is on file."]


def _told(anchor: Anchor, *, over: bool) -> AnchorTold:
    return AnchorTold(
        name=anchor.name,
        kind=anchor.kind,
        anchor_state=anchor.state,
        purpose=anchor.purpose,
        owner=anchor.owner,
        until=anchor.until.isoformat(),
        ticket=anchor.ticket,
        sha256=anchor.sha256 if anchor.state is AnchorState.TRUSTED else "",
        over=over,
    )


def _add(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = AddTrust(content(args.file), args.purpose, args.owner, args.until, args.ticket)
    return done(TrustAdded(anchor=_told(context.perform(trust.ADD, command), over=False)))


def _compare(context: Context) -> tuple[Answer, int]:
    args = context.args
    heard = content("-", LARGEST_INPUT).decode("utf-8", "replace") if args.heard == "-" else args.heard
    told = context.perform(trust.COMPARE, CompareTrust(args.name, heard), own_hand=True)
    answer = TrustCompared(
        name=told.anchor.name,
        verdict=told.finding.verdict,
        form=told.finding.form,
        compared=told.compared,
        tries_left=told.tries_left,
        anchor_state=told.anchor.state,
        sentence=verdict(told.anchor.name, told.finding, told.compared, told.tries_left),
    )
    return answer, 0 if told.finding.verdict is Verdict.MATCH else 4


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        today = desk.clock().date()
        return done(TrustListed(anchors=tuple(_told(each, over=today > each.until) for each in trust.rows(desk))))


_PURPOSE = {"required": True, "metavar": "TEXT", "help": "what it is trusted for"}
_OWNER = {"required": True, "metavar": "TEXT", "help": "whose CA it is"}
_UNTIL = {"required": True, "metavar": "DATE", "help": "the last day it counts"}
_TICKET = {"required": True, "metavar": "REF", "help": "the ticket this is done for"}
_HEARD = {"required": True, "metavar": "TEXT", "help": "what its owner reads out; - reads it from stdin"}
ENTRIES = (
    Entry(
        "trust", "add", "take in a CA certificate of others, as pending",
        words("workspace", "file", purpose=_PURPOSE, owner=_OWNER, until=_UNTIL, ticket=_TICKET), _add, TrustAdded,
    ),
    Entry(
        "trust", "compare", "compare its fingerprint blind; two people, each by themselves",
        words("workspace", "name", heard=_HEARD), _compare, TrustCompared,
    ),
    Entry("trust", "list", "the CA certificates of others and how they stand", words("workspace"), _list, TrustListed),
)  # fmt: skip
