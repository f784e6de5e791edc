"""Where the dialogs and wizards work: the window over which they open, its lane, and the open workspace."""

from typing import Any

from PySide6.QtWidgets import QWidget

from core.late import dataclass
from core.services.desk import Desk
from gui.jobs import Lane


@dataclass(frozen=True)
class Bench:
    """`desk` is None before a workspace is open: the first run makes one.

    `found` is what the wizard's reading brought (`gui.wizards.reading`), None where it has none.
    """

    window: QWidget
    lane: Lane
    desk: Desk | None
    found: Any = None
