"""The verification sheet: what the far end is handed to compare an approved key with, as facts."""

from dataclasses import replace
from datetime import datetime

from core.crypto.fingerprints import fingerprints, pin_sha256
from core.errors.comparison import NoKey, NotApprovedYet
from core.errors.devices import NoSuchDevice
from core.late import dataclass
from core.model.devices import Device
from core.model.keys import Comparison, Form, Key, Verdict
from core.policy.keys_on_file import approved
from core.services import checkpoints
from core.services.desk import Desk
from core.store import devices, keys


@dataclass(frozen=True)
class Sheet:
    """`forms` has every spelling; `pin` is the base64 one; `qr` the text of the QR code.

    `checkpoint` is the signed head of the ledger, "" where nobody is signed in: paper cannot be rolled back.
    """

    workspace: str
    organisation: str
    device: Device
    key: Key
    comparisons: tuple[Comparison, ...]
    forms: dict[Form, str]
    pin: str
    qr: str
    made: datetime
    rehearsal: bool
    checkpoint: str = ""


def vouched(desk: Desk, name: str) -> Sheet:
    """The sheet with a checkpoint, which leaves its row; without one where nobody can sign."""
    facts = sheet(desk, name)
    signs = desk.session is not None and not desk.file.read_only
    return replace(facts, checkpoint=checkpoints.make(desk)) if signs else facts


def sheet(desk: Desk, name: str) -> Sheet:
    """The sheet of a device's approved key. Raises `NoKey`, `NotApprovedYet`: nothing of another key is shown (SL2)."""
    device = devices.find(desk.file.read, name)
    if device is None:
        raise NoSuchDevice(name)
    on_file = keys.of_device(desk.file.read, device.id)
    key = approved(on_file)
    if key is None:
        raise NotApprovedYet(name) if on_file else NoKey(name)
    spelt = fingerprints(key.public, device.identity)
    said = keys.comparisons(desk.file.read, key.id)
    return Sheet(
        workspace=desk.workspace.name,
        organisation=desk.workspace.organisation,
        device=device,
        key=key,
        comparisons=tuple(each for each in said if each.verdict is Verdict.MATCH),
        forms=spelt,
        pin=pin_sha256(key.public),
        qr=f"SPKI-SHA256:{spelt[Form.SPKI_SHA256]}",
        made=desk.clock(),
        rehearsal=desk.workspace.rehearsal,
    )
