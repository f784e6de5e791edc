"""What two people allow: the pattern of tickets, a ticket for further devices, a key made another way (C16, M2)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from core.errors.base import Refused
from core.errors.devices import NoSuchDevice
from core.model.agreements import Agreement, Allowing, ExceptKey, SetPattern, WidenTicket
from core.model.proposals import Proposal, Propose, State
from core.model.workspace import Kind as WorkspaceKind
from core.policy import agreements as policy
from core.policy import texts
from core.policy.proposals import RULES
from core.services import proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.store import agreements as store
from core.store import certificates, devices
from core.store import proposals as open_proposals
from core.store.unit import Connection


def set_pattern(desk: Desk, command: SetPattern) -> Proposal:
    """Ask for another pattern of tickets."""
    return proposals.propose(desk, PATTERN, Propose({"pattern": command.pattern}, command.reason, command.ticket))


def widen(desk: Desk, command: WidenTicket) -> Proposal:
    """Ask that a ticket counts for further devices."""
    facts = {"about": command.about, "devices": list(command.devices)}
    return proposals.propose(desk, TICKET, Propose(facts, command.reason, command.about))


def except_key(desk: Desk, command: ExceptKey) -> Proposal:
    """Ask for the exception of a device whose key is made another way."""
    facts = {"device": command.device, "how": command.how}
    return proposals.propose(desk, KEY, Propose(facts, command.reason, command.ticket))


def all_of(desk: Desk) -> tuple[Agreement, ...]:
    """Every agreement, the newest of each kind first."""
    return tuple(each for allowing in Allowing for each in store.all_of(desk.file.read, allowing))


def pattern(connection: Connection) -> str:
    """The pattern in force."""
    return next((each.value for each in store.all_of(connection, Allowing.PATTERN)), "")


def key_made(connection: Connection, device: str) -> str:
    """How the device's key is made by a recorded exception; "" where it is made on the device."""
    return next((each.value for each in store.all_of(connection, Allowing.KEY, device)), "")


def ticket(work: Work, text: str, device: str) -> list[Refused]:
    """Findings against a ticket for a device."""
    connection = work.unit.connection
    widened = store.all_of(connection, Allowing.TICKET, text)
    return policy.ticket(text, device, pattern(connection), _users(connection, text, work.now), widened)


def _users(connection: Connection, text: str, now: datetime) -> Iterator[str]:
    """The devices that a ticket was given for: by what was certified, and by what is asked for now."""
    for number in certificates.devices_with_ticket(connection, text):
        if number:
            yield devices.get(connection, number).name
    for each in open_proposals.open_with_ticket(connection, text):
        if "request" in each.facts and proposals.standing(each, now) is not State.EXPIRED:
            yield str(each.facts["device"])


def _judge_pattern(_: Work, proposal: Proposal) -> list[Refused]:
    return policy.pattern(proposal.facts["pattern"]) + texts.line("reason", proposal.reason, needed=True)


def _judge_ticket(work: Work, proposal: Proposal) -> list[Refused]:
    found = texts.line("ticket", proposal.facts["about"], needed=True)
    found += texts.line("reason", proposal.reason, needed=True)
    return found + _unknown(work, proposal.facts["devices"])


def _judge_key(work: Work, proposal: Proposal) -> list[Refused]:
    typed = {"how": proposal.facts["how"], "reason": proposal.reason, "ticket": proposal.ticket}
    found = policy.made_elsewhere(**typed)
    found += [each for name, text in typed.items() for each in texts.line(name, text)]
    return found + _unknown(work, [proposal.facts["device"]])


def _unknown(work: Work, names: list[str]) -> list[Refused]:
    return [NoSuchDevice(each) for each in names if devices.find(work.unit.connection, each) is None]


def _enter(work: Work, proposal: Proposal, allowing: Allowing, about: str, value: str) -> None:
    made = Agreement(0, allowing, about, value, proposal.reason, proposal.ticket, proposal.digest, work.now)
    store.add(work.unit, made)
    facts: dict[str, Any] = {"about": about, "value": value}
    work.details.update(facts)


def _act_pattern(work: Work, proposal: Proposal) -> None:
    _enter(work, proposal, Allowing.PATTERN, "", proposal.facts["pattern"])


def _act_ticket(work: Work, proposal: Proposal) -> None:
    facts = proposal.facts
    _enter(work, proposal, Allowing.TICKET, facts["about"], " ".join(facts["devices"]) or policy.EVERY)


def _act_key(work: Work, proposal: Proposal) -> None:
    _enter(work, proposal, Allowing.KEY, proposal.facts["device"], proposal.facts["how"])


_WHERE = (WorkspaceKind.ISSUING, WorkspaceKind.REGISTRATION)
PATTERN = Kind(RULES["ticket.pattern"], _judge_pattern, _act_pattern, _WHERE)
TICKET = Kind(RULES["ticket.widen"], _judge_ticket, _act_ticket, _WHERE)
KEY = Kind(RULES["request.key-exception"], _judge_key, _act_key, _WHERE)
KINDS = (PATTERN, TICKET, KEY)
