"""A registration desk: it vouches for devices and their requests; the CA's keys are in another workspace."""

from pathlib import Path

from core.errors.base import Expected
from core.late import dataclass
from core.model.certificates import SubmitRequest
from core.model.devices import AddDevice
from core.model.proposals import Proposal


@dataclass(frozen=True)
class SendRequests:
    """What the desk approved, by the names of its proposals."""

    proposals: tuple[str, ...]


@dataclass(frozen=True)
class Came:
    """Where a request came from: the desk's workspace, and the digest of what its two people agreed to.

    `key_made` is the desk's own recorded exception, "" where the key was made on the device; `file` is the SHA-256 (hex) of
    the carried file, which the certificate's way home names.
    """

    desk: str
    digest: str
    people: tuple[str, ...]
    key_made: str = ""
    file: str = ""


@dataclass(frozen=True)
class Arrived:
    """One request of a carried file, its desk's two signatures held."""

    device: AddDevice
    command: SubmitRequest
    came: Came


@dataclass(frozen=True)
class Taken:
    """What became of it; `refusal` is None where it waits for approval."""

    device: str
    proposal: Proposal | None
    refusal: Expected | None


@dataclass(frozen=True)
class TakeCertificates:
    """Certificates that came back to the desk; `to` is the folder, as typed, in which their devices' folders go."""

    untrusted: bytes
    to: str


@dataclass(frozen=True)
class Home:
    """What became of one; `refusal` is None where its device's `folder` was written."""

    device: str
    serial: str
    folder: Path | None
    refusal: Expected | None
