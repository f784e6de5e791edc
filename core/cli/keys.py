"""key receive, list, compare, fingerprints, withdraw, suspect."""

from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import REASON, TICKET, Context, Entry, content, done, words
from core.cli.cards import content_with_signature
from core.late import dataclass
from core.model.keys import (
    Algorithm,
    Arrival,
    Channel,
    CompareKey,
    Form,
    KeyState,
    ReceiveKey,
    Source,
    SuspectKey,
    Verdict,
    WithdrawKey,
)
from core.services import fingerprints, keys, people, views
from core.words import names
from core.words.states import KEYS
from core.words.verdicts import ALGORITHMS, FORMS, verdict


@dataclass(frozen=True, kw_only=True)
class KeyReceived(Answer):
    device: str
    source: Source
    algorithm: Algorithm
    bits: int
    possession: bool
    key_state: KeyState
    different_before: str  # the day a comparison found this very key to be another one, or ""
    sentence: str

    def lines(self) -> list[str]:
        proof = (
            "Possession of the private key was proved." if self.possession else "It came without proof of possession."
        )
        return [
            f"The key for {self.device} ({self.source.value}, {ALGORITHMS[self.algorithm]}, {self.bits} bits) is on file.",
            f"{proof} It is not verified: compare it with the far end, who reads while you type.",
            *([self.sentence] if self.sentence else []),
        ]


@dataclass(frozen=True, kw_only=True)
class KeyCompared(Answer):
    device: str
    verdict: Verdict
    form: Form
    compared: int
    tries_left: int
    key_state: KeyState
    sentence: str

    def lines(self) -> list[str]:
        return [self.sentence]


@dataclass(frozen=True, kw_only=True)
class KeyTold:
    """Nothing of a key's value: that is shown by `key fingerprints`, and only once it is approved."""

    device: str
    key_state: KeyState
    health: str
    algorithm: Algorithm
    bits: int
    compared: int
    review_by: str


@dataclass(frozen=True, kw_only=True)
class KeysListed(Answer):
    keys: tuple[KeyTold, ...]

    def lines(self) -> list[str]:
        return [
            f"{each.device}  {ALGORITHMS[each.algorithm]}  {each.health}"
            + (f"  check again by {each.review_by}" if each.review_by else "")
            for each in self.keys
        ] or ["There are no keys yet."]


@dataclass(frozen=True, kw_only=True)
class Fingerprints(Answer):
    device: str
    fingerprints: dict[str, str]

    def lines(self) -> list[str]:
        return [f"{FORMS[Form(form)]}:\n  {value}" for form, value in self.fingerprints.items()]


@dataclass(frozen=True, kw_only=True)
class KeyEnded(Answer):
    device: str
    key_state: KeyState

    def lines(self) -> list[str]:
        return [f"The key of {self.device} is {KEYS[self.key_state]}."]


def _receive(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = ReceiveKey(
        args.device,
        content_with_signature(args.file),
        args.channel,
        "" if args.file == "-" else Path(args.file).name,
        args.replace_by or "",
        args.legacy_because or "",
    )
    key = context.perform(keys.RECEIVE, command)
    with context.desk(read_only=True) as desk:
        doubt = keys.doubt(desk, key)
    return done(
        KeyReceived(
            device=args.device,
            source=key.public.source,
            algorithm=key.public.algorithm,
            bits=key.public.bits,
            possession=key.public.possession,
            key_state=key.state,
            different_before=f"{doubt[1].time:%Y-%m-%d}" if doubt else "",
            sentence=names.doubt(*doubt) if doubt else "",
        )
    )


def _compare(context: Context) -> tuple[Answer, int]:
    args = context.args
    heard = content("-").decode("utf-8", "replace") if args.heard == "-" else args.heard
    command = CompareKey(
        args.device, heard, args.channel, args.reader, args.ticket, args.number or "", args.number_from or ""
    )
    told = context.perform(keys.COMPARE, command, own_hand=True)
    with context.desk(read_only=True) as desk:
        lone = len(people.operators(desk)) == 1
    finding = told.finding
    answer = KeyCompared(
        device=args.device,
        verdict=finding.verdict,
        form=finding.form,
        compared=told.compared,
        tries_left=told.tries_left,
        key_state=told.key.state,
        sentence=verdict(finding, told.compared, told.tries_left, lone=lone),
    )
    return answer, 0 if finding.verdict is Verdict.MATCH else 4


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        told = []
        for row in views.picture(desk).devices:
            for key in filter(None, (row.waiting, row.key)):
                told.append(
                    KeyTold(
                        device=row.device.name,
                        key_state=key.state,
                        health=row.health.value,
                        algorithm=key.public.algorithm,
                        bits=key.public.bits,
                        compared=2 if key is row.key else row.compared,
                        review_by=key.review_by,
                    )
                )
        return done(KeysListed(keys=tuple(told)))


def _fingerprints(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        shown = fingerprints.of_device(desk, context.args.device)
    told = {form.value: text for form, text in shown.items()}
    return done(Fingerprints(device=context.args.device, fingerprints=told))


def _withdraw(context: Context) -> tuple[Answer, int]:
    key = context.perform(keys.WITHDRAW, WithdrawKey(context.args.device, context.args.reason))
    return done(KeyEnded(device=context.args.device, key_state=key.state))


def _suspect(context: Context) -> tuple[Answer, int]:
    key = context.perform(keys.SUSPECT, SuspectKey(context.args.device, context.args.reason))
    return done(KeyEnded(device=context.args.device, key_state=key.state))


_REASON = words("workspace", "device", reason=REASON)
_RECEIVE = words(
    "workspace",
    "device",
    "file",
    channel={"required": True, "metavar": "|".join(Arrival), "help": "how the file came"},
    replace_by={"metavar": "DATE", "help": "the old pin stays beside the new one until then"},
    legacy_because={"metavar": "TEXT", "help": "take RSA 2048 with this reason on record"},
)
_COMPARE = words(
    "workspace",
    "device",
    heard={"required": True, "metavar": "TEXT", "help": "the whole value the far end read; - reads stdin"},
    channel={
        "required": True,
        "metavar": "|".join(each for each in Channel if each is not Channel.EMAIL),
        "help": "how the value came; not the way the key came",
    },
    reader={"required": True, "metavar": "TEXT", "help": "who read the value at the far end"},
    ticket=TICKET,
    number={"metavar": "TEXT", "help": "the number called; the device's own where it is left out"},
    number_from={"metavar": "TEXT", "help": "where the number came from"},
)
ENTRIES = (
    Entry("key", "receive", "take a device's public key on file", _RECEIVE, _receive, KeyReceived),
    Entry("key", "list", "list the keys and how they stand", words("workspace"), _list, KeysListed),
    Entry("key", "compare", "compare a key blind with what the far end reads", _COMPARE, _compare, KeyCompared),
    Entry("key", "fingerprints", "show an approved key", words("workspace", "device"), _fingerprints, Fingerprints),
    Entry("key", "withdraw", "reject a new key, or withdraw an approved one", _REASON, _withdraw, KeyEnded),
    Entry("key", "suspect", "quarantine a changed key and suspend its links", _REASON, _suspect, KeyEnded),
)
