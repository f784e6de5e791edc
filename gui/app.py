"""Qt's side of the start: the application, its look, its window."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from gui.look import dress
from gui.window import MainWindow


def run(arguments: list[str]) -> int:
    """Open the window, on a workspace where one is named, and return the exit code."""
    app = QApplication(["anchorhold"])
    app.setApplicationName("Anchorhold")
    app.setDesktopFileName("anchorhold")
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "anchorhold", "anchorhold")
    dress(app, str(settings.value("look", "system")), int(str(settings.value("zoom", 100))))
    window = MainWindow(settings)
    window.resize(1280, 800)
    path = next((Path(each) for each in arguments if each.endswith(".anchorhold")), None)
    if path is not None:
        window.open(path, read_only="--read-only" in arguments)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
