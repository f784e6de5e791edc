"""What each agreed change makes of the people: pure, so that the command and `audit verify` reach the same result."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.model.people import Duty, Operator
from core.model.proposals import Facts

NEVER = "never"  # an `until` that takes the last day away


def admitted(facts: Facts, public_key: bytes, *, by_one_person: bool) -> Operator:
    """A newcomer as the proposal describes them."""
    duties = tuple(Duty(each) for each in facts["duties"])
    return Operator(facts["name"], facts["full_name"], duties, public_key, facts["until"], "", by_one_person)


def restored(person: Operator, public_key: bytes) -> Operator:
    """Somebody with a new key in place of one whose passphrase is lost."""
    return replace(person, public_key=public_key)


def changed(person: Operator, facts: Facts) -> Operator:
    """Duties given and taken, in the order of `Duty`."""
    held = {*person.duties, *(Duty(each) for each in facts["add"])} - {Duty(each) for each in facts["remove"]}
    until = "" if facts["until"] == NEVER else str(facts["until"]) or person.until
    return replace(person, duties=tuple(duty for duty in Duty if duty in held), until=until)


def gone(person: Operator, time: str) -> Operator:
    """Somebody who left at `time`; their key stays, to verify what they signed."""
    return replace(person, left=time)


def officers(people: Mapping[str, Operator]) -> tuple[str, ...]:
    """The security officers who have not left."""
    return tuple(name for name, each in people.items() if not each.left and Duty.SECURITY_OFFICER in each.duties)


def listed(person: Operator) -> dict[str, Any]:
    """A person as row 1 and the access review name them."""
    return {
        "name": person.name,
        "full_name": person.full_name,
        "duties": [duty.value for duty in person.duties],
        "key": person.public_key.hex(),
        "until": person.until,
    }
