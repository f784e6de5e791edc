"""Real disks for the tests: mounted, filled, write-protected, pulled out; and an ordinary user in front of them."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.real import need

NOBODY = 65534


@contextmanager
def mounted(folder: Path, kind: str = "tmpfs", options: str = "") -> Iterator[Path]:
    """A file system of its own at `folder` (ramfs is one that is no local disk for us)."""
    mount, umount = need("mount", "umount")
    if os.geteuid() != 0:
        pytest.skip("needs root to mount")
    folder.mkdir(exist_ok=True)
    subprocess.run([mount, "-t", kind, "-o", options or "mode=755", "none", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run([umount, "-l", str(folder)], check=False, stderr=subprocess.DEVNULL)


def protected(folder: Path) -> None:
    """From here on the disk can only be read."""
    subprocess.run([need("mount")[0], "-o", "remount,ro", str(folder)], check=True)


def pulled(folder: Path) -> None:
    """The stick is gone while the file on it is open."""
    subprocess.run([need("umount")[0], "-l", str(folder)], check=True)


def filled(folder: Path, *, but: int = 0) -> Path:
    """The disk is full to the last byte (`but` bytes stay free)."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
        if but:
            file.truncate(file.tell() - but)
    return filler


@contextmanager
def ordinary_user() -> Iterator[None]:
    """For root, permissions do not count; so the test goes on as nobody, and comes back."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
