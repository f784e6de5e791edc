"""Python's search for cycles, in the window's thread alone.

By itself it runs in whatever thread happens to allocate, and with a dead cycle it deletes the widgets in it. A worker
that did so while Qt was walking over all widgets, with the interpreter's lock released, to give them another style
ended the program (a segmentation fault below `QApplication.setStyleSheet`).
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500  # ms


class Collector(QObject):
    """From here until `stop`, cycles are looked for between two events, as often as Python itself would."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def _look(self) -> None:
        """The oldest generation that is due, with the younger ones in it."""
        due = [
            n for n, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
        ]
        if due:
            gc.collect(due[-1])
