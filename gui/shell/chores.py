"""What the window does beside the wizards: verify the log, sign off a review, read what a page reads of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from core.errors.base import Cancelled
from core.model.audit import Sought
from gui.jobs import Job, Lane
from gui.pages.base import ROWS, Page, Saving, Shown
from gui.shell.door import worded
from gui.shell.windows import Windows
from gui.shell.workplace import Workplace

_CHECKPOINT = 64 * 1024  # bytes: one is a few lines


class Chores(QObject):
    """`shown` is what the pages show, None where no workspace is open; `signed_off` says that a review was recorded."""

    signed_off = Signal(object)

    def __init__(self, window: QMainWindow, lane: Lane, work: Workplace, windows: Windows) -> None:
        super().__init__(window)
        self._window, self._lane, self._work, self._windows = window, lane, work, windows
        self.shown: Shown | None = None
        self._verifying: Job | None = None
        self.later = QTimer(self)  # counts again with every reading, so that only the last one of many asks
        self.later.setSingleShot(True)
        self.later.timeout.connect(self._look_later)
        work.reads.connect(self._look_for)
        work.saves.connect(self._save)
        work.activity.verify.connect(self.verify_log)
        work.activity.against.connect(self.verify_against)
        work.activity.cancel.connect(self.stop_verifying)
        work.activity.sought.connect(self.seek_log)
        work.settings.asks.connect(self._look_at_ring)
        work.settings.forgets.connect(self._forget_sign_in)

    def verify_log(self) -> None:
        """Verify the whole ledger in the lane."""
        self._verify({})

    def verify_against(self) -> None:
        """The same, with checkpoints that were kept outside."""
        from core.media.files import at_most
        from gui.shell.files import open_files

        told = {}
        for path in open_files(self._window, self.tr("Checkpoints that were kept outside")):
            try:
                told[path.name] = at_most(path, _CHECKPOINT)
            except (OSError, ValueError):
                told[path.name] = b""  # it is judged as one that cannot be read
        if told:
            self._verify(told)

    def _verify(self, untrusted: dict[str, bytes]) -> None:
        from core.services import audit

        shown, page = self.shown, self._work.activity
        if shown is None or self._verifying is not None:
            return
        self._work.go("activity")
        page.runs(running=True)
        self._verifying = self._lane.run(
            lambda told: audit.verify(shown.desk, told, untrusted),
            self._verified,
            page.tell_progress,
            title=self.tr("Verifying the log"),
        )

    def stop_verifying(self) -> None:
        """Stop at the next entry; nothing was changed."""
        if self._verifying is not None:
            self._verifying.cancel()

    def _verified(self, report: Any, error: BaseException | None) -> None:
        self._verifying = None
        self._work.activity.runs(running=False)
        if error is None:
            self._work.activity.tell(report)
        else:
            self._work.activity.banner.tell("info" if isinstance(error, Cancelled) else "warn", worded(error))

    def seek_log(self, wanted: Sought) -> None:
        """Look for entries: beside what runs it waits its turn, since the search is on record."""
        from core.services import logs

        shown, page = self.shown, self._work.activity
        if wanted == Sought():
            page.show_found(None, "")
        elif shown is not None:
            self._lane.do(
                lambda: logs.find(shown.desk, wanted, ROWS),
                lambda found, error: page.show_found(found, worded(error) if error is not None else ""),
            )

    def sign_off(self, table: str) -> None:
        """Record the access review of the table that is shown."""
        from core.services import membership

        shown = self.shown
        if shown is not None:
            self._lane.do(lambda: membership.review(shown.desk, table), self._signed_off)

    def _signed_off(self, _: Any, error: BaseException | None) -> None:
        if error is None:
            self.signed_off.emit(None)
        else:
            self._work.banner.tell("warn", worded(error))

    def _look_later(self) -> None:
        """What pages read of their own, once they are painted; it stands on the signed rows."""
        if self.shown is not None and self.shown.people is not None:
            for page in self._work.after:
                if page is self._work.backups and page is self._work.page:
                    continue  # which asks for itself
                self._look_for(page)

    def _look_for(self, page: Page) -> None:
        """What a page reads of its own, beside the lane; it is shown where the workspace is still open."""
        shown = self.shown
        if shown is None:
            return

        def told(found: Any, error: BaseException | None) -> None:
            now = self.shown
            if now is None or now.desk is not shown.desk:  # another workspace is open by now
                return
            page.looked_up(shown.desk, found, worded(error) if error is not None else "")
            now.also[page.objectName()] = found
            self._windows.refresh(now)
            self._work.again(page)

        self._lane.look(lambda: page.look_up(shown.desk), told)

    def _look_at_ring(self) -> None:
        """What the keyring keeps of who sits here; asked beside the lane, since a bus may be slow."""
        from core.services import remembered

        shown = self.shown
        if shown is not None:
            self._lane.look(lambda: remembered.standing(shown.desk), self._work.settings.own.tell)

    def _forget_sign_in(self) -> None:
        from core.services import remembered

        shown = self.shown
        if shown is not None:
            self._lane.do(lambda: remembered.forget(shown.desk), self._signed_off)

    def _save(self, wanted: Saving) -> None:
        """A file that a page is saved as, written in the lane: a PDF takes seconds, its checkpoint hashes the ledger."""
        from gui.shell.files import ending, save_file

        shown = self.shown
        path = save_file(self._window, wanted.title, wanted.name, wanted.kinds) if shown else None
        if shown is None or path is None:
            return
        path = ending(path, Path(wanted.name).suffix)

        def ended(_: Any, error: BaseException | None) -> None:
            done = ("ok", self.tr("Saved as {path}.").format(path=path))
            self._work.banner.tell(*(done if error is None else ("warn", worded(error))))

        self._lane.do(lambda: wanted.write(shown.desk, path), ended, title=wanted.title)

    def _with_sheet(self, then: Callable[[Any], None]) -> None:
        """Make the sheet of the chosen device or link in the lane: its checkpoint hashes the whole ledger."""
        from gui.sheet import sheet_of

        target, shown = self._work.target, self.shown
        if target is None or shown is None:
            self._work.banner.tell("warn", self.tr("Choose a device or a link first."))
            return

        def ended(facts: Any, error: BaseException | None) -> None:
            if error is None:
                then(facts)
            else:
                self._work.banner.tell("warn", worded(error))

        self._lane.do(lambda: sheet_of(shown, target), ended)

    def save_script(self) -> None:
        """The ceremony's script, or its record once held: made in the lane, since its checkpoint hashes the ledger."""
        from core.services import ceremony
        from gui.wizards.ca.closing import save_record

        shown = self.shown
        if shown is None:
            return

        def ended(record: Any, error: BaseException | None) -> None:
            told = ("warn", worded(error)) if error is not None else save_record(self._window, record)
            self._work.banner.tell(*told)

        self._lane.do(lambda: ceremony.record(shown.desk, vouched=True), ended)

    def save_sheet(self) -> None:
        """The verification sheet as PDF."""
        from gui.sheet import save_sheet

        self._with_sheet(lambda facts: self._work.banner.tell(*save_sheet(self._window, facts)))

    def print_sheet(self) -> None:
        """The verification sheet on paper."""
        from gui.sheet import print_dialog

        self._with_sheet(lambda facts: self._windows.open(print_dialog(self._window, facts)))
