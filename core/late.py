"""Dataclasses that are finished when the first one of them is made.

`dataclasses.dataclass` compiles up to six functions a class, 0.5 ms on Python 3.11, and most of our classes are never
made in one run: 149 of them were three quarters of the time that importing the core took. Nobody else sees a
difference: `fields`, a subclass and the first instance each finish the class before they go on.
"""

import dataclasses
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
                self.finish()
                waits = False
            return object.__new__(kind) if plain else inherited(kind, *args, **named)

        plain = not issubclass(made, BaseException)
        self.made, self._options = made, options
        setattr(made, _FIELDS, self)
        made.__new__ = new

    def __get__(self, _one: object, _owner: type) -> Any:
        self.finish()
        return getattr(self.made, _FIELDS)

    def finish(self) -> None:
        """Let `dataclasses` do its work, once; the fields of a class above are finished by being read."""
        with _one_at_a_time:
            if self.made.__dict__[_FIELDS] is self:
                dataclasses.dataclass(**self._options)(self.made)
