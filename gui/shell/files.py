"""File dialogs behind one door, so that tests can say that none is native."""

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def _options() -> QFileDialog.Option:
    plain = os.environ.get("QT_QPA_PLATFORM") == "offscreen"
    return QFileDialog.Option.DontUseNativeDialog if plain else QFileDialog.Option(0)


def open_file(parent: QWidget, title: str, kinds: str = "") -> Path | None:
    """A file to read."""
    found, _ = QFileDialog.getOpenFileName(parent, title, "", kinds, options=_options())
    return Path(found) if found else None


def open_files(parent: QWidget, title: str) -> tuple[Path, ...]:
    """Files to read, any number of them."""
    found, _ = QFileDialog.getOpenFileNames(parent, title, "", "", options=_options())
    return tuple(Path(each) for each in found)


def save_file(parent: QWidget, title: str, name: str, kinds: str = "") -> Path | None:
    """A file to write."""
    found, _ = QFileDialog.getSaveFileName(parent, title, name, kinds, options=_options())
    return Path(found) if found else None


def ending(path: Path, suffix: str) -> Path:
    """The name with that ending, where somebody typed none."""
    return path if path.suffix else path.with_suffix(suffix)


def new_folder(parent: QWidget, title: str) -> Path | None:
    """A folder to write into."""
    found = QFileDialog.getExistingDirectory(parent, title, "", options=_options())
    return Path(found) if found else None
