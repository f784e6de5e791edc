"""The desktop's own lock, over a real session bus."""

import os
import subprocess
import sys

import pytest

from tests.house.sources import ROOT
from tests.real import need

# The listener of the window, and the signal that GNOME and KDE send, in one process on a bus of its own.
SCRIPT = """
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from gui.shell.idle import Idle
app = QApplication([])
parent = QWidget()
idle = Idle(parent)
parent.show()  # it listens once it is painted
idle.session_locked.connect(lambda: (print("locked"), app.quit()))
def send():
    for active in (False, True):
        signal = QDBusMessage.createSignal("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
        signal.setArguments([active])
        QDBusConnection.sessionBus().send(signal)
QTimer.singleShot(700, send)
QTimer.singleShot(5000, app.quit)
app.exec()
"""


@pytest.mark.real
def test_the_window_hears_the_desktop_lock() -> None:
    (run,) = need("dbus-run-session")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [run, "--", sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "locked\n", done.stderr
