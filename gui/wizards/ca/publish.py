"""Publish a CRL: signed with the custodians, written into a folder of its own, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.flows.crls import Publish
from core.model.revocation import Published
from core.model.workspace import Kind
from core.services import crls, opening
from core.services.authorities import find
from core.services.desk import Progress
from gui.bench import Bench
from gui.wizards.ca.custodians import Custodians, CustodyWizard
from gui.wizards.ca.folder import folder_row
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Work


class _Where(Page):
    def __init__(self, host: PublishWizard) -> None:
        super().__init__(host, "where")
        row = host.standing
        said = self.tr("A full list of everything that {authority} revoked, valid from now on.")
        self.titled(
            self.tr("Where"),
            self.tr("Where does the CRL go?"),
            said.format(authority=row.authority.name),
        )
        if row.number and row.due and row.until:
            now = self.tr(
                "CRL {number} is on file (entries: {entries}). The next one is due by {due} UTC; it counts until {until} UTC."
            )
            self.note("crlNow").setText(
                now.format(
                    number=row.number,
                    entries=row.entries,
                    due=f"{row.due:%Y-%m-%d %H:%M}",
                    until=f"{row.until:%Y-%m-%d %H:%M}",
                )
            )
        folder_row(self, self.tr("&Folder"), self.tr("A stick or a folder of your own. A new folder is made in it."))


class PublishWizard(CustodyWizard):
    """One authority's next CRL."""

    def __init__(self, bench: Bench, about: str) -> None:
        desk = bench.desk
        assert desk is not None  # noqa: S101 - only the first run has none
        rows = [each for each in crls.status(desk) if each.authority.key]
        late = sorted(rows, key=lambda each: (not each.late, each.authority.name))
        name = about or (late[0].authority.name if late else "")
        authority = find(desk.file.read, name)
        self.standing = next(each for each in rows if each.authority.name == name)
        key = opening.key(desk, authority.key)
        super().__init__("publish", bench, Publish(key=key, authority=name, rehearsal=desk.workspace.rehearsal))
        self.signed: Published | None = None
        self.setWindowTitle(self.tr("Publish CRL of {authority}").format(authority=name))
        done = _Done(self, self._said)
        root = desk.workspace.kind is Kind.ROOT
        self.put([_Where(self), Custodians(self, key, root=root), done], {"custodians": self.tr("&Publish CRL")})

    def work(self) -> Work:
        """Sign, unless that is done and only the writing was refused; then write and read back."""
        desk, flow = self.desk, self.flow
        assert isinstance(flow, Publish)  # noqa: S101 - made here
        name, here, hands, to = flow.authority, flow.here, flow.bring(), Path(flow.to.strip()).expanduser()
        network = flow.network()

        def publish(told: Progress) -> Path:
            if self.signed is None:
                self.signed = crls.sign(desk, name, here, hands, network)
            told.committing()
            return crls.place(desk, name, self.signed.number, to)

        return publish

    def _refused(self, page: Page, error: BaseException) -> None:
        """Signed and not written: choosing another folder is enough."""
        super()._refused(page, error)
        if self.signed is not None:
            self.typed("signed", self.signed.number)

    def _said(self) -> tuple[str, str]:
        made = self.signed
        assert made is not None  # noqa: S101 - the commit made it
        words = self.tr(
            "CRL {number} of {authority} is signed and written (entries: {entries}). It counts until {until} UTC; the "
            "next one is due in 24 hours. Copy the folder's file to where devices fetch it."
        )
        said = words.format(
            number=made.number,
            authority=self.flow.value("authority"),
            entries=made.entries,
            until=f"{made.next_update:%Y-%m-%d %H:%M}",
        )
        first = self.tr("It is the first to tell of {serial}, {minutes} minutes after the report.")
        told = [first.format(serial=each.serial, minutes=each.minutes) for each in crls.first_told(self.desk, made)]
        return "ok", " ".join([said, *told])


class _Done(Done):
    def __init__(self, host: PublishWizard, told: Any) -> None:
        super().__init__(host, told)
        self.files = Copyable("written", self.tr("Files, with their SHA-256"), lines=6)
        self.column.addWidget(self.files)

    def enter(self) -> None:
        """What was written, read back."""
        super().enter()
        if isinstance(self.host, PublishWizard):
            self.files.tell("\n".join(f"{digest}  {path}" for path, digest in crls.placed(self.host.outcome)))
