"""Places that people choose for what is written: what stands against one, told before anything is made and after trying.

A stick that is not put in is a folder that is not there, whatever the system calls it: making one where it would be
mounted is refused as a matter of permissions, which sends people to the wrong cause.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors.base import Refused
from core.errors.linking import NameNotForMedium
from core.errors.workspace import AlreadyThere, DiskFull, MediumGone, NoSuchFolder, NotPermitted, ReadOnlyWorkspace

_MEANS = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EINVAL: NameNotForMedium,  # vfat on a name with a colon: the IPv6 identity of a peer, for iked
    errno.EROFS: ReadOnlyWorkspace,
    errno.EIO: MediumGone,
}


def _absent(folder: Path) -> bool:
    """Whether there is no such folder. What cannot be told for want of permissions is no absence."""
    try:
        return not stat.S_ISDIR(folder.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def _closed(folder: Path) -> list[Refused]:
    if os.access(folder, os.W_OK):
        return []
    try:
        fixed = hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY
    except OSError:
        fixed = False
    return [(ReadOnlyWorkspace if fixed else NotPermitted)(str(folder))]


def against(path: Path) -> list[Refused]:
    """Findings against a new file at `path`, whose folder has to be there."""
    if os.path.lexists(path):
        return [AlreadyThere(str(path))]
    folder = path.absolute().parent
    if _absent(folder):
        return [NoSuchFolder(str(folder))]
    return _closed(folder)


def against_folder(folder: Path) -> list[Refused]:
    """Findings against a folder that is made where it is not there yet."""
    nearest = next(each for each in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(each))
    if not _absent(folder):
        return _closed(folder)
    return [] if not _absent(nearest) and os.access(nearest, os.W_OK) else [NoSuchFolder(str(folder))]


@contextmanager
def translated(path: Path, folder: Path) -> Iterator[None]:
    """Turn what the system says against writing `path`, in the `folder` that was chosen, into what it means."""
    try:
        yield
    except OSError as error:
        if error.errno in _MEANS:
            named = error.filename if error.errno == errno.EINVAL else None
            raise _MEANS[error.errno](str(named or path)) from error
        if _absent(folder):
            raise NoSuchFolder(str(folder)) from error
        raise NotPermitted(str(path)) from error
