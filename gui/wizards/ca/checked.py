"""What a foreign certificate, CRL or request is, in words: nothing of it is kept, and nothing is trusted by it."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from core.errors.base import Expected
from core.services.checks import check
from core.words.checks import lines
from core.words.say import sentence
from gui.bench import Bench
from gui.widgets.label import Heading, PlainLabel
from gui.wizards.inputs import Copyable

_LIMIT = 64 * 1024 * 1024


class CheckDialog(QDialog):
    """The verdict, to read and copy."""

    def __init__(self, bench: Bench, path: str) -> None:
        super().__init__(bench.window)
        self.setObjectName("wizard_check")
        self.setWindowTitle(self.tr("Check a file"))
        column = QVBoxLayout(self)
        column.addWidget(Heading(Path(path).name, "checkTitle", "part"))
        intro = self.tr(
            "Nothing of it is kept, and nothing is trusted by it. Issuers are looked for in the file and in this workspace."
        )
        column.addWidget(PlainLabel(intro, "checkIntro"))
        self.told = Copyable("checkTold", self.tr("What it is"), lines=10, wraps=True)
        column.addWidget(self.told, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setObjectName("checkClose")
        close.setText(self.tr("Cl&ose"))
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 100, self.fontMetrics().lineSpacing() * 24)
        self.told.tell(_judged(bench, Path(path)))


def _judged(bench: Bench, path: Path) -> str:
    assert bench.desk is not None  # noqa: S101 - the window asks only over an open workspace
    try:
        with path.open("rb") as file:
            return "\n".join(lines(check(bench.desk, file.read(_LIMIT + 1), (), ())))
    except Expected as refusal:
        return sentence(refusal)
    except OSError as error:
        return str(error.strerror)
