"""Custody of CA keys: who holds a key together, what kind of key it is, and what a signing session may do with it."""

from dataclasses import field
from enum import StrEnum

from core.late import dataclass
from core.model.authorities import CaKey

DEFAULT_QUORUM, DEFAULT_HOLDERS, MOST_HOLDERS = 2, 3, 10
SESSION_SECONDS = 300


class Source(StrEnum):
    """Where the private half is (C28)."""

    SOFTWARE = "software"
    TOKEN = "token"  # noqa: S105 - a PKCS#11 token, not a password


class Signable(StrEnum):
    """What a CA key signs; the signing process reads it off the bytes themselves."""

    CERTIFICATE = "certificate"
    CRL = "crl"
    REQUEST = "request"
    OCSP = "ocsp"


class Origin(StrEnum):
    """Where a custodian's new passphrase comes from."""

    GENERATED = "generated"  # by the program: 80 bits
    STICK = "stick"  # joined with 32 random bytes of an own stick
    REHEARSED = "rehearsed"  # a rehearsal's secrets file has it, which is no secret
    CHOSEN = "chosen"  # by a person


class SheetState(StrEnum):
    """A recovery sheet works only once it was typed back; it is used once."""

    PRINTED = "printed"
    PROVED = "proved"
    USED = "used"
    VOID = "void"


@dataclass(frozen=True)
class Sealed:
    """A secret under k of n people, as the file keeps it: nothing in it opens without k passphrases.

    `envelopes`: custodian to the envelope of their custody key. `wraps`: subset ("alice+bob") to the KEK, base64.
    `secret`: what the KEK closes, base64. `generation` counts the KEKs that this secret has had. `backup`: the public half,
    hex, to which backups are closed ("" where it is not known yet: a drill finds it).
    """

    quorum: int
    envelopes: dict[str, str]
    wraps: dict[str, str]
    secret: str
    generation: int = 1
    backup: str = ""


@dataclass(frozen=True)
class TokenFacts:
    """A PKCS#11 token as it describes itself. `library` is never kept in a workspace."""

    label: str
    serial: str
    manufacturer: str
    model: str
    firmware: str


@dataclass(frozen=True)
class Inserted:
    """A token that the library of this machine sees, and the number of its slot."""

    slot: int
    facts: TokenFacts


@dataclass(frozen=True)
class Custodian:
    """A person who holds a key with others; `stick` where 32 bytes on an own stick belong to the passphrase."""

    id: int
    name: str
    stick: bool
    since: str
    until: str  # "" while they hold it
    failures: int = 0
    failed_at: str = ""


@dataclass(frozen=True)
class HeldKey:
    """A CA key's source record (C28) and custody. `public_key` is DER SPKI; `uid` is what every wrap is bound to.

    `approval` is the certificate or statement a token is approved by; `finding` says why a token is used whose SO-PIN
    is not ours ("" where it is).
    """

    id: int
    uid: str
    name: str
    type: CaKey
    public_key: bytes
    source: Source
    token: TokenFacts | None
    approval: str
    finding: str
    created: str
    sealed: Sealed
    custodians: tuple[Custodian, ...]

    @property
    def destroyed(self) -> bool:
        """Nothing is left of it here that anybody could open."""
        return not self.sealed.secret

    @property
    def holders(self) -> tuple[Custodian, ...]:
        """Those who hold it now."""
        return tuple(each for each in self.custodians if not each.until)


@dataclass(frozen=True)
class UseToken:
    """Where a key is to be made: the token's label or serial. `finding`: why a foreign SO-PIN is accepted ("" refuses).

    The library's path is this machine's business and travels beside the command.
    """

    label: str = ""
    serial: str = ""
    approval: str = ""
    finding: str = ""


@dataclass(frozen=True)
class MakeKey:
    """A CA key under the custody of these people, `quorum` of whom open it. Passphrases travel beside the command."""

    name: str
    type: CaKey
    custodians: tuple[str, ...]
    quorum: int = DEFAULT_QUORUM
    token: UseToken | None = None


@dataclass(frozen=True)
class OpenSession:
    """A signing session: `may` says how many of what; it ends `seconds` later at the latest."""

    key: str
    custodians: tuple[str, ...]
    may: dict[Signable, int] = field(default_factory=dict)
    seconds: int = SESSION_SECONDS
    because: str = ""
    ticket: str = ""


@dataclass(frozen=True)
class Standing:
    """How an open session stands: seconds left, and how many of what may still be signed."""

    key: str
    left: int
    may: dict[Signable, int]


@dataclass(frozen=True)
class EndSession:
    """The session is over; `because` is one of "done", "lock", "suspend", "idle", "quit", "time", "lost"."""

    key: str
    because: str
    signed: int


@dataclass(frozen=True)
class Drill:
    """Prove that these people open the key; nothing is signed. `because` says why a root's was opened on a network."""

    key: str
    custodians: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True)
class ReplaceCustodian:
    """`new` takes the place of `old`; all others are present."""

    key: str
    old: str
    new: str


@dataclass(frozen=True)
class Enter:
    """A line for the custody register; `what` is "out", "in", "sealed" or "moved"."""

    key: str
    what: str
    holder: str
    place: str = ""
    seal: str = ""


@dataclass(frozen=True)
class ChangeCustodyPassphrase:
    """A custodian's own passphrase for one key."""

    key: str
    name: str


@dataclass(frozen=True)
class Copy:
    """A backup, by when it was made and the SHA-256 of the file."""

    time: str
    sha256: str


@dataclass(frozen=True)
class Sheet:
    """A recovery sheet: `covers` names what it opens ("sign-in" and keys)."""

    number: int
    owner: str
    covers: tuple[str, ...]
    created: str
    state: SheetState


@dataclass(frozen=True)
class DrawSheet:
    """A new sheet of who acts; what it opens is opened by the passphrase beside it."""


@dataclass(frozen=True)
class ProveSheet:
    """The owner typed the words of a fresh sheet back; they travel beside the command."""

    number: int


@dataclass(frozen=True)
class UseSheet:
    """A person's secrets come back by their sheet; another person acts."""

    owner: str


@dataclass(frozen=True)
class Entry:
    """One line of the custody register (C27): what left or came back, who had it, where it lies, under which seal."""

    key: str
    what: str
    holder: str
    place: str
    seal: str
    time: str
