"""Wizards into which somebody types what nobody may see: it is gone once it has done its work, and when the window hides."""

from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit

from gui.wizards.wizard import Wizard


class SecretWizard(Wizard):
    """Its state knows how to be without secrets (`forgotten`); a lock hides the window, and so forgets them too."""

    def told(self, result: Any) -> None:
        """What was typed has done its work."""
        self.forget()
        super().told(result)

    def hideEvent(self, event: QHideEvent) -> None:
        """What hides the window forgets what was typed unseen, and nothing else."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.forget()

    def forget(self) -> None:
        """Take every secret out of the state and the fields."""
        self.flow = self.flow.forgotten()  # type: ignore[attr-defined]  # those that ask for one have it
        for each in self.findChildren(QLineEdit):
            if each.echoMode() is QLineEdit.EchoMode.Password or each.property("forgets"):
                each.clear()
