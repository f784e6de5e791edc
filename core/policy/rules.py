"""The mark that a function enforces a clause: the register finds it by that, and an error inside it is a refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from core.errors.base import Expected, Refused
from core.errors.compliance import RuleBroken

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])
_MARK = "enforces"


def rule(clause: str) -> Callable[[Callable[P, list[Refused]]], Callable[P, list[Refused]]]:
    """For a function that gives findings. What goes wrong inside it is a finding as well, never a pass."""

    def mark(judge: Callable[P, list[Refused]]) -> Callable[P, list[Refused]]:
        @wraps(judge)
        def careful(*args: P.args, **kwargs: P.kwargs) -> list[Refused]:
            try:
                return judge(*args, **kwargs)
            except Expected:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody judged
                return [RuleBroken(clause, f"{judge.__module__}.{judge.__qualname__}", type(error).__name__)]

        setattr(careful, _MARK, clause)
        return careful

    return mark


def gate(clause: str) -> Callable[[F], F]:
    """For a function that refuses by raising: an error inside it stops what was asked for by itself."""

    def mark(function: F) -> F:
        setattr(function, _MARK, clause)
        return function

    return mark


def enforces(function: object) -> str:
    """The clause that a function enforces, "" where it enforces none."""
    return str(getattr(function, _MARK, ""))
