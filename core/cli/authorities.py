"""ca root, request, propose, sign, install, list, export, run-off, destroy; meet; decide."""

from argparse import ArgumentParser
from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import REASON, TICKET, Context, Entry, content, done, words
from core.cli.holders import CUSTODIAN, MODULE, OFFLINE, TOKEN, hands, network
from core.cli.proposals import Waiting, waits
from core.errors.base import refuse
from core.late import dataclass
from core.media import places
from core.media.files import write_all, write_new
from core.model.authorities import (
    Authority,
    AuthorityState,
    CaKey,
    DestroyKey,
    Layer,
    MakeRoot,
    RenewSub,
    RequestSub,
    RunOff,
    Service,
    SignSub,
)
from core.model.carry import Hear
from core.model.decisions import Decide
from core.services import authorities, carry, decisions, ending, rollover, subordinates
from core.services.carry import LIMIT
from core.services.perform import perform
from core.words.hierarchy import AUTHORITIES, LAYERS, SERVICES


@dataclass(frozen=True, kw_only=True)
class AuthorityTold:
    """`key` says where its private half is: the key's name in this workspace, or "" where it is elsewhere."""

    name: str
    layer: Layer
    service: str
    subject: str
    standing: AuthorityState
    key: str
    until: str
    crl_url: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AuthorityDone(Answer):
    authority: AuthorityTold

    def lines(self) -> list[str]:
        each = self.authority
        told = [f"{each.name} ({each.subject}): {AUTHORITIES[each.standing]}, until {each.until or 'it is certified'}."]
        return [*told, f"SHA-256 of its certificate: {each.sha256}"] if each.sha256 else told


@dataclass(frozen=True, kw_only=True)
class RootMade(AuthorityDone):
    def lines(self) -> list[str]:
        return [
            *super().lines(),
            "Next: a second person types the fingerprint (anchorhold ceremony read-back).",
            "Then make copies (anchorhold backup make), and let the workspaces get to know each other (anchorhold meet).",
            "Last, close the record (anchorhold ceremony close).",
        ]


@dataclass(frozen=True, kw_only=True)
class AuthoritiesListed(Answer):
    authorities: tuple[AuthorityTold, ...]

    def lines(self) -> list[str]:
        return [
            f"{each.name}  {_called(each)}  {AUTHORITIES[each.standing]}  until {each.until}  {each.subject}"
            + (f"  SHA-256 {each.sha256}" if each.sha256 else "")
            for each in self.authorities
        ] or ["There are no authorities yet."]


def _called(each: AuthorityTold) -> str:
    return f"{LAYERS[each.layer]} {SERVICES[Service(each.service)] if each.service else ''}".strip()


@dataclass(frozen=True, kw_only=True)
class FileWritten(Answer):
    """`fingerprint` and `words` are what is read out where the file is an introduction, "" elsewhere."""

    file: str
    fingerprint: str
    words: str

    def lines(self) -> list[str]:
        told = [f"Written: {self.file}"]
        if not self.fingerprint:
            return told
        return [
            *told,
            "Two people at the other workspace type what you read out from this screen, one of:",
            self.fingerprint,
            self.words,
        ]


@dataclass(frozen=True, kw_only=True)
class Met(Answer):
    workspace: str
    name: str
    heard_by: tuple[str, ...]
    known: bool

    def lines(self) -> list[str]:
        if self.known:
            return [f"The workspace {self.name} is known: its carried files are taken as signed."]
        return [f"Typed by {', '.join(self.heard_by)}. One more person types it, then {self.name} is known."]


@dataclass(frozen=True, kw_only=True)
class FilesWritten(Answer):
    files: tuple[str, ...]

    def lines(self) -> list[str]:
        return [f"Written: {each}" for each in self.files]


def told(each: Authority) -> AuthorityTold:
    """An authority as answers show it."""
    facts = authorities.facts(each)
    return AuthorityTold(
        name=each.name,
        layer=each.layer,
        service=each.service.value if each.service else "",
        subject=facts.subject,
        standing=each.state,
        key=each.key,
        until=facts.until,
        crl_url=each.crl_url,
        sha256=facts.sha256,
    )


def _root(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("MakeRoot", own_hand=True) as desk:
        command = MakeRoot(
            args.subject,
            tuple(args.custodian),
            args.quorum,
            args.until,
            args.crl_url,
            args.key,
            args.token or "",
            args.network_up_because or "",
            args.witness or "",
        )
        authorities.refuse_early(desk, command, up := network(context, desk))
        made, _ = authorities.make_root(desk, command, hands(context, desk, new=args.custodian), up)
        return done(RootMade(authority=told(made)))


def place(out: str) -> None:
    """Where a file will go, looked at before a key is made: nothing is signed that cannot be handed over."""
    refuse(places.against(Path(out)))


def _request(context: Context) -> tuple[Answer, int]:
    args = context.args
    place(args.out)
    with context.signed_in("RequestSub", own_hand=True) as desk:
        command = RequestSub(
            args.name,
            args.technology,
            args.subject,
            tuple(args.custodian),
            args.quorum,
            args.crl_url,
            args.key,
            args.token or "",
            tuple(args.permitted),
            tuple(args.excluded),
        )
        asked = subordinates.request(desk, command, hands(context, desk, new=args.custodian))
    return _written(args.out, asked)


def _renew(context: Context) -> tuple[Answer, int]:
    args = context.args
    place(args.out)
    with context.signed_in("RenewSub", own_hand=True) as desk:
        command = RenewSub(
            args.name, tuple(args.custodian), args.quorum, args.crl_url or "", args.key, args.token or ""
        )
        asked = rollover.request(desk, command, hands(context, desk, new=args.custodian))
    return _written(args.out, asked)


def _written(out: str, made: bytes, fingerprint: tuple[str, str] = ("", "")) -> tuple[Answer, int]:
    write_new(Path(out), made)
    return done(FileWritten(file=out, fingerprint=fingerprint[0], words=fingerprint[1]))


def _propose(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("SubRequest") as desk:
        return waits(desk, subordinates.propose(desk, content(args.file, LIMIT), args.until, args.ticket or ""))


def _sign(context: Context) -> tuple[Answer, int]:
    args = context.args
    place(args.out)
    with context.signed_in("SignSub", own_hand=True) as desk:
        command = SignSub(args.proposal, tuple(args.custodian), args.network_up_because or "", args.witness or "")
        made = subordinates.sign(desk, command, hands(context, desk), network(context, desk))
    return _written(args.out, made)


def _install(context: Context) -> tuple[Answer, int]:
    with context.signed_in("InstallSub", own_hand=True) as desk:
        return done(AuthorityDone(authority=told(subordinates.install(desk, content(context.args.file, LIMIT)))))


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        return done(AuthoritiesListed(authorities=tuple(told(each) for each in authorities.everyone(desk))))


def _export(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        made = authorities.files(desk)
    return done(FilesWritten(files=write_all(Path(context.args.to), made)))


def _run_off(context: Context) -> tuple[Answer, int]:
    args = context.args
    ended = context.perform(ending.RUN_OFF, RunOff(args.name, args.reason, args.ticket), own_hand=True)
    return done(AuthorityDone(authority=told(ended)))


def _destroy(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("DestroyKey") as desk:
        return waits(desk, ending.destroy(desk, DestroyKey(args.name, args.reason, args.ticket, args.token_deleted)))


def _meet(context: Context) -> tuple[Answer, int]:
    args = context.args
    if args.out:
        with context.signed_in("Introduce") as desk:
            made, meeting = carry.introduce(desk)
        return _written(args.out, made, carry.fingerprint(meeting))
    heard = content("-").decode("utf-8", "replace") if args.heard == "-" else args.heard or ""
    with context.signed_in("Hear", own_hand=True) as desk:
        partner = perform(desk, carry.HEAR, Hear(content(args.file or "-", LIMIT), heard))
    return done(
        Met(
            workspace=partner.meeting.workspace,
            name=partner.meeting.name,
            heard_by=partner.heard_by,
            known=partner.known,
        )
    )


def _decide(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("Decide") as desk:
        return waits(
            desk, decisions.decide(desk, Decide(args.clause, args.value, args.review, args.reason, args.ticket))
        )


_NEEDED = {"required": True}
_KEY = {"default": CaKey.P384.value, "metavar": "|".join(CaKey), "help": "the kind of key"}
_SUBJECT = {"required": True, "metavar": "DN", "help": "such as 'CN=Example Root CA, O=Example, C=GB'"}
_QUORUM = {"required": True, "type": int, "metavar": "K", "help": "how many of the custodians open the key"}
_CRL_URL = {"required": True, "metavar": "URL", "help": "where devices fetch its CRL, http://"}
_UNTIL = {"required": True, "metavar": "DATE", "help": "its last day"}
_OUT = {"required": True, "metavar": "FILE", "help": "the carried file to write"}
_ROOT = words(
    "workspace", subject=_SUBJECT, custodian=CUSTODIAN, quorum=_QUORUM, key=_KEY, token=TOKEN, module=MODULE,
    until=_UNTIL, crl_url=_CRL_URL, **OFFLINE,
)  # fmt: skip
_SERVICE = {"required": True, "metavar": "|".join(Service), "help": "what its certificates are for"}
_PERMITTED = {
    "action": "append",
    "default": [],
    "metavar": "TYPE:VALUE",
    "help": "only names under dns:, ip: or email: (not for IPsec); repeatable",
}
_EXCLUDED = {**_PERMITTED, "help": "never names under dns:, ip: or email: (not for IPsec); repeatable"}
_REQUEST = words(
    "workspace", "name", technology=_SERVICE, subject=_SUBJECT, custodian=CUSTODIAN, quorum=_QUORUM, key=_KEY,
    token=TOKEN, module=MODULE, crl_url=_CRL_URL, permitted=_PERMITTED, excluded=_EXCLUDED, out=_OUT,
)  # fmt: skip
_RENEW = words(
    "workspace", "name", custodian=CUSTODIAN, quorum=_QUORUM, key=_KEY, token=TOKEN, module=MODULE,
    crl_url={"metavar": "URL", "help": "where devices fetch its CRL, where not derived from the old one's"}, out=_OUT,
)  # fmt: skip
_PROPOSE = words("workspace", "file", until=_UNTIL, ticket={"metavar": "REF", "help": "the ticket this is done for"})
_SIGN = words("workspace", "proposal", custodian=CUSTODIAN, module=MODULE, out=_OUT, **OFFLINE)
_ENDING = words("workspace", "name", reason=REASON, ticket=TICKET)
_DELETED = {"action": "store_true", "help": "its key was deleted on its token, with the token's own means"}
_DECIDE = words(
    "workspace", "clause", value={**_NEEDED, "metavar": "DATE", "help": "the date in the published one's place"},
    reason=REASON, review={**_NEEDED, "metavar": "DATE", "help": "when two people look at it again"}, ticket=TICKET,
)  # fmt: skip


def _meeting(parser: ArgumentParser) -> None:
    parser.add_argument("workspace", metavar="WS", help="the workspace, a path NAME.anchorhold")
    parser.add_argument("file", nargs="?", metavar="FILE", help="the other workspace's introduction")
    parser.add_argument("--out", metavar="FILE", help="write this workspace's introduction")
    parser.add_argument("--heard", metavar="TEXT", help="what the other side's people read out; - reads stdin")


ENTRIES = (
    Entry("ca", "root", "the key ceremony: root key, certificate, first CRL", _ROOT, _root, RootMade),
    Entry("ca", "request", "make a sub CA's key and ask for its certificate", _REQUEST, _request, FileWritten),
    Entry("ca", "propose", "take a sub CA's request in at the root", _PROPOSE, _propose, Waiting),
    Entry("ca", "sign", "sign an approved sub CA", _SIGN, _sign, FileWritten),
    Entry(
        "ca", "install", "judge and install a sub CA's certificate", words("workspace", "file"), _install, AuthorityDone
    ),
    Entry("ca", "list", "the authorities and how they stand", words("workspace"), _list, AuthoritiesListed),
    Entry(
        "ca",
        "export",
        "write the certificates of every authority",
        words("workspace", to={"required": True, "metavar": "DIR", "help": "where to"}),
        _export,
        FilesWritten,
    ),
    Entry("ca", "renew", "ask for a sub CA's next generation: a new name and a new key", _RENEW, _renew, FileWritten),
    Entry(
        "ca",
        "run-off",
        "let an authority sign nothing but CRLs",
        _ENDING,
        _run_off,
        AuthorityDone,
    ),
    Entry(
        "ca",
        "destroy",
        "ask for an authority's key to be destroyed",
        words("workspace", "name", reason=REASON, ticket=TICKET, token_deleted=_DELETED),
        _destroy,
        Waiting,
    ),
    Entry("meet", "", "let two workspaces know each other", _meeting, _meet, Met),
    Entry("decide", "", "replace a published date, agreed by two people", _DECIDE, _decide, Waiting),
)
