"""From links to a local CA: devices, pins, links and ledger stay; two people agree on a design record (A6, A7).

Reversible until the first sub CA certificate is installed: from then on certificates may be out there.
"""

from core.errors import authorities as errors
from core.errors.base import Refused
from core.errors.people import NeedsTwoPeople
from core.model.authorities import AuthorityState, Service
from core.model.design import Design, SwitchToCa
from core.model.proposals import Proposal, Propose
from core.model.workspace import Kind as WorkspaceKind
from core.policy import duties, gates, texts
from core.policy.proposals import RULES
from core.services import proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.services.records import responsible
from core.store import authorities
from core.store import design as store
from core.store import workspace as workspaces


def to_ca(desk: Desk, command: SwitchToCa) -> Proposal:
    """Ask for the switch; what was not typed is taken from the workspace's own record."""
    workspace = desk.workspace
    services = tuple(each for each in workspace.technologies if each in set(Service))
    technologies = command.technologies or services
    facts = {
        "technologies": list(technologies),
        "community": command.community or workspace.community,
        "relying": list(command.relying or ((workspace.organisation,) if workspace.organisation else ())),
        "hierarchy": command.hierarchy or "an offline root, and one sub CA for each of the technologies",
    }
    return proposals.propose(desk, TO_CA, Propose(facts, command.reason, command.ticket))


def back(desk: Desk, reason: str, ticket: str = "") -> Proposal:
    """Ask for the way back to Links mode."""
    return proposals.propose(desk, BACK, Propose({"to": WorkspaceKind.LINKS.value}, reason, ticket))


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    facts = proposal.facts
    known = tuple(each.value for each in Service)
    found = [errors.ServiceNotFit(each, "unknown", known) for each in facts["technologies"] if each not in known]
    refused: list[Refused] = [*found]
    if not facts["technologies"]:
        refused.append(errors.ServiceNotFit("", "none", known))
    refused += texts.line("community", facts["community"], needed=True)
    for each in facts["relying"] or [""]:
        refused += texts.line("relying", each, needed=True)
    refused += gates.responsible(WorkspaceKind.ISSUING, responsible(work.desk))
    refused += texts.line("hierarchy", facts["hierarchy"], needed=True)
    at_work = [each for each in work.people.values() if each.in_force(work.now)]
    for each in at_work:
        refused += duties.findings(WorkspaceKind.ISSUING, each.name, each.duties)
    if len(at_work) < 2:
        refused.append(NeedsTwoPeople(WorkspaceKind.ISSUING.value))
    return refused


def _act(work: Work, proposal: Proposal) -> None:
    facts = proposal.facts
    made = Design(
        id=0,
        technologies=tuple(facts["technologies"]),
        community=facts["community"],
        relying=tuple(facts["relying"]),
        hierarchy=facts["hierarchy"],
        proposal=proposal.digest,
        made=work.now,
    )
    store.add(work.unit, made)
    _turn(work, WorkspaceKind.ISSUING, made.technologies)


def _turn(work: Work, kind: WorkspaceKind, technologies: tuple[str, ...]) -> None:
    workspaces.turn(work.unit, kind, technologies)
    work.desk.workspace = workspaces.read(work.unit.connection)
    work.details.update(kind=kind.value, technologies=list(technologies))


def _judge_back(work: Work, _: Proposal) -> list[Refused]:
    """Not once a sub CA was installed."""
    out = [each for each in authorities.all_authorities(work.unit.connection) if each.key and each.certificate]
    out = [each for each in out if each.state is not AuthorityState.REQUESTED]
    return [errors.NoWayBack(each.name) for each in out]


def _act_back(work: Work, _: Proposal) -> None:
    _turn(work, WorkspaceKind.LINKS, work.desk.workspace.technologies)


TO_CA = Kind(RULES["workspace.switch"], _judge, _act, (WorkspaceKind.LINKS,))
BACK = Kind(RULES["workspace.switch-back"], _judge_back, _act_back, (WorkspaceKind.ISSUING,))
KINDS = (TO_CA, BACK)
