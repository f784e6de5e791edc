"""Policy documents: CP and CPS as they stand, what differs from the approved version, what is missing, and the text itself."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout

from core.late import dataclass
from core.model.advice import Act
from core.model.documents import Document, Standing
from core.model.workspace import Kind
from core.policy.records import find
from core.services import checkpoints, documents
from core.services.desk import Desk
from core.words.documents import paper, published
from gui.look import grown
from gui.pages.base import WITH_A_CA, Saving, Shown, TablePage, Target
from gui.pages.columns import NONE
from gui.saving import PAPERS, save_paper
from gui.widgets.paper import PaperView
from gui.widgets.rows import Column
from gui.widgets.table import DataTable


@dataclass(frozen=True)
class _Line:
    """A section that needs somebody: its text differs, or it wants a record."""

    number: str
    title: str
    what: str
    now: str
    wants: str = ""


class PolicyDocuments(TablePage):
    """The list and the text below are of the document that is chosen, the CPS where none is.

    Both are written anew for it, 30 ms each: that is asked for with each reading, and shown when it is there.
    """

    kinds = WITH_A_CA
    details = True

    def __init__(self) -> None:
        self._wait = (self.tr("Both documents are being written\u2026"), "", "")
        title = self.tr("Policy documents")
        super().__init__("documents", title, "book", self._documents, lambda row: row.document.value, self._wait)
        self._shown: Shown | None = None
        self._desk: Desk | None = None
        self._found: tuple[Standing, ...] = ()
        self.body = QVBoxLayout()
        self.column.addLayout(self.body, 2)
        self.validity = self._button("documentsValidity", self.tr("Validity of CRLs\u2026"), Act.CRL_VALIDITY)
        self.save = self._saver("documentsSave", self.tr("Save as\u2026"), approved=False)
        self.save.setAccessibleName(self.tr("Save the chosen document as PDF, HTML, Markdown or JSON"))
        self.approved = self._saver("documentsSaveApproved", self.tr("Save approved\u2026"), approved=True)
        self.approved.setAccessibleName(self.tr("Save the version of the chosen document that two people approved"))
        self.sections = DataTable(
            "sectionsTable", self.tr("Sections that need somebody"), self._lines(), lambda row: row
        )
        self.text = PaperView("documentsText", self.tr("Text of the chosen document"))
        self.table.setMinimumHeight(grown(96))  # two rows under their titles, at any text size
        self.sections.setMinimumHeight(grown(50))
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setObjectName("documentsParts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.sections)
        parts.addWidget(self.text)
        parts.setStretchFactor(1, 2)
        self.column.addWidget(parts, 4)
        self.sections.opened.connect(lambda row: self._enter(row))
        self.table.chosen.connect(lambda _row: self._tell())

    def _enter(self, row: _Line) -> None:
        """The record that a gap asks for."""
        if row.wants:
            self.wanted.emit(Act.RECORD.value, row.wants)

    def about(self, row: Any) -> Target | None:
        return Target("document", row.document.value) if row is not None else None

    def _button(self, name: str, text: str, act: Act) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        made.setAccessibleName(text.rstrip("\u2026"))
        made.clicked.connect(lambda: self.wanted.emit(act.value, self._document()))
        self.head.addWidget(made)
        return made

    def _saver(self, name: str, text: str, *, approved: bool) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        made.clicked.connect(lambda: self._save(approved=approved))
        self.head.addWidget(made)
        return made

    def _documents(self) -> list[Column]:
        return [
            Column(self.tr("Document"), "document", lambda row: row.title, 240),
            Column(self.tr("Version"), "version", lambda row: str(row.newest.number) if row.newest else NONE, 70),
            Column(self.tr("Approved by"), "approved", _approved, 180),
            Column(self.tr("Made available"), "published", _published, 200),
            Column(self.tr("State"), "state", self._state, 200),
            Column(self.tr("Text"), "written", self._written, 120),
            Column(self.tr("SHA-256"), "sha256", lambda row: row.newest.sha256 if row.newest else NONE, 180),
        ]

    def _lines(self) -> list[Column]:
        return [
            Column(self.tr("Section"), "section", lambda row: row.number, 80),
            Column(self.tr("Heading"), "heading", lambda row: row.title, 280),
            Column(self.tr("What"), "what", lambda row: row.what, 320),
            Column(self.tr("As it is now"), "now", lambda row: row.now or NONE, 420),
        ]

    def _state(self, row: Standing) -> str:
        if row.newest is None:
            return self.tr("draft, not approved")
        return (
            self.tr("sections that differ: {count}").format(count=len(row.drift))
            if row.drift
            else self.tr("as approved")
        )

    def _written(self, row: Standing) -> str:
        return self.tr("{written} of {count}").format(written=row.written, count=len(row.sections))

    def look_up(self, desk: Desk) -> tuple[Standing, ...]:
        return tuple(documents.standing(desk, each) for each in Document)

    def looked_up(self, desk: Desk, found: tuple[Standing, ...] | None, said: str) -> None:
        self._desk, self._found = desk, found or ()
        self._empty = (said, "", "")

    def fill(self, shown: Shown) -> None:
        if shown is not self._shown:
            self._shown = shown
            self.reads.emit(self)
        if shown.desk is not self._desk:  # nothing of another workspace, which was open before
            self._found, self._empty = (), self._wait
        self.validity.setVisible(shown.desk.workspace.kind is Kind.ISSUING)
        self.save.setEnabled(bool(self._found))
        self.show_rows(self._found)
        if self.table.current is None:
            self.table.choose(Document.CPS.value)
        self._tell()

    def _document(self) -> str:
        chosen = self._chosen()
        return (chosen.document if chosen else Document.CPS).value

    def _chosen(self) -> Standing | None:
        row: Any = self.table.current
        return row if isinstance(row, Standing) else next(reversed(self._found), None)

    def _tell(self) -> None:
        chosen = self._chosen()
        self.approved.setEnabled(chosen is not None and chosen.newest is not None)
        if self._shown is None or chosen is None:
            self.sections.fill(())
            self.text.clear()
            return
        differs = self.tr("differs from version {version}")
        version = chosen.newest.number if chosen.newest else 0
        found = [
            _Line(each.number, each.title, differs.format(version=version), " ".join(each.now)) for each in chosen.drift
        ]
        wants = self.tr("wants a record of the kind {kinds}")
        for gap in chosen.gaps:
            found.append(
                _Line(
                    gap.number,
                    gap.title,
                    wants.format(kinds=", ".join(f"\u201c{find(each).title}\u201d" for each in gap.wants)),
                    "",
                    gap.wants[0],
                )
            )
        self.sections.fill(found)
        self.text.tell(paper(chosen, self._shown.desk.workspace))

    def _save(self, *, approved: bool) -> None:
        """The chosen document, as a file whose name says the format; it carries a checkpoint as on the command line."""
        chosen = self._chosen()
        assert chosen is not None  # noqa: S101 - until then it is greyed
        document = chosen.document
        look = documents.approved if approved else documents.standing

        def write(desk: Desk, path: Path) -> None:
            save_paper(path, lambda: paper(look(desk, document), desk.workspace, checkpoints.for_paper(desk)))

        title = self.tr("Save the approved version") if approved else self.tr("Save the document")
        name = f"{document.value}-approved.pdf" if approved else f"{document.value}.pdf"
        self.saves.emit(Saving(title, name, PAPERS, write))


def _approved(row: Standing) -> str:
    return f"{row.newest.proposer}, {row.newest.approver}" if row.newest else NONE


def _published(row: Standing) -> str:
    return published(row.newest) if row.newest else NONE
