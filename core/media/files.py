"""Single files, written whole under a new name and read back."""

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from core.errors.linking import WrittenDifferently
from core.errors.workspace import AlreadyThere
from core.media.places import translated
from core.model.links import ExportedFile

SIGNATURE = ".sig"  # what stands behind a file's name for its detached signature


@contextmanager
def new_file(path: Path, *, mode: int = 0o600, made: Callable[[], None] | None = None) -> Iterator[BinaryIO]:
    """A file that was not there, to be written in pieces; on the disk when this ends, gone where it ends in a failure.

    `made` is told once there is a file, still an empty one.
    """
    there = False
    with translated(path, path.parent):
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
                there = True
                if made is not None:
                    made()
                yield file
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            raise AlreadyThere(str(path)) from None
        except BaseException:
            if there:
                with suppress(OSError):  # the medium may be gone; what it told first counts
                    path.unlink(missing_ok=True)
            raise


def write_new(path: Path, content: bytes, *, mode: int = 0o644, made: Callable[[], None] | None = None) -> None:
    """Write a file that was not there; nothing is left behind where it cannot be written and read back whole."""
    with new_file(path, mode=mode, made=made) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        if path.read_bytes() != content:
            raise WrittenDifferently(str(path))


def sha256_of(path: Path, limit: int) -> str:
    """The hash of a file that stays where it is, read in pieces. Raises OSError, also over `limit` bytes."""
    from hashlib import sha256  # brings OpenSSL, which the first window does without

    whole, read = sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            read += len(piece)
            if read > limit:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            whole.update(piece)
    return whole.hexdigest()


def signature_of(path: Path) -> Path:
    """Where the detached signature of a file lies."""
    return path.with_name(path.name + SIGNATURE)


def at_most(path: Path, limit: int) -> bytes:
    """A file's bytes, one over `limit` at most, so that its reader can refuse it. Raises OSError."""
    with path.open("rb") as file:
        return file.read(limit + 1)


def with_signature(path: Path, limit: int) -> bytes:
    """A card's file with its signature below it where one lies beside it; other files as they are.

    At most one byte over `limit` of each is read. Raises OSError.
    """
    content = at_most(path, limit)
    beside = signature_of(path)
    if not content.startswith(b"{") or not beside.is_file():
        return content
    return content + b"\n" + at_most(beside, limit)


def write_over(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Put a file in the place of an older one in one step; readers see the old or the new one, whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    write_new(draft, content, mode=mode)
    try:
        with translated(path, path.parent):
            draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def write_all(folder: Path, files: Sequence[ExportedFile], *, over: bool = False) -> tuple[str, ...]:
    """Write files side by side, each whole and read back; `over` lets a file take the place of an older one."""
    with translated(folder, folder):
        folder.mkdir(parents=True, exist_ok=True)
    for each in files:
        (write_over if over else write_new)(folder / each.path, each.content)
    return tuple(str(folder / each.path) for each in files)
