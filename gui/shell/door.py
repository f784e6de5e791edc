"""Who keeps the door: opens a workspace, signs in, locks, closes. It shows nothing; the window listens to it."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors.base import Expected
from core.errors.people import TooSoon, WrongPassphrase
from core.errors.workspace import WorkspaceBusy
from core.model.people import Operator
from core.services.desk import Desk, Session, open_desk
from gui.jobs import Lane
from gui.pages.base import ROWS

_PAINTED = 500  # ms; reading and painting take half of it


class Door(QObject):
    """The state is in `desk` and `locked`; every change is told once."""

    opened = Signal()
    not_opened = Signal(str)  # the sentence
    asked = Signal(str, str)  # title, because
    refused = Signal(str, int, bool)  # the sentence, seconds to wait, whether reading is the way on
    warned = Signal(str)  # what the keyring or the ledger has to say about the file; nothing was refused
    kept = Signal(object)  # names whose sign-in the keyring keeps
    entered = Signal()
    closed = Signal()

    def __init__(self, parent: QObject, lane: Lane) -> None:
        super().__init__(parent)
        self._lane = lane
        self.desk: Desk | None = None
        self.locked = False
        self._reader: Session | None = None  # whose reading of the ledger is on record

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a workspace: the card asks who you are, unless it is only to be read."""
        self.close()
        try:
            self.desk = open_desk(path, read_only=read_only)
        except Expected as error:
            self.not_opened.emit(worded(error))
            if not path.exists():
                self._lane.look(lambda: _gone(path), self._missed)
            return
        self.opened.emit()
        if self.desk.file.read_only:
            self.read_only()
        else:
            self.ask(self.tr("Who are you?"), self.desk.workspace.name)

    def _missed(self, said: object, _: BaseException | None) -> None:
        """Where a workspace lay that this person knows, the keyring has more to say than that no file is there."""
        if said and self.desk is None:
            self.not_opened.emit(str(said))

    def ask(self, title: str, because: str) -> None:
        """Show the card; behind a lock nobody gets by the keyring, since the machine may stand there alone."""
        self.asked.emit(title, because)
        desk = self.desk
        if desk is not None and not self.locked:
            self._lane.look(lambda: _kept(desk), lambda names, _error: self.kept.emit(names or ()))

    def people(self) -> tuple[Operator, ...]:
        """Who may sign in."""
        from core.services.people import operators

        return operators(self.desk) if self.desk is not None else ()

    def unlock(self, name: str, passphrase: str) -> None:
        """Sign in, in the lane: deriving a key takes a second."""
        desk = self.desk
        if desk is not None:
            self._lane.do(lambda: _signed_in(desk, name, passphrase), self._signed)

    def unlock_kept(self, name: str) -> None:
        """Sign in by what the keyring keeps."""
        desk = self.desk
        if desk is not None and not self.locked:
            self._lane.do(lambda: _signed_in(desk, name, None), self._signed)

    def _signed(self, warning: object, error: BaseException | None) -> None:
        if self.desk is None:
            return
        if error is None:
            self.locked = False
            self.entered.emit()
            self._warn(warning, None)
            return
        wait = error.wait if isinstance(error, (TooSoon, WrongPassphrase)) else 0
        self.refused.emit(worded(error), wait, isinstance(error, WorkspaceBusy))

    def read_only(self) -> None:
        """Go on without anybody signed in. What ledger and keyring say follows when the rows are painted.

        Asking them takes the processor from reading and painting; nothing can be signed meanwhile, and a sign-in asks
        both before anything else.
        """
        desk = self.desk
        if desk is not None and not self.locked:
            self.entered.emit()
            QTimer.singleShot(_PAINTED, self, lambda: self._greet(desk))

    def _greet(self, desk: Desk) -> None:
        if self.desk is desk:
            self._lane.do(lambda: _greeted(desk), self._warn)

    def _warn(self, warning: object, _: BaseException | None) -> None:
        if self.desk is not None and isinstance(warning, str) and warning:
            self.warned.emit(warning)

    def reads_log(self) -> None:
        """The ledger is being looked at: on record once for each time somebody signs in, refused to whom it is not for."""
        desk = self.desk
        if desk is not None and desk.session not in (None, self._reader) and not desk.file.read_only:
            self._reader = desk.session
            self._lane.do(lambda: _read(desk), lambda _, error: self._warn(worded(error) if error else "", None))

    def end_sessions(self) -> None:
        """Close CA keys now, whatever the lane does; it then leaves the rows."""
        desk = self.desk
        if desk is not None:
            desk.halt("done")
            self._lane.do(desk.end_sessions, self._ended)

    def tidy(self) -> None:
        """Nothing runs: the rows of the last commands come into the file itself, which may be copied at any time."""
        desk = self.desk
        if desk is not None and self._lane.job is None and desk.file.untidy:
            self._lane.look(desk.file.tidy, lambda _result, _error: None)

    def settle_sessions(self) -> None:
        """Sessions whose time ran out get their rows."""
        desk = self.desk
        if desk is not None:
            self._lane.do(desk.settle_sessions, self._ended)

    def _ended(self, _: object, error: BaseException | None) -> None:
        self._warn(worded(error) if error else "", None)

    def lock(self, because: str, why: str = "lock") -> None:
        """Hide and forget the signing key; what was typed stays where it is. `why` ends signing sessions at once."""
        desk = self.desk
        if desk is None or self.locked or desk.session is None:
            return
        self.locked = True
        desk.halt(why)
        self.ask(self.tr("Locked"), because)
        self._lane.do(lambda: _locked(desk, because), lambda _result, _error: None)

    def close(self) -> None:
        """Close the file; what runs in the lane ends first."""
        desk = self.desk
        if desk is not None:
            desk.halt("quit")
            if desk.verified is not None:
                self._lane.do(lambda: _remembered(desk), lambda _result, _error: None)
            self._lane.wait()
            desk.close()
            self.desk, self.locked = None, False
            self.closed.emit()


def _greeted(desk: Desk) -> str:
    """What the ledger and the keyring say about a file, before anything is written to it; "" for nothing."""
    from core.errors.vault import KeyringAbsent
    from core.services import heads, soundness

    told = [each for each in heads.greet(desk) if not isinstance(each, KeyringAbsent)]
    damage = soundness.at_opening(desk)
    return " ".join(worded(each) for each in (*([damage] if damage else []), *told))


def _gone(path: Path) -> str:
    from core.services import heads

    known = heads.gone(path)
    return worded(known) if known is not None else ""


def _remembered(desk: Desk) -> None:
    from core.services import heads

    heads.remember(desk)


def _kept(desk: Desk) -> tuple[str, ...]:
    from core.errors.vault import KeyringAbsent
    from core.services import remembered

    try:
        return remembered.names(desk)
    except KeyringAbsent:  # Settings says so
        return ()


def _signed_in(desk: Desk, name: str, passphrase: str | None) -> str:
    """By the keyring without one. Where no row can be written, nobody is signed in. Answers with `_greeted`."""
    from core.services import people, remembered

    warning = _greeted(desk)
    try:
        if passphrase is None:
            remembered.sign_in(desk, name)
        else:
            people.sign_in(desk, name, passphrase)
    except BaseException:
        desk.lock()
        raise
    _remembered(desk)
    return warning


def _read(desk: Desk) -> None:
    from core.services import logs

    logs.record(desk, ROWS)


def _locked(desk: Desk, because: str) -> None:
    """The key is forgotten even where the row cannot be written."""
    from core.services import people

    try:
        people.lock(desk, because)
        _remembered(desk)
    finally:
        desk.lock()


def worded(error: BaseException) -> str:
    """An exception as a sentence."""
    from core.words.say import sentence

    return sentence(error) if isinstance(error, Expected) else type(error).__name__
