"""Issue what was approved, with the custodians; and write a certified device's folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from core.errors.base import Expected
from core.errors.proposals import NoSuchProposal
from core.flows.issuing import Folder, Issue
from core.late import dataclass
from core.model.authorities import Authority
from core.model.proposals import Proposal, State
from core.services import endpoints, enrolment, opening, proposals
from core.services.authorities import find
from core.services.desk import Desk, Progress
from core.services.hierarchy import REQUEST
from core.services.perform import perform
from core.words.say import sentence
from gui.bench import Bench
from gui.widgets.icons import icon
from gui.wizards.ca.custodians import Custodians, CustodyWizard
from gui.wizards.ca.folder import folder_row
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


@dataclass(frozen=True)
class Told:
    """What became of one request."""

    device: str
    serial: str
    folder: str
    refused: str


class _Which(Page):
    def __init__(self, host: IssueWizard) -> None:
        super().__init__(host, "which")
        self.titled(
            self.tr("Requests"),
            self.tr("Which requests are issued?"),
            self.tr("Each was approved by a second person; all is judged again now, on the stored bytes."),
        )
        self.list = QListWidget()
        self.list.setMinimumHeight(160)
        self.list.setWordWrap(True)
        self.list.itemChanged.connect(self._ticked)
        self.row("chosen", self.tr("&Requests"), self.list, bound=False)
        hint = self.tr("A folder for each device is made in it, with chain, CRLs and configuration. Empty writes none.")
        folder_row(self, self.tr("&Folder"), hint)

    def pull(self) -> None:
        """Everything approved, ticked or blocked."""
        super().pull()
        flow = self.host.flow
        if not isinstance(flow, Issue):
            return
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        place = self.list.currentRow()
        self.list.clear()
        for each, why in flow.offered(self.host.known):
            facts = each.facts
            text = f"{facts['device']} \u2013 {facts['subject']} \u2013 {each.ticket}"
            item = QListWidgetItem(f"{text}: {sentence(why)}" if why else text)
            item.setData(Qt.ItemDataRole.UserRole, each.digest)
            item.setIcon(icon("ban", "bad") if why else icon("circle-check", "ok"))
            if why:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            else:
                ticked = each.digest in flow.chosen
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, place))
        self.list.blockSignals(False)  # noqa: FBT003

    def _ticked(self, _item: QListWidgetItem) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        self.host.typed("chosen", tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen))


@dataclass(frozen=True)
class ToIssue:
    """The authority, its approved requests, and which of them are meant."""

    authority: Authority
    approved: tuple[Proposal, ...]
    meant: tuple[Proposal, ...]


def read(desk: Desk, about: str) -> ToIssue:
    """The request that `about` names, or everything approved for the authority that has waited longest."""
    waiting = [each for each in proposals.waiting(desk) if each.kind == REQUEST and each.state is State.APPROVED]
    first = [proposals.find(desk, about)] if about else waiting[:1]
    if not first:
        raise NoSuchProposal(about, 0)
    authority = find(desk.file.read, first[0].facts["authority"])
    approved = tuple(each for each in waiting if each.facts["authority"] == authority.name)
    return ToIssue(authority, approved, tuple(first) if about else approved)


class IssueWizard(CustodyWizard):
    """Approved requests of one authority, in one session of its custodians."""

    def __init__(self, bench: Bench) -> None:
        desk, asked = bench.desk, bench.found
        assert desk is not None  # noqa: S101 - only the first run has none
        assert isinstance(asked, ToIssue)  # noqa: S101 - read before
        authority, approved = asked.authority, asked.approved
        session = desk.session
        own = session.operator.name if session else ""
        chosen = tuple(each.digest for each in asked.meant if each.proposer != own)
        key = opening.key(desk, authority.key)
        super().__init__("issue", bench, Issue(key=key, approved=approved, chosen=chosen))
        self.setWindowTitle(self.tr("Issue certificates of {authority}").format(authority=authority.name))
        pages = [_Which(self), Custodians(self, key), _Done(self)]
        self.put(pages, {"custodians": self.tr("&Issue certificates")})

    def work(self) -> Work:
        """Issue each, then write its folder; what stands against one leaves the others alone."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Issue)  # noqa: S101 - made here
        command, hands, to = flow.command(), flow.bring(), flow.to.strip()
        devices = {each.digest: str(each.facts["device"]) for each in flow.approved}

        def issue(progress: Progress) -> tuple[Told, ...]:
            made = []
            for each in enrolment.issue(desk, command, hands):
                folder, refused = "", sentence(each.refusal) if each.refusal else ""
                if each.issued is not None and to:
                    wanted = endpoints.ExportEndpoint(each.issued.serial, Path(to).expanduser())
                    try:
                        folder = str(perform(desk, endpoints.EXPORTED, wanted, progress))
                    except Expected as refusal:
                        refused = sentence(refusal)
                serial = each.issued.serial if each.issued else ""
                made.append(Told(devices[each.proposal], serial, folder, refused))
            return tuple(made)

        return issue

    def said(self) -> tuple[str, str]:
        """How many, and what was refused."""
        issued = [each for each in self.outcome if each.serial]
        bad = [f"{each.device}: {each.refused}" for each in self.outcome if each.refused]
        words = self.tr("Issued, verified and on file: {count}.").format(count=len(issued))
        return ("warn" if bad else "ok"), " ".join([words, *bad])


class _Done(Done):
    def __init__(self, host: IssueWizard) -> None:
        super().__init__(host, host.said)
        self.made = Copyable("issued", self.tr("Device, serial, folder"), lines=8)
        self.column.addWidget(self.made)

    def enter(self) -> None:
        """A line for each."""
        super().enter()
        if isinstance(self.host, IssueWizard):
            lines = [f"{each.device}  {each.serial or '-'}  {each.folder}".rstrip() for each in self.host.outcome]
            self.made.tell("\n".join(lines))


class _Folder(Page):
    def __init__(self, host: FolderWizard, device: str) -> None:
        super().__init__(host, "folder")
        self.titled(
            self.tr("Folder"),
            self.tr("Where does the folder of {device} go?").format(device=device),
            self.tr(
                "Certificate, chain, both CRLs and a configuration. Nothing is overwritten, and nothing is secret."
            ),
        )
        folder_row(self, self.tr("&Folder"), self.tr("A stick or a folder of your own."))


class FolderWizard(Wizard):
    """The folder of a device that is certified already."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("endpoint", bench, Folder(about))
        row = next((each for each in enrolment.rows(self.desk) if each.issued.serial == about), None)
        self.device = row.device if row else about
        self.setWindowTitle(self.tr("Write the folder of {device}").format(device=self.device))
        self.put([_Folder(self, self.device), Done(self, self._told)], {"folder": self.tr("&Write the folder")})

    def work(self) -> Work:
        """Write it."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, endpoints.EXPORTED, command, told)

    def _told(self) -> tuple[str, str]:
        words = self.tr("{folder} is written and read back. README.txt in it says what to do on the device.")
        return "ok", words.format(folder=self.outcome)
