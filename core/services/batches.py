"""Many requests at once: files and folders with one per device, named after it, or several in one text; a row for each."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from core.crypto.armour import parted, several_ask
from core.crypto.requests import read_request
from core.errors.base import Expected, refuse
from core.errors.cli import FileNotReadable
from core.errors.enrolment import NoDeviceMeant
from core.late import dataclass
from core.media.files import at_most
from core.model.certificates import SubmitRequest
from core.model.proposals import Proposal
from core.model.workspace import Kind
from core.policy.enrolment import meant, request
from core.services import enrolment, registration
from core.services.desk import Desk, Progress
from core.services.opening import refusals
from core.store.devices import all_devices

LARGEST = 1024 * 1024


@dataclass(frozen=True)
class SubmitMany:
    """Files, and folders of files, for one ticket that counts for all of their devices; `untrusted` was pasted."""

    paths: tuple[Path, ...]
    ticket: str
    authority: str = ""
    untrusted: bytes = b""


@dataclass(frozen=True)
class Row:
    """One request; `refusal` is None where it waits for approval. `file` is the same for no two of them."""

    file: str
    device: str
    proposal: Proposal | None
    refusal: Expected | None


@dataclass(frozen=True)
class _Found:
    """One request before it is read; `device` is "" where no file is named after it."""

    name: str
    device: str
    path: Path | None
    untrusted: bytes = b""


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


def submit_many(desk: Desk, command: SubmitMany, progress: Progress | None = None) -> tuple[Row, ...]:
    """Each request by itself; what stands against one leaves the others alone.

    Who may not, and a folder that cannot be read, is told so once, for all. A file with one request is its device's by
    the file's name; each of several in one file or text is the device's whose name or identity it says.
    """
    told = progress or Progress()
    rows: list[Row] = []
    with refusals(desk, registration.SUBMITTED, command):
        files = [each for path in command.paths for each in (listed(path) if path.is_dir() else (path,))]
        pasted = parted(command.untrusted) if command.untrusted.strip() else []
    total = len(files) + len(pasted)
    for each in (*_of_files(files), *(_Found(str(at), "", None, part) for at, part in enumerate(pasted, 1))):
        told.step(len(rows), max(total, len(rows) + 1))
        rows += _taken(desk, command, each)
    return tuple(rows)


def _of_files(files: list[Path]) -> Iterator[_Found]:
    """Files of one name that lie in different folders are told apart by their paths."""
    often = Counter(each.name for each in files)
    for path in files:
        yield _Found(path.name if often[path.name] == 1 else str(path), path.stem, path)


def _taken(desk: Desk, command: SubmitMany, found: _Found) -> list[Row]:
    """The row of one file or part; a file with several requests has a row for each of them."""
    device = found.device
    try:
        untrusted = found.untrusted if found.path is None else _content(found.path)
        parts = parted(untrusted) if found.path is not None else []
        if several_ask(parts):
            each = [_Found(f"{found.name}, {at}", "", None, part) for at, part in enumerate(parts, 1)]
            return [row for one in each for row in _taken(desk, command, one)]
        device = device or _meant(desk, command, untrusted)
        wanted = SubmitRequest(device, untrusted, command.ticket, authority=command.authority)
        return [Row(found.name, device, submit(desk, wanted), None)]
    except Expected as refusal:
        return [Row(found.name, device, None, refusal)]


def _meant(desk: Desk, command: SubmitMany, untrusted: bytes) -> str:
    with refusals(desk, registration.SUBMITTED, command):
        asked = read_request(untrusted)
        refuse(request(asked))
        names = meant(asked, all_devices(desk.file.read))
        if len(names) != 1:
            raise NoDeviceMeant(", ".join(value for _, value in asked.subject), "several" if names else "none")
    return names[0]


def _content(path: Path) -> bytes:
    try:
        return at_most(path, LARGEST)
    except OSError:
        raise FileNotReadable(str(path)) from None
