"""What others get to see of our processes' memory: no core dumps, no ptrace, and freed memory overwritten.

Measured with glibc 2.36, Python 3.11 and Qt 6.11 (`tests/custody/test_memory.py`): a passphrase typed into a
QLineEdit stays in the heap as UTF-16 after clear and delete. With Python on the C allocator and glibc told to
overwrite what is freed, none was left.
"""

import os
import sys

_PR_SET_DUMPABLE = 4
_ENVIRONMENT = {
    "PYTHONMALLOC": "malloc",  # pymalloc keeps freed blocks for itself, unwritten
    # perturb writes over what is freed; tcache would keep small blocks away from it
    "GLIBC_TUNABLES": "glibc.malloc.perturb=90:glibc.malloc.tcache_count=0",
}


def harden() -> None:
    """No core dump of this process (Unix), and no ptrace by others of this user (Linux: /proc/PID/mem is root's)."""
    if sys.platform == "win32":  # Windows writes no core files by itself
        return
    import ctypes  # not above: the process that starts again needs neither
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def start_again() -> None:
    """Replace this process by one whose freed memory is overwritten; the settings are read at a process's start.

    Linux only; elsewhere it is best effort, and SECURITY.md says so. Settings that somebody else made are left alone.
    """
    if not sys.platform.startswith("linux") or any(name in os.environ for name in _ENVIRONMENT):
        return
    os.environ.update(_ENVIRONMENT)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - ourselves
