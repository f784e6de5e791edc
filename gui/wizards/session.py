"""The open signing session inside a wizard, which keeps its owner from the status bar: what is left of it, and its end."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.model.custody import Standing
from core.services.desk import Desk
from gui.jobs import Lane
from gui.widgets.icons import IconView
from gui.widgets.label import PlainLabel

KEYS = "Ctrl+Shift+X"
_EVERY = 250  # ms: the seconds that are shown must not skip one


class SessionBar(QFrame):
    """Hidden while no CA key is open. It stands at the head of the page that is shown, which `stand` says."""

    def __init__(self, parent: QWidget, desk: Desk, lane: Lane) -> None:
        super().__init__(parent)
        self.setObjectName("wizardSession")
        self.setProperty("card", "true")
        self._desk, self._lane = desk, lane
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(IconView("key", "warn"))
        self.said = PlainLabel("", "wizardSessionWords")
        row.addWidget(self.said, 1)
        self.press = QPushButton(self.tr("End session"))
        self.press.setObjectName("wizardSessionEnd")
        self.press.setAccessibleName(self.tr("End the signing session"))
        self.press.setToolTip(KEYS)
        self.press.clicked.connect(self.end)
        row.addWidget(self.press)
        QShortcut(QKeySequence(KEYS), parent, self.end)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.tick)
        self._clock.start(_EVERY)
        self.hide()

    def stand(self, page: QWidget) -> None:
        """At the head of this page from now on."""
        layout = page.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self)
            self.tick()

    def tick(self) -> None:
        """The countdown of every open CA key."""
        from core.words.custody import session_line

        seen = [each.look() for each in self._desk.sessions]
        said = "  \u00b7  ".join(session_line(each) for each in seen if isinstance(each, Standing))
        self.said.setText(said)
        self.said.setAccessibleName(said)
        self.setVisible(bool(said))

    def end(self) -> None:
        """Close CA keys now, whatever the lane does; what runs is told so, and the rows follow."""
        if self._desk.sessions:
            self._desk.halt("done")
            self._lane.do(self._desk.end_sessions, lambda _result, _error: None)
        self.tick()
