"""Peer keys, what waits for a comparison, and what was handed out."""

from typing import TYPE_CHECKING, Any

from core.services.desk import Desk
from core.services.views import queue
from gui.pages.base import WITH_LINKS, Shown, TablePage, Target, columns

if TYPE_CHECKING:
    from core.services.copies import Copy


def _name(row: Any) -> str:
    return str(row.device.name)


class _Devices(TablePage):
    """Devices: one that is chosen shows its details, one that is dragged out leaves as its key."""

    details = True
    drags = True
    kinds = WITH_LINKS

    def about(self, row: Any) -> Target | None:
        return Target("device", _name(row)) if row is not None else None

    def copied(self, desk: Desk, row: Any) -> "Copy":
        from core.services import copies

        return copies.key(desk, _name(row))


class Keys(_Devices):
    """Every device and how its key stands."""

    def __init__(self) -> None:
        empty = (self.tr("No devices yet. Begin with your own gateway."), self.tr("Add device\u2026"), "device")
        super().__init__("keys", self.tr("Peer keys"), "key", lambda: columns().keys(), _name, empty)

    def fill(self, shown: Shown) -> None:
        self.show_rows(shown.picture.devices)

    def badge(self, shown: Shown) -> int:
        return len(shown.picture.devices)


class Verify(_Devices):
    """The queue, oldest first."""

    def __init__(self) -> None:
        empty = (self.tr("Nothing to verify. Every installed peer key has been checked with its owner."), "", "")
        super().__init__("verify", self.tr("To verify"), "shield-question", lambda: columns().queue(), _name, empty)

    def fill(self, shown: Shown) -> None:
        self.show_rows(queue(shown.picture))

    def badge(self, shown: Shown) -> int:
        return len(queue(shown.picture))


class Exports(TablePage):
    """Which folder went to whom, and whether it is still current."""

    details = True
    kinds = WITH_LINKS

    def __init__(self) -> None:
        empty = (self.tr("Nothing was exported yet. Only approved keys leave."), self.tr("Export\u2026"), "export")
        made, title = lambda: columns().exports(), self.tr("Exports")
        super().__init__("exports", title, "file-export", made, lambda row: row.export.id, empty)

    def about(self, row: Any) -> Target | None:
        return Target("link", row.link) if row is not None else None

    def fill(self, shown: Shown) -> None:
        self.show_rows(shown.picture.exports)
