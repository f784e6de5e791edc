"""A custodian's own stick: its file is chosen or typed, read at once, and its text is held until the wizard forgets it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from core.errors.cli import FileNotReadable
from core.flows.custody import Present
from core.media.files import at_most
from core.words.say import sentence
from gui.shell.files import open_file
from gui.wizards.inputs import with_chooser
from gui.wizards.page import Page

_STICK = 4096  # bytes: a stick's file is four lines


def stick_of(name: str) -> str:
    """The field of a custodian's stick."""
    return f"stick_{name}"


def stick_line(page: Page, name: str, full: str) -> tuple[QLineEdit, QWidget]:
    """The field and the box with its button beside it, not yet in a row."""
    line = QLineEdit()
    line.setProperty("forgets", True)  # noqa: FBT003 - whose text is gone has no file shown beside it

    def choose() -> None:
        found = open_file(page, page.tr("Choose a stick"))
        if found:
            line.setText(str(found))
            line.editingFinished.emit()

    def read() -> None:
        flow, path, text = page.host.flow, line.text().strip(), ""
        if not isinstance(flow, Present):
            return
        if path:
            try:
                text = at_most(Path(path).expanduser(), _STICK).decode("utf-8", "replace")
            except (OSError, ValueError):
                page.banner.tell("bad", sentence(FileNotReadable(path)))
        page.host.flow = flow.with_stick(name, text)
        page.update_page()

    line.editingFinished.connect(read)
    what = page.tr("Choose the stick of {name}").format(name=full)
    box = with_chooser(line, stick_of(name), what, choose)
    box.findChildren(QPushButton)[0].setText(page.tr("Stick\u2026"))  # one letter cannot stand for several
    return line, box


def stick_row(page: Page, name: str, full: str) -> QLineEdit:
    """A row for a custodian whose passphrase is joined with a stick."""
    line, box = stick_line(page, name, full)
    hint = page.tr("The file on {name}'s own stick: it and the passphrase open the key together.").format(name=name)
    page.row(stick_of(name), page.tr("Stick of {name}").format(name=full), line, hint, around=box, bound=False)
    return line
