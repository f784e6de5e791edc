"""What was dropped: judged by its content, or by what its QR code says, and done what it is for."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors.base import Expected
from gui.jobs import Lane
from gui.shell.door import Door, worded
from gui.shell.drop import Drops
from gui.widgets.banner import Banner


class Taking(QObject):
    """`banner` is that of what is in view; `working` says whether somebody sees the pages of an open workspace."""

    opens = Signal(Path)
    wanted = Signal(str, str, str)  # an act, what it is about, the paths, one to a line

    def __init__(
        self, drops: Drops, lane: Lane, door: Door, banner: Callable[[], Banner], working: Callable[[], bool]
    ) -> None:
        super().__init__(drops)
        self._drops, self._lane, self._door, self._banner, self._working = drops, lane, door, banner, working

    def take(self, paths: tuple[Path, ...]) -> None:
        """One file, or many at once."""
        from core.services.drops import several

        if self._door.locked:
            return
        if len(paths) == 1:
            self._one(paths[0])
            return
        content = several(self._drops.kind)
        if content is not None and self._signed_in():
            self.wanted.emit(self._drops.act(content).value, "", "\n".join(str(each) for each in paths))

    def _one(self, path: Path, scanned: bytes | None = None) -> None:
        from core.services.drops import Content, dropped

        if self._door.locked:
            return
        try:
            found = dropped(path, self._door.desk, self._drops.kind, scanned)
        except Expected as error:
            self._refused(error)
            return
        if found.content is Content.WORKSPACE:
            self.opens.emit(path)
        elif not self._signed_in():
            return
        elif found.content is Content.PICTURE:
            self._drops.scan(path, self._lane, self._one, self._refused)
        else:
            self.wanted.emit(self._drops.act(found.content).value, "", str(path))

    def _signed_in(self) -> bool:
        working = self._working()
        if not working:
            said = self.tr("Open a workspace and sign in first, then drop this file again.")
            self._banner().tell("warn", said)
        return working

    def _refused(self, error: BaseException) -> None:
        self._banner().tell("bad", worded(error))
