"""The window's wizards that show or print a secret once, driven from inside their process; then it waits to be looked into.

    secret_driver.py WORKSPACE sheet|words PLANT NAME=HEX

Secrets travel as in `window_driver`: it says the ten words so, and takes the sheet's words so, to type them back.
"""

import sys

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from gui import wizards
from gui.bench import Bench
from gui.wizards.ca.once import ShownOnce
from gui.wizards.discard import Discard
from gui.wizards.wizard import Wizard
from tests.custody.window_driver import PLANTED, signed_in, typed, wait


def press(dialog: Wizard, name: str) -> None:
    """A button of the page that is shown, or of the wizard."""
    button = dialog.currentPage().findChild(QAbstractButton, name) or dialog.findChild(QAbstractButton, name)
    button.click()


def fill(dialog: Wizard, name: str, coded: str) -> None:
    """A field of the page that is shown."""
    typed(dialog.currentPage().findChild(QLineEdit, name), coded)


def arrived(dialog: Wizard, step: str) -> None:
    """Wait for the page."""
    wait(lambda: dialog.here().step == step)


def sheet(dialog: Wizard, coded: str) -> str:
    """Draw it, print it, type it back from the paper that the test has; the words, coded."""
    for name in ("passphrase", "held"):
        fill(dialog, name, coded)
    press(dialog, "wizardCommit")
    arrived(dialog, "print")
    press(dialog, "printSheet")
    wait(lambda: not dialog.busy and bool(dialog.flow.value("printed")))
    press(dialog, "wizardNext")
    print("printed", flush=True)
    words = sys.stdin.readline().strip()
    fill(dialog, "words", words)
    press(dialog, "wizardCommit")
    arrived(dialog, "done")
    press(dialog, "wizardFinish")
    return words


def ten_words(dialog: Wizard, _coded: str) -> str:
    """Have them made and shown, write them down, type them, and leave; the words, coded."""
    dialog.typed("custodians", ("alice", "bob"))
    dialog.committed = True  # the pages before it ask for no secret
    dialog.setCurrentId(next(number for number in dialog.pageIds() if dialog.page(number).step == "custodians"))
    dialog.committed = False
    dialog.currentPage().update_page()
    press(dialog, "words_alice")
    (shown,) = dialog.findChildren(ShownOnce)
    QTest.qWait(50)
    words = "".join(f"{ord(each) ^ 0x2A:02x}" for each in dialog.flow.made["alice"])
    press_close = shown.findChild(QAbstractButton, "shownClose")
    press_close.click()
    fill(dialog, "hand_alice", words)
    print(words, flush=True)
    dialog.reject()
    (question,) = dialog.findChildren(Discard)
    question.accept()
    return words


def main() -> None:
    """Sign in, go through the wizard, close it, wait."""
    workspace, what, plant, person = sys.argv[1:]
    name, coded = person.split("=")
    app = QApplication(["anchorhold"])
    window = signed_in(workspace, {name: coded})
    dialog = wizards.make("sheet" if what == "sheet" else "root", "", Bench(window, window.lane, window.desk), "")
    assert isinstance(dialog, Wizard)
    window.windows.open(dialog)
    words = (sheet if what == "sheet" else ten_words)(dialog, coded)
    if plant == "yes":
        PLANTED.append("".join(chr(int(words[at : at + 2], 16) ^ 0x2A) for at in range(0, len(words), 2)))
        PLANTED.append(QLineEdit(PLANTED[-1]))
    wait(lambda: window.windows.dialog is None)
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QTest.qWait(200)
    print("ready", flush=True)
    while sys.stdin.readline():
        app.processEvents()


main()
