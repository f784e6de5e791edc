"""From an expected failure to its sentence."""

from core.errors.base import Expected, Several
from core.errors.people import DutyMissing
from core.errors.records import RecordNotFit
from core.errors.workspace import TextNotFit
from core.late import dataclass
from core.policy import clauses, register
from core.words import (
    agreements,
    audit,
    authorities,
    backups,
    cards,
    ceremony,
    certificates,
    cli,
    comparison,
    compliance,
    custody,
    decisions,
    devices,
    documents,
    enrolment,
    keys,
    links,
    papers,
    people,
    pictures,
    proposals,
    records,
    revocation,
    trust,
    vault,
    workspace,
)
from core.words.tongue import Template, told
from core.words.verdicts import CHANNELS

TEMPLATES: dict[type[Expected], Template] = {
    **workspace.TEMPLATES,
    **people.TEMPLATES,
    **proposals.TEMPLATES,
    **devices.TEMPLATES,
    **keys.TEMPLATES,
    **comparison.TEMPLATES,
    **links.TEMPLATES,
    **audit.TEMPLATES,
    **backups.TEMPLATES,
    **certificates.TEMPLATES,
    **authorities.TEMPLATES,
    **decisions.TEMPLATES,
    **records.TEMPLATES,
    **agreements.TEMPLATES,
    **trust.TEMPLATES,
    **compliance.TEMPLATES,
    **enrolment.TEMPLATES,
    **revocation.TEMPLATES,
    **custody.TEMPLATES,
    **vault.TEMPLATES,
    **cards.TEMPLATES,
    **papers.TEMPLATES,
    **pictures.TEMPLATES,
    **ceremony.TEMPLATES,
    **documents.TEMPLATES,
    **cli.TEMPLATES,
}


@dataclass(frozen=True)
class Said:
    """`happened` says what happened and what did not; `do` what to do next."""

    code: str
    clause: str
    rule: str
    field: str
    title: str
    happened: str
    do: str

    @property
    def line(self) -> str:
        """All of it in one line, the code at the end."""
        parts = [part for part in (self.happened, self.do) if part]
        return f"{' '.join(parts)} ({self.code})"

    @property
    def quote(self) -> str:
        """The guidance word for word, where a clause of it stands behind this."""
        return clauses.quote(self.clause)

    @property
    def basis(self) -> str:
        """What stands behind this: the guidance word for word, or what a section of an RFC asks; "" for plain good sense."""
        if self.quote:
            return f'NCSC {self.clause}: "{self.quote}"'
        section = register.section(self.clause)
        return f"{section}: {register.standards()[self.clause].asks}" if section else ""


def say(error: Expected) -> Said:
    """The sentence of one failure; of several, the first with how many more there are."""
    if isinstance(error, Several):
        first = say(error.findings[0])
        more = " ".join(say(each).line for each in error.findings[1:])
        return Said(
            first.code,
            first.clause,
            first.rule,
            first.field,
            first.title,
            first.happened,
            f"{first.do} {more}",
        )
    template = TEMPLATES[type(error)]
    facts = dict(vars(error))
    if template.without and not facts[template.without[0]]:
        template = template.without[1]
    if facts.get("channel") in CHANNELS:  # as people call it, not as commands do
        facts["channel"] = told(CHANNELS[facts["channel"]], {})
    if isinstance(error, DutyMissing):  # the same: the duties as people call them
        facts["needs"] = tuple(
            told(people.DUTIES[each], {}) if each in people.DUTIES else each for each in facts["needs"]
        )
    if template.why and "why" in facts:
        facts["why"] = told(template.why[facts["why"]], facts)
    return Said(
        error.code,
        error.clause,
        type(error).__name__,
        error.field,
        told(template.title, facts),
        told(template.happened, facts),
        told(template.do, facts),
    )


def findings(error: Expected) -> list[Said]:
    """One entry per finding."""
    return [say(each) for each in error.findings] if isinstance(error, Several) else [say(error)]


def beside(error: Expected) -> str:
    """The sentence where it stands at its own field, which names itself already."""
    if not isinstance(error, TextNotFit | RecordNotFit):
        return say(error).line
    why = told((TEMPLATES[type(error)].why or {})[error.why], vars(error))
    return why[:1].upper() + why[1:]


def sentence(error: Expected) -> str:
    """One line for a terminal."""
    return say(error).line
