"""The program as a component of the PKI: each version that writes to a workspace is on record there (S-e-1)."""

import os
import sys
from datetime import datetime, timedelta

from core import __version__
from core.model.records import Record, RecordState
from core.store import records as store
from core.store.unit import Unit

KIND, NAME = "component", "Anchorhold"
_LIBRARIES = ("cryptography", "keyring", "sqlite-utils", "platformdirs", "rfc8785", "PySide6-Essentials")
_REVIEW = timedelta(days=365)


def note(unit: Unit, now: datetime, who: str) -> None:
    """Enter this program on this machine, unless the record in force says just that; part of whoever's row it is."""
    host = _host()
    before = next((each for each in store.in_force(unit.connection, KIND) if _ours(each, host)), None)
    if before is not None and before.facts["version"] == __version__:
        return
    facts = {
        "name": NAME,
        "version": __version__,
        "location": host,
        "assurance": "none",
        "configuration": _configuration(),
    }
    if before is not None:
        store.end(unit, before.id, RecordState.REPLACED, now, who, "")
    made = Record(0, KIND, facts, who, (now + _REVIEW).date(), "", "", before.id if before else 0, "", now, who)
    store.add(unit, made)


def _ours(record: Record, host: str) -> bool:
    return record.facts["name"] == NAME and record.facts["location"] == host


def _host() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    import platform  # 10 ms that a machine with uname does not need

    return platform.node()


def _configuration() -> str:
    """Python and the libraries that keys and files go through."""
    from importlib import metadata  # only when a version is new here

    found = [f"Python {sys.version.split()[0]}"]
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return ", ".join(found)
