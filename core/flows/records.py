"""A record entered, or a newer version of one; a record that does not hold any more."""

from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any

from core.errors.base import Refused
from core.flows.step import Step, Typed, at
from core.late import dataclass
from core.model.records import AddRecord, EndRecord, Record
from core.policy import records as policy
from core.policy import texts

_COMMON = ("kind", "owner", "review", "evidence", "reason", "ticket")


@dataclass(frozen=True)
class Recording(Typed):
    """`told` are the fields of the kind; `replaces` the number of the version before, 0 for a first one.

    `today` is when the longest time to the next review begins. Whose serials are named is the service's to judge.
    """

    today: date
    kind: str = ""
    told: dict[str, str] = field(default_factory=dict)
    owner: str = ""
    review: str = ""
    evidence: str = ""
    replaces: int = 0
    reason: str = ""
    ticket: str = ""
    asks_kind: bool = True

    def steps(self) -> tuple[Step, ...]:
        """Which kind, where nobody said it; then all of it on one page."""
        named = tuple(each.name for each in policy.find(self.kind).fields) if self.kind else ()
        first = (Step("kind", ("kind",)),) if self.asks_kind else ()
        return (*first, Step("record", (*_COMMON, *named), commit=True), Step("done"))

    def typed(self, field: str, value: Any) -> "Recording":
        """Another kind has other fields, and another longest time."""
        if field == "kind":
            return self.of_kind(value) if value != self.kind else self
        if field in _COMMON:
            return replace(self, **{field: value})
        return replace(self, told={**self.told, field: value})

    def value(self, field: str) -> Any:
        """What a field holds, one of the kind's too."""
        return getattr(self, field) if field in _COMMON else self.told.get(field, "")

    def of_kind(self, kind: str, told: dict[str, str] | None = None) -> "Recording":
        """A first one of that kind, looked at again as late as it may be."""
        review = policy.latest_review(policy.find(kind), self.today).isoformat() if kind else ""
        return replace(self, kind=kind, told=told or {}, review=review, replaces=0)

    def version_of(self, before: Record) -> "Recording":
        """A newer version of that record: what is not changed stays."""
        made = self.of_kind(before.kind, dict(before.facts))
        return replace(made, owner=before.owner, replaces=before.id)

    @property
    def due(self) -> date | None:
        """By when the work has to be done that it tells of, None where nothing is counted."""
        kind = policy.find(self.kind)
        begun = self.told.get(kind.due_from, "").strip()
        counted = kind.due_from and begun and not texts.day(kind.due_from, begun)
        return policy.due(kind, {**self.told, kind.due_from: begun}) if counted else None

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """Every finding of the core's, at its field."""
        if not self.kind:
            return tuple(at(texts.line("kind", "", needed=True), "kind"))
        command = self.command()
        named = {one for value in command.facts.values() for one in policy.serials(value)}
        return tuple(policy.findings(command, command.facts, self.today, named))

    def command(self) -> AddRecord:
        """What the service takes; an emptied field is emptied in the newer version too."""
        fields = policy.find(self.kind).fields
        return AddRecord(
            self.kind,
            {each.name: self.told.get(each.name, "").strip() for each in fields},
            self.owner.strip(),
            self.review.strip(),
            Path(self.evidence.strip()).expanduser() if self.evidence.strip() else None,
            self.replaces,
            self.reason.strip(),
            self.ticket.strip(),
        )


@dataclass(frozen=True)
class Ending(Typed):
    """Why a record does not hold any more."""

    number: int
    reason: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Small enough for one page."""
        return Step("end", ("reason",), commit=True), Step("done")

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        return tuple(texts.line("reason", self.reason, needed=True))

    def command(self) -> EndRecord:
        """What the service takes."""
        return EndRecord(self.number, self.reason.strip())
