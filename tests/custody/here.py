"""A signing process without the process: the same keeper, custody and limits, in this one, for tests that sign often."""

from typing import Any

from core.crypto.keeper import EXITS, Keeper, Watch, _answered
from core.crypto.remote import SigningProcess, _refusal


class KeyHere(SigningProcess):
    """Starting a child takes 0.3 s; what it does and refuses is `tests/custody/test_signing_process.py`'s."""

    def __init__(self) -> None:
        self._keeper = Keeper(Watch())  # not started: nothing is to end this process
        self._why = ""

    @property
    def pid(self) -> int:
        return 0

    def ask(self, what: str, blob: bytes = b"", **facts: Any) -> tuple[dict[str, Any], bytes]:
        head, answer = _answered(self._keeper, {"do": what, **facts}, blob)
        if "refused" in head:
            raise _refusal(str(head["refused"]), head["facts"])
        assert "broken" not in head, head
        return head, answer

    def ended(self) -> str:
        return self._why

    def close(self, why: str = "done") -> None:
        assert why in (*EXITS.values(), "idle", "lock"), why
        self._why = self._why or why
