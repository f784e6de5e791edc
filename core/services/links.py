"""Links: made, retired; which ends may be exported."""

from dataclasses import replace

from core.errors import linking as errors
from core.errors.base import Refused, refuse
from core.model.keys import PINNED_STATES, Key, KeyState
from core.model.links import AddLink, Link, LinkState, RetireLink, Technology
from core.policy import links as policy
from core.policy import texts
from core.policy.duties import LINK_WORK
from core.policy.keys_on_file import approved, unresolved
from core.policy.rules import rule
from core.services.devices import known
from core.services.perform import LINK_KINDS, Verb, Work
from core.store import keys
from core.store import links as store


def _add(work: Work, command: AddLink) -> Link:
    left, right = known(work, command.left), known(work, command.right)
    refuse(policy.findings(command, left, right, store.all_links(work.unit.connection)))
    technology = Technology(command.technology)
    link = Link(0, command.name, left.id, right.id, technology, command.ticket.strip(), LinkState.ACTIVE)
    work.ticket = link.ticket
    return replace(link, id=store.add(work.unit, link, work.now.isoformat()))


def _retire(work: Work, command: RetireLink) -> Link:
    link = found(work, command.name)
    if link.state is LinkState.RETIRED:
        raise errors.LinkRetired(link.name)
    refuse(texts.line("reason", command.reason, needed=True))
    store.move(work.unit, link.id, LinkState.RETIRED)
    work.details["reason"] = command.reason
    return replace(link, state=LinkState.RETIRED)


def found(work: Work, name: str) -> Link:
    """The link of that name, or a refusal."""
    link = store.find(work.unit.connection, name)
    if link is None:
        raise errors.NoSuchLink(name)
    return link


@rule("SL2")
def exportable(link: Link, device_name: str, on_file: tuple[Key, ...]) -> list[Refused]:
    """Findings against exporting anything with this device's key: only approved keys leave (SL2)."""
    if link.state is LinkState.SUSPENDED:
        return [errors.LinkSuspended(link.name)]
    if link.state is LinkState.RETIRED:
        return [errors.LinkRetired(link.name)]
    waiting, current = unresolved(on_file), approved(on_file)
    if current is None:
        compared = {KeyState.COMPARED: 1, KeyState.RECEIVED: 0}.get(waiting.state, 0) if waiting else -1
        return [errors.KeyNotApproved(device_name, link.name, compared)]
    if waiting is not None:
        return [errors.KeyChanged(device_name, link.name, waiting.state.value)]
    return []


def pinnable(work: Work, device_id: int) -> tuple[Key, ...]:
    """A device's keys that may be pinned today, newest first: the approved one, and the old one while it rolls."""
    today = work.now.date().isoformat()
    return tuple(
        key
        for key in keys.of_device(work.unit.connection, device_id)
        if key.state in PINNED_STATES and (key.state is KeyState.APPROVED or key.pinned_until >= today)
    )


ADD = Verb("link.added", _add, LINK_WORK, LINK_KINDS)
RETIRE = Verb("link.retired", _retire, LINK_WORK, LINK_KINDS)
