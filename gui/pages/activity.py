"""Activity log: the newest rows of the ledger or those that are looked for, whether it holds together, and ways out of it."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from core.model.advice import Act
from core.model.audit import Report
from core.services.desk import Desk
from gui.pages.base import ROWS, Shown, TablePage, columns
from gui.widgets.banner import Banner
from gui.widgets.icons import IconButton
from gui.widgets.label import PlainLabel

if TYPE_CHECKING:  # the first window does without them
    from core.services.activity import Choices
    from core.services.logs import Found
    from gui.widgets.sought import LogFilter


class Activity(TablePage):
    """`verify` asks the window to verify the whole ledger in its lane, `against` with checkpoints from outside, `cancel`
    to stop that; `sought` carries what is looked for.
    """

    verify = Signal()
    against = Signal()
    cancel = Signal()
    sought = Signal(object)

    def __init__(self) -> None:
        title = self.tr("Activity log")
        super().__init__("activity", title, "history", lambda: columns().activity(), lambda row: row.number)
        self._shown: Shown | None = None
        self._found: Found | None = None
        self._of: object = None
        self._reads = True
        self.press = self._button("activityVerify", self.tr("Verify the log"), "checklist")
        self.press.clicked.connect(self.verify)
        self.witnesses = self._button("activityAgainst", self.tr("With checkpoints\u2026"), "shield-check")
        self.witnesses.setAccessibleName(self.tr("Verify the log against checkpoints that were kept outside"))
        self.witnesses.clicked.connect(self.against)
        review = self._button("activityReview", self.tr("Review the ledger\u2026"), "clipboard-check")
        review.setAccessibleName(self.tr("Review the ledger: look up a sample and sign it off"))
        review.clicked.connect(lambda: self.wanted.emit(Act.LEDGER_REVIEW.value, ""))
        for each in (self.press, self.witnesses, review):
            self.head.addWidget(each)
        self.banner = Banner("activityBanner", closes=True)
        self.column.insertWidget(1, self.banner)
        self.column.addLayout(self._running())
        self._top, self.body = QVBoxLayout(), QVBoxLayout()
        self.column.addLayout(self._top)
        self.count = PlainLabel("", "activityCount").quiet()
        self.column.addWidget(self.count)
        self.column.addLayout(self.body, 1)
        self.column.addLayout(self._ways_out())

    def _button(self, name: str, words: str, picture: str) -> QPushButton:
        made = IconButton(picture, words)
        made.setObjectName(name)
        made.setAccessibleName(words.rstrip("\u2026"))
        return made

    def _running(self) -> QHBoxLayout:
        """How far the verifying is, and the way to stop it."""
        row = QHBoxLayout()
        self.progress = QProgressBar()
        self.progress.setObjectName("activityProgress")
        self.progress.setAccessibleName(self.tr("Verifying the log"))
        self.stop = self._button("activityCancel", self.tr("Cancel"), "x")
        self.stop.setAccessibleName(self.tr("Cancel the verifying"))
        self.stop.clicked.connect(self.cancel)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop)
        self.runs(running=False)
        return row

    def _ways_out(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, words, act in (
            ("activityProve", self.tr("Prove the chosen entry\u2026"), Act.LOG_PROVE),
            ("activityCheckpoint", self.tr("Keep a checkpoint\u2026"), Act.LOG_CHECKPOINT),
            ("activityExport", self.tr("Export entries\u2026"), Act.LOG_EXPORT),
        ):
            button = self._button(name, words, "file-export")
            button.clicked.connect(lambda _=False, act=act: self.wanted.emit(act.value, self._chosen()))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _chosen(self) -> str:
        row = self.table.current
        return str(row.number) if row is not None else ""

    @cached_property
    def filter(self) -> "LogFilter":
        """Made when the page is first looked at."""
        from gui.widgets.sought import LogFilter

        made = LogFilter()
        made.sought.connect(self.sought)
        self._top.addWidget(made)
        return made

    def look_up(self, desk: Desk) -> "tuple[bool, Choices]":
        from core.services import activity

        return activity.may_read(desk), activity.choices(desk)

    def looked_up(self, desk: Desk, found: "tuple[bool, Choices] | None", said: str) -> None:
        if self._shown is None or desk is not self._shown.desk:
            return
        if found is not None:
            self._reads, choices = found
            self.filter.offer(choices)
            self.filter.setEnabled(self._reads)
        nobody = self.tr("The entries are for auditors and security officers. Anybody may verify the log.")
        self._empty = (said or ("" if self._reads else nobody), "", "")

    def fill(self, shown: Shown) -> None:
        if self._shown is None or shown.desk is not self._shown.desk or shown.desk.session is not self._of:
            self._found = None  # what somebody else looked for
        if shown is not self._shown:
            self._shown, self._of = shown, shown.desk.session
            self.filter.setVisible(True)
            self.reads.emit(self)
        found = self._found
        entries = shown.entries if found is None else found.entries
        self.show_rows(entries)
        newest = self.tr("The newest entries, {count} at the most.").format(count=ROWS)
        if found is not None:
            newest = self.tr("Found: {count}. The newest {most} at the most are shown.").format(
                count=found.count, most=ROWS
            )
        self.count.setText(newest if entries or found else "")

    def show_found(self, found: "Found | None", said: str) -> None:
        """What was looked for, or why it was refused; with neither, the newest entries again."""
        if said:
            self.banner.tell("warn", said)
            return
        self._found = found
        if self._shown is not None:
            self.fill(self._shown)

    def about(self, _row: Any) -> None:
        return None

    def runs(self, *, running: bool) -> None:
        """Verifying begins or ended."""
        for button in (self.press, self.witnesses):
            button.setEnabled(not running)
        self.progress.setRange(0, 0)
        for widget in (self.progress, self.stop):
            widget.setVisible(running)
        self.stop.setEnabled(True)

    def tell_progress(self, done: int, total: int) -> None:
        """How far it is; with no total the row about it is written, which cannot be stopped."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.stop.setEnabled(total > 0)

    def tell(self, report: Report) -> None:
        """What `audit verify` found."""
        from core.words.audit import fault, reach, witness

        told = [witness(each, report.rows) for each in report.judged]
        if report.sound:
            said = self.tr("All {rows} entries fit together, and every record is what they say.")
            kind = "ok" if report.passed else "warn"
            self.banner.tell(kind, " ".join([said.format(rows=report.rows), *told, reach(report)]))
            return
        said = self.tr("The log does not hold together ({count} faults). Stop work, copy the file and tell the owner.")
        first = " ".join(fault(each) for each in report.faults[:3])
        self.banner.tell("bad", " ".join([said.format(count=len(report.faults)), first, *told]))
