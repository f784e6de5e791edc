"""Settings: changed by agreement of two, read wherever they count."""

from datetime import timedelta

from core.errors.base import Refused
from core.model.authorities import Layer
from core.model.proposals import Proposal, Propose
from core.model.settings import SetCrlValidity, Setting, SettingName
from core.model.workspace import Kind as WorkspaceKind
from core.policy import crls as policy
from core.policy import texts
from core.policy.proposals import RULES
from core.services import proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.store import settings as store
from core.store.unit import Connection


def crl_validity(connection: Connection, layer: Layer) -> timedelta:
    """How long a CRL of that layer counts now."""
    return policy.validity(layer, _hours(connection))


def _hours(connection: Connection) -> str:
    found = store.newest(connection, SettingName.CRL_HOURS)
    return found.value if found else ""


def set_crl_validity(desk: Desk, command: SetCrlValidity) -> Proposal:
    """Ask that CRLs count for another time; those that are signed already stay as they are."""
    facts = {"hours": command.hours, "instead": str(_in_hours(crl_validity(desk.file.read, Layer.SUB)))}
    return proposals.propose(desk, CRL_VALIDITY, Propose(facts, command.reason, command.ticket))


def _in_hours(time: timedelta) -> int:
    return int(time.total_seconds()) // 3600


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    found = texts.line("reason", proposal.reason, needed=True)
    return found + policy.wanted_validity(proposal.facts["hours"], _hours(work.unit.connection))


def _act(work: Work, proposal: Proposal) -> None:
    hours = proposal.facts["hours"]
    name, ticket = SettingName.CRL_HOURS, proposal.ticket
    store.add(work.unit, Setting(0, name, hours, proposal.reason, ticket, proposal.digest, work.now))
    work.details.update(hours=hours)


CRL_VALIDITY = Kind(RULES["crl.validity"], _judge, _act, (WorkspaceKind.ISSUING,))
KINDS = (CRL_VALIDITY,)
