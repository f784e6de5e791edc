"""The first run: a workspace, its people, each with an own passphrase."""

import re
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from core.errors.base import Refused
from core.errors.people import PassphrasesDiffer
from core.errors.workspace import TextNotFit
from core.flows.step import Step, Typed, at
from core.late import dataclass
from core.model.links import Technology
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace
from core.policy import people as policy
from core.policy import texts
from core.services.workspace import SUFFIX, findings

MOST_PEOPLE = 3  # at once; others are added later
_FIRST = (Duty.SECURITY_OFFICER, Duty.REGISTRATION_OFFICER)
_OTHERS = (Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER)
_ALONE = (Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER)
_OF_PERSON = re.compile(r"(name|full_name|passphrase|again)([1-9])")


@dataclass(frozen=True)
class Person:
    """One person as typed; the passphrase is in no representation."""

    name: str = ""
    full_name: str = ""
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


@dataclass(frozen=True)
class FirstRun(Typed):
    """`count` people; two unless somebody says otherwise. Fields of a person are named "name1", "passphrase2"."""

    path: str = ""
    title: str = ""
    organisation: str = ""
    responsible: str = ""
    deputy: str = ""
    community: str = ""
    technologies: tuple[str, ...] = (Technology.IPSEC.value,)
    count: int = 2
    people: tuple[Person, ...] = (Person(),) * MOST_PEOPLE

    def steps(self) -> tuple[Step, ...]:
        """One page for each person's passphrase, so that nobody types in front of another's."""
        numbers = range(1, self.count + 1)
        names = tuple(f"{what}{number}" for number in numbers for what in ("name", "full_name"))
        secrets = (Step(f"passphrase{n}", (f"passphrase{n}", f"again{n}")) for n in numbers)
        return (
            Step("workspace", ("path", "title", "technologies")),
            Step("organisation", ("organisation", "responsible", "deputy", "community")),
            Step("people", ("people", *names)),
            *secrets,
            Step("review", commit=True),
            Step("done"),
        )

    def typed(self, field: str, value: Any) -> "FirstRun":
        """Values of a person go into that person."""
        of_person = _OF_PERSON.fullmatch(field)
        if not of_person:
            return replace(self, **{field: value})
        place = int(of_person.group(2)) - 1
        person = replace(self.people[place], **{of_person.group(1): value})
        return replace(self, people=(*self.people[:place], person, *self.people[place + 1 :]))

    def value(self, field: str) -> Any:
        """What a field holds, a person's too."""
        of_person = _OF_PERSON.fullmatch(field)
        if of_person:
            return getattr(self.people[int(of_person.group(2)) - 1], of_person.group(1))
        return getattr(self, field)

    def forgotten(self) -> "FirstRun":
        """Without any passphrase."""
        return replace(self, people=tuple(replace(each, passphrase="", again="") for each in self.people))

    @property
    def present(self) -> tuple[Person, ...]:
        """The people that count."""
        return self.people[: self.count]

    def problems(self, _facts: object = None) -> tuple[Refused, ...]:
        """Every finding. Those about one person stand at that person's field."""
        found: list[Refused] = [] if self.path.strip() else [TextNotFit("path", "empty")]
        for each in findings(self.command()):
            at_person = isinstance(each, TextNotFit) and each.field == "people"
            if not at_person and (self.path.strip() or each.field != "path"):
                found += at([each], "title") if each.field == "name" else [each]
        if not self.technologies:
            found.append(TextNotFit("technologies", "empty"))
        for number, person in enumerate(self.present, 1):
            found += _person(number, person)
        return tuple(found)

    def command(self) -> NewWorkspace:
        """What the service takes; the passphrases go beside it."""
        text = self.path.strip()
        name = Path(text if text.endswith(SUFFIX) or not text else text + SUFFIX).expanduser()
        return NewWorkspace(
            Path.home() / name if text else name,  # where the program was started from is nothing a person sees
            Kind.LINKS,
            self.title,
            tuple(NewOperator(*each) for each in self._named()),
            organisation=self.organisation,
            community=self.community,
            technologies=self.technologies,
            responsible=self.responsible,
            deputy=self.deputy,
        )

    def _named(self) -> list[tuple[str, str, tuple[Duty, ...]]]:
        duties = [_ALONE] if self.count == 1 else [_FIRST, *([_OTHERS] * (self.count - 1))]
        return [
            (each.name.strip(), each.full_name.strip(), held) for each, held in zip(self.present, duties, strict=True)
        ]

    def secrets(self) -> dict[str, str]:
        """Everybody's passphrase by sign-in name."""
        return {each.name.strip(): each.passphrase for each in self.present}


def _person(number: int, person: Person) -> list[Refused]:
    found = at(texts.name("people", person.name.strip()), f"name{number}")
    found += at(texts.full_name("people", person.full_name), f"full_name{number}")
    found += at(policy.passphrase(person.passphrase), f"passphrase{number}")
    if person.passphrase and person.passphrase != person.again:
        found += at([PassphrasesDiffer()], f"again{number}")
    return found
