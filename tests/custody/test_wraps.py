"""k of n by arithmetic: every quorum opens, nobody else does with the whole file in hand."""

import base64
import dataclasses
import json
from itertools import combinations, product

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.crypto import custody
from core.crypto.wraps import Bound, disclose, label, unwrap, wrap
from core.errors.custody import CustodyDamaged, StickNotFit, WrongCustodianPassphrase
from core.model.custody import Sealed
from tests.desks import CHEAP

SECRET = b"the private key of the root"
NAMES = ("alice", "bob", "carol", "dave", "erin")
BOUND = Bound("workspace-1", "key-1", 3)


def phrases(*names: str) -> dict[str, str]:
    return {name: f"{name} keeps nine copper kettles" for name in names}


def sealed(bound: Bound = BOUND, names: tuple[str, ...] = NAMES) -> Sealed:
    return custody.put_under(SECRET, phrases(*names), bound, cost=CHEAP)


def opened(box: Sealed, names: tuple[str, ...], bound: Bound = BOUND) -> bytes:
    return custody.take_out(box, custody.custody_keys(box, phrases(*names), bound), bound)


def test_every_quorum_and_every_larger_group_opens_it() -> None:
    box = sealed()
    assert len(box.wraps) == 10
    groups = [group for size in (3, 4, 5) for group in combinations(NAMES, size)]
    assert {opened(box, group) for group in groups} == {SECRET}


@pytest.mark.parametrize(("quorum", "people"), [(k, n) for n in range(2, 8) for k in range(2, n + 1)])
def test_every_shape_up_to_seven(quorum: int, people: int) -> None:
    names = tuple(f"p{number}" for number in range(people))
    bound = Bound("w", "k", quorum)
    keys = {name: bytes([number]) * 32 for number, name in enumerate(names)}
    wraps = wrap(b"k" * 32, keys, bound)
    for size in range(1, people + 1):
        for group in combinations(names, size):
            some = {name: keys[name] for name in group}
            if size >= quorum:
                assert unwrap(wraps, some, bound) == b"k" * 32
            else:
                with pytest.raises(CustodyDamaged):
                    unwrap(wraps, some, bound)


def test_ten_people_make_252_wraps_of_a_few_kilobytes() -> None:
    wraps = wrap(b"k" * 32, {f"p{number}": bytes([number]) * 32 for number in range(10)}, Bound("w", "k", 5))
    assert len(wraps) == 252
    assert len(json.dumps(wraps)) < 32_000


def _stored(box: Sealed) -> set[bytes]:
    """Every value in the file, and every run of 32 bytes in any of them, as a key somebody would try."""
    values = [box.secret, *box.wraps.values(), *box.envelopes.values()]
    for envelope in box.envelopes.values():
        values += [str(value) for value in json.loads(envelope).values()]
    raw = [value.encode() for value in values]
    for value in values:
        try:
            raw.append(base64.b64decode(value, validate=True))
        except ValueError:
            continue
    return {each[at : at + 32] for each in raw for at in range(max(1, len(each) - 31)) if len(each) >= 32} | {bytes(32)}


def test_fewer_than_k_with_the_whole_file_get_nothing() -> None:
    """All values of the file are tried as custody keys of the missing person, as KEK and as wrapping keys."""
    bound = dataclasses.replace(BOUND, quorum=2)
    box = sealed(bound, ("alice", "bob", "carol"))
    have = custody.custody_keys(box, phrases("alice"), bound)
    tried = 0
    for guess in _stored(box) | {have["alice"]}:
        for missing in ("bob", "carol"):
            with pytest.raises(CustodyDamaged):
                custody.take_out(box, {**have, missing: guess}, bound)
        for closed, aad in product([box.secret, *box.wraps.values()], (b"", bound.aad("secret"))):
            data = base64.b64decode(closed)
            with pytest.raises(InvalidTag):
                AESGCM(guess).decrypt(data[:12], data[12:], aad)
            tried += 1
    assert tried > 1000
    # The control: the same attempt with the right key does open.
    right = custody.custody_keys(box, phrases("bob"), bound)
    assert custody.take_out(box, have | right, bound) == SECRET


def test_one_custodian_under_two_names_is_still_one() -> None:
    bound = dataclasses.replace(BOUND, quorum=2)
    box = sealed(bound, ("alice", "bob"))
    mine = custody.custody_keys(box, phrases("alice"), bound)["alice"]
    with pytest.raises(CustodyDamaged):
        custody.take_out(box, {"alice": mine, "bob": mine}, bound)


def test_a_wrong_passphrase_names_its_custodian() -> None:
    box = sealed()
    with pytest.raises(WrongCustodianPassphrase) as refused:
        custody.custody_keys(box, {**phrases("alice", "bob"), "carol": "not hers at all, no"}, BOUND)
    assert refused.value.name == "carol"


@pytest.mark.parametrize(
    "other",
    [Bound("workspace-2", "key-1", 3), Bound("workspace-1", "key-2", 3), Bound("workspace-1", "key-1", 3, 2)],
    ids=["workspace", "key", "generation"],
)
def test_nothing_opens_in_another_place(other: Bound) -> None:
    box = sealed()
    keys = custody.custody_keys(box, phrases("alice", "bob", "carol"), BOUND)
    with pytest.raises(CustodyDamaged):
        custody.take_out(box, keys, other)
    with pytest.raises(CustodyDamaged):
        disclose(box.secret, unwrap(box.wraps, keys, BOUND), other)


def test_a_wrap_of_another_subset_does_not_stand_in() -> None:
    box = sealed()
    swapped = box.wraps | {label(("alice", "bob", "carol")): box.wraps[label(("alice", "bob", "dave"))]}
    with pytest.raises(CustodyDamaged):
        opened(dataclasses.replace(box, wraps=swapped), ("alice", "bob", "carol"))


def test_a_lower_quorum_written_into_the_file_opens_nothing() -> None:
    box = sealed()
    one = dataclasses.replace(BOUND, quorum=1)
    with pytest.raises(CustodyDamaged):
        opened(dataclasses.replace(box, quorum=1), ("alice",), one)


def test_handing_over_shuts_the_old_custodian_out_of_the_new_file() -> None:
    box = sealed()
    stay = custody.custody_keys(box, phrases("alice", "bob", "carol", "dave"), BOUND)
    after = custody.hand_over(box, stay, phrases("fay"), BOUND, cost=CHEAP)
    now = dataclasses.replace(BOUND, generation=2)
    assert after.generation == 2
    assert set(after.envelopes) == {"alice", "bob", "carol", "dave", "fay"}
    assert opened(after, ("alice", "bob", "fay"), now) == SECRET
    erin = custody.custody_keys(box, phrases("erin"), BOUND)
    with pytest.raises(CustodyDamaged):
        custody.take_out(after, {name: stay[name] for name in ("alice", "bob")} | erin, now)
    # Why old backups have to be destroyed: the old file still opens for the old quorum.
    assert opened(box, ("alice", "bob", "erin")) == SECRET


def test_nothing_of_the_old_wraps_is_kept() -> None:
    box = sealed()
    stay = custody.custody_keys(box, phrases("alice", "bob", "carol", "dave"), BOUND)
    after = custody.hand_over(box, stay, phrases("fay"), BOUND, cost=CHEAP)
    assert not set(after.wraps.values()) & set(box.wraps.values())
    assert after.secret != box.secret


def test_a_changed_passphrase_opens_and_the_old_one_does_not() -> None:
    box = sealed()
    key = custody.custody_key(box.envelopes["bob"], phrases("bob")["bob"], BOUND, "bob")
    fresh = custody.enclose(key, "a new passphrase for bob", BOUND, "bob", cost=CHEAP)
    changed = dataclasses.replace(box, envelopes=box.envelopes | {"bob": fresh})
    with pytest.raises(WrongCustodianPassphrase):
        opened(changed, ("alice", "bob", "carol"))
    keys = custody.custody_keys(changed, {**phrases("alice", "carol"), "bob": "a new passphrase for bob"}, BOUND)
    assert custody.take_out(changed, keys, BOUND) == SECRET


def test_generated_passphrases_have_ten_words_and_never_repeat() -> None:
    made = {custody.generated_passphrase() for _ in range(1000)}
    assert len(made) == 1000
    assert {len(each.split()) for each in made} == {10}
    assert len({word for each in made for word in each.split()}) == 256


def test_a_stick_is_half_of_the_secret() -> None:
    stick, other = (custody.new_stick("workspace-1", "alice") for _ in range(2))
    bound = dataclasses.replace(BOUND, quorum=2)
    phrase = phrases("alice")["alice"]
    both = custody.joined(phrase, stick, "workspace-1", "alice")
    box = custody.put_under(SECRET, {"alice": both, **phrases("bob")}, bound, cost=CHEAP)
    again = custody.joined(phrase, stick, "workspace-1", "alice")
    assert custody.take_out(box, custody.custody_keys(box, {"alice": again, **phrases("bob")}, bound), bound) == SECRET
    for wrong in (phrase, custody.joined(phrase, other, "workspace-1", "alice")):
        with pytest.raises(WrongCustodianPassphrase):
            custody.custody_keys(box, {"alice": wrong}, bound)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "shape"),
        ("anchorhold custodian stick 1\nworkspace-1\nalice\nAAAA\n", "shape"),
        ("anchorhold custodian stick 2\nworkspace-1\nalice\n" + base64.b64encode(bytes(32)).decode(), "shape"),
        (custody.new_stick("workspace-1", "bob"), "owner"),
        (custody.new_stick("workspace-2", "alice"), "owner"),
    ],
    ids=["empty", "short", "version", "another person's", "another workspace's"],
)
def test_another_stick_is_refused_by_name(text: str, why: str) -> None:
    with pytest.raises(StickNotFit) as refused:
        custody.joined("x", text, "workspace-1", "alice")
    assert (refused.value.name, refused.value.why) == ("alice", why)
