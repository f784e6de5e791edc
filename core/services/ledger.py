"""Writing the ledger: one row per change, in the change's own transaction, signed by who acts.

A row is canonical JSON (RFC 8785). It names every record that it touched with the SHA-256 of the record's canonical
JSON as it stands afterwards, so that `audit verify` can hold every table against the rows without knowing any verb.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core import __version__
from core.crypto.digest import canonical, canonical_plain, leaf
from core.crypto.signing import sign
from core.errors.base import Expected, Refused, Several
from core.errors.workspace import ClockBehind
from core.model.events import EVENTS, Event
from core.model.people import Duty
from core.policy.rules import gate
from core.policy.texts import cleaned
from core.services.desk import Session
from core.store import audit
from core.store.unit import Record, Unit

PROGRAM = "program"  # the actor of rows that nobody signed
STAMP = "%Y-%m-%dT%H:%M:%SZ"


def digest(record: Record) -> str:
    """SHA-256 of a record's canonical JSON, hex."""
    return hashlib.sha256(canonical_plain(record).encode()).hexdigest()


def _subjects(unit: Unit) -> list[dict[str, Any]]:
    return [
        {"table": table, "id": number, "name": str(record.get("name", "")), "sha256": digest(record)}
        for table, number, record in unit.touched()
    ]


@gate("S-i-2")
def catalogued(action: str) -> Event:
    """What the catalogue says of an action; one that it does not hold is a defect, and nothing of it is kept."""
    event = EVENTS.get(action)
    if event is None:
        raise AssertionError(f"{action} is not in the catalogue")
    return event


@gate("M14")
def write_row(
    unit: Unit,
    workspace_id: str,
    now: datetime,
    action: str,
    *,
    session: Session | None,
    duty: Duty | None = None,
    ticket: str = "",
    details: dict[str, Any] | None = None,
    approvals: Sequence[dict[str, Any]] = (),
    corrects_clock: bool = False,
) -> int:
    """Append the row of everything `unit` touched. Raises `ClockBehind` where the clock ran back (S-i-5).

    Only the row of an agreed correction may do that.
    """
    if not catalogued(action).unsigned and session is None:
        raise AssertionError(f"{action} is written by people only")
    number, previous, newest = audit.newest(unit.connection)
    if now.strftime(STAMP) < newest and not corrects_clock:
        raise ClockBehind(now.strftime(STAMP), newest)
    body = canonical(
        {
            "type": "row",
            "workspace": workspace_id,
            "number": number + 1,
            "time": now.strftime(STAMP),
            "actor": session.operator.name if session else PROGRAM,
            "duty": duty.value if duty else "",
            "action": action,
            "subjects": _subjects(unit),
            "ticket": cleaned(ticket),
            "approvals": list(approvals),
            "details": _fit(details or {}),
            "program": f"anchorhold {__version__}",
            "previous": previous.hex(),
        }
    )
    signature = sign(session.secret, body) if session else b""
    columns = (now.strftime(STAMP), session.operator.name if session else PROGRAM, action)
    unit.append(number + 1, body.decode("utf-8"), signature, leaf(body, signature), columns)
    return number + 1


def _fit(value: Any) -> Any:
    """Details with every text fit for JSON, whichever verb forgot it: file names on Linux need not be UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _fit(each) for name, each in value.items()}
    return [_fit(each) for each in value] if isinstance(value, list | tuple) else value


def refusal_details(command: str, refusal: Expected) -> dict[str, Any]:
    """What a refusal's row says: codes and facts as texts, nothing of what was refused is kept."""
    several = refusal.findings if isinstance(refusal, Several) else (refusal,)
    return {"command": command, "findings": [_finding(each) for each in several]}


def _finding(refusal: Expected | Refused) -> dict[str, Any]:
    kept = {name: value for name, value in vars(refusal).items() if name not in refusal.typed and name[0] != "_"}
    facts = {name: cleaned(str(value)) for name, value in kept.items()}
    return {"code": refusal.code, "clause": refusal.clause, "rule": type(refusal).__name__, "facts": facts}
