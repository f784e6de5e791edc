"""Procedure texts: filled from the settings in force where a record leaves its text to the program, and seen to differ later."""

from collections.abc import Iterable
from datetime import date

from core.model.records import RecordRow
from core.model.workspace import Workspace
from core.policy import procedures as policy
from core.services import particulars
from core.services.desk import Desk
from core.store.unit import Connection


def written(desk: Desk, name: str) -> str:
    """A procedure ("enrol", "revoke" ...) as the settings in force have it."""
    return policy.written(name, particulars.values(desk.file.read, desk.workspace, desk.clock().date()))


def filled(connection: Connection, workspace: Workspace, today: date, facts: dict[str, str]) -> dict[str, str]:
    """The facts of a record of a procedure: its text from the settings in force, unless somebody wrote one of their own."""
    text, name = facts.get(policy.TEXT, "").strip(), facts.get(policy.KIND, "")
    if name not in policy.steps() or (text and not policy.is_written(text)):
        return facts
    return {**facts, policy.TEXT: policy.written(name, particulars.values(connection, workspace, today))}


def differing(desk: Desk, rows: Iterable[RecordRow]) -> tuple[RecordRow, ...]:
    """The records whose text the program wrote from settings that are others by now."""
    own = [each for each in rows if policy.is_written(each.record.facts[policy.TEXT])]
    if not own:
        return ()
    values = particulars.values(desk.file.read, desk.workspace, desk.clock().date())
    return tuple(
        each for each in own if each.record.facts[policy.TEXT] != policy.written(each.record.facts[policy.KIND], values)
    )
