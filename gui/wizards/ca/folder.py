"""A field for a folder, with a button to choose it."""

from gui.shell.files import new_folder
from gui.wizards.page import Page


def folder_row(page: Page, label: str, hint: str, *, keyed: bool = True) -> None:
    """The field `to` of a page; not `keyed` where another field of the page is chosen by the same letter."""
    ask = page.tr("A folder")
    page.path_line("to", label, page.tr("Choose a folder"), lambda: new_folder(page, ask), hint, keyed=keyed)
