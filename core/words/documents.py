"""Policy documents on paper, and sentences about them and about settings."""

from core.errors import documents as errors
from core.errors import settings
from core.errors.base import Expected
from core.model.documents import Standing, Version
from core.model.papers import Heading, Lines, Paper, Part, Table, Text
from core.model.workspace import Workspace
from core.words import papers
from core.words.tongue import Template, told, tr

_SUBTITLE = tr("{organisation}, {community}")
_FOOT = tr("{title} of {organisation}, version {version}")
_DRAFT = tr("DRAFT: not approved.")
_CHANGED = tr("DRAFT: differs from version {version} in {count} sections.")
_SINCE = tr("As approved. {count} sections say something else since: {sections}.")
_NEXT = tr("{version}, as it stands")
_WHAT = tr("About this document")
_VERSION, _APPROVED, _DIGEST = tr("Version"), tr("Approved"), tr("SHA-256 of the text")
_PUBLISHED, _DIFFERENT = tr("Made available"), tr("Differs from what was approved in")
_BY_TWO = tr("{time}, proposed by {proposer}, approved by {approver}")
_GIVEN = tr("{time} by {by}: {distribution}")
_NOT = tr("no")
_LEDGER = tr("Checkpoint of the ledger")
_VOUCH = tr("Whoever keeps this paper can hold the ledger against it: anchorhold audit verify --checkpoint.")


def paper(standing: Standing, workspace: Workspace, checkpoint: str = "") -> Paper:
    """The document as it would be written now, with what stands about it. `checkpoint` is "" where nobody is signed in."""
    newest = standing.newest
    facts = {
        "title": standing.title,
        "organisation": workspace.organisation or workspace.name,
        "community": workspace.community,
        "version": newest.number if newest and (standing.approved or not standing.drift) else _draft(standing),
    }
    return Paper(
        kind=standing.document.value,
        title=standing.title,
        subtitle=told(_SUBTITLE if workspace.community else "{organisation}", facts),
        marks=tuple(_marks(standing, workspace)),
        foot=(told(_FOOT, facts), *papers.head(checkpoint)),
        parts=(*_about(standing), *_body(standing), *_checkpoint(checkpoint)),
        contents=told(papers.CONTENTS, {}),
        page=told(papers.PAGE, {"page": "{page}", "pages": "{pages}"}),
        source=told(papers.SOURCE, {"sha256": "{sha256}"}),
    )


def _draft(standing: Standing) -> str:
    return told(_NEXT, {"version": standing.newest.number if standing.newest else 1})


def _marks(standing: Standing, workspace: Workspace) -> list[str]:
    found = [told(papers.REHEARSAL, {})] if workspace.rehearsal else []
    if standing.newest is None:
        found.append(told(_DRAFT, {}))
    elif standing.drift and standing.approved:
        differ = ", ".join(each.number for each in standing.drift)
        found.append(told(_SINCE, {"count": len(standing.drift), "sections": differ}))
    elif standing.drift:
        found.append(told(_CHANGED, {"version": standing.newest.number, "count": len(standing.drift)}))
    return found


def _about(standing: Standing) -> list[Part]:
    """Version, people and hash; they are facts of the ledger and no part of the text."""
    newest = standing.newest
    rows = [(told(_VERSION, {}), str(newest.number) if newest else told(_NOT, {}))]
    if newest is not None:
        rows.append((told(_APPROVED, {}), told(_BY_TWO, _times(newest))))
        rows.append((told(_DIGEST, {}), newest.sha256))
        rows.append((told(_PUBLISHED, {}), published(newest)))
    if standing.drift:
        rows.append((told(_DIFFERENT, {}), ", ".join(each.number for each in standing.drift)))
    return [Text(told(_WHAT, {}), strong=True), Table((), tuple(rows))]


def _times(version: Version) -> dict[str, str]:
    time = f"{version.made:%Y-%m-%d %H:%M} UTC"
    return {"time": time, "proposer": version.proposer, "approver": version.approver}


def published(version: Version) -> str:
    """When, by whom and to whom a version was made available."""
    if not version.published:
        return told(_NOT, {})
    facts = {"time": version.published[:10], "by": version.published_by, "distribution": version.distribution}
    return told(_GIVEN, facts)


def _body(standing: Standing) -> list[Part]:
    found: list[Part] = []
    for each in standing.sections:
        found.append(Heading(each.number.count(".") + 1, f"{each.number} {each.title}"))
        found += each.parts
    return found


def _checkpoint(checkpoint: str) -> list[Part]:
    if not checkpoint:
        return []
    return [Text(told(_LEDGER, {}), strong=True), Text(told(_VOUCH, {})), Lines(tuple(checkpoint.splitlines()))]


TEMPLATES: dict[type[Expected], Template] = {
    errors.NothingApproved: Template(
        tr("Not approved yet"),
        tr("No version of the {document} was approved, so none can be published. Nothing was changed."),
        tr("Propose it and let a second person approve it (anchorhold statement propose)."),
    ),
    errors.DocumentDrifted: Template(
        tr("Not true any more"),
        tr(
            "Version {version} of the {document} differs from what is in force in sections {sections}. It was not published."
        ),
        tr("Propose the text of now as the next version and publish that."),
    ),
    errors.DocumentNotWhole: Template(
        tr("Not the outline of RFC 3647"),
        tr(
            "Section {section} of the {document} is not as RFC 3647 section 6 has it, or is empty. Nothing was approved or published."
        ),
        tr(
            "Install the program anew: its outline is damaged. A version on file that reads so is damaged too: verify the ledger."
        ),
    ),
    errors.DocumentChanged: Template(
        tr("The text is another by now"),
        tr(
            "What version {version} of the {document} was to state has changed since it was proposed. Nothing was approved."
        ),
        tr("Read it again and propose it anew."),
    ),
    errors.DocumentUnchanged: Template(
        tr("Approved already"),
        tr("The {document} says what version {version} says, which two people approved. Nothing was added."),
        tr("A new version is needed when a section is flagged as different."),
    ),
    settings.CrlValidityNotFit: Template(
        tr("Not a validity for CRLs"),
        tr("{why} Nothing was changed."),
        tr("Give a whole number of hours from {least} to {most}."),
        {
            "range": tr("{hours} is not a number of hours that a CRL may count."),
            "same": tr("CRLs count for {hours} hours already."),
        },
    ),
}
