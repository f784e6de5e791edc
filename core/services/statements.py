"""Statements: what people sign beside ledger rows. Each is typed and bound to workspace and time (design.md section 5)."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from core.crypto.digest import canonical
from core.crypto.signing import sign, verify
from core.errors.proposals import ProposalTampered
from core.model.proposals import Facts, Statement
from core.services.desk import Session

STAMP = "%Y-%m-%dT%H:%M:%SZ"
_SHARED = {"type", "workspace", "time", "by"}
# The members of each type, all of them always: a statement of one type never reads as another.
MEMBERS = {
    "proposal": _SHARED | {"kind", "facts", "reason", "ticket", "tbs_sha256"},
    "approval": _SHARED | {"proposal", "kind", "sentence", "tbs_sha256", "batch"},
    "acceptance": _SHARED | {"proposal", "key"},
}


def digest(body: Facts) -> str:
    """SHA-256 of canonical JSON, lower-case hex: the name of a proposal."""
    return hashlib.sha256(canonical(body)).hexdigest()


def signed(session: Session, workspace_id: str, now: datetime, kind: str, members: Facts) -> Statement:
    """A statement of type `kind`, signed and verified."""
    name = session.operator.name
    body = {
        "type": kind,
        "workspace": workspace_id,
        "time": now.astimezone(UTC).strftime(STAMP),
        "by": name,
        **members,
    }
    if set(body) != MEMBERS[kind]:
        raise ValueError(kind)  # our own mistake: the members of a type are fixed
    statement = Statement(body, sign(session.secret, canonical(body)))
    if not holds(statement, kind, workspace_id, session.operator.public_key):
        raise ProposalTampered(name)
    return statement


def holds(statement: Statement, kind: str, workspace_id: str, public_key: bytes | None) -> bool:
    """Whether this is a statement of that type for this workspace, signed with this key."""
    body = statement.body
    shaped = set(body) == MEMBERS[kind] and body["type"] == kind and body["workspace"] == workspace_id
    if not shaped or public_key is None or not all(isinstance(body[name], str) for name in ("time", "by")):
        return False
    return _verified(public_key, statement.signature, canonical(body))


_verified = lru_cache(maxsize=2048)(verify)  # three texts, one answer: a command reads each statement several times


def as_json(statement: Statement) -> dict[str, Any]:
    """A statement as ledger rows carry it."""
    return {"statement": statement.body, "signature": statement.signature.hex()}


def parsed(untrusted: Any) -> Statement | None:
    """A statement from a ledger row, None where it has not the shape of one."""
    try:
        body, signature = untrusted["statement"], bytes.fromhex(untrusted["signature"])
        if set(body) != MEMBERS[body["type"]] or datetime.fromisoformat(body["time"]).tzinfo is None:
            return None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return Statement(body, signature)
