"""A file that was dropped on the window: what it is, by its content, and so what can be done with it."""

import json
from enum import StrEnum
from pathlib import Path

from core.errors.base import Refused
from core.errors.cli import FileNotReadable
from core.errors.keys import NotAKey, SeveralKeys
from core.errors.links import NothingPrinted
from core.late import dataclass
from core.media.qr import is_picture
from core.model.carry import CarryKind
from core.model.keys import Source
from core.model.workspace import Kind
from core.services.desk import Desk
from core.store.file import is_workspace

_TAKES_REQUESTS = (Kind.ISSUING, Kind.REGISTRATION)
_MOST = 16 * 1024 * 1024  # a CRL of some 400,000 entries


class Content(StrEnum):
    """What can be done with a dropped file."""

    WORKSPACE = "workspace"
    KEY = "key"
    FOLDER = "folder"  # of requests, one for each device
    REQUESTS = "requests"  # several, in one file or in many
    REQUEST = "request"  # holds a key as well: without a CA it is received as one
    PRINTED = "printed"
    MEETING = "meeting"  # another workspace's introduction
    SUB_REQUEST = "sub-request"
    SUB_ANSWER = "sub-answer"
    FROM_A_DESK = "from-a-desk"  # its requests, or certificates that go home to it
    CRL = "crl"
    PICTURE = "picture"  # of a QR code: what that says is judged next
    CERTIFICATE = "certificate"  # where there is a CA it is judged in words; elsewhere it is a device's key


@dataclass(frozen=True)
class Dropped:
    """`text` is what a device printed, as it stands in the file."""

    content: Content
    path: Path
    text: str = ""


def dropped(path: Path, desk: Desk | None, kind: Kind = Kind.LINKS, scanned: bytes | None = None) -> Dropped:
    """Look into the file. Raises `FileNotReadable`, or the refusal of a private key, a shared secret or no key.

    A refusal leaves its row where somebody is signed in; nothing of the file is kept. `kind` is the workspace's: where
    there is a CA, a certificate is something to judge. `scanned` is what the QR code in the file says, a picture.
    """
    if kind in _TAKES_REQUESTS and path.is_dir():
        return Dropped(Content.FOLDER, path)
    untrusted = _start(path) if scanned is None else scanned
    if scanned is None and is_workspace(untrusted):
        return Dropped(Content.WORKSPACE, path)
    if is_picture(untrusted):
        return Dropped(Content.PICTURE, path)
    carried = _carried(untrusted)
    if carried is not None:
        return Dropped(carried, path)
    try:
        return _judged(path, untrusted, kind, prints=scanned is None)
    except Refused as refusal:
        if desk is not None and desk.session is not None and not desk.file.read_only:
            from core.services.perform import record_refusal

            record_refusal(desk, "Drop", refusal)
        raise


def several(kind: Kind) -> Content | None:
    """What many files at once are: requests, each judged by itself; elsewhere they are taken one at a time."""
    return Content.REQUESTS if kind in _TAKES_REQUESTS else None


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST + 1)
    except OSError:
        raise FileNotReadable(str(path)) from None


def _carried(untrusted: bytes) -> Content | None:
    """What a file of another workspace calls itself; its wizard believes nothing of it before the signature held."""
    if not untrusted.startswith(b'{"signature":"'):
        return None
    try:
        statement = json.loads(untrusted)["statement"]
        told = str(statement["kind"] if statement["type"] == "carry" else statement["type"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    known = {
        "meeting": Content.MEETING,
        CarryKind.SUB_REQUEST: Content.SUB_REQUEST,
        CarryKind.SUB_ANSWER: Content.SUB_ANSWER,
        CarryKind.REQUESTS: Content.FROM_A_DESK,
        CarryKind.CERTIFICATES: Content.FROM_A_DESK,
    }
    return known.get(told)


def _of_an_authority(untrusted: bytes, kind: Kind) -> Content | None:
    """A CRL anywhere; a certificate where there is a CA."""
    from core.crypto.armour import pieces

    try:
        found = {what for what, _ in pieces(untrusted)}
    except Refused:
        return None
    if found == {"CRL"}:
        return Content.CRL
    return Content.CERTIFICATE if "certificate" in found and kind in (Kind.ISSUING, Kind.ROOT) else None


def _judged(path: Path, untrusted: bytes, kind: Kind, *, prints: bool) -> Dropped:
    """One key is received; several keys, fingerprints or a configuration are what a device holds, where it `prints`.

    `wg show` begins with a public key, so a text with more than one key counts as printed by a device.
    """
    from core.crypto.armour import asks_many
    from core.crypto.keys import read_key  # 90 ms of imports that a start without a dropped file does not need

    if kind in _TAKES_REQUESTS and asks_many(untrusted):
        return Dropped(Content.REQUESTS, path)
    ours = _of_an_authority(untrusted, kind)
    if ours is not None:
        return Dropped(ours, path)
    printed = Dropped(Content.PRINTED, path, untrusted.decode("utf-8", "replace"))
    try:
        found = read_key(untrusted, legacy=True)
    except (NotAKey, SeveralKeys) as not_one_key:
        if not prints or not _printed(untrusted):
            raise not_one_key from None
        return printed
    one = Content.REQUEST if found.source is Source.PKCS10 else Content.KEY
    return printed if prints and _printed(untrusted) > 1 else Dropped(one, path)


def _printed(untrusted: bytes) -> int:
    from core.exports.readback import printed_keys

    try:
        return len(printed_keys(untrusted))
    except NothingPrinted:
        return 0
