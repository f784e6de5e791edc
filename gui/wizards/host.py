"""What a page may ask of its wizard."""

from typing import Any

from PySide6.QtWidgets import QAbstractButton, QWizard

from core.errors.base import Refused
from core.flows.facts import Facts
from core.flows.step import Flow
from gui.bench import Bench


class Host(QWizard):
    """The state, the facts, and the ways on; `gui.wizards.wizard` has the whole."""

    flow: Flow
    bench: Bench

    @property
    def known(self) -> Facts:
        """The facts of the workspace."""
        raise NotImplementedError

    def go_on(self) -> QAbstractButton:
        """The button that goes on from here: Next, the commit or Close."""
        which = QWizard.WizardButton
        buttons = [self.button(each) for each in (which.NextButton, which.CommitButton, which.FinishButton)]
        return next((each for each in buttons if each.isVisible()), buttons[0])

    def typed(self, field: str, value: Any) -> None:
        """Take a typed value."""
        raise NotImplementedError

    def keeping(self, step: str) -> tuple[Refused, ...]:
        """What keeps a person on a step."""
        raise NotImplementedError

    def follow(self, what: str, about: str) -> None:
        """Close this one and ask the window for another."""
        raise NotImplementedError
