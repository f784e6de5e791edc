"""F1: what the page in view is for, what the words mean, and what to do first."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from core.services.views import Health
from gui.widgets import marks
from gui.widgets.icons import IconView
from gui.widgets.label import Heading, PlainLabel


class Help(QDialog):
    """Plain sentences; nothing here needs the network."""

    def __init__(self, parent: QWidget, page: str) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setWindowTitle(self.tr("Help"))
        self.resize(600, 520)
        body = QWidget()
        body.setProperty("clear", "true")
        column = QVBoxLayout(body)
        column.setSpacing(10)
        title, text = self._texts()[page]
        column.addWidget(Heading(title, "helpTitle"))
        column.addWidget(PlainLabel(text, "helpText", selectable=True))
        if page in ("links", "keys", "verify", "overview"):
            column.addWidget(Heading(self.tr("What the states mean"), "helpStates", "part"))
            for health, words in self._states().items():
                column.addWidget(self._state(health, words))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("helpScroll")
        scroll.setAccessibleName(self.windowTitle())
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.addWidget(scroll)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("helpClose")
        buttons.rejected.connect(self.reject)
        outer.addWidget(buttons)

    def _state(self, health: Health, words: str) -> QWidget:
        from PySide6.QtWidgets import QHBoxLayout

        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        mark = marks.health(health)
        row.addWidget(IconView(mark.name, mark.tone))
        row.addWidget(PlainLabel(f"{mark.word}: {words}", f"helpState{health.name}"), 1)
        return box

    def _states(self) -> dict[Health, str]:
        return {
            Health.RECEIVED: self.tr("a key is on file and nobody has compared it with its owner."),
            Health.COMPARED: self.tr("one person has compared it; a second one is needed, over another channel."),
            Health.VERIFIED: self.tr("two people have compared it. It can be exported."),
            Health.TELEPHONE: self.tr("verified, but by telephone alone. Compare it once more another way."),
            Health.CHANGED: self.tr("a newer key came. Nothing of the device leaves until people have decided."),
            Health.QUARANTINED: self.tr("what the owner reads is another key than the one on file."),
            Health.LOOKALIKE: self.tr("start and end agree, the middle does not: made to deceive."),
            Health.OVERDUE: self.tr("the day to compare it again has passed."),
        }

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "start": (self.tr("Anchorhold"), self.tr(
                "Make a workspace, add the two devices of a link, receive each key, let two people compare it with the far "
                "end, and export one folder per device.")),
            "overview": (self.tr("Overview"), self.tr(
                "The list says what to do now, the most urgent first. Each line has one button. Empty means: nothing is due.")),
            "links": (self.tr("Links"), self.tr(
                "A link joins two devices. The table has every link with the worse of its two ends, the map shows the sites, "
                "and \u201cWho holds which key\u201d says for each device which keys it was given and which were read back. "
                "Search takes words in any column, or one column: key:changed site:oslo.")),
            "keys": (self.tr("Peer keys"), self.tr(
                "Every device and its key. The fingerprint of a key is shown only once two people have compared it, so that "
                "nobody can read it out to themselves.")),
            "verify": (self.tr("To verify"), self.tr(
                "The oldest comes first. Call the far end on a number you already hold, not one from the message that carried "
                "the key. They read, you type.")),
            "exports": (self.tr("Exports"), self.tr(
                "Which folder was made for whom and when. Current means that it pins exactly the keys that are approved "
                "today. The SHA-256 is of MANIFEST.sha256 in the folder.")),
            "activity": (self.tr("Activity log"), self.tr(
                "Every act and every refusal, signed by who acted. Verify the log holds the whole file against it.")),
            "ca": (self.tr("Overview"), self.tr(
                "Above, the CRL that has to come next and what else cannot wait. The cards count what waits and what ends "
                "soon; pressing one opens its section. Below, every authority and how its CRL stands.")),
            "requests": (self.tr("Requests"), self.tr(
                "A request is made on the device, brought here by one person, approved by another and issued with the "
                "custodians. The pane shows every word that the certificate will say.")),
            "certificates": (self.tr("Certificates"), self.tr(
                "Every certificate of a device, the newest first. The buttons above leave out states that you are not looking "
                "for; search takes words in any column.")),
            "authorities": (self.tr("Authorities"), self.tr(
                "The root and the sub CAs that it signed, one for each technology. The root's key is in a workspace of its "
                "own, on a machine without a network.")),
            "lists": (self.tr("Revocation lists"), self.tr(
                "A sub CA publishes a CRL every 24 hours and at once after a revocation; each one counts for 192 hours, or fewer where two people said so. "
                "Devices refuse everything of an authority whose CRL is out of date.")),
            "custody": (self.tr("Custody"), self.tr(
                "Every CA key, where it is kept, and how many of its custodians open it together. Below, where it was and "
                "under which seal, and the recovery sheets. A drill proves that the quorum still opens the key; nothing is "
                "signed.")),
            "documents": (self.tr("Policy documents"), self.tr(
                "CP and CPS, written from what is in force; two people approve a version. Below, what differs and what is missing.")),
            **self._of_people(),
        }  # fmt: skip

    def _of_people(self) -> dict[str, tuple[str, str]]:
        return {
            "tickets": (self.tr("Tickets"), self.tr(
                "What a ticket looks like here, which tickets count for several devices, and which device's key is made another "
                "way. Each is asked for here and agreed by two people.")),
            "trust": (self.tr("Foreign CAs"), self.tr(
                "CA certificates of others. Each is pending until two people have typed the SHA-256 that its owner reads out; "
                "only then is its fingerprint shown, and it is handed to relying parties with our own.")),
            "people": (self.tr("People"), self.tr(
                "Who holds which duty; hatched cells are duties that do not go together, and the line below the table says "
                "why. What one person asked for waits here until somebody else has read it, typed their passphrase and so "
                "signed it. Every three months the table is looked at and signed off.")),
            "compliance": (self.tr("Compliance"), self.tr(
                "Every clause of the guidance and how it stands here; open and overdue ones are counted beside the section's "
                "name. The pane has the clause word for word, the rule that enforces it, what shows that it is met, and what "
                "to do next. Search takes words in any column, or one column: state:open due:2026-12 owner:alice.")),
            "records": (self.tr("Records"), self.tr(
                "What no software can enforce is vouched for by people. Each record has an owner, a date, the hash of its "
                "evidence and a next review. Choose a kind above and enter a record of it; choose a record below to see what "
                "it says, to enter a newer version or to end it. Nothing is ever changed or deleted: all versions stay.")),
            "duties": (self.tr("Duties"), self.tr(
                "Every day by which something has to be done: duties that come again, records, waivers and decisions to be "
                "looked at again, CRLs, certificates and keys. The button beside the chosen one leads to what does it; a duty "
                "that is done elsewhere is signed off. Save as calendar writes a file for other programs (.ics).")),
            "settings": (self.tr("Settings"), self.tr(
                "Above, what this workspace is; below, how this program looks on this machine and when it locks.")),
        }  # fmt: skip
