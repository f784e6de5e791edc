"""A paper as it will be printed, to read on the screen: its own HTML, in which no text of others is markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser

from core.exports.papers import html
from core.model.papers import Paper
from core.services.papers import picture


class PaperView(QTextBrowser):
    """Black on white in every look, as on paper; nothing in it can be followed or fetched."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setProperty("paper", "true")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 12)

    def tell(self, paper: Paper) -> None:
        """Show it."""
        self.setHtml(html(paper, picture))
