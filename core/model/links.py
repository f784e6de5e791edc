"""Links: exactly two devices and one technology; what was exported for each end and what the ends print."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from core.late import dataclass
from core.model.devices import Device
from core.model.keys import Key


class Technology(StrEnum):
    IPSEC = "ipsec"
    OPENVPN = "openvpn"
    TLS = "tls"
    WIREGUARD = "wireguard"


class LinkState(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"  # an attack is suspected
    RETIRED = "retired"


@dataclass(frozen=True)
class Link:
    """`left` is our end, `right` the peer's."""

    id: int
    name: str
    left_id: int
    right_id: int
    technology: Technology
    ticket: str
    state: LinkState


class Standing(StrEnum):
    """Where one pin stands on the device that holds it (SL3)."""

    MISSING = "missing"  # never exported to this end
    EXPORTED = "exported"
    INSTALLED = "installed"  # read back by a SHA-1 identifier
    CONFIRMED = "confirmed"  # read back by the whole key or a SHA-256 form
    STALE = "stale"  # the key changed since, or the read-back did not pass


@dataclass(frozen=True)
class Pin:
    """`holder` keeps the key of `peer` for `link`."""

    link: str
    holder: str
    peer: str
    key_id: int
    standing: Standing
    since: datetime | None


@dataclass(frozen=True)
class End:
    """One end as an exporter sees it: a device and the keys that may be pinned for it (newest first, approved only)."""

    device: Device
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Earlier:
    """A pin that this end got in a folder before and that is approved no longer.

    `withdrawn`: it was given up, not replaced. `folder` and `exported` (ISO date) say which folder has it.
    """

    sha256: str
    withdrawn: bool
    folder: str
    exported: str


EXPORT_NAMESPACE = "export@anchorhold"  # of the SSHSIG over the manifest: no signature of ours can serve as another


@dataclass(frozen=True)
class Bundle:
    """What an exporter turns into files: the folder is for `own`, it pins `peer`.

    `approvals` are sentences "compared by ... on ..." for README.txt; `marks` go on every page ("REHEARSAL", "compared by
    one person"); `review_by` is an ISO date; `signer` is who exports, `signer_key` how `ssh-keygen -l` shows their key;
    `earlier` the newest pin before those of this folder, None where there was none.
    """

    link: Link
    own: End
    peer: End
    organisation: str
    approvals: tuple[str, ...]
    marks: tuple[str, ...]
    review_by: str
    made: datetime
    signer: str
    signer_key: str
    earlier: Earlier | None = None


@dataclass(frozen=True)
class ExportedFile:
    """`path` is relative, POSIX, inside the end's folder."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Export:
    """One folder that was written, on file."""

    id: int
    link_id: int
    device_id: int
    key_ids: tuple[int, ...]
    folder: str
    manifest_sha256: str
    by: str
    time: datetime


class Reading(StrEnum):
    """What a read-back says of one key."""

    AS_APPROVED = "as approved"
    UNKNOWN = "unknown key"
    WRONG_IDENTITY = "wrong identity"
    MISSING = "missing"


@dataclass(frozen=True)
class PrintedKey:
    """One key as a device printed it.

    `own` marks the device's own key; `identity` is "" where the tool prints none; `values` are
    (form, lower-case hex) of every identifier that stood beside it (`Form.WHOLE_KEY` carries the SPKI DER as hex).
    """

    identity: str
    own: bool
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReadKey:
    """One line of a read-back's answer. `whole` says that the whole key or a SHA-256 form stood behind it."""

    reading: Reading
    identity: str
    device: str
    own: bool
    whole: bool


@dataclass(frozen=True)
class ReadBack:
    """One read-back on file."""

    id: int
    device_id: int
    passed: bool
    keys: tuple[ReadKey, ...]
    by: str
    time: datetime


@dataclass(frozen=True)
class AddLink:
    name: str
    left: str
    right: str
    technology: str
    ticket: str = ""


@dataclass(frozen=True)
class RetireLink:
    name: str
    reason: str


@dataclass(frozen=True)
class ExportLinks:
    """Both ends of each link; `names` empty means every link that may be exported."""

    names: tuple[str, ...]
    to: Path


@dataclass(frozen=True)
class ReadBackDevice:
    """`untrusted` is what the device printed."""

    device: str
    untrusted: bytes
