"""What a new link has to be: two devices, one technology that both carry, and no twin."""

from collections.abc import Sequence

from core.errors import linking as errors
from core.errors.base import Refused
from core.errors.links import TechnologyDoesNotFit
from core.model.devices import Device
from core.model.links import AddLink, Link, LinkState, Technology
from core.policy import texts
from core.policy.platforms import fits


def shared(left: Device, right: Device) -> tuple[Technology, ...]:
    """The technologies that both devices carry."""
    return tuple(each for each in Technology if fits(left.platform, each) and fits(right.platform, each))


def findings(new: AddLink, left: Device | None, right: Device | None, others: Sequence[Link]) -> list[Refused]:
    """Everything that stands against a link; an end that is None is not judged here."""
    found = texts.name("name", new.name) + texts.line("ticket", new.ticket)
    ends = [end for end in (left, right) if end is not None]
    if len(ends) == 2 and not shared(ends[0], ends[1]):
        return [*found, errors.NothingInCommon(ends[0].name, ends[1].name)]
    if new.technology not in set(Technology):
        return [*found, errors.UnknownTechnology(new.technology, tuple(Technology))]
    technology = Technology(new.technology)
    if len(ends) == 2 and ends[0].id == ends[1].id:
        found.append(errors.TwoEndsNeeded(ends[0].name))
    found += [
        TechnologyDoesNotFit(end.name, end.platform.value, technology.value)
        for end in ends
        if not fits(end.platform, technology)
    ]
    pair = {end.id for end in ends}
    for other in others:
        if other.name.casefold() == new.name.casefold():
            found.append(errors.LinkNameTaken(other.name))
        same_ends = {other.left_id, other.right_id} == pair
        if same_ends and other.technology is technology and other.state is not LinkState.RETIRED:
            found.append(errors.SameLinkTwice(other.name))
    return found
