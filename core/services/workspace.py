"""Making a workspace: its people are all present and each enters an own passphrase."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from core.crypto.envelope import STANDARD, Cost, seal
from core.crypto.signing import generate
from core.errors import people as errors
from core.errors.base import Refused, refuse
from core.errors.workspace import WrongSuffix
from core.media import places
from core.media.disk import takes_wal
from core.model.people import Operator
from core.model.workspace import Kind, NewWorkspace, Workspace
from core.policy import duties, gates, texts
from core.policy import people as policy
from core.policy.duties import same_person
from core.policy.roster import listed
from core.services import components
from core.services.desk import Clock, Session, machine_clock
from core.services.ledger import write_row
from core.services.people import bound
from core.store import people as store
from core.store import workspace as workspaces
from core.store.file import creating
from core.store.unit import Unit

SUFFIX = ".anchorhold"


def findings(new: NewWorkspace) -> list[Refused]:
    """Everything that stands against a workspace as asked for, passphrases aside."""
    found: list[Refused] = [] if new.path.suffix == SUFFIX else [WrongSuffix(str(new.path))]
    found += places.against(new.path)
    found += texts.title("name", new.name, needed=True) + texts.title("organisation", new.organisation)
    for what in ("community", "responsible", "deputy"):
        found += texts.line(what, getattr(new, what))
    found += gates.declared(new.kind, new.community) + gates.responsible(new.kind, new.responsible)
    return found + texts.day("network_end", new.network_end) + _people(new)


def refuse_early(new: NewWorkspace) -> None:
    """Refuse before anybody is asked for a passphrase."""
    refuse(findings(new))


def _people(new: NewWorkspace) -> list[Refused]:
    if not new.operators:
        return [errors.NobodyNamed()]
    found: list[Refused] = []
    for place, person in enumerate(new.operators):
        before = new.operators[:place]
        found += texts.name("people", person.name) + texts.full_name("people", person.full_name)
        if any(person.name.casefold() == other.name.casefold() for other in before):
            found.append(errors.NameTaken(person.name))
        if any(same_person(person.full_name, other.full_name) for other in before):
            found.append(errors.SameFullName(person.full_name))
        found += duties.findings(new.kind, person.name, person.duties)
    if not any(duties.can_work(person.duties) for person in new.operators):
        found.append(errors.NobodyCanWork())
    if len(new.operators) < 2 and new.kind is not Kind.LINKS:
        found.append(errors.NeedsTwoPeople(new.kind.value))
    return found


def create(
    new: NewWorkspace, passphrases: Mapping[str, str], *, clock: Clock = machine_clock, cost: Cost = STANDARD
) -> Workspace:
    """Write the file. Row 1 is signed by the first operator and names every key; each other operator signs a row.

    `passphrases` has one per operator name. Nothing is left behind when anything is refused.
    """
    found = findings(new)
    for person in new.operators:
        found += policy.passphrase(passphrases.get(person.name, ""))
    refuse(found)
    now = clock()
    workspace = _workspace(new, now)
    sealed: list[tuple[Session, str]] = []
    for person in new.operators:
        secret, public = generate()
        envelope = seal(
            secret,
            policy.normal(passphrases[person.name]),
            bind=bound(workspace.id, person.name),
            cost=cost,
        )
        sealed.append((Session(Operator(person.name, person.full_name, person.duties, public), secret), envelope))
    with creating(new.path, wal=takes_wal(new.path) and new.kind in (Kind.LINKS, Kind.ISSUING)) as unit:
        _enter(unit, workspace, sealed, now)
    return workspace


def _enter(unit: Unit, workspace: Workspace, people: list[tuple[Session, str]], now: datetime) -> None:
    workspaces.add(unit, workspace)
    for session, envelope in people:
        store.add(unit, session.operator, envelope, now.isoformat())
    keys = [listed(session.operator) for session, _ in people]
    first = people[0][0]
    components.note(unit, now, first.operator.name)
    write_row(unit, workspace.id, now, "workspace.created", session=first, details={"operators": keys})
    for session, _ in people[1:]:
        fresh = Unit(unit.connection)
        details = {"name": session.operator.name}
        write_row(fresh, workspace.id, now, "operator.accepted", session=session, details=details)


def _workspace(new: NewWorkspace, now: datetime) -> Workspace:
    return Workspace(
        id=str(uuid.uuid4()),
        name=new.name.strip(),
        kind=new.kind,
        policy=new.policy,
        organisation=new.organisation,
        community=new.community,
        technologies=new.technologies,
        network_end=new.network_end,
        responsible=new.responsible,
        deputy=new.deputy,
        created=now,
    )
