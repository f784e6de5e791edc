"""Backups closed to the custodians of a CA key: one administrator makes them, a quorum opens them."""

import dataclasses
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.crypto import backups as crypto
from core.crypto.wraps import Bound
from core.errors.backups import BackupClosed, BackupNotClosable, ClosedBackupDamaged
from core.errors.base import refuse
from core.errors.custody import CustodyDamaged
from core.media.files import new_file
from core.model.backups import Closed, MakeBackup
from core.model.custody import HeldKey, Sealed
from core.policy import custody as policy
from core.services import keeping, making
from core.services.opening import Hands, whole_in
from core.services.perform import Work
from core.services.workspace import SUFFIX
from core.store import custody as store
from core.store.outside import private


def recipient(work: Work, command: MakeBackup) -> HeldKey:
    """The key to whose custodians a backup is closed."""
    if not store.all_keys(work.unit.connection):
        raise BackupNotClosable("none", command.key)
    held = whole_in(work, command.key)
    if not held.sealed.backup:
        raise BackupNotClosable("drill", held.name)
    return held


def write(work: Work, plain: Path, to: Path, held: HeldKey) -> None:
    """Close a plain copy into `to`, and read it back whole."""
    place, key = work.desk.workspace, held.sealed
    head = Closed(
        workspace=place.id,
        name=place.name,
        kind=place.kind,
        rehearsal=place.rehearsal,
        key=held.name,
        uid=held.uid,
        sticks=tuple(each.name for each in held.holders if each.stick),
        time=work.now.isoformat(),
        sealed=Sealed(key.quorum, key.envelopes, key.wraps, "", key.generation),
    )
    with plain.open("rb") as source, making.new(work, to) as sink:
        file_key = crypto.close(source, sink, head, key.backup)
    try:
        with tempfile.TemporaryDirectory(dir=plain.parent) as folder:
            again = Path(folder) / plain.name
            _disclose(to, again, file_key)
            if digest(again) != digest(plain):
                raise ClosedBackupDamaged(str(to))
    except BaseException:
        to.unlink()
        raise


def head(path: Path) -> Closed | None:
    """What a closed backup says of itself; None for a plain copy, and for what is no copy at all."""
    try:
        with path.open("rb") as file:
            if not crypto.is_closed(file):
                return None
            file.seek(0)
            return crypto.read_head(file)[0]
    except OSError:
        return None  # whoever opens it as a workspace says why
    except ClosedBackupDamaged:
        raise ClosedBackupDamaged(str(path)) from None


@contextmanager
def plain(path: Path, hands: Hands | None = None, folder: Path | None = None) -> Iterator[tuple[Path, str]]:
    """A plain copy as it lies; of a closed one its plain form, for as long as this lasts, in a private place in `folder`.

    With it the name of the key whose custodians opened it ("" for a plain one). Raises `BackupClosed` where nobody is here.
    """
    found = head(path)
    if found is None:
        yield path, ""
        return
    with private(folder) as place:
        opened = place / f"opened{SUFFIX}"
        _disclose(path, opened, _opened(path, found, hands))
        yield opened, found.key


def _opened(path: Path, found: Closed, hands: Hands | None) -> bytes:
    if hands is None or not hands.passphrases:
        raise BackupClosed(
            str(path), found.key, found.sealed.quorum, tuple(sorted(found.sealed.envelopes)), found.sticks
        )
    names = tuple(hands.passphrases)
    refuse(policy.enough(found.key, found.sealed, names))
    with path.open("rb") as file:
        _, opens, info = crypto.read_head(file)
    bound = Bound(found.workspace, found.uid, found.sealed.quorum, found.sealed.generation)
    process = keeping.start()
    try:
        answer, _ = process.ask(
            "open_backup",
            bound=dataclasses.asdict(bound),
            sealed=dataclasses.asdict(found.sealed),
            passphrases={name: hands.joined(found.workspace, name) for name in names},
            opens=opens,
            info=info,
        )
    except (ClosedBackupDamaged, CustodyDamaged):
        raise ClosedBackupDamaged(str(path)) from None
    finally:
        process.close()
    return bytes.fromhex(answer["key"])


def _disclose(path: Path, to: Path, file_key: bytes) -> None:
    try:
        with path.open("rb") as source, new_file(to) as sink:
            crypto.read_head(source)
            crypto.disclose(source, sink, file_key)
    except ClosedBackupDamaged:
        raise ClosedBackupDamaged(str(path)) from None


def digest(path: Path) -> str:
    """The SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
