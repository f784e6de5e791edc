"""keyring status, keep, forget, accept."""

from core.cli.answers import Answer
from core.cli.base import REASON, Context, Entry, done, words
from core.cli.proposals import short
from core.errors.vault import KeyringAbsent
from core.late import dataclass
from core.model.audit import AcceptHead
from core.services import accepting, heads, people, remembered
from core.words.proposals import sentence as shown
from core.words.say import sentence


@dataclass(frozen=True, kw_only=True)
class Status(Answer):
    available: bool
    told: tuple[str, ...]
    seen: int
    time: str
    kept: tuple[str, ...]

    def lines(self) -> list[str]:
        if not self.available:
            return list(self.told)
        seen = f"You have seen {self.seen} entries here, the newest of {self.time}." if self.seen else ""
        names = f"Kept sign-ins: {', '.join(self.kept)}." if self.kept else "No sign-in is kept."
        return [*([seen] if seen else []), *self.told, names]


@dataclass(frozen=True, kw_only=True)
class Kept(Answer):
    name: str
    kept: bool

    def lines(self) -> list[str]:
        if not self.kept:
            return [f"The sign-in of {self.name} is no longer kept here."]
        return [
            f"The sign-in of {self.name} is kept by the keyring of this workstation.",
            "Second comparisons and approvals ask for the passphrase all the same.",
        ]


@dataclass(frozen=True, kw_only=True)
class HeadAccepted(Answer):
    """`proposal` is "" where the file counts from now on; else `sentence` is what a second person has to agree to."""

    rows: int
    proposal: str
    sentence: str

    def lines(self) -> list[str]:
        if self.proposal:
            return [
                f"Proposal {self.proposal} waits for a second person: {self.sentence}",
                "After that, do this once more on each workstation that knows the other file.",
            ]
        return [f"This file with its {self.rows} entries is what the keyring goes by from now on."]


def _status(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        notices = heads.greet(desk)
        if any(isinstance(each, KeyringAbsent) for each in notices):
            told = tuple(sentence(each) for each in notices)
            return done(Status(available=False, told=told, seen=0, time="", kept=()))
        seen = heads.seen(desk)
        kept = tuple(each.name for each in people.operators(desk) if remembered.kept(desk, each.name))
        return done(
            Status(
                available=True,
                told=tuple(sentence(each) for each in notices),
                seen=seen.number if seen else 0,
                time=seen.time if seen else "",
                kept=kept,
            )
        )


def _keep(context: Context) -> tuple[Answer, int]:
    with context.desk() as desk:
        name = context.acting(desk)
        remembered.keep(desk, name, context.passphrase(desk, name))
        return done(Kept(name=name, kept=True))


def _forget(context: Context) -> tuple[Answer, int]:
    with context.signed_in("ForgetSignIn") as desk:
        remembered.forget(desk)
        return done(Kept(name=desk.acting.operator.name, kept=False))


def _accept(context: Context) -> tuple[Answer, int]:
    with context.signed_in("AcceptHead") as desk:
        made = accepting.accept(desk, AcceptHead(context.args.reason))
    waits = made.waiting
    if waits is None:
        return done(HeadAccepted(rows=made.rows, proposal="", sentence=""))
    return HeadAccepted(state="waiting", rows=made.rows, proposal=short(waits), sentence=shown(waits)), 0


_WS = words("workspace")
ENTRIES = (
    Entry("keyring", "status", "what the keyring of this workstation knows of a workspace", _WS, _status, Status),
    Entry("keyring", "keep", "keep your own sign-in in it (links and registration workspaces)", _WS, _keep, Kept),
    Entry("keyring", "forget", "take your own sign-in out of it", _WS, _forget, Kept),
    Entry(
        "keyring", "accept", "go by this file from now on, after a restore", words("workspace", reason=REASON),
        _accept, HeadAccepted,
    ),
)  # fmt: skip
