"""pkilint in a process beside: while this one rehearses and signs a batch, the machine's other core judges its next part.

What that process says of some bytes is what `core.crypto.lint` says of them here, and here it is said where it was not
asked or is gone.
"""

import subprocess
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import BinaryIO, NoReturn, cast

from core.crypto import frames, lint
from core.model.checks import Lint

Said = tuple[tuple[Lint, ...], ...]


class Linter:
    """A child that judges certificates. `command` starts it (`core.services.keeping` knows how)."""

    def __init__(self, command: Sequence[str]) -> None:
        self._child = subprocess.Popen(
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._pipes = ThreadPoolExecutor(1)
        self._asked: dict[bytes, tuple[Future[Said], int]] = {}

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def ahead(self, ders: Sequence[bytes]) -> None:
        """Have these certificates judged together; returns at once."""
        answer = self._pipes.submit(self._ask, tuple(ders))
        self._asked.update((der, (answer, place)) for place, der in enumerate(ders))

    def certificate(self, der: bytes) -> tuple[Lint, ...]:
        """Everything that pkilint says of a certificate; waits for it."""
        asked = self._asked.pop(der, None)
        if asked is not None:
            answer, place = asked
            with suppress(OSError, EOFError, ValueError, LookupError, TypeError):  # the child is gone: judged here
                return answer.result()[place]
        return lint.certificate(der)

    def _ask(self, ders: tuple[bytes, ...]) -> Said:
        frames.write(cast("BinaryIO", self._child.stdin), {"sizes": [len(each) for each in ders]}, b"".join(ders))
        said = frames.read(cast("BinaryIO", self._child.stdout))[0]["said"]
        return tuple(tuple(Lint(*each) for each in one) for one in said)

    def close(self) -> None:
        """End it; what nobody waits for any more is forgotten."""
        self._child.kill()
        self._child.wait()
        self._pipes.shutdown(cancel_futures=True)
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(OSError):
                cast("BinaryIO", pipe).close()


def serve(source: BinaryIO, sink: BinaryIO) -> NoReturn:
    """Answer until the program closes its pipe."""
    lint.load()
    while True:
        try:
            ask, blob = frames.read(source)
            said, start = [], 0
            for size in ask["sizes"]:
                found = lint.certificate(blob[start : start + size])
                said.append([(each.severity, each.code, each.where, each.said) for each in found])
                start += size
            frames.write(sink, {"said": said})
        except (OSError, EOFError):
            raise SystemExit from None
