"""Run in a session of its own: signs in to a workspace through the window's door, prints each warning, closes."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from gui.jobs import Lane
from gui.shell.door import Door

app = QCoreApplication(sys.argv)
owner = QObject()
door = Door(owner, Lane(owner))
door.warned.connect(print)
door.refused.connect(lambda said, _wait, _read: app.exit(print(said) or 1))
door.entered.connect(lambda: QTimer.singleShot(300, app.quit))
door.open(Path(sys.argv[1]))
door.unlock("alice", sys.argv[2])
QTimer.singleShot(20000, lambda: app.exit(2))
code = app.exec()
door.close()
sys.exit(code)
