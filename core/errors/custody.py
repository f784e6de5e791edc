"""Refusals about custody of CA keys, tokens and signing sessions."""

from core.errors.base import Damaged, Refused
from core.late import dataclass


@dataclass(eq=False)
class QuorumNotFit(Refused):
    """`why` is "one" (dual control needs two), "more" (than there are custodians) or "many" (over ten custodians)."""

    why: str
    quorum: int
    custodians: int
    code = "CUS-01"
    clause = "C22"
    field = "quorum"


@dataclass(eq=False)
class NotACustodian(Refused):
    """Not one of this key's custodians (`key` "": has not the duty at all)."""

    name: str
    key: str
    code = "CUS-02"
    clause = "C22"
    field = "custodian"


@dataclass(eq=False)
class SameCustodianTwice(Refused):
    name: str
    code = "CUS-03"
    clause = "C22"
    field = "custodian"


@dataclass(eq=False)
class TooFewCustodians(Refused):
    key: str
    present: int
    quorum: int
    code = "CUS-04"
    clause = "C22"
    field = "custodian"


@dataclass(eq=False)
class PassphraseChosen(Refused):
    """A root custodian's passphrase was thought up by a person."""

    name: str
    code = "CUS-17"
    clause = "S-g-1"
    field = "passphrase"


@dataclass(eq=False)
class WrongCustodianPassphrase(Refused):
    """`wait` is the delay in seconds before this custodian's next try counts; `key` is known where several were tried."""

    name: str
    wait: int = 0
    key: str = ""
    code = "CUS-05"
    clause = "S-g-1"
    field = "passphrase"


@dataclass(eq=False)
class CustodianTooSoon(Refused):
    """A try during the delay; it was not looked at."""

    name: str
    wait: int
    code = "CUS-06"
    clause = "S-g-1"
    field = "passphrase"


@dataclass(eq=False)
class NoSuchKey(Refused):
    name: str
    code = "CUS-07"
    field = "key"


@dataclass(eq=False)
class KeyNameTaken(Refused):
    name: str
    code = "CUS-08"
    field = "name"


@dataclass(eq=False)
class CustodyDamaged(Damaged):
    """What the file keeps of a key does not fit together."""

    key: str
    code = "CUS-09"


@dataclass(eq=False)
class StickNotFit(Refused):
    """The file is not the stick of this custodian. `why` is "shape" or "owner"."""

    name: str
    why: str
    code = "CUS-10"
    field = "stick"


@dataclass(eq=False)
class NotAllStayersPresent(Refused):
    missing: tuple[str, ...]
    code = "CUS-11"
    clause = "C22"
    field = "custodian"


@dataclass(eq=False)
class SamePassphrase(Refused):
    """The new passphrase is the old one."""

    name: str
    code = "CUS-12"
    field = "passphrase"


@dataclass(eq=False)
class SheetNotFit(Refused):
    """What was typed is not the sheet.

    `why` is "words" (not read), "other" (does not open), "none" (no live sheet), "stale" (of a key replaced since).
    """

    owner: str
    why: str
    code = "CUS-13"
    field = "sheet"


@dataclass(eq=False)
class SheetNeedsTerminal(Refused):
    """A sheet is a bearer secret: it goes to a printer or a terminal, never into a file or a pipe."""

    code = "CUS-14"


@dataclass(eq=False)
class SheetNeedsAnother(Refused):
    """Its owner alone cannot use a sheet."""

    owner: str
    code = "CUS-15"
    clause = "C22"


@dataclass(eq=False)
class SheetNeedsPrinter(Refused):
    """`lp` is not there, or did not take it."""

    code = "CUS-16"
    field = "printer"


@dataclass(eq=False)
class PrinterMakesFiles(Refused):
    """What is called a printer writes a file: a bearer secret would lie on a disk."""

    printer: str
    code = "CUS-18"
    field = "printer"


@dataclass(eq=False)
class SheetNotPrinted(Refused):
    """The words are typed back from paper, so they are printed first."""

    code = "CUS-19"
    field = "printer"


@dataclass(eq=False)
class SessionEnded(Refused):
    """`why` is one of "done", "lock", "suspend", "idle", "quit", "time", "lost"."""

    why: str
    code = "SES-01"
    clause = "C22"


@dataclass(eq=False)
class NotAllowedInSession(Refused):
    """The session may not sign that, or no more of it; `kind` is a `Signable` or "other"."""

    kind: str
    code = "SES-02"
    clause = "C22"


@dataclass(eq=False)
class SigningTokenSpent(Refused):
    """One permission signs once, and only the bytes it was given for. `why` is "used" or "other"."""

    why: str
    code = "SES-03"
    clause = "C22"


@dataclass(eq=False)
class SessionTooLong(Refused):
    seconds: int
    most: int
    code = "SES-04"
    field = "seconds"


@dataclass(eq=False)
class SignatureNotVerified(Damaged):
    """What the key gave back does not verify under its own public key."""

    key: str
    code = "SES-05"


@dataclass(eq=False)
class TokenSupportMissing(Refused):
    """python-pkcs11 is not installed."""

    code = "TOK-01"


@dataclass(eq=False)
class TokenLibraryNotFit(Refused):
    """`why` is "none" (nothing names one), "missing", or "load"."""

    path: str
    why: str
    code = "TOK-02"
    field = "module"


@dataclass(eq=False)
class TokenMissing(Refused):
    """No token of that label and serial; `found` are the labels that are there."""

    label: str
    serial: str
    found: tuple[str, ...]
    code = "TOK-03"
    field = "token"


@dataclass(eq=False)
class TokenReplaced(Refused):
    """A token of that label is there, with another serial number."""

    label: str
    serial: str
    other: str
    code = "TOK-04"
    clause = "C27"
    field = "token"


@dataclass(eq=False)
class WrongTokenPin(Refused):
    """PKCS#11 tells no number, only how far it is: `why` is "again", "low", "final" or "locked". `who` is PIN or SO-PIN."""

    label: str
    who: str
    why: str
    code = "TOK-05"
    field = "token"


@dataclass(eq=False)
class TokenNotOurs(Refused):
    """Whoever knows its SO-PIN can set a new PIN and keep the keys."""

    label: str
    code = "TOK-06"
    clause = "C27"
    field = "token"


@dataclass(eq=False)
class TokenKeyNotFit(Refused):
    """The key as read back is not what was asked for; `attributes` are the ones that differ."""

    label: str
    attributes: tuple[str, ...]
    code = "TOK-07"
    clause = "C28"


@dataclass(eq=False)
class TokenCannot(Refused):
    """The token refused; `why` is the PKCS#11 name of its answer."""

    label: str
    why: str
    code = "TOK-08"


@dataclass(eq=False)
class TokenUriNotFit(Refused):
    uri: str
    code = "TOK-09"
    field = "token"


@dataclass(eq=False)
class KeyDestroyed(Refused):
    name: str
    code = "CUS-20"
    field = "key"


@dataclass(eq=False)
class TokenKeyStands(Refused):
    """A key that is destroyed here while the token still has it would only be out of sight."""

    name: str
    label: str
    serial: str
    code = "TOK-10"
    field = "deleted"
