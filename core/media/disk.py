"""Which journal a medium bears: WAL only on local writable disks, so that a stick holds one file."""

import os
import sys
from pathlib import Path

_LOCAL = {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "overlay", "bcachefs", "jfs"}


def _mount(path: Path) -> tuple[str, str]:
    """Device and file system type of the mount that holds `path` (Linux)."""
    best, found = "", ("", "")
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines():
        device, point, kind = line.split(" ")[:3]
        point = point.encode().decode("unicode_escape")
        if len(point) >= len(best) and (path == Path(point) or Path(point) in path.parents):
            best, found = point, (device, kind)
    return found


def _removable(device: str) -> bool:
    """Whether the kernel calls the disk behind a partition removable (or hangs it on USB)."""
    name = os.path.basename(os.path.realpath(device))  # noqa: PTH119 - the device may be no path at all
    for node in Path("/sys/class/block").glob(name):
        real = node.resolve()
        for disk in (real, real.parent):
            flag = disk / "removable"
            if flag.is_file() and flag.read_text().strip() == "1":
                return True
        return "/usb" in str(real)
    return False


def takes_wal(path: Path) -> bool:
    """Whether the folder of `path` is on a local, fixed, writable disk; when unsure, it is not."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        device, kind = _mount(path.absolute().resolve().parent)
        return kind in _LOCAL and not _removable(device) and os.access(path.absolute().parent, os.W_OK)
    except (OSError, ValueError):
        return False
