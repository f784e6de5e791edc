"""A field for a folder, with a button to choose it."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from gui.shell.files import new_folder
from gui.wizards.page import Page


class FolderRow:
    """The field `to` of a page."""

    def __init__(self, page: Page, label: str, hint: str) -> None:
        self._page = page
        line = QLineEdit()
        line.textChanged.connect(lambda text: page.changed("to", text))
        choose = QPushButton(page.tr("C&hoose\u2026"))
        choose.setObjectName("toChoose")
        choose.setAccessibleName(page.tr("Choose a folder"))
        choose.clicked.connect(self._choose)
        box = QWidget()
        box.setProperty("clear", "true")
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line)
        row.addWidget(choose)
        page.row("to", label, line, hint, around=box)

    def _choose(self) -> None:
        found = new_folder(self._page, self._page.tr("A folder"))
        if found:
            self._page.changed("to", str(found))
