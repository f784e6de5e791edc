"""What to do now, the most urgent first; and when pins are outgrown."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.crypto.sample import sample_key
from core.model.advice import Act, Advice, Offer, Step, Task
from core.model.keys import Channel, SuspectKey
from core.model.links import ExportLinks, ReadBackDevice
from core.policy.advice import MANY_ENDS, MANY_LINKS, advise
from core.services import advice, exports, keys, readback, views
from core.services.perform import perform
from core.words.advice import ACTS, TASKS, WHY_NOT, advised, step
from tests.desks import Room, make_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path)
    yield made
    made.desk.close()


def _steps(room: Room) -> tuple[Step, ...]:
    return advice.steps(views.picture(room.desk))


def _first(room: Room) -> Step:
    return _steps(room)[0]


def _export(room: Room, link: str, folder: Path) -> None:
    perform(room.sit("alice"), exports.EXPORT, ExportLinks((link,), folder))


def _read_back(room: Room, name: str, printed: bytes) -> None:
    perform(room.sit("alice"), readback.READ_BACK, ReadBackDevice(name, printed))


def test_from_an_empty_workspace_to_nothing_due(room: Room, tmp_path: Path) -> None:
    assert _steps(room) == (Step(Task.FIRST_DEVICE, Act.DEVICE, ""),)
    room.device("lon")
    assert [each.task for each in _steps(room)] == [Task.RECEIVE, Task.SECOND_DEVICE]
    room.device("man")
    assert Task.FIRST_LINK in [each.task for each in _steps(room)]
    for name in ("lon", "man"):
        room.receive(name)
    assert _first(room) == Step(Task.COMPARE, Act.COMPARE, "lon", day="2026-11-24")
    room.compare("alice", "lon")
    assert _first(room) == Step(Task.COMPARE_SECOND, Act.COMPARE, "lon", "alice", "2026-11-24")
    room.compare("bob", "lon", channel=Channel.SHEET.value)
    room.approve("man")
    link = room.link("lon", "man")
    assert _steps(room) == (Step(Task.EXPORT, Act.EXPORT, link.name),)
    _export(room, link.name, tmp_path / "out")
    assert [(each.task, each.about) for each in _steps(room)] == [(Task.READBACK, "lon"), (Task.READBACK, "man")]
    both = b"".join(room.pems.values())
    _read_back(room, "lon", both)
    _read_back(room, "man", both)
    assert _steps(room) == ()


def test_a_changed_key_comes_before_everything_that_waits(room: Room) -> None:
    room.ready_link()
    room.device("par")
    room.receive("lon")
    assert _first(room) == Step(Task.CHANGED, Act.CHANGED, "lon", day="2026-11-24")
    room.compare("alice", "lon")
    assert _first(room) == Step(Task.CHANGED_ONCE, Act.CHANGED, "lon", "alice", "2026-11-24")


def test_a_different_key_is_an_alarm(room: Room) -> None:
    room.device("lon")
    room.receive("lon")
    other = room.pems["lon"]
    room.pems["lon"] = sample_key()
    heard = room.heard("lon")
    room.pems["lon"] = other
    room.compare("alice", "lon", heard)
    assert _first(room) == Step(Task.DIFFERENT, Act.REJECT, "lon", day="2026-11-24")


def test_a_suspended_link_names_the_link_and_the_device(room: Room) -> None:
    room.ready_link()
    room.receive("man")
    perform(room.sit("bob"), keys.SUSPECT, SuspectKey("man", "the mail was not from them"))
    suspended = next(each for each in _steps(room) if each.task is Task.SUSPENDED)
    assert (suspended.about, suspended.who) == ("man", "lon-man")
    assert "lon-man is suspended" in step(suspended)
    assert [each.about for each in _steps(room)].count("man") == 1


def test_a_review_falls_due(room: Room) -> None:
    room.ready_link()
    room.clock.passes(days=366)
    due = [each for each in _steps(room) if each.task is Task.REVIEW]
    assert [(each.about, each.act, each.day) for each in due] == [
        ("lon", Act.COMPARE, "2027-11-24"),
        ("man", Act.COMPARE, "2027-11-24"),
    ]


def test_telephone_alone_stays_open_as_a_weak_point(room: Room) -> None:
    room.device("lon")
    room.device("man")
    room.receive("lon")
    for who in ("alice", "bob"):
        room.compare(who, "lon")
    assert Task.TELEPHONE in [each.task for each in _steps(room)]


def test_a_link_held_by_telephone_alone_is_not_counted_as_verified(room: Room) -> None:
    """Not even while its review is overdue, which is told first."""
    room.ready_link()
    (row,) = views.picture(room.desk).links
    assert advice.verified(row)
    room.receive("lon")
    for who in ("alice", "bob"):
        room.compare(who, "lon", channel=Channel.CALL_BACK.value)
    (row,) = views.picture(room.desk).links
    assert row.health is views.Health.TELEPHONE
    assert not advice.verified(row)
    room.clock.passes(days=400)
    (row,) = views.picture(room.desk).links
    assert row.health is views.Health.OVERDUE
    assert not advice.verified(row)
    room.compare("alice", "lon", channel=Channel.SHEET.value)
    room.compare("alice", "man", channel=Channel.SHEET.value)
    assert advice.verified(views.picture(room.desk).links[0])


def test_a_roll_over_says_when_it_ends(room: Room) -> None:
    link = room.ready_link()
    room.receive("man", replace_by="2026-12-20")
    room.approve("man")
    rolling = next(each for each in _steps(room) if each.task is Task.ROLLING)
    assert rolling == Step(Task.ROLLING, Act.READBACK, "man", link.name, "2026-12-20")
    room.clock.passes(days=40)
    assert Task.ROLLING not in [each.task for each in _steps(room)]


def test_a_roll_over_far_ahead_is_not_told_yet(room: Room) -> None:
    room.ready_link()
    room.receive("man", replace_by="2027-01-20")
    room.approve("man")
    assert Task.ROLLING not in [each.task for each in _steps(room)]
    room.clock.passes(days=30)
    assert Task.ROLLING in [each.task for each in _steps(room)]


def test_an_export_is_outstanding_again_after_a_new_key(room: Room, tmp_path: Path) -> None:
    link = room.ready_link()
    _export(room, link.name, tmp_path / "one")
    assert views.picture(room.desk).links[0].current
    room.receive("man")
    room.approve("man")
    seen = views.picture(room.desk)
    assert not seen.links[0].current
    assert [row.current for row in seen.exports if row.device == "lon"] == [False]
    tasks = [(each.task, each.about) for each in advice.steps(seen)]
    assert (Task.EXPORT, link.name) in tasks
    assert (Task.READBACK_STALE, "lon") in tasks


def test_a_read_back_that_did_not_pass_is_an_alarm(room: Room, tmp_path: Path) -> None:
    link = room.ready_link()
    _export(room, link.name, tmp_path / "out")
    _read_back(room, "lon", sample_key())
    assert (_first(room).task, _first(room).about, _first(room).who) == (Task.READBACK_FAILED, "lon", "alice")
    _read_back(room, "lon", b"".join(room.pems.values()))
    assert _first(room).task is Task.READBACK


def test_offers_give_a_reason_where_they_cannot_be_taken(room: Room) -> None:
    room.device("lon")
    seen = views.picture(room.desk)
    offers = {each.act: each for each in advice.offers_for_device(seen, seen.devices[0])}
    assert offers[Act.RECEIVE] == Offer(Act.RECEIVE, "lon", due=True)
    assert offers[Act.COMPARE].why_not == "no-key"
    assert offers[Act.READBACK].why_not == "nothing-pinned"


def test_a_link_s_next_step_is_what_its_worse_end_needs(room: Room) -> None:
    room.ready_link()
    room.receive("man")
    seen = views.picture(room.desk)
    first, export, *_ = advice.offers_for_link(seen, seen.links[0])
    assert first == Offer(Act.CHANGED, "man", due=True)
    assert export.why_not == "not-approved"


def test_who_may_not_change_is_told_why(room: Room, tmp_path: Path) -> None:
    assert advice.hindrance(room.sit("alice")) == ""
    room.desk.session = None
    assert advice.hindrance(room.desk) == "signed-out"


# --- pins ---------------------------------------------------------------------------------------


def _star(ends: int) -> list[tuple[str, str, str]]:
    return [("hub", f"gw{number}", "ipsec") for number in range(ends)]


def test_pins_to_keep_and_keys_to_change() -> None:
    assert advise(_star(3), 4) == Advice(4, 3, 6, "hub", 3, outgrown=False, technologies=1)
    assert advise([], 0) == Advice(0, 0, 0, "", 0, outgrown=False, technologies=0)


def test_two_links_between_the_same_two_count_the_other_device_once_each() -> None:
    found = advise([("a", "b", "ipsec"), ("a", "b", "tls")], 2)
    assert (found.pins, found.most, found.technologies) == (4, 1, 2)


@pytest.mark.parametrize(("ends", "outgrown"), [(MANY_ENDS, False), (MANY_ENDS + 1, True)])
def test_too_many_ends_on_one_gateway(ends: int, outgrown: bool) -> None:
    assert advise(_star(ends), ends + 1).outgrown is outgrown


@pytest.mark.parametrize(("links", "outgrown"), [(MANY_LINKS, False), (MANY_LINKS + 1, True)])
def test_too_many_links(links: int, outgrown: bool) -> None:
    pairs = [(f"a{number}", f"b{number}", "ipsec") for number in range(links)]
    assert advise(pairs, 2 * links).outgrown is outgrown


def test_what_a_local_ca_would_ask_is_said_only_when_it_is_time() -> None:
    few, many = advise(_star(2), 3), advise(_star(20), 21)
    assert "right tool" in advised(few)
    assert "local CA" not in advised(few)
    for part in ("Devices: 21", "pins to keep: 40", "one request", "two people", "offline root"):
        assert part in advised(many)
    assert advised(replace(few, links=0)) == ""


def test_every_task_act_and_reason_has_its_words() -> None:
    assert set(TASKS) == set(Task)
    assert set(ACTS) == set(Act)
    assert all(text.endswith(".") for text in [*TASKS.values(), *WHY_NOT.values()])
    for task in Task:
        said = step(Step(task, Act.COMPARE, "edge-man2", "alice", "2026-11-24"))
        assert "{" not in said
        assert "!" not in said
