"""The own sign-in on this workstation: kept or not, and why it cannot be."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from core.errors.base import Expected
from core.errors.people import NotSignedIn
from core.errors.workspace import WrongKind
from gui.widgets.label import PlainLabel


class OwnSignIn(QFrame):
    """`asks` wants to know how it stands, `keeps` opens the wizard, `forgets` takes it out."""

    asks = Signal()
    keeps = Signal()
    forgets = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ownSignIn")
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        self.words = PlainLabel("", "ownSignInWords")
        column.addWidget(self.words)
        row = QHBoxLayout()
        self.keep = self._button("ownKeep", self.tr("Keep my sign-in on this workstation\u2026"), self.keeps)
        self.forget = self._button("ownForget", self.tr("Forget my sign-in"), self.forgets)
        row.addWidget(self.keep)
        row.addWidget(self.forget)
        row.addStretch(1)
        column.addLayout(row)
        self._show("", keep=False, forget=False)

    def _button(self, name: str, words: str, press: object) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words.removesuffix("\u2026"))
        button.clicked.connect(press)
        return button

    def _show(self, text: str, *, keep: bool, forget: bool) -> None:
        self.words.setText(text)
        self.keep.setVisible(keep)
        self.forget.setVisible(forget)

    def tell(self, kept: object, error: BaseException | None) -> None:
        """What the core answered."""
        asked = self.tr("Second comparisons and approvals ask for the passphrase all the same.")
        if error is None:
            yes = self.tr("The keyring of this workstation keeps your sign-in for this workspace.")
            no = self.tr(
                "Your passphrase is asked for at each sign-in. The keyring of this workstation can keep it for you."
            )
            self._show(f"{yes if kept else no} {asked}", keep=not kept, forget=bool(kept))
        elif isinstance(error, NotSignedIn):
            self._show(self.tr("Nobody is signed in."), keep=False, forget=False)
        elif isinstance(error, WrongKind):
            said = self.tr("Where there is a CA key, no sign-in is kept: everybody types their passphrase.")
            self._show(said, keep=False, forget=False)
        else:
            from core.words.say import sentence

            said = sentence(error) if isinstance(error, Expected) else type(error).__name__
            self._show(said, keep=False, forget=False)
