"""`audit verify` of a long ledger beside the bare arithmetic of the same rows: `python -m tests.bench.verify [ROWS]`.

The rows are written through the ledger's own writer and signed by two people; the arithmetic is SHA-256 of each row's
entry and the Ed25519 verification of its signature, with the rows already in memory.
"""

import hashlib
import resource
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core.services import audit
from core.services.ledger import write_row
from core.store import audit as store
from core.store.unit import Unit
from tests.bench.table import Line, told
from tests.desks import Room, make_room

ROWS = 100_000


def long(folder: Path, rows: int) -> Room:
    """A workspace of so many rows, one after the other in one transaction."""
    room = make_room(folder)
    who = list(room.sessions.values())
    details = {"device": "lon-gw1", "verdict": "match", "form": "spki-sha256"}
    with room.desk.file.writing() as unit:
        for place in range(rows - 2):
            by = who[place % len(who)]
            write_row(
                Unit(unit.connection), room.desk.workspace.id, room.clock(), "sign-in.done", session=by, details=details
            )
    return room


def bare(room: Room) -> float:
    """Milliseconds for the arithmetic alone."""
    keys = {name: Ed25519PublicKey.from_public_bytes(each.operator.public_key) for name, each in room.sessions.items()}
    rows = [(keys[row.actor], row.text.encode(), row.signature) for row in store.raw(room.desk.file.read)]
    begun = time.perf_counter()
    for key, body, signature in rows:
        hashlib.sha256(b"\x00" + body + b"\n" + signature).digest()
        key.verify(signature, body)
    return 1000 * (time.perf_counter() - begun)


def measure(room: Room, runs: int = 3) -> list[Line]:
    """The two take turns."""
    ours, theirs = [], []
    for _ in range(runs):
        theirs.append(bare(room))
        begun = time.perf_counter()
        report = audit.inspect(room.desk)
        ours.append(1000 * (time.perf_counter() - begun))
        if report.faults:
            raise SystemExit(f"not sound: {report.faults[0]}")
    return [
        Line("SHA-256 and Ed25519 alone", theirs, "ms"),
        Line("audit verify", ours, "ms", "SHA-256 and Ed25519 alone", 3, "3 x"),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        room = long(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
        print(told(measure(room)))
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
        room.desk.close()
