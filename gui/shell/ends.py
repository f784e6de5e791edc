"""Asked to end from outside (SIGTERM, SIGINT, SIGHUP): the windows close as by their owner, so the file is whole.

A process that is simply ended leaves its last commands in the `-wal` file beside the workspace, and whoever then
copies the workspace alone copies it without them.
"""

import os
import signal
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

_ASKED = ("SIGTERM", "SIGINT", "SIGHUP")


class Ends(QObject):
    """`end` is called in the window's thread. Windows has no such signals; there a session's end closes windows."""

    def __init__(self, parent: QObject, end: Callable[[], None]) -> None:
        super().__init__(parent)
        if os.name == "nt":
            return
        self._end = end
        self._out, into = os.pipe()
        os.set_blocking(into, False)
        signal.set_wakeup_fd(into, warn_on_full_buffer=False)
        for name in _ASKED:
            signal.signal(getattr(signal, name), _noted)
        self._notifier = QSocketNotifier(self._out, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._asked)

    def _asked(self) -> None:
        os.read(self._out, 64)
        self._end()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """Python runs this some time later; the byte in the pipe wakes Qt at once."""
