"""Where a wizard is: its steps in order, read-only, told to a screen reader as "Step 2 of 4"."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.widgets.label import PlainLabel


class StepList(QFrame):
    """QWizard.setSideWidget does not take ownership: the wizard keeps this one by reference."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("wizardSteps")
        self.setProperty("card", "true")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 16, 12)
        self._column.setSpacing(12)
        self._labels: list[PlainLabel] = []
        self._column.addStretch(1)
        self._whom = PlainLabel("", "wizardCommunity", self).quiet()
        self._whom.hide()
        self._column.addWidget(self._whom)

    def serve(self, community: str) -> None:
        """The one community that the workspace serves (A6), in sight of whoever adds something to it."""
        self._whom.setText(self.tr("For: {community}").format(community=community))
        self._whom.setVisible(bool(community))

    def show_steps(self, titles: Sequence[str], now: int) -> str:
        """Show them with the current one (0-based) in bold; returns what was said of it."""
        while len(self._labels) < len(titles):
            label = PlainLabel("", f"wizardStep{len(self._labels) + 1}", self)
            label.setWordWrap(False)
            self._labels.append(label)
            self._column.insertWidget(len(self._labels) - 1, label)
        for place, label in enumerate(self._labels):
            label.setVisible(place < len(titles))
            if place < len(titles):
                label.setText(f"{place + 1}.  {titles[place]}")
                font = label.font()
                font.setBold(place == now)
                label.setFont(font)
        said = self.tr("Step {now} of {all}: {title}").format(now=now + 1, all=len(titles), title=titles[now])
        self.setAccessibleName(said)
        return said
