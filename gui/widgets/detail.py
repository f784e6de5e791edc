"""The right-hand pane: what is known of one link, device or key, and its next step. Reading never needs a dialog."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextOption
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from core.late import dataclass
from core.model.advice import Act, Offer
from core.words.advice import button, why_not
from gui.look import grown
from gui.widgets.card import clear
from gui.widgets.fingerprint import Fingerprint
from gui.widgets.icons import IconView
from gui.widgets.label import Heading, PlainLabel
from gui.widgets.marks import Mark

_ENDS = (Act.RETIRE_LINK, Act.RETIRE_DEVICE, Act.RUN_OFF, Act.DESTROY)
_SHOWN = 3  # buttons with their reasons; what ends a link or device stands apart, in the menu of its row


@dataclass(frozen=True)
class Part:
    """One block of the pane; `fingerprint` is (label, hex) of an approved key, never of another."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    fingerprint: tuple[str, str] | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Detail:
    """What the pane shows."""

    title: str
    mark: Mark
    parts: tuple[Part, ...]
    offers: tuple[Offer, ...]
    text: Callable[[], str] | None = None  # all of it as plain text, made when somebody looks


class DetailPane(QFrame):
    """`wanted` is (act, about)."""

    wanted = Signal(str, str)

    def __init__(self, name: str = "detail") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("pane", "true")
        self.setAccessibleName(self.tr("Details"))
        self._name, self._shown = name, ""
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setObjectName(f"{name}Scroll")
        self._scroll.setAccessibleName(self.tr("Details"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tabs = QTabBar()
        self._tabs.setObjectName(f"{name}Tabs")
        self._tabs.setAccessibleName(self.tr("Details or text"))
        self._tabs.addTab(self.tr("Details"))
        self._tabs.addTab(self.tr("Text"))
        self._tabs.setExpanding(False)
        self._tabs.currentChanged.connect(lambda _at: self._fill())
        self._detail: Detail | None = None
        above = QVBoxLayout()
        above.addWidget(self._tabs)
        above.addWidget(self._scroll, 1)
        self._box.addLayout(above, 1)
        self._buttons = QVBoxLayout()
        self._buttons.setContentsMargins(14, 8, 14, 12)
        self._buttons.setSpacing(6)
        self._box.addLayout(self._buttons)
        self.setFocusProxy(self._scroll)

    def stands_below(self, *, below: bool) -> None:
        """Under the page the buttons stand beside the text, since height is what is short there."""
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.LeftToRight if below else ways.TopToBottom)
        self.setProperty("pane", "below" if below else "true")
        self.style().unpolish(self)
        self.style().polish(self)

    def present(self, detail: Detail, hindrance: str = "") -> None:
        """Show `detail`; `hindrance` is why nothing can be changed now, a key of `WHY_NOT`."""
        self._detail = detail
        self._tabs.setVisible(detail.text is not None)
        self._fill()
        self._offers(detail, hindrance)

    def _fill(self) -> None:
        detail = self._detail
        if detail is None:
            return
        scrolled = self._scroll.verticalScrollBar().value() if self._same(detail) else 0
        body = QWidget()
        body.setProperty("clear", "true")
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(Heading(detail.title, f"{self._name}Title", "part"))
        column.addWidget(_state(detail.mark, f"{self._name}State"))
        if detail.text is not None and self._tabs.currentIndex() == 1:
            column.addWidget(self._plain(detail.text()), 1)
        else:
            for place, part in enumerate(detail.parts):
                self._part(column, place, part)
        column.addStretch(1)
        self._scroll.setWidget(body)
        # A fingerprint is never cut: the pane is as wide as its widest line, and only scrolls down.
        across = body.minimumSizeHint().width() + self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(max(grown(260), across))
        self._scroll.verticalScrollBar().setValue(scrolled)

    def _plain(self, text: str) -> QPlainTextEdit:
        """Wrapped anywhere, so that no digit of a long value is cut."""
        made = QPlainTextEdit(text)
        made.setObjectName(f"{self._name}Plain")
        made.setAccessibleName(self.tr("Text"))
        made.setReadOnly(True)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setTabChangesFocus(True)
        made.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        made.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        made.setMinimumHeight(grown(420))
        return made

    def _same(self, detail: Detail) -> bool:
        same, self._shown = self._shown == detail.title, detail.title
        return same

    def _part(self, column: QVBoxLayout, place: int, part: Part) -> None:
        name = f"{self._name}Part{place}"
        if part.title:
            column.addSpacing(4)
            column.addWidget(Heading(part.title, f"{name}Title", "part"))
        if part.sentence:
            column.addWidget(PlainLabel(part.sentence, f"{name}Text", selectable=True))
        if part.fingerprint:
            column.addWidget(Fingerprint(*part.fingerprint, f"{name}Fingerprint"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (label, text) in enumerate(part.facts):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(PlainLabel(label, f"{name}Label{row}").quiet().one_line(), row, 0, top)
            grid.addWidget(PlainLabel(text, f"{name}Fact{row}", selectable=True), row, 1, top)
        column.addLayout(grid)

    def _offers(self, detail: Detail, hindrance: str) -> None:
        clear(self._buttons)
        beside = [offer for offer in detail.offers if offer.act not in _ENDS]
        for offer in beside[:_SHOWN]:
            reason = why_not(hindrance or offer.why_not)
            press = offer_button(offer, reason, spoken(detail, offer))
            press.clicked.connect(lambda _=False, offer=offer: self.wanted.emit(offer.act.value, offer.about))
            press.setProperty("primary", "true" if offer.due else "false")
            self._buttons.addWidget(press)
            if reason and not hindrance:
                self._buttons.addWidget(PlainLabel(reason, f"{press.objectName()}Why").quiet())
        if hindrance:
            self._buttons.addWidget(PlainLabel(why_not(hindrance), f"{self._name}Why").quiet())
        self._buttons.addStretch(1 if self._box.direction() == QBoxLayout.Direction.LeftToRight else 0)


def spoken(detail: Detail, offer: Offer) -> str:
    """What an offer is about, as the pane names it: a number or short word of the program's own is not read out."""
    said = [detail.title, *(text for part in detail.parts for text in (part.title, *(fact for _, fact in part.facts)))]
    return offer.about if any(offer.about in text for text in said) else detail.title


def offer_button(offer: Offer, reason: str, about: str) -> QPushButton:
    """A button for an offer; where it cannot be used, its description says why."""
    made = QPushButton(words(offer.act))
    made.setAutoDefault(True)  # Enter presses it, as in a dialog
    made.setObjectName(f"offer_{offer.act.value}")
    made.setAccessibleName(f"{button(offer.act)}: {about}")
    made.setAccessibleDescription(reason)
    made.setEnabled(not reason)
    return made


def words(act: Act) -> str:
    """An act as a button or menu entry that opens a dialog."""
    return button(act) + "\u2026"


def _state(mark: Mark, name: str) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(IconView(mark.name, mark.tone))
    row.addWidget(PlainLabel(mark.word, name), 1)
    return box
