"""Many requests at once: one file per device in a folder, named after it; a row for each, none silently skipped."""

from pathlib import Path

from core.errors.base import Expected
from core.errors.cli import FileNotReadable
from core.late import dataclass
from core.media.files import at_most
from core.model.certificates import SubmitRequest
from core.model.proposals import Proposal
from core.model.workspace import Kind
from core.services import enrolment, registration
from core.services.desk import Desk, Progress
from core.services.opening import refusals

LARGEST = 1024 * 1024


@dataclass(frozen=True)
class SubmitFolder:
    """A folder of requests, for one ticket that counts for all of their devices."""

    folder: Path
    ticket: str
    authority: str = ""


@dataclass(frozen=True)
class Row:
    """One file; `refusal` is None where its request waits for approval."""

    file: str
    device: str
    proposal: Proposal | None
    refusal: Expected | None


def submit(desk: Desk, command: SubmitRequest) -> Proposal:
    """Take one request in, at a registration desk or where certificates are issued."""
    if desk.workspace.kind is Kind.REGISTRATION:
        return registration.submit(desk, command)
    return enrolment.submit(desk, command)


def listed(folder: Path) -> tuple[Path, ...]:
    """What lies in the folder, in order. Raises `FileNotReadable`."""
    try:
        return tuple(sorted(folder.iterdir()))
    except OSError:
        raise FileNotReadable(str(folder)) from None


def submit_folder(desk: Desk, command: SubmitFolder, progress: Progress | None = None) -> tuple[Row, ...]:
    """Each file's request; what stands against one leaves the others alone. Who may not is told so once, for all."""
    told, rows = progress or Progress(), []
    with refusals(desk, registration.SUBMITTED, command):
        files = listed(command.folder)
    for place, path in enumerate(files):
        told.step(place, len(files))
        try:
            wanted = SubmitRequest(path.stem, _content(path), command.ticket, authority=command.authority)
            rows.append(Row(path.name, path.stem, submit(desk, wanted), None))
        except Expected as refusal:
            rows.append(Row(path.name, path.stem, None, refusal))
    return tuple(rows)


def _content(path: Path) -> bytes:
    try:
        return at_most(path, LARGEST)
    except OSError:
        raise FileNotReadable(str(path)) from None
