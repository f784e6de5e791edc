"""Where the dialogs and wizards work: the window over which they open, its lane, and the open workspace."""

from PySide6.QtWidgets import QWidget

from core.late import dataclass
from core.services.desk import Desk
from gui.jobs import Lane


@dataclass(frozen=True)
class Bench:
    """`desk` is None before a workspace is open: the first run makes one."""

    window: QWidget
    lane: Lane
    desk: Desk | None
