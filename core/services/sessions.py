"""Signing sessions: a CA key is open for what was said, as long as was said, and then gone from memory.

The key is in a process of its own (`core.crypto.keeper`), which keeps the limits itself; what stands here asks it.
"""

import threading
import time
from hashlib import sha256

from core.crypto import lint
from core.crypto.cakeys import Sign, load_public
from core.crypto.issuance import hash_of
from core.crypto.remote import SigningProcess
from core.errors import custody as errors
from core.errors.base import refuse
from core.model.custody import EndSession, HeldKey, OpenSession, Signable, Standing
from core.policy import custody as policy
from core.policy import texts
from core.policy.duties import EVERYBODY, SIGNING
from core.services import restored
from core.services.desk import Desk
from core.services.opening import WITH_A_CA, Hands, came_right, held_in, key, opened, refusals, taken, whole_in
from core.services.perform import Verb, Work, perform


class Signing:
    """An open session. End it with `end`, or as a context; a lock and closing the file end it too."""

    def __init__(self, desk: Desk, held: HeldKey, process: SigningProcess, command: OpenSession) -> None:
        self.held = held
        self.signed = 0
        self._desk, self._process, self._may = desk, process, dict(command.may)
        self._deadline = time.monotonic() + command.seconds
        self._until = desk.clock().timestamp() + command.seconds
        self._over = threading.Lock()
        process.ask("allow", may={kind.value: count for kind, count in command.may.items()}, seconds=command.seconds)
        desk.sessions.append(self)

    @property
    def pid(self) -> int:
        """The process that holds the key."""
        return self._process.pid

    def standing(self) -> Standing:
        """How it stands now. Raises `SessionEnded` when it is over, and leaves the row of its end."""
        seen = self.look()
        if isinstance(seen, str):
            self.end(seen)
            raise errors.SessionEnded(seen)
        return seen

    def look(self) -> Standing | str:
        """The same from any thread, writing nothing: how it stands, or why it is over."""
        left = min(self._deadline - time.monotonic(), self._until - self._desk.clock().timestamp())
        why = self._process.ended() or ("time" if left <= 0 else "")
        return why or Standing(self.held.name, max(1, int(left)), dict(self._may))

    def sign(self, kind: Signable, tbs: bytes) -> bytes:
        """The signature over to-be-signed bytes, verified; `core.crypto.issuance` joins the two."""
        permit = self._permit(kind, sha256(tbs).hexdigest())
        return permit(tbs, hash_of(load_public(self.held.public_key)).name)

    def _permit(self, kind: Signable, digest: str) -> Sign:
        self.standing()
        permit = self._process.permit(self.held.public_key, kind, digest, self.held.name)
        self._may[kind] -= 1
        self.signed += 1
        return permit

    def halt(self, why: str) -> None:
        """Close the key at once, from any thread; the row is left by `end`, which may have to wait for the lane."""
        self._process.close(why)

    def end(self, why: str = "done") -> None:
        """Close the key; its process is gone when this returns. Leaves its row, once."""
        if not self._over.acquire(blocking=False):
            return
        if self in self._desk.sessions:
            self._desk.sessions.remove(self)
        self._process.close(why)
        if self._desk.session is not None and not self._desk.file.read_only:  # the first reason: "idle", not its lock
            perform(self._desk, ENDED, EndSession(self.held.name, self._process.ended(), self.signed))

    def __enter__(self) -> "Signing":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def open_session(desk: Desk, command: OpenSession, hands: Hands) -> Signing:
    """Bring the custodians together and open the key for what `command` says."""
    held = key(desk, command.key)
    threading.Thread(target=lint.load).start()  # while the child works through the passphrases
    with refusals(desk, OPENED, command):
        refuse(restored.agreed(desk.file.read))
        refuse(policy.session(command) + texts.line("because", command.because) + texts.line("ticket", command.ticket))
    return begin(desk, command, held, opened(desk, OPENED, command, held, command.custodians, hands))


def begin(desk: Desk, command: OpenSession, held: HeldKey, process: SigningProcess) -> Signing:
    """A session with a key that is open already: just made, or by `open_session`."""
    try:
        perform(desk, OPENED, command)
        return Signing(desk, held, process, command)
    except BaseException:
        process.close()
        raise


def _opened(work: Work, command: OpenSession) -> None:
    held = whole_in(work, command.key)
    refuse(restored.agreed(work.unit.connection))
    came_right(work, held, command.custodians)
    may = {kind.value: count for kind, count in command.may.items()}
    work.ticket = command.ticket
    work.details.update(may=may, seconds=command.seconds, because=command.because)
    taken(work, held, "out")


def _ended(work: Work, command: EndSession) -> None:
    work.details.update(key=command.key, because=command.because, signed=command.signed)
    taken(work, held_in(work, command.key), "in")


OPENED = Verb("session.opened", _opened, SIGNING, WITH_A_CA)
ENDED = Verb("session.ended", _ended, EVERYBODY, WITH_A_CA)
