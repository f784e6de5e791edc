"""Signing in, and the own passphrase."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from core.crypto.envelope import open_envelope, seal
from core.errors.base import Refused, refuse
from core.errors.people import NOT_IN_FORCE, HasLeft, NoSuchOperator, TooSoon, WrongPassphrase
from core.errors.workspace import DamagedWorkspace
from core.model.people import Lock, Operator, SignIn
from core.policy import people as policy
from core.policy.duties import EVERYBODY
from core.services.desk import Desk, Session
from core.services.ledger import write_row
from core.services.perform import Verb, Work, perform, record_refusal
from core.store import audit
from core.store import people as store

FAILED = "sign-in.failed"


def bound(workspace_id: str, name: str) -> bytes:
    """What an operator's envelope is bound to: it opens for this person in this workspace only."""
    return f"operator:{workspace_id}:{name}".encode()


def operators(desk: Desk) -> tuple[Operator, ...]:
    """The people of the workspace."""
    return store.all_operators(desk.file.read)


def authenticate(desk: Desk, name: str, passphrase: str) -> Session:
    """Open the operator's signing key and sit them at the desk, without a row: the command that follows is signed."""
    desk.session = unlock(desk, name, passphrase)
    return desk.session


def unlock(desk: Desk, name: str, passphrase: str) -> Session:
    """Open the operator's signing key, without sitting anybody at the desk.

    Wrong passphrases are rows, and each makes the next wait longer (S-g-1).
    """
    found = store.find(desk.file.read, name)
    if found is None:
        raise NoSuchOperator(name)
    if found.left:
        raise HasLeft(name, found.left)
    failures, newest = audit.failures_since_success(desk.file.read, name, FAILED)
    if failures:
        passed = (desk.clock() - datetime.fromisoformat(newest)).total_seconds()
        left = min(policy.delay(failures), policy.delay(failures) - int(passed))
        if left > 0:
            raise TooSoon(name, left)
    try:
        secret = open_envelope(
            store.envelope(desk.file.read, name),
            policy.normal(passphrase),
            bind=bound(desk.workspace.id, name),
        )
    except WrongPassphrase:
        if not desk.file.read_only:
            with desk.file.writing() as unit:
                now = max(desk.clock(), datetime.fromisoformat(audit.newest(unit.connection)[2]))  # set back or not
                write_row(unit, desk.workspace.id, now, FAILED, session=None, details={"name": name})
        raise WrongPassphrase(name, policy.delay(failures + 1)) from None
    except DamagedWorkspace as damage:
        raise DamagedWorkspace(str(desk.file.path), damage.detail) from None
    return Session(found, secret)


def sign_in(desk: Desk, name: str, passphrase: str) -> Session:
    """Sign in for a window's session; leaves a row where the file can be written."""
    with _recorded(desk, "SignIn"):
        session = authenticate(desk, name, passphrase)
    if not desk.file.read_only:
        perform(desk, SIGN_IN, SignIn())
    return session


def lock(desk: Desk, because: str) -> None:
    """End a window's session: the signing key is forgotten, the row says why."""
    try:
        if desk.session is not None and not desk.file.read_only:
            perform(desk, LOCK, Lock(because))
    except NOT_IN_FORCE:
        pass  # somebody who left meanwhile is locked out as well; the refusal has its row
    finally:
        desk.lock()


def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """Keep the acting operator's key under a new passphrase. Old copies of the file still open with the old one."""
    name = desk.acting.operator.name
    with _recorded(desk, "ChangePassphrase"):
        authenticate(desk, name, old)
        refuse(policy.passphrase(new))
    sealed = seal(desk.acting.secret, policy.normal(new), bind=bound(desk.workspace.id, name), cost=desk.cost)
    perform(desk, CHANGE_PASSPHRASE, sealed)


@contextmanager
def _recorded(desk: Desk, command: str) -> Iterator[None]:
    """A refusal leaves its row here too; a wrong passphrase has left its own already."""
    try:
        yield
    except WrongPassphrase:
        raise
    except Refused as refusal:
        record_refusal(desk, command, refusal)
        raise


def _change(work: Work, sealed: str) -> None:
    store.reseal(work.unit, work.actor.name, sealed)


def _nothing(_work: Work, _command: SignIn) -> None:
    """The row is all there is to it."""


def _lock(work: Work, command: Lock) -> None:
    work.details["because"] = command.because


SIGN_IN = Verb("sign-in.done", _nothing, EVERYBODY)
LOCK = Verb("sign-in.ended", _lock, EVERYBODY)
CHANGE_PASSPHRASE = Verb("operator.passphrase-changed", _change, EVERYBODY)
