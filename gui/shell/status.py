"""The status bar: mode, person and duty, what runs, when it locks, and UTC."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QProgressBar, QPushButton, QSizePolicy, QStatusBar

from core.model.workspace import Kind
from core.services.desk import Desk
from gui.jobs import Job, Lane
from gui.widgets.label import PlainLabel


class Status(QStatusBar):
    """Everything in it is text: nothing blinks, nothing moves."""

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self.setObjectName("status")
        self._lane = lane
        self._job: Job | None = None
        self.who = PlainLabel("", "statusWho").one_line()
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
        self.who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # gives way first
        self.addWidget(self.who, 1)
        for widget in (self.job, self.bar, self.cancel, self.locks, self.time):
            self.addPermanentWidget(widget)
        self._idle()
        lane.busy.connect(self._busy)
        lane.running.connect(self._running)

    def tick(self, desk: Desk | None, left: int | None) -> None:
        """Once a second; `left` are the seconds until it locks, None where it does not."""
        self.time.setText(datetime.now(UTC).strftime("%H:%M:%S UTC"))
        self.who.setText(" \u00b7 ".join(self._who(desk)))
        self.who.setToolTip(self.who.text())
        said = self.tr("Locks in {minutes}:{seconds:02}  \u00b7")
        self.locks.setText("" if left is None else said.format(minutes=left // 60, seconds=left % 60))

    def _who(self, desk: Desk | None) -> list[str]:
        if desk is None:
            return [self.tr("No workspace is open")]
        parts = [self._mode(desk.workspace.kind)]
        if desk.workspace.rehearsal:
            parts.append(self.tr("REHEARSAL"))
        if desk.session is None:
            return [*parts, self.tr("read only") if desk.file.read_only else self.tr("nobody is signed in")]
        duties = ", ".join(each.value.replace("-", " ") for each in desk.session.operator.duties)
        return [*parts, f"{desk.session.operator.name} \u2014 {duties}"]

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
