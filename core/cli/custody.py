"""custody list, drill, replace, passphrase, enter, stick, sheet, recover."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from core.cli import bearer
from core.cli.answers import Answer
from core.cli.base import Context, Entry, done, words
from core.cli.holders import CUSTODIAN, MODULE, OFFLINE, STICK, generated, hands, network_up, sticks
from core.cli.proposals import CopyTold, Waiting, short, waits
from core.cli.secrets import from_file
from core.late import dataclass
from core.model.authorities import CaKey
from core.model.custody import (
    ChangeCustodyPassphrase,
    Drill,
    Enter,
    HeldKey,
    ProveSheet,
    ReplaceCustodian,
    SheetState,
    Source,
    UseSheet,
)
from core.policy.custody import REGISTER, at_risk
from core.services import custodians, custody, opening, recovery
from core.services.desk import Desk
from core.services.opening import Hands
from core.words.custody import key_line, sheet_lines
from core.words.states import SHEETS


@dataclass(frozen=True, kw_only=True)
class HolderTold:
    name: str
    since: str
    stick: bool


@dataclass(frozen=True, kw_only=True)
class EntryTold:
    time: str
    what: str
    holder: str
    place: str
    seal: str


@dataclass(frozen=True, kw_only=True)
class KeyTold:
    """`at_risk`: the loss of one custodian is the loss of the key. `old_copies`: backups to destroy."""

    name: str
    type: CaKey
    source: Source
    token: str
    serial: str
    model: str
    firmware: str
    approval: str
    finding: str
    created: str
    quorum: int
    custodians: tuple[HolderTold, ...]
    at_risk: bool
    register: tuple[EntryTold, ...]
    old_copies: tuple[CopyTold, ...]
    sentence: str


@dataclass(frozen=True, kw_only=True)
class SheetTold:
    number: int
    owner: str
    covers: tuple[str, ...]
    created: str
    standing: SheetState


@dataclass(frozen=True, kw_only=True)
class CustodyListed(Answer):
    keys: tuple[KeyTold, ...]
    sheets: tuple[SheetTold, ...]

    def lines(self) -> list[str]:
        found = []
        for key in self.keys:
            found.append(key.sentence)
            found += [f"  {each.time}  {each.what}  {each.holder}  {each.place}  {each.seal}" for each in key.register]
            found += [f"  Destroy the backup of {each.time} (SHA-256 {each.sha256})." for each in key.old_copies]
        found += [
            f"Sheet {each.number} of {each.owner}, {SHEETS[each.standing]}, opens: {', '.join(each.covers)}."
            for each in self.sheets
        ]
        return found or ["There is no CA key and no recovery sheet here."]


@dataclass(frozen=True, kw_only=True)
class Drilled(Answer):
    key: str
    custodians: tuple[str, ...]

    def lines(self) -> list[str]:
        return [f"{', '.join(self.custodians)} open {self.key}. Nothing was signed."]


@dataclass(frozen=True, kw_only=True)
class Replaced(Waiting):
    """Waiting for approval, or done: then `destroy` are the backups that still open for who left."""

    key: str
    custodians: tuple[str, ...]
    destroy: tuple[CopyTold, ...]

    def lines(self) -> list[str]:
        if self.state == "waiting":
            return super().lines()
        copies = [f"Destroy the backup of {each.time} (SHA-256 {each.sha256})." for each in self.destroy]
        told = f"{self.key} is held by {', '.join(self.custodians)} now."
        return [told, *copies, "Copies of the file that are not listed here open for the old custodians as well."]


@dataclass(frozen=True, kw_only=True)
class CustodyChanged(Answer):
    key: str
    name: str

    def lines(self) -> list[str]:
        return [f"The custody of {self.key} is changed for {self.name}; it is in the ledger."]


@dataclass(frozen=True, kw_only=True)
class StickMade(Answer):
    file: str
    name: str

    def lines(self) -> list[str]:
        return [f"{self.file} is the stick of {self.name}. It belongs on a medium of their own, and nowhere else."]


@dataclass(frozen=True, kw_only=True)
class SheetDrawn(Answer):
    number: int
    owner: str
    covers: tuple[str, ...]

    def lines(self) -> list[str]:
        return [
            f"Sheet {self.number} of {self.owner} opens: {', '.join(self.covers)}. It was proved; older ones are void.",
            "Put it in an envelope, seal it, write the number on it, and enter where it lies (anchorhold custody enter).",
        ]


@dataclass(frozen=True, kw_only=True)
class Recovered(Answer):
    owner: str

    def lines(self) -> list[str]:
        return [
            f"{self.owner} has a new passphrase. The sheet is void; this is on record as an incident.",
            "Draw a new sheet (anchorhold custody sheet), and find out how the passphrase was lost.",
        ]


def _key_told(desk: Desk, key: HeldKey) -> KeyTold:
    token = key.token
    return KeyTold(
        name=key.name,
        type=key.type,
        source=key.source,
        token=token.label if token else "",
        serial=token.serial if token else "",
        model=token.model if token else "",
        firmware=token.firmware if token else "",
        approval=key.approval,
        finding=key.finding,
        created=key.created,
        quorum=key.sealed.quorum,
        custodians=tuple(HolderTold(name=each.name, since=each.since, stick=each.stick) for each in key.holders),
        at_risk=at_risk(key),
        register=tuple(
            EntryTold(time=each.time, what=each.what, holder=each.holder, place=each.place, seal=each.seal)
            for each in opening.register(desk, key)
        ),
        old_copies=_copies(desk, key),
        sentence=key_line(key),
    )


def _copies(desk: Desk, key: HeldKey) -> tuple[CopyTold, ...]:
    return tuple(CopyTold(time=each.time, sha256=each.sha256) for each in custodians.old_copies(desk, key))


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        sheets = tuple(
            SheetTold(
                number=each.number, owner=each.owner, covers=each.covers, created=each.created, standing=each.state
            )
            for each in recovery.sheets(desk)
        )
        keys = tuple(_key_told(desk, each) for each in opening.keys(desk))
        return done(CustodyListed(keys=keys, sheets=sheets))


def _drill(context: Context) -> tuple[Answer, int]:
    names = tuple(context.args.custodian)
    with context.signed_in("Drill") as desk:
        command = Drill(context.args.key, names)
        custodians.refuse_early(desk, command)
        custodians.drill(desk, command, hands(context, desk, names), network_up(context, desk))
        return done(Drilled(key=command.key, custodians=names))


def _replace(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = ReplaceCustodian(args.key, args.old, args.new)
    with context.signed_in("ReplaceCustodian") as desk:
        agreed = custodians.agreed(desk, command)
        if agreed is None:
            asked, _ = waits(desk, custodians.propose(desk, command, args.reason, args.ticket))
            return done(Replaced(**vars(asked), key=args.key, custodians=(), destroy=()))
        bring = hands(context, desk, [*args.custodian, args.new], new=[args.new])
        key = custodians.replace(desk, agreed, bring, network_up(context, desk))
        return done(
            Replaced(
                state="done",
                proposal=short(agreed),
                sentence="",
                needs=(),
                key=key.name,
                custodians=tuple(each.name for each in key.holders),
                destroy=_copies(desk, key),
            )
        )


def _passphrase(context: Context) -> tuple[Answer, int]:
    if context.args.generate:
        bearer.need_terminal()
    with context.signed_in("ChangeCustodyPassphrase") as desk:
        name = desk.acting.operator.name
        old = hands(context, desk, [name])
        if context.args.generate:
            new = Hands({name: generated(context, name, f"{name} (new)")}, old.sticks)
        else:
            new = hands(context, desk, [name], new=[name], stem=" (new)")
        command = ChangeCustodyPassphrase(context.args.key, name)
        custodians.change_passphrase(desk, command, old, new)
        return done(CustodyChanged(key=command.key, name=name))


def _enter(context: Context) -> tuple[Answer, int]:
    args = context.args
    context.perform(custody.ENTERED, Enter(args.key, args.what, args.holder, args.place, args.seal))
    return done(CustodyChanged(key=args.key, name=args.holder))


def _stick(context: Context) -> tuple[Answer, int]:
    with context.signed_in("Stick") as desk:
        made = custody.make_stick(desk, Path(context.args.file))
        return done(StickMade(file=str(made), name=desk.acting.operator.name))


def _for(context: Context, desk: Desk, owner: str, key: str) -> Hands:
    """What opens the owner's share of one key."""
    whom = from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal)
    return Hands({owner: context.secrets.of(f"{owner} ({key})", whom)}, sticks(context.args))


def _sheet(context: Context) -> tuple[Answer, int]:
    on_screen = context.args.qr_to_terminal
    bearer.need_terminal()
    if not on_screen:
        bearer.need_printer()
    with context.signed_in("Sheet", own_hand=True) as desk:
        owner, each_key = desk.acting.operator.name, {}
        if context.args.each_key:
            mine = [each.name for each in opening.keys(desk) if owner in each.sealed.envelopes]
            each_key = {key: _for(context, desk, owner, key) for key in mine}
        drawn = recovery.draw(desk, Hands() if each_key else hands(context, desk, [owner]), each_key)
        lines = sheet_lines(drawn.number, desk.workspace.name, drawn.owner, drawn.covers, drawn.words)
        if on_screen:
            bearer.show(lines, drawn.words)
        else:
            bearer.print_out(lines)
        try:
            recovery.prove(desk, ProveSheet(drawn.number), context.secrets.asked(f"{drawn.owner} (sheet)"))
        finally:
            if on_screen:
                bearer.wipe()
        return done(SheetDrawn(number=drawn.number, owner=drawn.owner, covers=drawn.covers))


def _recover(context: Context) -> tuple[Answer, int]:
    name = context.args.name
    with context.signed_in("UseSheet") as desk:
        whom = from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal)
        secrets = context.secrets
        typed = secrets.of(f"{name} (sheet)", whom)
        new = hands(context, desk, [name], new=[name], stem=" (new)")
        recovery.recover(desk, UseSheet(name), typed, new.passphrases[name], rehearsed=name in new.rehearsed)
        return done(Recovered(owner=name))


_PRESENT = {**CUSTODIAN, "required": False, "default": []}
_OPENING: dict[str, dict[str, Any]] = {"custodian": CUSTODIAN, "stick": STICK, "module": MODULE, **OFFLINE}
_ASKED: dict[str, dict[str, Any]] = {
    "reason": {"default": "", "metavar": "TEXT", "help": "why, for who approves it"},
    "ticket": {"default": "", "metavar": "REF", "help": "the ticket this is done for"},
}
_ENTERED: dict[str, dict[str, Any]] = {
    "holder": {"required": True, "metavar": "TEXT", "help": "who has it"},
    "place": {"default": "", "metavar": "TEXT", "help": "where it lies"},
    "seal": {"default": "", "metavar": "TEXT", "help": "number of the seal"},
}
_GENERATE: dict[str, Any] = {
    "action": "store_true",
    "help": "ten words from the program (80 bits), shown once on this terminal",
}
_EACH: dict[str, Any] = {"action": "store_true", "help": "ask for a passphrase for each CA key: they differ"}
_QR: dict[str, Any] = {"action": "store_true", "help": "on this terminal, with a QR code, and not to a printer"}


def _what(parser: ArgumentParser) -> None:
    words("workspace", "key", **_ENTERED)(parser)
    parser.add_argument("what", choices=REGISTER, help="what happened to it")


ENTRIES = (
    Entry("custody", "list", "CA keys, who holds them, where they lie", words("workspace"), _list, CustodyListed),
    Entry(
        "custody", "drill", "prove that custodians open a key; nothing is signed",
        words("workspace", "key", **_OPENING), _drill, Drilled,
    ),
    Entry(
        "custody", "replace", "one custodian in another's place: a proposal, then all who stay are here",
        words("workspace", "key", "old", "new", **{**_OPENING, "custodian": _PRESENT}, **_ASKED), _replace, Replaced,
    ),
    Entry(
        "custody", "passphrase", "change your own passphrase for a key",
        words("workspace", "key", stick=STICK, generate=_GENERATE), _passphrase, CustodyChanged,
    ),
    Entry("custody", "enter", "an entry in the custody register", _what, _enter, CustodyChanged),
    Entry("custody", "stick", "make your own stick: half of a custodian's secret", words("workspace", "file"), _stick, StickMade),
    Entry(
        "custody", "sheet", "your own recovery sheet: alone, to a printer or this terminal",
        words("workspace", stick=STICK, qr_to_terminal=_QR, each_key=_EACH), _sheet, SheetDrawn,
    ),
    Entry("custody", "recover", "a person's new passphrase by their sheet, with you", words("workspace", "name"), _recover, Recovered),
)  # fmt: skip
