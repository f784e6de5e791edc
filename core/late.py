"""Dataclasses that are finished when the first one of them is made.

`dataclasses.dataclass` compiles up to six functions a class, 0.5 ms on Python 3.11, and most of our classes are never
made in one run: 149 of them were three quarters of the time that importing the core took. Nobody else sees a
difference: `fields`, a subclass and the first instance each finish the class before they go on.

Those of plain facts (frozen, no `field()`), of which the first window makes thirty kinds, compile one function of the
six; the others are the ones below, closed over the names (0.1 ms instead of 0.7 ms). Their fields, and all that stands
on fields (`replace`, `asdict`), are the standard ones.
"""

import dataclasses
import operator
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**options: bool) -> Callable[[type], type]:
        """The decorator of that name, put off."""
        return lambda made: _Unfinished(made, options).made


_one_at_a_time = threading.RLock()
_FIELDS = "__dataclass_fields__"
_GUARDS = ("__setattr__", "__delattr__")


class _Unfinished:
    """Lies where `dataclasses` keeps the fields of a class until they or the first instance are asked for.

    In `__new__` and not in `__init__`, so that another thread waits there while this one puts the true `__init__` in.
    It stays (0.1 us an instance): CPython keeps the slot of a `__new__` that is deleted, and refuses arguments then.
    """

    def __init__(self, made: Any, options: dict[str, bool]) -> None:
        inherited, waits = made.__new__, True

        def new(kind: Any, /, *args: Any, **named: Any) -> Any:
            nonlocal waits
            if waits:
                self.prepare()
                waits = False
            return object.__new__(kind) if plain else inherited(kind, *args, **named)

        plain = not issubclass(made, BaseException)
        self.made, self.options, self.names = made, options, ()
        setattr(made, _FIELDS, self)
        made.__new__ = new

    def __get__(self, _one: object, _owner: type) -> Any:
        self.finish()
        return getattr(self.made, _FIELDS)

    def prepare(self) -> None:
        """Ready for instances: by the functions below, or for good."""
        with _one_at_a_time:
            if self.made.__dict__[_FIELDS] is self and not self.names:
                found = _plain_facts(self)
                if found:
                    self.names = tuple(found)
                    _give(self.made, found, shown=self.options.get("repr", True))
                else:
                    self.finish()

    def finish(self) -> None:
        """Let `dataclasses` do its work, once; the fields of a class above are finished by being read."""
        with _one_at_a_time:
            if self.made.__dict__[_FIELDS] is not self:
                return
            given = dict.fromkeys(("init", "repr", "eq"), False) if self.names else {}
            for name in _GUARDS if self.names else ():
                delattr(self.made, name)  # `dataclasses` puts in its own, and wants to be the first
            dataclasses.dataclass(**{**self.options, **given})(self.made)


_NONE = object()
_OWN = {"__init__", "__post_init__", "__eq__", "__hash__", "__setattr__", "__delattr__"}


def _plain_facts(one: _Unfinished) -> dict[str, Any]:
    """The names and defaults of a frozen class of nothing but facts; nothing where it wants more than that."""
    if set(one.options) - {"frozen", "repr"} or not one.options.get("frozen"):
        return {}
    found: dict[str, Any] = {}
    for kind in reversed(one.made.__mro__):
        own = vars(kind)
        above = own.get(_FIELDS)
        if own.keys() & _OWN and kind is not object and not (isinstance(above, _Unfinished) and above.names):
            return {}
        if isinstance(above, _Unfinished):
            found.update((name, own.get(name, found.get(name, _NONE))) for name in own.get("__annotations__", ()))
        elif _FIELDS in own or "__annotations__" in own:
            return {}
        if any("ClassVar" in str(type_) for type_ in own.get("__annotations__", {}).values()):
            return {}
    return {} if any(isinstance(value, dataclasses.Field) for value in found.values()) else found


def _give(made: Any, defaults: dict[str, Any], *, shown: bool) -> None:
    names = tuple(defaults)
    one = operator.attrgetter(*names)
    values = one if len(names) > 1 else lambda self: (one(self),)

    def equal(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def told(self: object) -> str:
        pairs = zip(names, values(self), strict=True)
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"

    def guard(_self: object, name: str, *_: Any) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to or delete field {name!r}")

    if shown and "__repr__" not in vars(made):
        made.__repr__ = told
    made.__eq__, made.__hash__ = equal, lambda self: hash(values(self))
    made.__setattr__ = made.__delattr__ = guard
    made.__match_args__ = names  # type: ignore[misc] # a class that is not known here
    made.__init__ = _init(made.__qualname__, defaults)


def _init(of: str, defaults: dict[str, Any]) -> Any:
    """The one function that is compiled: written out it is three times as quick for each of 10,000 rows."""
    heads = (name if value is _NONE else f"{name}=_of[{name!r}]" for name, value in defaults.items())
    lines = "".join(f"\n _put(self, {name!r}, {name})" for name in defaults)
    made: dict[str, Any] = {"_of": defaults, "_put": object.__setattr__}
    exec(f"def __init__(self, {', '.join(heads)}):{lines}", made)  # noqa: S102 - the names of our own fields
    made["__init__"].__qualname__ = f"{of}.__init__"
    return made["__init__"]
