"""The page before a commit, which says what will be done, and the page after it, which says what was."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.widgets.label import PlainLabel
from gui.wizards.host import Host
from gui.wizards.page import Page

Rows = Callable[[], Sequence[tuple[str, str]]]


class Review(Page):
    """Everything that was typed, once more; `rows` are (what, value), empty values left out."""

    def __init__(self, host: Host, rows: Rows, intro: str, step: str = "review") -> None:
        super().__init__(host, step)
        self.titled(self.tr("Review"), self.tr("Review"), intro)
        self._rows = rows

    def enter(self) -> None:
        """Told anew each time."""
        while self.form.rowCount():
            self.form.removeRow(0)
        for place, (what, value) in enumerate(self._rows()):
            if value:
                label = PlainLabel(value, f"review{place}", selectable=True)
                label.setAccessibleName(f"{what}: {value}")
                words = PlainLabel(what, f"review{place}Label")
                words.setProperty("quiet", "true")
                words.setWordWrap(False)
                self.form.addRow(words, label)
        super().enter()


class Done(Page):
    """What was made, where it is, and what to do next: each `onward` is (name, words, what, about)."""

    def __init__(
        self,
        host: Host,
        told: Callable[[], tuple[str, str]],
        onward: Callable[[], Sequence[tuple[str, str, str, str]]] = lambda: (),
        step: str = "done",
    ) -> None:
        super().__init__(host, step)
        self.titled(self.tr("Done"), self.tr("Done"), self.tr("It stands in the activity log."))
        self.setFinalPage(True)
        self._told, self._onward = told, onward
        self._next = QWidget()
        self._next.setProperty("clear", "true")
        self._buttons = QHBoxLayout(self._next)
        self._buttons.setContentsMargins(0, 0, 0, 0)

    def enter(self) -> None:
        """Told once the result is there."""
        super().enter()
        kind, text = self._told()
        self.banner.tell(kind, text)
        self.column.removeWidget(self._next)
        self.column.addWidget(self._next)
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        for name, words, what, about in self._onward():
            button = QPushButton(words)
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, what=what, about=about: self.host.follow(what, about))
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
