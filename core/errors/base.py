"""The families of expected failures; a family decides the exit code and what the window does."""

from typing import ClassVar

from core.late import dataclass


class Expected(Exception):
    """A failure we planned for. Its subclasses are dataclasses of facts."""

    code: ClassVar[str] = ""
    clause: ClassVar[str] = ""
    field: str = ""
    # Facts that somebody typed. One who puts a passphrase or a key into the wrong field is told, and no row keeps it.
    typed: ClassVar[tuple[str, ...]] = ("text",)


class Refused(Expected):
    """Not done, and nothing changed but the refusal's own ledger row (exit 1)."""


class Damaged(Expected):
    """The workspace is damaged or was tampered with (exit 3)."""


class Usage(Expected):
    """The command line's words are off (exit 2)."""


class Cancelled(Expected):
    """The person stopped it before it committed (exit 130)."""

    code = "RUN-01"


@dataclass(eq=False)
class Several(Refused):
    """Several findings at once, so that nobody mends a form one error at a time."""

    findings: tuple[Refused, ...]
    code = "CHK-00"


def refuse(findings: list[Refused]) -> None:
    """Raise what was found: nothing, the one finding, or all of them together."""
    if len(findings) == 1:
        raise findings[0]
    if findings:
        raise Several(tuple(findings))
