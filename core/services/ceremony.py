"""The root key ceremony's record: the fingerprint typed back, the backups read again, and the closing of the record.

There is no table for it: all of it is read from the signed rows, which are the record.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from core.crypto.certificates import read_certificate
from core.errors.authorities import ReadBackDiffers
from core.errors.base import Refused, refuse
from core.errors.ceremony import CeremonyClosed, CeremonyNotDone, CopyNotOfCeremony, NotTheSecondPerson
from core.model.audit import Row
from core.model.authorities import Authority, Layer
from core.model.ceremony import Backup, CloseCeremony, Closed, Made, ReadBack, Record
from core.model.custody import Entry
from core.model.workspace import Kind
from core.policy import ceremony as policy
from core.policy.duties import CA_WORK, PRESENT
from core.services import authorities, backups, checkpoints, roster
from core.services.desk import Desk
from core.services.perform import Verb, Work
from core.store import audit, custody, revocation
from core.store import authorities as store
from core.store.unit import Connection

_READ_BACK, _CLOSED = "ceremony.read-back", "ceremony.closed"


def record(desk: Desk, *, vouched: bool = False) -> Record:
    """Everything the rows say of the ceremony; `vouched` signs a checkpoint into it, which leaves its row."""
    connection = desk.file.read
    told = Record(
        workspace=desk.workspace.name,
        organisation=desk.workspace.organisation,
        rehearsal=desk.workspace.rehearsal,
        people=tuple(roster.read(connection, desk.workspace.id).people.values()),
    )
    root = _root(connection)
    if root is not None:
        made, back, closed = _made(connection, root), _newest(connection, _READ_BACK), _newest(connection, _CLOSED)
        told = replace(
            told,
            made=made,
            read_back=(back.time, back.body["details"]["by"]) if back else None,
            backups=tuple(_backups(connection, made.ended)),
            closed=_told(closed) if closed else None,
        )
    signs = vouched and desk.session is not None and not desk.file.read_only
    return replace(told, checkpoint=checkpoints.make(desk)) if signs else told


def open_record(desk: Desk) -> bool:
    """Whether a root was made here whose ceremony's record is not closed."""
    return _root(desk.file.read) is not None and _newest(desk.file.read, _CLOSED) is None


def _root(connection: Connection) -> Authority | None:
    """This workspace's own root, once it has its certificate."""
    return next(
        (e for e in store.all_authorities(connection) if e.layer is Layer.ROOT and e.key and e.certificate), None
    )


def _newest(connection: Connection, action: str) -> Row | None:
    return next(audit.newest_of(connection, action), None)


def _made(connection: Connection, root: Authority) -> Made:
    intent, outcome = _newest(connection, "root.intended"), _newest(connection, "root.made")
    key = custody.find(connection, root.key)
    assert intent is not None and outcome is not None and key is not None  # noqa: PT018, S101 - the root's own rows
    told, shown = intent.body["details"], authorities.facts(root)
    first = revocation.signed(connection, root.id, 1)
    return Made(
        began=datetime.fromisoformat(told.get("began") or intent.time.isoformat()),
        ended=outcome.time,
        operator=outcome.actor,
        name=root.name,
        subject=shown.subject,
        until=shown.until,
        sha256=shown.sha256,
        key=key.type.value,
        source=key.token.label if key.token else "",
        custodians=tuple(told.get("custodians") or (each.name for each in key.custodians)),
        sticks=tuple(each.name for each in key.custodians if each.stick),
        quorum=key.sealed.quorum,
        clock_checked=bool(told.get("clock_checked")),
        network=_interfaces(told),
        network_up_because=told["network_up_because"],
        witness=told["witness"],
        crl_url=root.crl_url,
        crl=f"{first.number}, {first.next_update:%Y-%m-%d}" if first else "",
    )


def _interfaces(told: dict[str, Any]) -> tuple[str, ...] | None:
    up = told.get("interfaces_up")
    return None if up is None else tuple(up)


def _backups(connection: Connection, since: datetime) -> Iterator[Backup]:
    """Copies made since the root was, oldest first."""
    for row in reversed([each for each in audit.newest_of(connection, "backup.made") if each.time >= since]):
        yield Backup(row.time, row.body["details"]["rows"], row.body["details"]["sha256"])


def _told(row: Row) -> Closed:
    told = row.body["details"]
    names = ("powered_off", "seal", "place", "next_planned", "exceptions")
    return Closed(time=row.time, by=row.actor, copies=tuple(told["copies"]), **{name: told[name] for name in names})


def _read_back(work: Work, command: ReadBack) -> None:
    connection, by = work.unit.connection, command.by or work.actor.name
    root, person = _root(connection), work.people.get(by)
    if root is None:
        raise CeremonyNotDone("root")
    made = _newest(connection, "root.made")
    if person is None or not person.in_force(work.now) or (made is not None and made.actor == by):
        raise NotTheSecondPerson(by)
    typed = "".join(command.heard.split()).replace(":", "").casefold()
    if typed != sha256(root.certificate).hexdigest():
        raise ReadBackDiffers
    work.details.update(by=by, sha256=typed)


def judge(desk: Desk, command: CloseCeremony) -> list[Refused]:
    """What stands against closing, copies aside."""
    return _judged(desk.file.read, command, desk.clock())


def _judged(connection: Connection, command: CloseCeremony, now: datetime) -> list[Refused]:
    root, before = _root(connection), _newest(connection, _CLOSED)
    if root is None:
        return [CeremonyNotDone("root")]
    if before is not None:
        return [CeremonyClosed(f"{before.time:%Y-%m-%d %H:%M}")]
    found: list[Refused] = [] if _newest(connection, _READ_BACK) else [CeremonyNotDone("read-back")]
    found += [] if command.copies else [CeremonyNotDone("backups")]
    crl = revocation.signed(connection, root.id)
    ends = crl.next_update if crl else read_certificate(root.certificate).not_after
    return found + policy.closing(command, _made(connection, root).ended, ends, now)


def _close(work: Work, command: CloseCeremony) -> None:
    connection = work.unit.connection
    refuse(_judged(connection, command, work.now))
    root = _root(connection)
    assert root is not None  # noqa: S101 - judged above
    made = _made(connection, root)
    known, digests = {each.sha256 for each in _backups(connection, made.ended)}, []
    for path in command.copies:
        read = backups.sound(backups.look(path, cost=work.desk.cost, progress=work.progress))
        if read.sha256 not in known:
            raise CopyNotOfCeremony(str(path))
        digests.append(read.sha256)
    held = custody.find(connection, root.key)
    assert held is not None  # noqa: S101 - the root's own key
    sealed = Entry(held.name, "sealed", work.actor.name, command.place, command.seal, work.now.isoformat())
    custody.add_entry(work.unit, held.id, sealed)
    work.details.update(
        powered_off=command.powered_off.strip(),
        seal=command.seal,
        place=command.place,
        next_planned=command.next_planned,
        exceptions=command.exceptions,
        copies=digests,
    )


READ_BACK = Verb(_READ_BACK, _read_back, PRESENT, (Kind.ROOT,))
CLOSE = Verb(_CLOSED, _close, CA_WORK, (Kind.ROOT,))
