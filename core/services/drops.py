"""A file that was dropped on the window: what it is, by its content, and so what can be done with it."""

from enum import StrEnum
from pathlib import Path

from core.errors.base import Refused
from core.errors.cli import FileNotReadable
from core.errors.keys import NotAKey, SeveralKeys
from core.errors.links import NothingPrinted
from core.late import dataclass
from core.model.keys import Source
from core.services.desk import Desk
from core.store.file import is_workspace

_MOST = 1024 * 1024


class Content(StrEnum):
    """What can be done with a dropped file."""

    WORKSPACE = "workspace"
    KEY = "key"
    REQUEST = "request"  # holds a key as well: without a CA it is received as one
    PRINTED = "printed"


@dataclass(frozen=True)
class Dropped:
    """`text` is what a device printed, as it stands in the file."""

    content: Content
    path: Path
    text: str = ""


def dropped(path: Path, desk: Desk | None) -> Dropped:
    """Look into the file. Raises `FileNotReadable`, or the refusal of a private key, a shared secret or no key.

    A refusal leaves its row where somebody is signed in; nothing of the file is kept.
    """
    untrusted = _start(path)
    if is_workspace(untrusted):
        return Dropped(Content.WORKSPACE, path)
    try:
        return _judged(path, untrusted)
    except Refused as refusal:
        if desk is not None and desk.session is not None and not desk.file.read_only:
            from core.services.perform import record_refusal

            record_refusal(desk, "Drop", refusal)
        raise


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST + 1)
    except OSError:
        raise FileNotReadable(str(path)) from None


def _judged(path: Path, untrusted: bytes) -> Dropped:
    """One key is received; several keys, fingerprints or a configuration are what a device holds.

    `wg show` begins with a public key, so a text with more than one key counts as printed by a device.
    """
    from core.crypto.keys import read_key  # 90 ms of imports that a start without a dropped file does not need

    printed = Dropped(Content.PRINTED, path, untrusted.decode("utf-8", "replace"))
    try:
        found = read_key(untrusted, legacy=True)
    except (NotAKey, SeveralKeys) as not_one_key:
        if not _printed(untrusted):
            raise not_one_key from None
        return printed
    one = Content.REQUEST if found.source is Source.PKCS10 else Content.KEY
    return printed if _printed(untrusted) > 1 else Dropped(one, path)


def _printed(untrusted: bytes) -> int:
    from core.exports.readback import printed_keys

    try:
        return len(printed_keys(untrusted))
    except NothingPrinted:
        return 0
