"""Qt's bindings without what they load for others: a third of what a start took was theirs.

PySide6 carries 120 KB of its own Python as text and compiles it in every start (35 ms), for the wording of a wrong
call's TypeError, for `help()` and for writing stub files; here each of these modules is compiled when first used.
And it goes through the source of every module imported after it in search of its own name (20 ms for ours), for
`from __feature__ import snake_case`, which nothing of ours says; so `import` is what it was before that.

Where a later PySide6 loads itself in another way, nothing here takes hold and all is loaded as it always was.
"""

import builtins
import sys
import threading
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from gui import enumerations

_IN = "shibokensupport.signature."
_PARTS = ("errorhandler", "layout", "lib.enum_sig", "lib.pyi_generator", "lib.tool", "mapping", "parser")
_LATE = {_IN + part for part in _PARTS}
_one_at_a_time = threading.RLock()


class _Late(ModuleType):
    """A module that is executed when something in it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what `import` itself looks for
            raise AttributeError(name)
        self.finish()
        return self.__dict__[name] if name in self.__dict__ else super().__getattribute__(name)

    def finish(self) -> None:
        """Execute it, where that was not done."""
        with _one_at_a_time:
            execute: Callable[[], None] | None = self.__dict__.pop("_execute", None)
            if execute is not None:
                enumerations.make_all()
                execute()


class _Loader:
    """Stands before the loader of the bindings, which knows a module by the name that it had at first."""

    def __init__(self, true: Any) -> None:
        self._true = true

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Late(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        spec, first = module.__spec__, module.__name__
        if spec is None or not isinstance(module, _Late):
            self._true.exec_module(module)
            return

        def execute() -> None:
            now, spec.name = spec.name, first  # it was published under PySide6.support as well
            try:
                self._true.exec_module(module)
            finally:
                spec.name = now

        def update_mapping() -> None:
            module.finish()
            module.__dict__["update_mapping"]()

        module.__dict__["_execute"] = execute
        if first == f"{_IN}mapping":  # libshiboken takes this one out of its dictionary, past `__getattr__`
            module.__dict__["update_mapping"] = update_mapping


class _Finders(list[Any]):
    """`sys.meta_path` while the bindings load: they put a finder of their own in front."""

    def insert(self, place: Any, finder: Any) -> None:
        super().insert(place, finder)
        find = getattr(finder, "find_spec", None)
        if find is None or type(finder).__name__ != "EmbeddableZipImporter":
            return

        def late(name: str, path: Any, target: Any = None) -> ModuleSpec | None:
            spec: ModuleSpec | None = find(name, path, target)
            if spec is not None and name in _LATE:
                spec.loader = _Loader(finder)  # type: ignore[assignment] # as little of a loader as theirs
            return spec

        finder.find_spec = late


def load() -> None:
    """Import PySide6. Before anything else does: later there is nothing to put off."""
    if "PySide6" in sys.modules:
        return
    enumerations.put_off()
    before = sys.meta_path
    sys.meta_path = _Finders(before)
    try:
        import PySide6  # noqa: F401
    finally:
        before[:] = sys.meta_path
        sys.meta_path = before
        builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
