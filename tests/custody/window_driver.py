"""The window, driven from inside its own process: sign in, work, lock; then it waits to be looked into.

    window_driver.py WORKSPACE PLANT NAME=HEX ...

Passphrases come as hex of their XOR with 0x2a and are typed key by key, so that nothing but the program ever holds
one whole. PLANT "yes" keeps copies on purpose: the control that the scan has to find.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.vault import memory

memory.start_again()
memory.harden()

from PySide6.QtCore import QSettings  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout  # noqa: E402

from core.model.custody import OpenSession, Signable  # noqa: E402
from core.services import custody, sessions  # noqa: E402
from core.services.opening import Hands  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.window import MainWindow  # noqa: E402

PLANTED: list[Any] = []


def wait(until: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    for _ in range(1000):
        if until():
            return
        QTest.qWait(20)
    raise SystemExit("it never came")


def typed(field: QLineEdit, coded: str) -> None:
    """Key by key."""
    field.setFocus()
    for at in range(0, len(coded), 2):
        QTest.keyClick(field, chr(int(coded[at : at + 2], 16) ^ 0x2A))


def custodians(window: MainWindow, coded: dict[str, str]) -> None:
    """Two custodians type into one dialog; a session is opened and ended."""
    desk, dialog, ended = window.desk, QDialog(window), []
    column = QVBoxLayout(dialog)
    for name in coded:
        field = QLineEdit()
        field.setObjectName(name)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(field)
    dialog.show()
    for name, keys in coded.items():
        typed(dialog.findChild(QLineEdit, name), keys)

    def work(values: dict[str, str]) -> None:
        command = OpenSession("root", tuple(values), {Signable.CRL: 1})
        sessions.open_session(desk, command, Hands(values)).end()

    values = {name: dialog.findChild(QLineEdit, name).text() for name in coded}
    window.lane.do(lambda: work(values), lambda _result, error: ended.append(error))
    wait(lambda: bool(ended))
    assert ended == [None]
    dialog.deleteLater()


def signed_in(workspace: str, coded: dict[str, str]) -> MainWindow:
    """The window in which the first of them has signed in, at the second try."""
    window = MainWindow(Preferences(QSettings(str(Path(workspace).parent / "s.ini"), QSettings.Format.IniFormat)))
    window.show()
    window.open(Path(workspace))
    card, first = window.card, next(iter(coded))
    card.person.setCurrentIndex(card.person.findData(first))
    typed(card.passphrase, "".join(coded[first][at : at + 2] for at in range(len(coded[first]) - 2, -2, -2)))
    card.go.click()  # backwards: a wrong one, whose exception holds frames
    wait(lambda: card.go.isEnabled())
    typed(card.passphrase, coded[first])
    card.go.click()
    wait(lambda: window.desk.session is not None and not window.door.locked)
    return window


def main() -> None:
    """Sign in, work, lock, wait."""
    workspace, plant, *people = sys.argv[1:]
    coded = dict(each.split("=") for each in people)
    app, first = QApplication(["anchorhold"]), next(iter(coded))
    window = signed_in(workspace, coded)
    if plant == "yes":
        PLANTED.append(bytes(bytearray(window.desk.session.secret)))
        PLANTED.append("".join(chr(int(coded[first][at : at + 2], 16) ^ 0x2A) for at in range(0, len(coded[first]), 2)))
        PLANTED.append(QLineEdit(PLANTED[-1]))
    if custody.keys(window.desk):
        custodians(window, coded)
    window.lock()
    wait(lambda: window.desk.session is None)
    QTest.qWait(200)
    print("ready", flush=True)
    while sys.stdin.readline():
        app.processEvents()


if __name__ == "__main__":
    main()
