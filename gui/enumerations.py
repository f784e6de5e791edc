"""Qt's enumerations, whose members are made when one of them is first asked for.

A class of Qt brings all its enumerations, `Qt` alone 90 with 1,500 members. A start made 250 of them, 45 ms of processor
time, and looks into fifty. What is made at once here is the class, empty; whoever looks for a member finds, in the
places where `enum` keeps them, what makes them all.

PySide6's own old names (`Qt.AlignLeft`, which ours never say, mypy sees to that) are found in finished tables only. Its
texts of wrong calls use them, so all are made, and none put off any more, before those are loaded.

For Python 3.11, whose `enum` this knows; elsewhere nothing is put off. A test holds every enumeration of the modules
that the program uses against the one that `enum` makes of the same list.
"""

import enum
import sys
import threading
from typing import Any

_KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
_TABLES = ("_member_names_", "_value2member_map_", "_flag_mask_", "_singles_mask_", "_all_bits_", "_member_map_")
_TAKEN = {"name", "value"}  # members of these names would lie before the properties of that name
_one_at_a_time = threading.RLock()
_waits: list[type] = []  # the enumerations without members
_over = threading.Event()
_empty: dict[type, dict[str, Any]] = {}  # what `enum` writes into a class without members, by the kind


class _Waiting:
    """The members of one enumeration that nobody asked for yet."""

    def __init__(self, pairs: list[tuple[str, int]]) -> None:
        self.pairs, self.names = pairs, {name for name, _ in pairs}

    def make(self, kind: Any) -> None:
        """All of them, once, as `enum._proto_member` does; a name of a value that has one is another name of that."""
        with _one_at_a_time:
            if not isinstance(kind.__dict__["_member_map_"], _Table):
                return
            names: list[str] = []
            by_name: dict[str, Any] = {}
            by_value: dict[int, Any] = {}
            new, flags = kind._new_member_, issubclass(kind, enum.Flag)
            for name, value in self.pairs:
                member = by_value.get(value)
                if member is None:
                    member = by_value[value] = new(kind, value) if kind._use_args_ else new(kind)
                    member._value_, member._name_, member.__objclass__ = value, name, kind
                    member._sort_order_ = len(names)
                    if not flags or _single(value):
                        names.append(name)
                by_name[name] = member
            made = {"_member_names_": names, "_value2member_map_": by_value, "_member_map_": by_name}
            self._publish(kind, made | (_masks(by_value) if flags else {}))
            if flags and sorted(values := [by_name[name].value for name in names]) != values:
                type.__setattr__(kind, "_iter_member_", kind._iter_member_by_def_)

    @staticmethod
    def _publish(kind: Any, made: dict[str, Any]) -> None:
        """The table that says whether they are made is the last, for another thread that looks meanwhile."""
        for name, member in made["_member_map_"].items():
            type.__setattr__(kind, name, member)
        for name in _TABLES:
            if name in made:
                type.__setattr__(kind, name, made[name])


class _Table:
    """Lies in a class where one of its tables of members will be."""

    def __init__(self, name: str, waiting: _Waiting) -> None:
        self._name, self._waiting = name, waiting

    def __get__(self, _one: object, kind: type) -> Any:
        self._waiting.make(kind)
        return kind.__dict__[self._name]

    def __contains__(self, name: str) -> bool:  # asked before an attribute of the class is set
        return name in self._waiting.names


def _single(value: int) -> bool:
    """Whether it is one bit."""
    return value != 0 and value & (value - 1) == 0


def _masks(values: Any) -> dict[str, int]:
    every = singles = 0
    for value in values:
        every |= value
        singles |= value if _single(value) else 0
    return {"_flag_mask_": every, "_singles_mask_": singles, "_all_bits_": 2 ** every.bit_length() - 1}


def make_all() -> None:
    """Every one that waits, and no more waiting."""
    _over.set()
    while _waits:
        _ = _waits.pop().__members__  # type: ignore[attr-defined] # what any enumeration has


def put_off() -> None:
    """From now on, for lists of pairs as the bindings give them; any other enumeration is made as ever."""
    if sys.version_info[:2] != (3, 11):
        return
    standard: Any = enum.EnumType.__dict__["_create_"]

    def create(cls: Any, class_name: str, names: Any, **options: Any) -> Any:
        plain = options.get("boundary") is enum.KEEP and options.get("type") is None and not _over.is_set()
        if not (plain and cls in _KINDS and isinstance(names, list) and names and isinstance(names[0], tuple)):
            return standard(cls, class_name, names, **options)
        waiting = _Waiting(names)
        if not waiting.names.isdisjoint(_TAKEN):
            return standard(cls, class_name, names, **options)
        if cls not in _empty:
            _empty[cls] = dict(vars(standard(cls, class_name, [], **options)))
        own = {**_empty[cls], "_unhashable_values_": []}
        own.update((name, _Table(name, waiting)) for name in _TABLES if name in own)
        own["__module__"] = options.get("module") or sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001 - as `enum`
        own["__qualname__"] = options.get("qualname") or class_name
        _waits.append(made := type.__new__(enum.EnumType, class_name, (cls,), own))
        return made

    setattr(enum.EnumType, "_create_", create)  # noqa: B010 - by which `Enum(name, pairs)` comes, unknown to mypy
