"""Run in a session of its own: the window over a workspace, signed in by the card's keyring button; Settings forgets it."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gui.preferences import Preferences
from gui.window import MainWindow

app = QApplication(sys.argv)
path = Path(sys.argv[1])
settings = QSettings(str(path.with_name("window.ini")), QSettings.Format.IniFormat)
window = MainWindow(Preferences(settings))
window.show()
done: list[str] = []


def step() -> None:
    """One after the other, each when what it waits for is there."""
    own = window.work.settings.own
    if not done and window.card.keyring.isVisible():
        done.append("pressed")
        window.card.keyring.click()
    elif done == ["pressed"] and window.stack.currentWidget() is window.work:
        done.append("entered")
        window._tick(0)
        print("WHO", window.status.who.text())
        window.work.go("settings")
    elif done == ["pressed", "entered"] and own.forget.isVisible():
        done.append("forgot")
        print("OWN", own.words.text())
        own.forget.click()
    elif done == ["pressed", "entered", "forgot"] and own.keep.isVisible():
        print("OWN", own.words.text())
        window.close()
        app.exit(0)


clock = QTimer()
clock.timeout.connect(step)
clock.start(50)
QTimer.singleShot(30000, lambda: app.exit(2))
window.open(path)
sys.exit(app.exec())
