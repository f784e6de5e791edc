"""Backup: the newest copy and the newest drill and when each is due, what a restore left to do, and every copy on record."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from core.errors.base import Expected
from core.late import dataclass
from core.model.advice import Act, Step, Task
from core.services.desk import Desk
from core.words.advice import step
from gui.pages.base import Shown, TablePage
from gui.widgets.card import clear
from gui.widgets.icons import IconView
from gui.widgets.label import Heading, PlainLabel

if TYPE_CHECKING:  # the first window does without them
    from core.model.audit import Head
    from core.model.backups import Keeping, Trace
    from gui.widgets.rows import Column


@dataclass(frozen=True)
class Found:
    """How the copies stand, what the keyring has against the file, and the head that a restore left behind."""

    keeping: "Keeping"
    alarm: Expected | None
    left: "Head | None"


class BackupPage(TablePage):
    """It is read beside the lane, with each reading of the workspace: the keyring's bus may be slow."""

    def __init__(self) -> None:
        self._wait = (self.tr("The backups on record are being read\u2026"), "", "")
        super().__init__("backup", self.tr("Backup"), "archive", self._made, lambda row: row.number, self._wait)
        self._shown: Shown | None = None
        self._desk: Desk | None = None
        self._found: Found | None = None
        for name, words, act in (
            ("backupMake", self.tr("Make a backup\u2026"), Act.BACKUP),
            ("backupTry", self.tr("Try one out\u2026"), Act.BACKUP_TRY),
            ("backupRestore", self.tr("Put one back\u2026"), Act.PUT_BACK),
        ):
            self.head.addWidget(self._button(name, words, act, ""))
        self._after = QVBoxLayout()
        self.column.addLayout(self._after)
        self._lines = QVBoxLayout()
        self.column.addLayout(self._lines)
        self.column.addWidget(Heading(self.tr("On record"), "backupTitle", "part"))
        self.body = QVBoxLayout()
        self.column.addLayout(self.body, 1)

    def _button(self, name: str, words: str, act: Act, about: str) -> QPushButton:
        made = QPushButton(words)
        made.setAutoDefault(True)  # Enter presses it, as in a dialog
        made.setObjectName(name)
        made.setAccessibleName(f"{words} {about}".replace("\u2026", "").strip())
        made.clicked.connect(partial(self.wanted.emit, act.value, about))
        return made

    def _made(self) -> "list[Column]":
        from core.words.audit import event
        from gui.pages.columns import NONE
        from gui.widgets.rows import Column

        return [
            Column(self.tr("Time (UTC)"), "time", lambda row: row.time, 140),
            Column(self.tr("Who"), "who", lambda row: row.actor, 100),
            Column(self.tr("What"), "what", lambda row: event(row.action), 280),
            Column(self.tr("Found"), "found", self._verdict, 150),
            Column(self.tr("Entries"), "entries", lambda row: str(row.rows), 80),
            Column(self.tr("Copy"), "copy", lambda row: row.origin or NONE, 180),
            Column(self.tr("SHA-256"), "sha256", lambda row: row.sha256 or NONE, 220),
        ]

    def _verdict(self, row: "Trace") -> str:
        return self.tr("holds together") if row.sound else self.tr("DOES NOT SERVE")

    def look_up(self, desk: Desk) -> Found:
        from core.services import heads, restored, restoring

        return Found(restoring.keeping(desk), heads.alarm(desk), restored.left_behind(desk.file.read))

    def looked_up(self, desk: Desk, found: Found | None, said: str) -> None:
        self._desk, self._found = desk, found
        self._empty = (said or self.tr("No backup of this workspace was made yet."), "", "")

    def fill(self, shown: Shown) -> None:
        if shown is not self._shown:
            self._shown = shown
            self.reads.emit(self)
        found = self._of(shown)
        if shown.desk is not self._desk:  # nothing of another workspace, which was open before
            self._empty = self._wait
        clear(self._after)
        clear(self._lines)
        self.show_rows(found.keeping.traces if found else ())
        if found is not None:
            self._tell(found)

    def _tell(self, found: Found) -> None:
        from core.words.say import sentence

        keeping = found.keeping
        if found.alarm is not None:
            by = self._button("backupHead", self.tr("Go by this file\u2026"), Act.ACCEPT_HEAD, "")
            self._after.addWidget(_line("headLine", "bad", sentence(found.alarm), [by]))
        if found.left is not None:
            people = self._button("backupPeople", self.tr("People\u2026"), Act.PEOPLE, "")
            told = self.tr(
                "The ledger is known outside up to entry {number}, which this file has not got. No CA key opens before a "
                "second person agrees to that."
            )
            self._after.addWidget(_line("leftLine", "bad", told.format(number=found.left.number), [people]))
        restored = keeping.newest("backup.restored")
        for place, name in enumerate(keeping.unread):
            told = step(Step(Task.PUBLISHED, Act.CRL_TAKE, name, day=restored.time if restored else ""))
            take = self._button(f"takeCrl{place}", self.tr("Take a CRL in\u2026"), Act.CRL_TAKE, name)
            none = self._button(f"noCrl{place}", self.tr("None is published\u2026"), Act.CRL_NONE, name)
            self._after.addWidget(_line(f"unread{place}", "bad", told, [none, take]))
        self._lines.addWidget(self._standing("backupNewest", keeping.newest("backup.made"), keeping))
        self._lines.addWidget(self._standing("drillNewest", keeping.newest("backup.drilled"), keeping))

    def _standing(self, name: str, newest: "Trace | None", keeping: "Keeping") -> QFrame:
        made = name == "backupNewest"
        late, day = (keeping.make_late, keeping.make_by) if made else (keeping.drill_late, keeping.drill_by)
        if newest is None:
            first = self.tr("No backup was made yet.") if made else self.tr("No backup was tried out yet.")
        else:
            backup = self.tr("The newest backup is of {time} UTC, by {who}; entries written since: {since}.")
            drill = self.tr("A backup was tried out last on {time} UTC, by {who}, and {found}.")
            first = (backup if made else drill).format(
                time=newest.time, who=newest.actor, since=keeping.since, found=self._verdict(newest)
            )
        over = self.tr("OVERDUE since {day}.") if made else self.tr("OVERDUE since {day}: try one out.")
        due = over if late else self.tr("Due by {day}.")
        bad = newest is not None and not newest.sound
        kind = "bad" if bad else "warn" if late or newest is None else "ok"
        return _line(name, kind, f"{first} {due.format(day=day.isoformat())}", [])

    def badge(self, shown: Shown) -> int:
        found = self._of(shown)
        if found is None:
            return 0
        keeping = found.keeping
        return (
            keeping.make_late
            + keeping.drill_late
            + len(keeping.unread)
            + (found.alarm is not None or found.left is not None)
        )

    def about(self, _row: Any) -> None:
        return None

    def _of(self, shown: Shown) -> Found | None:
        return self._found if shown.desk is self._desk else None


_ICONS = {"ok": ("circle-check", "ok"), "warn": ("clock-exclamation", "warn"), "bad": ("alert-triangle", "bad")}


def _line(name: str, kind: str, text: str, buttons: Sequence[QPushButton]) -> QFrame:
    box = QFrame()
    box.setObjectName(name)
    box.setProperty("card", "true")
    row = QHBoxLayout(box)
    row.setContentsMargins(14, 8, 10, 8)
    row.setSpacing(12)
    row.addWidget(IconView(*_ICONS[kind]))
    row.addWidget(PlainLabel(text, f"{name}Words", selectable=True), 1)
    for each in buttons:
        row.addWidget(each)
    return box
