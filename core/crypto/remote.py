"""The program's end of the pipes to its signing process."""

import subprocess
import threading
from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from cryptography.exceptions import InvalidSignature

from core.crypto import cakeys, frames
from core.crypto.keeper import EXITS
from core.errors import backups, custody, people
from core.errors.base import Expected
from core.model.custody import Signable


class SigningProcess:
    """A child that holds one key. `command` starts it (`core.services.sessions` knows how)."""

    def __init__(self, command: Sequence[str]) -> None:
        self._child = subprocess.Popen(
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._turn = threading.Lock()
        self._why = ""

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def ask(self, what: str, blob: bytes = b"", **facts: Any) -> tuple[dict[str, Any], bytes]:
        """One request and its answer. Raises what the child refused, or `SessionEnded` where it is gone."""
        with self._turn:
            try:
                frames.write(cast("BinaryIO", self._child.stdin), {"do": what, **facts}, blob)
                head, answer = frames.read(cast("BinaryIO", self._child.stdout))
            except (OSError, EOFError, ValueError):
                raise custody.SessionEnded(self._gone()) from None
        if "refused" in head:
            raise _refusal(str(head["refused"]), head["facts"])
        if "broken" in head:
            raise RuntimeError(f"the signing process met {head['broken']}")
        return head, answer

    def ended(self) -> str:
        """Why it ended: "done", "time", "suspend", "quit" or "lost"; "" while it lives."""
        code = self._child.poll()
        return self._why or ("" if code is None else EXITS.get(code, "lost"))

    def _gone(self) -> str:
        """Why the pipe broke; the child is on its way out and is waited for."""
        try:
            self._child.wait(5)
        except subprocess.TimeoutExpired:
            return "lost"
        return self.ended()

    def close(self, why: str = "done") -> None:
        """End it; returns when the kernel has its memory back. `why` is what `ended` says from now on."""
        self._why = self.ended() or why
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def permit(self, spki: bytes, kind: Signable, digest: str, name: str) -> cakeys.Sign:
        """What signs once: the bytes whose SHA-256 (hex) is `digest`, if they are of this kind; verified afterwards.

        `spki` is the public half, `name` the key's name for `SignatureNotVerified`.
        """
        permit = self.ask("permit", kind=kind.value, sha256=digest)[0]["permit"]
        public = cakeys.load_public(spki)

        def sign(tbs: bytes, hash_name: str) -> bytes:
            signature = self.ask("sign", tbs, permit=permit, hash=hash_name)[1]
            try:
                cakeys.verify_with(public, signature, tbs, hash_name)
            except InvalidSignature:
                raise custody.SignatureNotVerified(name) from None
            return signature

        return sign


def _refusal(name: str, facts: dict[str, Any]) -> Expected:
    """A refusal of the child's, made again on this side."""
    kind = next(found for each in (custody, backups, people) if (found := getattr(each, name, None)))
    refusal = kind(**{fact: tuple(value) if isinstance(value, list) else value for fact, value in facts.items()})
    if not isinstance(refusal, Expected):
        raise TypeError(name)
    return refusal
