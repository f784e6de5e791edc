"""When to lock: nobody touched anything for a while, or the desktop's own session was locked."""

import os

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

_ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove)
_PAINTED = 400  # ms from showing


class Idle(QObject):
    """Counts seconds since the last key, click, wheel or movement anywhere in the program."""

    ticked = Signal(int)  # seconds of idleness
    session_locked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = 0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(1000)
        self._listens = False
        parent.installEventFilter(self)

    def touched(self) -> None:
        """Somebody is there."""
        self.seconds = 0

    def _tick(self) -> None:
        self.seconds += 1
        self.ticked.emit(self.seconds)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _ACTIVITY:
            self.seconds = 0
        elif kind == QEvent.Type.Show and not self._listens:
            self._listens = True
            QTimer.singleShot(_PAINTED, self, self._listen)
        return False

    def _listen(self) -> None:
        """Hear every key and click, once the window is painted; and the desktop's lock.

        Not before: Qt sends 4,000 events while the window is made, dressed and painted, and each would come by here;
        the first one from an object that Python does not know sets up every class that it could be (10 ms).

        Where there is no session bus (a server, a container) only the idle time counts.
        """
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.sessionBus()
        for name, path in (
            ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
            ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
            ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
        ):
            bus.connect("", path, name, "ActiveChanged", self, SLOT("active_changed(bool)"))  # type: ignore[call-overload]

    @Slot(bool)
    def active_changed(self, active: bool) -> None:
        """The desktop's lock came on or went off."""
        if active:
            self.session_locked.emit()
