"""Who works here and with which duties, read from signed ledger rows: the tables are only a copy of it.

Row 1 names the first people by itself; its fingerprint is on every checkpoint. Every later change carries the
statements of the people who agreed to it. Whoever edits the tables, or a row, changes nobody's duties by that.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from core.crypto.signing import verify
from core.errors.base import Refused
from core.errors.people import RosterTampered
from core.model.people import Operator
from core.model.proposals import Statement
from core.policy import proposals as policy
from core.policy import roster as changes
from core.policy.duties import PEOPLE_WORK
from core.policy.proposals import BY_ACTION, Rule
from core.services import statements
from core.store import audit
from core.store import people as store
from core.store.unit import Connection

CREATED, LEFT = "workspace.created", "operator.left"
ACTIONS = (CREATED, LEFT, "operator.admitted", "operator.restored", "operator.duties-changed")


class Roster:
    """The people as far as the rows taken so far say; `take` wants rows in order, their signatures verified."""

    def __init__(self, workspace_id: str) -> None:
        self.workspace_id = workspace_id
        self.people: dict[str, Operator] = {}
        self.former: dict[str, tuple[bytes, ...]] = {}  # keys in place before a lost passphrase was mended
        self._performed: set[str] = set()

    def key(self, name: str) -> bytes | None:
        """The signing key of somebody at this point of the ledger."""
        return self.people[name].public_key if name in self.people else None

    def every_key(self) -> Iterator[tuple[str, bytes]]:
        """Everybody's keys, former ones too: with one of those an older checkpoint was signed."""
        for name, person in self.people.items():
            yield from ((name, key) for key in (person.public_key, *self.former.get(name, ())))

    def take(self, body: dict[str, Any]) -> tuple[str, ...]:
        """Take one row in; what is wrong with its agreement, as codes. A row with a fault changes nobody."""
        action = body["action"]
        try:
            if action == CREATED and body["number"] == 1:
                self._first(body)
            elif action == LEFT:
                return self._left(body)
            elif action in BY_ACTION:
                return tuple(self._agreed(body, BY_ACTION[action]))
        except (KeyError, TypeError, ValueError, AttributeError):
            return ("agreement-shape",)
        return ()

    def _first(self, body: dict[str, Any]) -> None:
        for each in body["details"]["operators"]:
            facts = {"full_name": each["name"], "duties": [], "until": "", **each}
            self.people[each["name"]] = changes.admitted(facts, bytes.fromhex(each["key"]), by_one_person=False)

    def _left(self, body: dict[str, Any]) -> tuple[str, ...]:
        actor, name = self.people[body["actor"]], body["details"]["name"]
        if actor.name != name and not set(actor.duties) & PEOPLE_WORK:
            return ("agreement-duty",)
        self.people[name] = changes.gone(self.people[name], body["time"])
        return ()

    def _agreed(self, body: dict[str, Any], rule: Rule) -> Iterator[str]:
        now = datetime.fromisoformat(body["time"])
        carried = [statements.parsed(each) for each in body["approvals"]]
        known = [each for each in carried if each is not None]
        by_type = {kind: [each for each in known if each.type == kind] for kind in statements.MEMBERS}
        if len(known) != len(carried) or len(by_type["proposal"]) != 1:
            yield "agreement-missing"
            return
        proposal, approvals = by_type["proposal"][0], by_type["approval"]
        digest = statements.digest(proposal.body)
        found = [*self._signatures(rule, digest, [proposal, *approvals])]
        found += [type(each).__name__ for each in self._findings(rule, digest, proposal, approvals, now)]
        if digest in self._performed or body["details"].get("proposal") != digest:
            found.append("agreement-twice" if digest in self._performed else "agreement-other")
        if found:
            yield from dict.fromkeys(found)
            return
        self._performed.add(digest)
        yield from self._change(body, rule, proposal, by_type["acceptance"], now)

    def _findings(
        self, rule: Rule, digest: str, proposal: Statement, approvals: list[Statement], now: datetime
    ) -> list[Refused]:
        return policy.findings(rule, digest, proposal, approvals, self.people, now)

    def _signatures(self, rule: Rule, digest: str, signed: list[Statement]) -> Iterator[str]:
        for each in signed:
            if not statements.holds(each, each.type, self.workspace_id, self.key(each.by)):
                yield "agreement-signature"
            if each.body["kind"] != rule.kind or each.body.get("proposal", digest) != digest:
                yield "agreement-other"

    def _change(
        self, body: dict[str, Any], rule: Rule, proposal: Statement, acceptances: list[Statement], now: datetime
    ) -> Iterator[str]:
        if not rule.kind.startswith("people."):
            return
        facts, name = proposal.body["facts"], proposal.body["facts"]["name"]
        if not rule.newcomer:
            self.people[name] = changes.changed(self.people[name], facts)
            return
        key = bytes.fromhex(acceptances[0].body["key"])
        accepted = acceptances[0].by == name and acceptances[0].body["proposal"] == statements.digest(proposal.body)
        if not accepted or not statements.holds(acceptances[0], "acceptance", self.workspace_id, key):
            yield "agreement-acceptance"
            return
        witnessed = body["actor"] != proposal.by or policy.alone(self.people, now)
        if not witnessed or body["actor"] == name:
            yield "agreement-witness"
            return
        by_one = policy.alone(self.people, now) and len(self.people) > 1
        if rule.kind == "people.restore":
            self.former[name] = (*self.former.get(name, ()), self.people[name].public_key)
            self.people[name] = changes.restored(self.people[name], key)
        else:
            self.people[name] = changes.admitted(facts, key, by_one_person=by_one)


def _take(roster: Roster, number: int, text: str, signature: bytes) -> None:
    try:
        body = json.loads(text)
        numbered, actor = body["number"] == number, str(body["actor"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RosterTampered(str(number), "row") from None
    found = roster.take(body) if number == 1 else ()
    key = roster.key(actor)
    if found or not numbered or key is None or not verify(key, signature, text.encode()):
        raise RosterTampered(str(number), "row")
    if number > 1 and roster.take(body):
        raise RosterTampered(str(number), "agreement")


def read(connection: Connection, workspace_id: str) -> Roster:
    """The roster of a file, its rows verified, and the tables held against it. Raises `RosterTampered`."""
    roster = Roster(workspace_id)
    for number, text, signature in audit.of_actions(connection, ACTIONS):
        _take(roster, number, text, signature)
    for person in store.everybody(connection):
        if roster.people.get(person.name) != person:
            raise RosterTampered(person.name, "table")
    if len(roster.people) != len(store.everybody(connection)):
        raise RosterTampered("", "table")
    return roster
