"""The assurance report: all 105 clauses, each with its state and with everything that stands behind it."""

import json
from collections.abc import Iterator

import pytest

from core.exports import papers
from core.model.compliance import Compliance
from core.model.papers import Heading, Items, Text
from core.policy.clauses import clauses
from core.policy.records import find
from core.policy.register import section, standards
from core.services import compliance, records
from core.words.assurance import paper
from core.words.compliance import STATES
from tests.desks import Room
from tests.pki.worlds import make_network, sign_crl
from tests.records.test_records import sample


@pytest.fixture(scope="module")
def root_and_issuing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, Room]]:
    world = make_network(tmp_path_factory.mktemp("world"))
    sign_crl(world)
    yield world.root, world.issuing
    world.root.desk.close()
    world.issuing.desk.close()


def told(room: Room) -> tuple[Compliance, dict[str, list[str]]]:
    """The texts below each clause's heading, by its id."""
    found = compliance.status(room.sit("alice"))
    texts: dict[str, list[str]] = {}
    name = ""
    for part in paper(found, room.desk.workspace).parts:
        if isinstance(part, Heading):
            name = part.text.split(" ")[0]
            texts[name] = []
        elif isinstance(part, Text):
            texts[name].append(part.text)
        elif isinstance(part, Items):
            texts[name] += part.items
    return found, texts


def test_every_clause_stands_there_with_its_state_quote_rules_and_proofs(root_and_issuing: tuple[Room, Room]) -> None:
    found, texts = told(root_and_issuing[1])
    assert len(found.rows) == len(clauses()) == 105
    assert set(clauses()) <= set(texts)
    for row in found.rows:
        lines = "\n".join(texts[row.clause.id])
        assert f"State: {STATES[row.state]}." in lines
        assert row.clause.quote[:400] in lines
        assert all(f"Rule: {each}" in lines for each in row.register.rules)
        assert all(each in lines for each in row.register.proofs)
        assert all(f"{each.count} entries {each.action}" in lines for each in row.evidence)
        assert "Next: " in lines


def test_a_decision_stands_behind_its_clause_and_it_is_not_green(root_and_issuing: tuple[Room, Room]) -> None:
    _, texts = told(root_and_issuing[0])
    lines = "\n".join(texts["L2"])
    assert "State: not met as published, replaced by decision." in lines
    assert "in the place of the published date, because" in lines


def test_a_record_is_evidence_with_its_hash(root_and_issuing: tuple[Room, Room]) -> None:
    room = root_and_issuing[1]
    _, before = told(room)
    assert not any("kind penetration-test" in each for each in before["C25"])
    records.add(room.sit("alice"), sample(find("penetration-test")))
    _, after = told(room)
    assert any("of the kind Penetration test" in each for each in after["C25"])


def test_the_json_has_all_of_it(root_and_issuing: tuple[Room, Room]) -> None:
    room = root_and_issuing[1]
    made = json.loads(papers.as_json(paper(compliance.status(room.sit("alice")), room.desk.workspace)))
    assert sum(1 for each in made["parts"] if each["part"] == "heading" and each["level"] == 2) == 105 + len(
        standards()
    )
    said = json.dumps(made)
    assert all(f"{section(each)}: " in said for each in standards())
