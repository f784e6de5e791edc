"""What this program remembers on this machine: look, sizes, windows, recent files. Nothing that matters is here."""

import json
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from core.late import dataclass

LOOKS = ("system", "light", "dark")
_RECENT = 8


@dataclass(frozen=True)
class Recent:
    """A workspace that was open before; `opened` is "2026-11-24 02:17" in UTC."""

    path: Path
    name: str
    kind: str
    opened: str


class Preferences(QObject):
    """`changed` says that look, text size or lock time is another."""

    changed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings

    def _number(self, name: str, default: int, low: int, high: int) -> int:
        try:
            return min(high, max(low, int(str(self._settings.value(name, default)))))
        except ValueError:
            return default

    def _set(self, name: str, value: object) -> None:
        self._settings.setValue(name, value)
        self.changed.emit()

    @property
    def look(self) -> str:
        """One of `LOOKS`."""
        found = str(self._settings.value("look", "system"))
        return found if found in LOOKS else "system"

    @look.setter
    def look(self, value: str) -> None:
        self._set("look", value)

    @property
    def zoom(self) -> int:
        """Text size in per cent of the system's, 100 to 200."""
        return self._number("zoom", 100, 100, 200)

    @zoom.setter
    def zoom(self, value: int) -> None:
        self._set("zoom", min(200, max(100, value)))

    @property
    def lock_minutes(self) -> int:
        """Minutes without activity until it locks, 1 to 60."""
        return self._number("lock_minutes", 5, 1, 60)

    @lock_minutes.setter
    def lock_minutes(self, value: int) -> None:
        self._set("lock_minutes", value)

    def state(self, name: str) -> QByteArray:
        """The saved state of a window or splitter, empty where there is none."""
        found = self._settings.value(f"state/{name}")
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep_state(self, name: str, value: QByteArray) -> None:
        """Save the state of a window or splitter."""
        self._settings.setValue(f"state/{name}", value)

    def recent(self) -> tuple[Recent, ...]:
        """Workspaces that were open before, the newest first."""
        try:
            untrusted = json.loads(str(self._settings.value("recent", "[]")))
            return tuple(Recent(Path(str(row[0])), *(str(each) for each in row[1:4])) for row in untrusted[:_RECENT])
        except (ValueError, TypeError, LookupError):
            return ()

    def opened(self, path: Path, name: str, kind: str) -> None:
        """Remember that a workspace was opened now."""
        path = path.absolute()
        rest = [each for each in self.recent() if each.path != path]
        now = Recent(path, name, kind, datetime.now(UTC).strftime("%Y-%m-%d %H:%M"))
        rows = [[str(each.path), each.name, each.kind, each.opened] for each in [now, *rest][:_RECENT]]
        self._settings.setValue("recent", json.dumps(rows))
