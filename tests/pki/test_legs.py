"""A sub CA on its way: which of the three legs is open, in which of the two workspaces; and certificates by week."""

from datetime import timedelta
from pathlib import Path

from core.model.advice import Act
from core.model.authorities import RequestSub, SignSub
from core.services import hierarchy, subordinates
from core.services.hierarchy import Hierarchy
from core.services.proposals import needs, waiting
from tests.desks import Room
from tests.pki.worlds import HOLDERS, PAIR, World, agree, certify, decide, hands, make_network, make_world


def seen(room: Room) -> Hierarchy:
    return hierarchy.read(room.desk, [(each, needs(room.desk, each)) for each in waiting(room.desk)])


def legs(world: World) -> tuple[list[tuple[str, Act]], list[tuple[str, Act]]]:
    """At the root, and in the issuing workspace."""
    here = [[(each.name, each.act) for each in seen(room).legs] for room in (world.root, world.issuing)]
    return here[0], here[1]


def test_each_leg_is_told_where_it_goes_on(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    decide(world)
    assert legs(world) == ([], [])
    assert seen(world.root).record_open
    assert not seen(world.issuing).record_open
    wanted = RequestSub("ipsec-g1", "ipsec", "CN=Example IPsec CA G1", HOLDERS, 2, "http://crl.example.net/ipsec.crl")
    asked = subordinates.request(world.issuing.sit("bob"), wanted, hands())
    assert legs(world) == ([], [("ipsec-g1", Act.SUB_INSTALL)])
    proposal = subordinates.propose(world.root.sit("bob"), asked, "2029-12-31", "CHG10")
    assert legs(world)[0] == [("ipsec-g1", Act.APPROVE)]
    agree(world.root, "alice", proposal)
    assert legs(world)[0] == [("ipsec-g1", Act.SUB_SIGN)]
    answer = subordinates.sign(world.root.sit("bob"), SignSub(proposal.digest, PAIR), hands(), ())
    assert legs(world) == ([], [("ipsec-g1", Act.SUB_INSTALL)])
    subordinates.install(world.issuing.sit("bob"), answer)
    assert legs(world) == ([], [])
    for room in (world.root, world.issuing):
        room.desk.close()


def test_certificates_are_counted_in_the_week_they_end(tmp_path: Path) -> None:
    world = make_network(tmp_path)
    certify(world, "gw1", "CHG1")
    told = seen(world.issuing)
    (row,) = told.certificates
    end = row.issued.not_after.date()
    (week,) = [each for each in told.weeks if each.count]
    assert week.count == 1
    assert week.first <= end < week.after
    assert week.first.weekday() == 0
    assert told.weeks[0].first <= told.now.date() < told.weeks[0].after
    world.issuing.clock.now = row.issued.not_after + timedelta(days=1)
    assert not any(each.count for each in seen(world.issuing).weeks)
    for room in (world.root, world.issuing):
        room.desk.close()
