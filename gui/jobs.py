"""One lane for everything that writes or takes longer than a blink; the window only waits for its one signal."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from core.services.desk import Progress

Ended = Callable[[Any, BaseException | None], None]
Told = Callable[[int, int], None]
_BETWEEN = 0.05  # seconds: at most 20 reports a second reach the window


class _Signals(QObject):
    ended = Signal(object, object, object)  # job, result, exception: exactly one of the two counts
    told = Signal(object, int, int)  # job, done, total; (0, 0) says that it commits and cannot be cancelled any more


class Job(QRunnable):
    """One piece of work. Its lane keeps it alive until its one terminal signal was delivered."""

    def __init__(self, work: Callable[[Progress], Any], ended: Ended, told: Told | None, title: str) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.title, self.ended, self.told = title, ended, told
        self.committing = False
        self.signals = _Signals()
        self._work = work
        self._last = 0.0
        self._progress = Progress(self._tell)

    def cancel(self) -> None:
        """Stop at the next step, unless it is committing; it then ends with `Cancelled`."""
        self._progress.cancel()

    def _tell(self, done: int, total: int) -> None:
        now = time.monotonic()
        if total == 0:
            self.committing = True
        elif now - self._last < _BETWEEN and done < total:
            return
        self._last = now
        self.signals.told.emit(self, done, total)

    def run(self) -> None:
        """In the lane's thread: do the work and say how it ended, once. Shiboken keeps jobs alive for a while, so what
        the work holds (a passphrase) is let go here."""
        work, self._work = self._work, _done
        try:
            result = work(self._progress)
        except BaseException as error:  # noqa: BLE001 - handed to the window, which shows it
            self.signals.ended.emit(self, None, error)
        else:
            self.signals.ended.emit(self, result, None)


def _done(_: Progress) -> None:
    """What a job holds once it ran."""


class Lane(QObject):
    """A single worker thread: commands run one after the other, in the order they were given; readers beside it."""

    busy = Signal(bool)
    running = Signal(object, int, int)  # the job, done, total

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._readers = QThreadPool(self), QThreadPool(self)
        for pool in (self._pool, self._readers):
            pool.setMaxThreadCount(1)
        self._jobs: list[Job] = []
        self._looks: list[Job] = []

    def do(self, work: Callable[[], Any], ended: Ended, title: str = "") -> Job:
        """Run `work` in the lane and then `ended(result, error)` here."""
        return self.run(lambda _progress: work(), ended, title=title)

    def run(self, work: Callable[[Progress], Any], ended: Ended, told: Told | None = None, *, title: str = "") -> Job:
        """Run `work(progress)`; `told(done, total)` comes at most 20 times a second, `ended` exactly once."""
        job = Job(work, ended, told, title)
        self._jobs.append(job)
        # Slots of this object, not closures: they run in its thread, whoever emits.
        job.signals.ended.connect(self._finish)
        job.signals.told.connect(self._tell)
        self.busy.emit(True)  # noqa: FBT003 - a signal's argument
        self._pool.start(job)
        return job

    def look(self, work: Callable[[], Any], ended: Ended) -> None:
        """Read beside the lane: a reload does not wait behind an export, and nobody is told that it runs."""
        job = Job(lambda _progress: work(), ended, None, "")
        self._looks.append(job)
        job.signals.ended.connect(self._looked)
        self._readers.start(job)

    @Slot(object, object, object)
    def _looked(self, job: Job, result: object, error: object) -> None:
        self._looks.remove(job)
        job.ended(result, error if isinstance(error, BaseException) else None)

    @Slot(object, object, object)
    def _finish(self, job: Job, result: object, error: object) -> None:
        self._jobs.remove(job)
        self.busy.emit(bool(self._jobs))
        job.ended(result, error if isinstance(error, BaseException) else None)

    @Slot(object, int, int)
    def _tell(self, job: Job, done: int, total: int) -> None:
        self.running.emit(job, done, total)
        if job.told is not None:
            job.told(done, total)

    @property
    def job(self) -> Job | None:
        """What runs now."""
        return self._jobs[0] if self._jobs else None

    def wait(self) -> None:
        """Until nothing runs any more (closing the file)."""
        self._pool.waitForDone()
        self._readers.waitForDone()
