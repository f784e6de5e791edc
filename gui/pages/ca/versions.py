"""What the detail pane says of a policy document: its versions with who approved them, what waits, what to do next."""

from PySide6.QtCore import QObject

from core.model.documents import Standing, Version
from core.model.proposals import Need, Proposal
from core.services.advice import offers_for_document
from core.words.documents import published
from core.words.proposals import need, sentence
from gui.pages.base import People, Shown
from gui.pages.columns import day
from gui.widgets.detail import Detail, Part
from gui.widgets.marks import Mark


class VersionDetails(QObject):
    """A QObject, so that translators find its sentences."""

    def of(self, name: str, shown: Shown) -> Detail | None:
        """The detail of a document, None where it was not read."""
        found = next((each for each in shown.also.get("documents") or () if each.document.value == name), None)
        if found is None:
            return None
        waiting = self._waiting(name, shown)
        session = shown.desk.session
        asked = waiting[0][0] if waiting else None
        offers = offers_for_document(found, asked, session.operator.name if session else "")
        parts = [
            Part(self.tr("Waits for approval"), sentence=f"{sentence(each)} {self._needs(needs)}")
            for each, needs in waiting
        ]
        parts += [self._version(each) for each in found.versions]
        return Detail(found.title, self._state(found), tuple(parts), offers)

    def _waiting(self, name: str, shown: Shown) -> list[tuple[Proposal, tuple[Need, ...]]]:
        people = shown.people
        every = people.waiting if isinstance(people, People) else ()
        return [row for row in every if row[0].kind == "document.approve" and row[0].facts["document"] == name]

    def _needs(self, needs: tuple[Need, ...]) -> str:
        left = self.tr("; then ").join(need(each) for each in needs)
        return self.tr("Needs {what}.").format(what=left) if left else ""

    def _state(self, found: Standing) -> Mark:
        if found.newest is None:
            return Mark(self.tr("draft, not approved"), "circle-dashed", "warn")
        if found.drift:
            differs = self.tr("sections that differ: {count}").format(count=len(found.drift))
            return Mark(differs, "alert-triangle", "warn")
        return Mark(self.tr("as approved"), "circle-check", "ok")

    def _version(self, version: Version) -> Part:
        digits = "\u200b".join(version.sha256[at : at + 8] for at in range(0, len(version.sha256), 8))
        said = (
            (self.tr("Approved"), f"{day(version.made)} UTC"),
            (self.tr("Proposed by"), version.proposer),
            (self.tr("Approved by"), version.approver),
            (self.tr("Reason"), version.reason),
            (self.tr("Made available"), published(version)),
            (self.tr("SHA-256"), digits),
        )
        return Part(self.tr("Version {number}").format(number=version.number), said)
