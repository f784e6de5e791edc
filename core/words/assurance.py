"""The assurance report on paper: every clause with its state, what is behind it and the ledger's entries as evidence."""

from core.model.compliance import ClauseRow, ClauseState, Compliance, Evidence, RegisterRow, StandardRow
from core.model.papers import Heading, Items, Lines, Paper, Part, Table, Text
from core.model.workspace import Workspace
from core.policy import register
from core.words import papers
from core.words.compliance import HOWS, STATES, under, what_to_do
from core.words.tongue import told, tr

_TITLE = tr("Assurance report")
_SUBTITLE = tr("{organisation}, {community}, as it stood on {day}")
_FOOT = tr("Assurance report of {organisation}, {day}")
_COUNTS, _STATE, _COUNT = tr("How the clauses stand"), tr("State"), tr("Clauses")
_CLAUSE = tr("{id} {asks}")
_QUOTE = tr('The guidance ({strength}): "{quote}"')
_STANDS = tr("State: {state}. Met by {how}.")
_RULE, _PROOF = tr("Rule: {rule}"), tr("Test that fails without it: {proof}")
_RECORD = tr("Record {number} of the kind {kind}, {owner}, entered {made}, next review {review}{evidence}")
_HASH = tr(", evidence with the SHA-256 {sha256}")
_ENTRY = tr("Ledger: {count} entries {action}, the newest is number {number} of {time} by {actor}")
_DECISION = tr(
    "Decision {id} of {made}: {value} in the place of the published date, because {reason}; reviewed by {review}"
)
_WAIVER = tr("Waiver {id} of {made}, until {until}, because {reason}; reviewed by {review}")
_NEXT = tr("Next: {todo}")
_TABLES, _TABLE, _ISSUED = tr("Tables of key lifetimes"), tr("Table"), tr("Certificates issued under it")
_STANDARDS, _STANDARD = tr("What RFCs ask beside the guidance"), tr("{section}: {asks}")
_SHARED = tr("This PKI is run as a shared service, so the clauses of section 4 are due.")
_LEDGER = tr("Checkpoint of the ledger")


def paper(found: Compliance, workspace: Workspace, checkpoint: str = "") -> Paper:
    """Every clause in the order of the register. `checkpoint` is "" where nobody is signed in."""
    facts = {
        "organisation": workspace.organisation or workspace.name,
        "community": workspace.community or workspace.name,
        "day": found.day.isoformat(),
    }
    return Paper(
        kind="assurance",
        title=told(_TITLE, {}),
        subtitle=told(_SUBTITLE, facts),
        marks=(told(papers.REHEARSAL, {}),) if workspace.rehearsal else (),
        foot=(told(_FOOT, facts), *papers.head(checkpoint)),
        parts=(
            *_counts(found),
            *(part for row in found.rows for part in _row(row)),
            *_tables(found),
            Heading(1, told(_STANDARDS, {})),
            *(part for row in found.standards for part in _standard(row)),
            *_checkpoint(checkpoint),
        ),
        contents=told(papers.CONTENTS, {}),
        page=told(papers.PAGE, {"page": "{page}", "pages": "{pages}"}),
        source=told(papers.SOURCE, {"sha256": "{sha256}"}),
    )


def _counts(found: Compliance) -> list[Part]:
    rows = tuple((told(STATES[state], {}), str(found.counts[state])) for state in ClauseState if found.counts[state])
    parts: list[Part] = [Heading(1, told(_COUNTS, {})), Table((told(_STATE, {}), told(_COUNT, {})), rows)]
    return [*parts, Text(told(_SHARED, {}))] if found.shared else parts


def _row(row: ClauseRow) -> list[Part]:
    clause = row.clause
    stands = told(_STANDS, {"state": told(STATES[row.state], {}), "how": told(HOWS[row.register.how], {})})
    parts: list[Part] = [
        Heading(2, told(_CLAUSE, {"id": clause.id, "asks": clause.asks})),
        Text(stands, strong=True),
        Text(told(_QUOTE, {"strength": clause.strength, "quote": clause.quote})),
    ]
    behind = _behind(row)
    parts += [Items(behind)] if behind else []
    return [*parts, Text(told(_NEXT, {"todo": what_to_do(row)}))]


def _tables(found: Compliance) -> list[Part]:
    rows = tuple((under(table), str(count)) for table, count in found.tables)
    return [Heading(1, told(_TABLES, {})), Table((told(_TABLE, {}), told(_ISSUED, {})), rows)]


def _standard(row: StandardRow) -> list[Part]:
    facts = {"section": register.section(row.register.clause), "asks": row.register.asks}
    stands = told(_STANDS, {"state": told(STATES[row.state], {}), "how": told(HOWS[row.register.how], {})})
    found = [*_rules(row.register), *_entries(row.evidence)]
    return [Heading(2, told(_STANDARD, facts)), Text(stands, strong=True), Items(tuple(found))]


def _rules(row: RegisterRow) -> list[str]:
    found = [told(_RULE, {"rule": each}) for each in row.rules]
    return found + [told(_PROOF, {"proof": each}) for each in row.proofs]


def _entries(evidence: tuple[Evidence, ...]) -> list[str]:
    return [told(_ENTRY, {**vars(one), "time": f"{one.time:%Y-%m-%d %H:%M} UTC"}) for one in evidence]


def _behind(row: ClauseRow) -> tuple[str, ...]:
    found = _rules(row.register)
    for each in row.records:
        record = each.record
        facts = {"number": record.id, "kind": each.kind.title, "owner": record.owner, "made": f"{record.made:%Y-%m-%d}"}
        hashed = told(_HASH, {"sha256": record.sha256}) if record.sha256 else ""
        found.append(told(_RECORD, {**facts, "review": record.review.isoformat(), "evidence": hashed}))
    found += _entries(row.evidence)
    if row.decision:
        found.append(told(_DECISION, {**vars(row.decision), "made": f"{row.decision.made:%Y-%m-%d}"}))
    if row.waiver:
        found.append(told(_WAIVER, {**vars(row.waiver), "made": f"{row.waiver.made:%Y-%m-%d}"}))
    return tuple(found)


def _checkpoint(checkpoint: str) -> list[Part]:
    if not checkpoint:
        return []
    return [Heading(1, told(_LEDGER, {})), Lines(tuple(checkpoint.splitlines()))]
