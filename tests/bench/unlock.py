"""3 of 5 custodians open a CA key, beside one Argon2id of the same cost: `python -m tests.bench.unlock [RUNS]`.

The floor is three derivations; above it are the start of the signing process, the wraps, the key and two rows.
"""

import sys
import tempfile
import time
from pathlib import Path

from core.crypto.envelope import STANDARD, seal
from core.model.authorities import CaKey
from core.model.custody import Drill, MakeKey
from core.services import custodians, custody
from core.services.offline import NetworkUp
from tests.bench.table import Line, told
from tests.custody.vaults import hands, root_room
from tests.desks import Room, passphrase

WHO = ("alice", "bob", "carol", "dave", "fay")


def measure(room: Room, runs: int) -> list[Line]:
    """The two take turns, so that a busy machine slows both."""
    one: list[float] = []
    three: list[float] = []
    for _ in range(runs):
        begun = time.perf_counter()
        seal(bytes(32), passphrase("alice"), bind=b"", cost=STANDARD)
        between = time.perf_counter()
        custodians.drill(
            room.sit("alice"), Drill("root", WHO[:3]), hands(*WHO[:3]), NetworkUp("it is measured", "dave")
        )
        one.append(between - begun)
        three.append(time.perf_counter() - between)
    cost = f"Argon2id, {STANDARD.memory // 1024} MiB, {STANDARD.passes} passes, {STANDARD.lanes} lanes"
    return [Line(cost, one, "s"), Line("3 of 5 open the key", three, "s", cost, 4, "4 s")]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        made = root_room(Path(folder))
        made.desk.cost = STANDARD
        custody.make(made.sit("alice"), MakeKey("root", CaKey.P384, WHO, 3), hands(*WHO))[1].close()
        print(told(measure(made, int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
        made.desk.close()
