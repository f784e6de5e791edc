"""Sentences about decisions."""

from core.errors import decisions as errors
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.NotDecidable: Template(
        tr("Not decided"),
        tr("{why}. Nothing was recorded."),
        tr("A decision names L2 or L3, a date, a reason and a review date within twelve months."),
        {
            "clause": tr("{clause_id} is not a clause that a date can replace"),
            "late": tr("The date for {clause_id} cannot be after {latest}"),
            "past": tr("The date for {clause_id} has to lie ahead"),
            "review": tr("The review date has to lie ahead and within twelve months"),
        },
    ),
}
