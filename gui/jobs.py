"""One lane for everything that writes or takes longer than a blink; the window only waits for its one signal."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class _Signals(QObject):
    ended = Signal(object, object)  # result, exception: exactly one of the two counts


class Job(QRunnable):
    """One piece of work. It is kept alive by its lane until its signal was delivered."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work = work
        self.signals = _Signals()

    def run(self) -> None:
        """In the lane's thread: do the work and say how it ended, once."""
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001 - handed to the window, which shows it
            self.signals.ended.emit(None, error)
        else:
            self.signals.ended.emit(result, None)


class Lane(QObject):
    """A single worker thread: commands run one after the other, in the order they were given."""

    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: set[Job] = set()

    def do(self, work: Callable[[], Any], ended: Callable[[Any, BaseException | None], None]) -> None:
        """Run `work` in the lane and then `ended(result, error)` here."""
        job = Job(work)
        self._jobs.add(job)

        def finish(result: object, error: object) -> None:
            self._jobs.discard(job)
            self.busy.emit(bool(self._jobs))
            ended(result, error if isinstance(error, BaseException) else None)

        job.signals.ended.connect(finish)
        self.busy.emit(True)  # noqa: FBT003 - a signal's argument
        self._pool.start(job)

    def wait(self) -> None:
        """Until the lane is empty (closing the file)."""
        self._pool.waitForDone()
