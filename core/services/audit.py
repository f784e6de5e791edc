"""`audit verify`: the chain, the signatures, the clock, outside checkpoints, and tables that are what the rows say."""

from collections.abc import Mapping

from core.model.audit import Fault, Report, Verify, Witness
from core.policy.duties import EVERYBODY
from core.services.checkpoints import Outside
from core.services.desk import Desk, Progress
from core.services.perform import Verb, Work, perform
from core.services.rows import Reader, reconciled
from core.store import audit as store


def inspect(
    desk: Desk, progress: Progress | None = None, untrusted_checkpoints: Mapping[str, bytes] | None = None
) -> Report:
    """Read everything and say what is wrong; changes nothing and needs nobody signed in.

    `untrusted_checkpoints` maps a name to show to the content of a file that was kept outside.
    """
    told = progress or Progress()
    reader, outside = Reader(desk.workspace.id), Outside(untrusted_checkpoints or {})
    with desk.file.snapshot() as connection:
        faults = [Fault(0, "file", (line,)) for line in store.sound(connection)]
        total = store.newest(connection)[0]
        for row in store.raw(connection):
            faults += reader.take(row)
            outside.grow(reader.previous)
            if row.number % 500 == 0:
                told.step(row.number, total)
        faults += reconciled(connection, dict(reader.records))
    judged = outside.judge(reader)
    return Report(
        rows=reader.number,
        head=reader.previous.hex(),
        root=outside.root.hex(),
        first=outside.first.hex(),
        faults=tuple(faults),
        vouched=max((each.size for each in judged if each.standing is Witness.VOUCHES), default=0),
        unsigned=reader.unsigned,
        judged=judged,
    )


def verify(
    desk: Desk, progress: Progress | None = None, untrusted_checkpoints: Mapping[str, bytes] | None = None
) -> Report:
    """Inspect, and leave a row that it was done where somebody is signed in and nothing was found."""
    report = inspect(desk, progress, untrusted_checkpoints)
    if desk.session is not None and not desk.file.read_only and report.sound:
        perform(desk, VERIFIED, Verify(report.rows, report.head, report.vouched))
    return report


def _verified(work: Work, command: Verify) -> None:
    work.details.update(rows=command.rows, head=command.head, vouched=command.vouched)


VERIFIED = Verb("audit.verified", _verified, EVERYBODY)
