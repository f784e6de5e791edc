"""Gates: what has to be known or agreed before a network goes on (A6, C24, P1, S-e-2)."""

from collections.abc import Iterable

from core.errors import compliance as errors
from core.errors.base import Refused
from core.model.records import Record
from core.model.workspace import Kind
from core.policy.rules import rule

WITH_A_CA = (Kind.ISSUING, Kind.REGISTRATION, Kind.ROOT)
DOCUMENTS = ("cp", "cps")


@rule("C24")
def responsible(kind: Kind, person: str) -> list[Refused]:
    """No responsible person stops the set-up of whatever has a CA."""
    return [] if person.strip() or kind not in WITH_A_CA else [errors.NoResponsiblePerson(kind.value)]


@rule("A6")
def declared(kind: Kind, ours: str) -> list[Refused]:
    """Whatever has a CA says at its creation which community it serves."""
    return [] if ours.strip() or kind not in WITH_A_CA else [errors.NoCommunity(kind.value)]


@rule("A6")
def community(organisation: str, theirs: str, ours: str) -> list[Refused]:
    """An organisation of another community is not admitted by one person."""
    same = theirs.strip().casefold() == ours.strip().casefold()
    return [] if same else [errors.OtherCommunity(organisation, theirs.strip(), ours.strip())]


@rule("P1")
def published(first: str, organisation: str, documents: Iterable[Record]) -> list[Refused]:
    """Another organisation than the `first` gets nothing before the CP and the CPS are published to all."""
    if organisation.strip().casefold() in ("", first.strip().casefold()):
        return []
    there = {each.facts["document"] for each in documents if each.facts.get("published")}
    missing = tuple(each for each in DOCUMENTS if each not in there)
    return [errors.NotPublished(organisation, missing)] if missing else []


@rule("S-e-2")
def assessed(changed: Iterable[str], changes: Iterable[Record]) -> list[Refused]:
    """A profile or value that changed has a change record with its impact, assessed by somebody."""
    known = {each.facts.get("reference", "") for each in changes}
    return [errors.ChangeNotRecorded(each) for each in changed if each not in known]
