"""A dataclass that is finished late behaves like one that was finished at once."""

import dataclasses
import subprocess
import sys
import threading
from typing import Any

import pytest

from core.late import dataclass


def test_first_use_by_an_instance_a_subclass_or_its_fields() -> None:
    @dataclass(frozen=True)
    class One:
        number: int
        word: str = "w"

    @dataclass(frozen=True, kw_only=True)
    class Two(One):
        more: int = 3

    @dataclass(frozen=True)
    class Three:
        number: int

    class Plain(Three):
        pass

    assert Two(1, more=4) == Two(1, "w", more=4)
    assert repr(One(1)).endswith("One(number=1, word='w')")
    assert len({One(1), One(1), One(2)}) == 2
    assert [field.name for field in dataclasses.fields(Three)] == ["number"]
    assert Plain(number=7).number == 7
    assert dataclasses.replace(One(1), word="v") == One(1, "v")
    with pytest.raises(dataclasses.FrozenInstanceError):
        One(1).number = 2  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'number'"):
        Three()  # type: ignore[call-arg]


def _kinds(make: Any) -> list[Any]:
    """Frozen facts of every sort, by either decorator."""

    @make(frozen=True)
    class Fact:
        """A fact."""

        number: int
        word: str = "w"

    @make(frozen=True)
    class More(Fact):
        word: str = "v"
        rest: tuple[int, ...] = ()

    @make(frozen=True, repr=False)
    class Hidden:
        secret: str

        def __repr__(self) -> str:
            return "Hidden"

    @make(frozen=True)
    class Made:
        one: int
        names: list[str] = dataclasses.field(default_factory=list)

    return [Fact, More, Hidden, Made]


def _told(fact: Any, more: Any, hidden: Any, made: Any) -> list[Any]:
    """All that they answer."""
    found: list[Any] = [hash(fact(1)), hash(more(1, rest=(2,))), fact(1) == more(1, "w"), more(1) == more(1, "v", ())]
    found += [repr(more(1)), repr(hidden("s")), repr(made(3)), fact.__match_args__]
    for wrong in (fact, lambda: fact(1, 2, 3), lambda: fact(1, number=2), lambda: more(1, colour=2)):
        with pytest.raises(TypeError) as caught:
            wrong()
        found.append(str(caught.value))
    one, other = fact(1), more(1)
    changes = (lambda: setattr(other, "word", "x"), lambda: delattr(other, "word"), lambda: setattr(one, "x", 1))
    for _ in range(2):  # before `dataclasses` was asked for the fields, and after
        for change in changes:
            with pytest.raises(dataclasses.FrozenInstanceError):
                change()
        found += [[each.name for each in dataclasses.fields(kind)] for kind in (fact, more, hidden, made)]
    found += [dataclasses.asdict(more(4)), repr(dataclasses.replace(more(5), rest=(1,))), repr(more(1)), hash(fact(1))]
    return found


def test_plain_facts_behave_like_the_standard_ones() -> None:
    """Their functions are our own, whatever is asked first: an instance, or the fields."""
    ours, standard = _kinds(dataclass), _kinds(dataclasses.dataclass)
    assert _told(*ours) == _told(*standard)
    fields_first = _kinds(dataclass)
    assert len(dataclasses.fields(fields_first[1])) == 3
    assert _told(*fields_first) == _told(*standard)
    assert len({kind.__eq__ for kind in ours}) == 4, "each compares its own fields"


def test_failures_keep_their_facts() -> None:
    @dataclass(eq=False)
    class Wrong(Exception):
        kind: str

    @dataclass(eq=False)
    class Worse(Wrong):
        seconds: int = 5

    with pytest.raises(Wrong) as caught:
        raise Worse(kind="alice")
    assert caught.value == caught.value
    assert (caught.value.args, dataclasses.asdict(caught.value)) == ((), {"kind": "alice", "seconds": 5})


def test_many_threads_make_the_first_one() -> None:
    for _ in range(50):

        @dataclass(frozen=True)
        class Fact:
            number: int

        made: list[Fact] = []
        gate = threading.Barrier(4)

        def make(kind: type[Fact] = Fact, gate: threading.Barrier = gate, made: list[Fact] = made) -> None:
            gate.wait()
            made.append(kind(1))

        threads = [threading.Thread(target=make) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert made == [Fact(1)] * 4


def test_nothing_is_finished_by_importing() -> None:
    code = (
        "import core.model.custody as found, core.late as late; "
        "kinds = [each for each in vars(found).values() if isinstance(each, type) and '__dataclass_fields__' in vars(each)]; "
        "print(len(kinds) > 5, {type(vars(each)['__dataclass_fields__']).__name__ for each in kinds})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True {'_Unfinished'}"
