"""A field for a folder, with a button to choose it."""

from PySide6.QtWidgets import QLineEdit

from gui.shell.files import new_folder
from gui.wizards.inputs import with_chooser
from gui.wizards.page import Page


class FolderRow:
    """The field `to` of a page; not `keyed` where another field of the page is chosen by the same letter."""

    def __init__(self, page: Page, label: str, hint: str, *, keyed: bool = True) -> None:
        self._page = page
        line = QLineEdit()
        line.textChanged.connect(lambda text: page.changed("to", text))
        box = with_chooser(line, "to", page.tr("Choose a folder"), self._choose, keyed=keyed)
        page.row("to", label, line, hint, around=box)

    def _choose(self) -> None:
        found = new_folder(self._page, self._page.tr("A folder"))
        if found:
            self._page.changed("to", str(found))
