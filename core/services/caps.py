"""The table of key lifetimes: its versions, which one is in force, and the one a certificate was issued under."""

from dataclasses import replace
from datetime import date

from core.errors.base import Refused
from core.model.authorities import Layer
from core.model.caps import CapRow, CapTable, ChangeCaps
from core.model.proposals import Proposal, Propose
from core.policy import caps as policy
from core.policy.proposals import RULES
from core.services import proposals
from core.services.desk import Desk
from core.services.perform import Work
from core.services.proposals import Kind
from core.store import decisions
from core.store import waivers as store
from core.store.unit import Connection


def change(desk: Desk, command: ChangeCaps) -> Proposal:
    """Ask for a new version of the table."""
    facts = {"sub": command.sub, "root": command.root, "source": command.source, "dated": command.dated}
    return proposals.propose(desk, CHANGE, Propose(facts, command.reason, command.ticket))


def versions(desk: Desk) -> tuple[CapTable, ...]:
    """Every version, the published one first."""
    return (policy.published(), *store.all_tables(desk.file.read))


def in_force(connection: Connection) -> CapTable:
    """The version that counts now."""
    return policy.in_force(store.all_tables(connection))


def issued_under(desk: Desk, certificate: int = 0) -> dict[int, CapTable]:
    """The version that each certificate, or that one, was issued under, by the certificate's number on file."""
    known, noted = {each.version: each for each in versions(desk)}, store.noted(desk.file.read, certificate)
    return {number: known[version] for number, version in noted.items() if version in known}


def rows(desk: Desk) -> tuple[CapRow, ...]:
    """How each date of the version in force stands today."""
    connection = desk.file.read
    return policy.rows(in_force(connection), decisions.all_decisions(connection), desk.clock().date())


def cap(connection: Connection, layer: Layer, today: date) -> date:
    """The last day for keys of a layer: decided where the decision counts, else as the table in force has it."""
    table = in_force(connection)
    decided = policy.decision_on(table, layer, decisions.all_decisions(connection), today)
    return decided.value if decided else table.of(layer)


def _typed(proposal: Proposal) -> ChangeCaps:
    facts = proposal.facts
    return ChangeCaps(facts["sub"], facts["root"], facts["source"], facts["dated"], proposal.reason, proposal.ticket)


def _judge(work: Work, proposal: Proposal) -> list[Refused]:
    return policy.findings(_typed(proposal), work.now.date(), in_force(work.unit.connection))


def _act(work: Work, proposal: Proposal) -> None:
    typed, now = _typed(proposal), in_force(work.unit.connection)
    made = replace(
        now,
        sub=date.fromisoformat(typed.sub),
        root=date.fromisoformat(typed.root),
        source=typed.source,
        dated=date.fromisoformat(typed.dated),
        checked=work.now.date(),
        reason=typed.reason,
        proposal=proposal.digest,
    )
    number = store.add_table(work.unit, made, work.now)
    work.details.update(version=number, sub=typed.sub, root=typed.root, source=typed.source, dated=typed.dated)


CHANGE = Kind(RULES["caps.change"], _judge, _act)
KINDS = (CHANGE,)
