"""What every wizard has in common: steps in order, and which findings keep a person on a step."""

from dataclasses import replace
from typing import Any, Protocol, TypeVar

from core.errors.base import Refused
from core.late import dataclass

S = TypeVar("S", bound="Typed")
R = TypeVar("R", bound=Refused)


@dataclass(frozen=True)
class Step:
    """One page: its name and the fields it asks for. The button of a `commit` step does the work."""

    name: str
    fields: tuple[str, ...] = ()
    commit: bool = False


@dataclass(frozen=True)
class Typed:
    """A state that takes typed values by the name of their field."""

    def typed(self: S, field: str, value: Any) -> S:
        """The state with one more value."""
        return replace(self, **{field: value})

    def value(self, field: str) -> Any:
        """What a field holds."""
        return getattr(self, field)


class Flow(Protocol):
    """`problems` takes the facts that the flow's module names; `command` is what a service takes."""

    def typed(self, field: str, value: Any) -> Any: ...

    def value(self, field: str) -> Any: ...

    def steps(self) -> tuple[Step, ...]: ...

    def problems(self, facts: Any) -> tuple[Refused, ...]: ...

    def command(self) -> Any: ...


def keeping(flow: Flow, facts: Any, name: str) -> tuple[Refused, ...]:
    """The findings that keep a person on a step: on its fields and earlier ones; before a commit, all of them."""
    reached: set[str] = set()
    for step in flow.steps():
        reached |= set(step.fields)
        if step.name == name:
            return tuple(each for each in flow.problems(facts) if step.commit or each.field in reached)
    return ()


def at(found: list[R], field: str) -> list[R]:
    """The findings with another field: a page may have the same question several times."""
    for each in found:
        each.field = field
    return found
