"""The activity log as pages and lists show it."""

from dataclasses import dataclass

from core.services.desk import Desk
from core.store import audit


@dataclass(frozen=True)
class Entry:
    """One ledger row for people; `about` names the records or the refusal, never a key's value."""

    number: int
    time: str
    actor: str
    action: str
    ticket: str
    about: str


def recent(desk: Desk, limit: int) -> tuple[Entry, ...]:
    """The newest rows, newest first."""
    return tuple(
        Entry(row.number, f"{row.time:%Y-%m-%d %H:%M:%S}", row.actor, row.action, row.ticket, _about(row.body))
        for row in audit.recent(desk.file.read, limit)
    )


def _about(body: dict[str, object]) -> str:
    details = body["details"]
    if not isinstance(details, dict):
        return ""
    if "findings" in details:
        return ", ".join(f"{each['rule']} ({each['code']})" for each in details["findings"])
    subjects = body["subjects"]
    names = [each["name"] for each in subjects if each["name"]] if isinstance(subjects, list) else []
    told = [str(details[name]) for name in ("device", "name", "verdict", "because") if name in details]
    return ", ".join(dict.fromkeys([*names, *told]))
