"""The status bar: mode, person and duty, open signing sessions, what runs, when it locks, and UTC."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar

from core.model.custody import Standing
from core.model.workspace import Kind
from core.services.desk import Desk
from core.words.people import DUTIES
from gui.jobs import Job, Lane
from gui.shell.door import Door
from gui.widgets.label import PlainLabel, ShortLabel


class Status(QStatusBar):
    """Everything in it is text: nothing blinks, nothing moves."""

    def __init__(self, lane: Lane, door: Door) -> None:
        super().__init__()
        self.setObjectName("status")
        self._lane, self._door = lane, door
        self._job: Job | None = None
        self.who = ShortLabel("", "statusWho")
        self.session = PlainLabel("", "statusSession").one_line()
        self.end = QPushButton(self.tr("End session"))
        self.end.setObjectName("statusEnd")
        self.end.setAccessibleName(self.tr("End the signing session"))
        self.end.clicked.connect(lambda: door.end_sessions())
        self.job = PlainLabel("", "statusJob").one_line()
        self.locks = PlainLabel("", "statusLocks").one_line().quiet()
        self.time = PlainLabel("", "statusTime").one_line()
        self.bar = QProgressBar()
        self.bar.setObjectName("statusProgress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setFixedWidth(120)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setObjectName("statusCancel")
        self.cancel.setAccessibleName(self.tr("Cancel what runs"))
        self.cancel.clicked.connect(self._cancel)
        self.addWidget(self.who, 1)
        for widget in (self.session, self.end, self.job, self.bar, self.cancel, self.locks, self.time):
            self.addPermanentWidget(widget)
        self._sessions(None)
        door.asked.connect(self._asked)
        door.entered.connect(lambda: self.tick(door.desk, None))  # who came in is read at once, not at the next second
        self._idle()
        lane.busy.connect(self._busy)
        lane.running.connect(self._running)

    def tick(self, desk: Desk | None, left: int | None, *, locked: bool = False) -> None:
        """Once a second; `left` are the seconds until it locks, None where it does not; locked, it says that alone."""
        self.time.setText(datetime.now(UTC).strftime("%H:%M:%S UTC"))
        self._say_who(desk, locked=locked)
        self._sessions(desk)
        said = self.tr("Locks in {minutes}:{seconds:02}  \u00b7")
        self.locks.setText("" if left is None else said.format(minutes=left // 60, seconds=left % 60))

    def _asked(self) -> None:
        """Behind the card; a lock has closed the keys already."""
        self._say_who(self._door.desk, locked=self._door.locked)
        self._sessions(None)

    def _say_who(self, desk: Desk | None, *, locked: bool) -> None:
        self.who.setText(self.tr("Locked") if locked else " \u00b7 ".join(self._who(desk)))

    def _sessions(self, desk: Desk | None) -> None:
        """The countdown of every open CA key; what ran out meanwhile gets its row."""
        seen = [each.look() for each in desk.sessions] if desk is not None else []
        self.session.setText("  \u00b7  ".join(_line(each) for each in seen if isinstance(each, Standing)))
        self.session.setAccessibleName(self.session.text())
        for widget in (self.session, self.end):
            widget.setVisible(bool(self.session.text()))
        if any(isinstance(each, str) for each in seen) and self._lane.job is None:
            self._door.settle_sessions()

    def _who(self, desk: Desk | None) -> list[str]:
        if desk is None:
            return [self.tr("No workspace is open")]
        parts = [self._mode(desk.workspace.kind)]
        if desk.workspace.rehearsal:
            parts.append(self.tr("REHEARSAL"))
        if desk.session is None:
            return [*parts, self.tr("read only") if desk.file.read_only else self.tr("nobody is signed in")]
        duties = ", ".join(DUTIES[each] for each in desk.session.operator.duties)
        by_ring = [self.tr("signed in by the keyring")] if desk.session.remembered else []
        return [*parts, f"{desk.session.operator.name} \u2014 {duties}", *by_ring]

    def _mode(self, kind: Kind) -> str:
        if kind is Kind.ROOT:
            return self.tr("OFFLINE ROOT SESSION")
        if kind is Kind.ISSUING:
            return self.tr("CA mode \u00b7 the root is elsewhere")
        return self.tr("Links mode") if kind is Kind.LINKS else self.tr("Registration")

    def _busy(self, busy: bool) -> None:
        self._job = self._lane.job
        if not busy or self._job is None:
            self._idle()
            return
        self.job.setText(self._job.title or self.tr("Working\u2026"))
        self.bar.setRange(0, 0)
        self.bar.setVisible(bool(self._job.title))
        self.cancel.setVisible(bool(self._job.title))
        self.cancel.setEnabled(True)

    def _running(self, job: Job, done: int, total: int) -> None:
        if job is not self._job:
            return
        if total:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
        if job.committing:
            self.cancel.setEnabled(False)
            self.job.setText(self.tr("Committing: this cannot be cancelled any more"))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.job.setText(self.tr("Cancelling\u2026"))

    def _idle(self) -> None:
        self.job.setText("")
        self.bar.hide()
        self.cancel.hide()


def _line(seen: Standing) -> str:
    from core.words.custody import session_line  # most workspaces have no CA key

    return session_line(seen)
