"""What others get to see of our processes' memory: no core dumps, no ptrace, and freed memory overwritten.

Measured with glibc 2.36, Python 3.11 and Qt 6.11 (`tests/custody/test_memory.py`): a passphrase typed into a
QLineEdit stays in the heap as UTF-16 after clear and delete. With Python on the C allocator and glibc told to
overwrite what is freed, none was left. Both slow a start by a tenth, so they begin when the first window is painted,
or before the first thing into which a secret is typed is made, whichever is earlier.
"""

import os
import sys

TYPE_CHECKING = False  # `typing` is 9 ms of the process that starts again
if TYPE_CHECKING:
    from typing import Any

_PR_SET_DUMPABLE = 4
_RAW, _MEM, _OBJ = 0, 1, 2  # PyMemAllocatorDomain
_M_PERTURB = -6  # malloc.h
_OVERWRITTEN = 90  # any byte but 0
_NO_CACHE = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}  # tcache would keep small blocks away from perturb
_ENVIRONMENT = {
    "PYTHONMALLOC": "malloc",  # pymalloc keeps freed blocks for itself, unwritten
    "GLIBC_TUNABLES": f"glibc.malloc.perturb={_OVERWRITTEN}:{_NO_CACHE['GLIBC_TUNABLES']}",
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
    """Replace this process by one whose freed memory can be overwritten; glibc reads its settings at a process's start.

    Linux only; elsewhere it is best effort, and SECURITY.md says so. Settings that somebody else made are left alone.
    """
    if not sys.platform.startswith("linux") or any(name in os.environ for name in _ENVIRONMENT):
        return
    os.environ.update(_NO_CACHE if _is_common() else _ENVIRONMENT)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - ourselves


def _is_common() -> bool:
    """CPython as it is released: its own allocator, under no debugger of memory."""
    special = sys.flags.dev_mode or hasattr(sys, "gettotalrefcount") or "t" in getattr(sys, "abiflags", "")
    return sys.implementation.name == "cpython" and not special


def overwrite() -> None:
    """From now on freed memory is overwritten, here and in every process that is started; once is enough."""
    if os.environ.get("GLIBC_TUNABLES") != _NO_CACHE["GLIBC_TUNABLES"] or "PYTHONMALLOC" in os.environ:
        return
    import ctypes

    os.environ.update(_ENVIRONMENT)
    ctypes.CDLL(None).mallopt(_M_PERTURB, _OVERWRITTEN)
    _leave_pymalloc(ctypes)


def _leave_pymalloc(ctypes: "Any") -> None:
    """New blocks come from malloc; old ones go back where they came from: pymalloc's own `free` and `realloc` hand on
    what is not theirs, as they always do with blocks of more than 512 bytes (PyMem_SetAllocator, Python/C API)."""
    functions = ("malloc", "calloc", "realloc", "free")
    fields = [(name, ctypes.c_void_p) for name in ("ctx", *functions)]
    kind = type("PyMemAllocatorEx", (ctypes.Structure,), {"_fields_": fields})
    raw, api = kind(), ctypes.pythonapi
    api.PyMem_GetAllocator(_RAW, ctypes.byref(raw))
    for domain in (_MEM, _OBJ):
        used = kind()
        api.PyMem_GetAllocator(domain, ctypes.byref(used))
        if raw.ctx is None and used.ctx is None:  # else tracemalloc or the like stands between
            used.malloc, used.calloc = raw.malloc, raw.calloc
            api.PyMem_SetAllocator(domain, ctypes.byref(used))
