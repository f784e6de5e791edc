"""Gates of issuing: to whom (P1), and by a profile whose changes somebody assessed (S-e-2)."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from core.errors.base import Refused
from core.model.authorities import Name
from core.model.certificates import Profile
from core.policy import gates
from core.services.perform import Work
from core.store import audit, records

_INTENDED = "certificate.intended"


def organisation(work: Work, subject: Name) -> list[Refused]:
    """Another organisation than our own gets a certificate once the CP and the CPS are published.

    Where the workspace names none of its own, the one that was put on record first is the first.
    """
    named, connection = dict(subject).get("O", ""), work.unit.connection
    relying = (each.facts["name"] for each in records.in_force(connection, "relying-organisation"))
    first = work.desk.workspace.organisation or next(relying, named)
    return gates.published(first, named, records.in_force(connection, "policy-document"))


def used(profile: Profile) -> dict[str, Any]:
    """What the row of an issuing says of its profile, so that a change is noticed."""
    return {"profile": profile.name, "profile_sha256": digest(profile)}


def digest(profile: Profile) -> str:
    """The SHA-256 of all that a profile says."""
    told = json.dumps(asdict(profile), sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def profile(work: Work, wanted: Profile) -> list[Refused]:
    """A profile that is not what it was when it was last used has a change record of after that."""
    for row in audit.newest_of(work.unit.connection, _INTENDED):
        told = row.body["details"]
        if told.get("profile") == wanted.name:
            if told["profile_sha256"] == digest(wanted):
                return []
            changes = [each for each in records.in_force(work.unit.connection, "change") if each.made >= row.time]
            return gates.assessed((wanted.name,), changes)
    return []
