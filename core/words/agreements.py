"""Sentences about tickets and what two people allow."""

from core.errors import agreements as errors
from core.errors.base import Expected
from core.model.agreements import Agreement, Allowing
from core.words.tongue import Template, told, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.TicketNotFit: Template(
        tr("Not a ticket of this workspace"),
        tr("{ticket} does not look like {pattern}, as tickets look here. Nothing was kept."),
        tr(
            "Give the ticket as the ticket system writes it; two people change the pattern (anchorhold ticket pattern)."
        ),
    ),
    errors.PatternNotFit: Template(
        tr("Not a pattern"),
        tr("{pattern} {why}. Nothing was changed."),
        tr("Write a ticket with # for each digit and * for a run, such as CHG#######; | stands between two."),
        {"shape": tr("has characters that no ticket has"), "wild": tr("has more than four * in one pattern")},
    ),
    errors.TicketElsewhere: Template(
        tr("Ticket used"),
        tr("The ticket {ticket} is about {device}; a ticket is good for one device. Nothing was kept."),
        tr("Give the ticket of this device, or let two people widen that one (anchorhold ticket widen)."),
    ),
}

KINDS: dict[Allowing, str] = {
    Allowing.PATTERN: tr("Pattern of tickets"),
    Allowing.TICKET: tr("Ticket for several devices"),
    Allowing.KEY: tr("Key made another way"),
}
_ANY, _EVERY = tr("any ticket"), tr("every device")


def value(each: Agreement) -> str:
    """What was agreed, where nothing stands for everything."""
    nothing = {Allowing.PATTERN: _ANY, Allowing.TICKET: _EVERY}
    return each.value or told(nothing.get(each.allowing, ""), {})
