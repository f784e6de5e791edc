"""The own sign-in, kept by the operating system's keyring for a person who asked for it.

What is kept is the signing key of ledger rows, never a passphrase: a custodian's passphrase opens a share of a CA key,
and nothing that can sign a certificate or a CRL may lie there. It serves links and registration workspaces only, and
approvals and second comparisons want the passphrase all the same.
"""

from core.crypto.signing import public_of
from core.errors.people import NoSuchOperator
from core.errors.vault import KeyringAbsent, NothingKept, PassphraseNeeded
from core.errors.workspace import WrongKind
from core.model.people import ForgetSignIn, KeepSignIn, SignIn
from core.model.workspace import Kind
from core.policy.duties import EVERYBODY
from core.services.desk import Desk, Session
from core.services.people import SIGN_IN, authenticate, operators
from core.services.perform import Verb, Work, perform
from core.store import people as store
from core.vault.ring import open_ring

KINDS = (Kind.LINKS, Kind.REGISTRATION)
_SIGN_IN = "sign-in"


def _name(desk: Desk, name: str) -> str:
    return f"{desk.workspace.id}/{name}"


def _of_kind(desk: Desk) -> None:
    if desk.workspace.kind not in KINDS:
        raise WrongKind(desk.workspace.kind.value, tuple(kind.value for kind in KINDS))


def keep(desk: Desk, name: str, passphrase: str) -> None:
    """Keep the sign-in of who types their passphrase now. Raises `KeyringAbsent` before anything is recorded."""
    _of_kind(desk)
    ring = open_ring()
    ring.get(_SIGN_IN, _name(desk, name))  # a locked one says so now
    session = authenticate(desk, name, passphrase)
    perform(desk, KEEP, KeepSignIn())
    ring.put(_SIGN_IN, _name(desk, name), session.secret.hex())


def forget(desk: Desk) -> None:
    """Take the sign-in of who sits here out of the keyring."""
    open_ring().drop(_SIGN_IN, _name(desk, desk.acting.operator.name))
    perform(desk, FORGET, ForgetSignIn())


def kept(desk: Desk, name: str) -> bool:
    """Whether this keyring has the sign-in of that person. Raises `KeyringAbsent`."""
    return open_ring().get(_SIGN_IN, _name(desk, name)) is not None


def sit(desk: Desk, name: str) -> Session:
    """Sit somebody at the desk by the key that is kept. Raises `NothingKept` where there is none that fits."""
    found = store.find(desk.file.read, name)
    if found is None:
        raise NoSuchOperator(name)
    try:
        text = open_ring().get(_SIGN_IN, _name(desk, name)) if desk.workspace.kind in KINDS else None
        secret = bytes.fromhex(text or "")
    except (KeyringAbsent, ValueError):
        raise NothingKept(name) from None
    if len(secret) != 32 or public_of(secret) != found.public_key:
        raise NothingKept(name)
    desk.session = Session(found, secret, remembered=True)
    return desk.session


def standing(desk: Desk) -> bool:
    """Whether the sign-in of who sits here is kept. Raises `WrongKind` and `KeyringAbsent`, where none can be."""
    _of_kind(desk)
    return kept(desk, desk.acting.operator.name)


def names(desk: Desk) -> tuple[str, ...]:
    """Whose sign-in this keyring has for this workspace. Raises `KeyringAbsent`."""
    everybody = operators(desk) if desk.workspace.kind in KINDS else ()
    return tuple(each.name for each in everybody if kept(desk, each.name))


def sign_in(desk: Desk, name: str) -> Session:
    """Sign in for a window's session by the key that is kept; leaves the row of every sign-in."""
    session = sit(desk, name)
    if not desk.file.read_only:
        perform(desk, SIGN_IN, SignIn())
    return session


def own_hand(session: Session) -> None:
    """For what wants the passphrase at that moment: refuse a session that came from the keyring."""
    if session.remembered:
        raise PassphraseNeeded(session.operator.name)


def _nothing(_work: Work, _command: KeepSignIn | ForgetSignIn) -> None:
    """The row is all that stays in the file."""


KEEP = Verb("sign-in.kept", _nothing, EVERYBODY, KINDS)
FORGET = Verb("sign-in.forgotten", _nothing, EVERYBODY)
