"""Qt's side of the start: the application, its look, its windows."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from core.vault import memory
from gui.collector import Collector
from gui.look import dress, style
from gui.preferences import Preferences
from gui.shell.ends import Ends
from gui.widgets.icons import icon
from gui.window import PAINTED, MainWindow

_windows: set[MainWindow] = set()


def settings(arguments: list[str]) -> QSettings:
    """An INI file of the person, or with `--portable` one beside the program (the stick of an offline root)."""
    if "--portable" in arguments:
        return QSettings(str(Path(sys.argv[0]).resolve().parent / "anchorhold.ini"), QSettings.Format.IniFormat)
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "anchorhold", "anchorhold")


def open_window(preferences: Preferences) -> MainWindow:
    """A further main window, kept until it closes; it is shown."""
    window = _made(preferences)
    window.show()
    return window


def _made(preferences: Preferences) -> MainWindow:
    window = MainWindow(preferences)
    _windows.add(window)
    window.destroyed.connect(lambda: _windows.discard(window))
    window.another.connect(lambda: _beside(window))
    if not window.restoreGeometry(preferences.state("window")):
        window.resize(1280, 800)
    return window


def _beside(window: MainWindow) -> None:
    """A second window on the same file."""
    made = open_window(window.preferences)
    if window.desk is not None:
        made.open(window.desk.file.path)


def clothe(app: QApplication, preferences: Preferences) -> None:
    """Look and text size now, and again whenever the preference or the system's own look changes."""

    def again() -> None:
        dress(app, preferences.look, preferences.zoom)

    again()
    preferences.changed.connect(again)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: again())


def run(arguments: list[str]) -> int:
    """Open the window, on a workspace where one is named, and return the exit code.

    Measured: dressing a window that stands costs a third of dressing each part as it is put in (15 against 67 ms). It
    is shown once, with its first rows.
    """
    app = QApplication(["anchorhold"])
    app.setApplicationName("Anchorhold")
    app.setDesktopFileName("anchorhold")
    style(app)
    preferences = Preferences(settings(arguments))
    if preferences.zoom != 100:  # parts that stand when the text grows keep the small size of their making
        dress(app, preferences.look, preferences.zoom)
    window = _made(preferences)
    Ends(app, lambda: _end(app))
    path = next((Path(each) for each in arguments if each.endswith(".anchorhold")), None)
    if path is None:
        _reveal(app, window)
    else:
        if "--read-only" not in arguments:
            memory.overwrite()  # somebody signs in
        window.ready.connect(lambda: _reveal(app, window))
        window.open(path, read_only="--read-only" in arguments)
    return app.exec()


def _end(app: QApplication) -> None:
    """Close every window and its file; what runs stops at its next step, unless it is committing."""
    for window in tuple(_windows):
        if window.lane.job is not None:
            window.lane.job.cancel()
        window.close()
    app.quit()


def _reveal(app: QApplication, window: MainWindow) -> None:
    if window.isVisible():
        return
    clothe(app, window.preferences)
    app.setWindowIcon(icon("shield-check", "accent"))
    window.show()
    app.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # painted once, with everything in its place
    QTimer.singleShot(0, app, lambda: _collect(app))
    QTimer.singleShot(PAINTED, window, memory.overwrite)


def _collect(app: QApplication) -> None:
    """Garbage is collected again; what was made so far stays and is not looked through each time."""
    gc.freeze()
    Collector(app)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
