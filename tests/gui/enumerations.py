"""Tells all about every enumeration of Qt's modules, as JSON: `python -m tests.gui.enumerations late|standard`."""

import enum
import importlib
import json
import sys
from typing import Any

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport")


def _tried(act: Any) -> str:
    try:
        return repr(act())
    except Exception as error:  # noqa: BLE001 - told, whatever it is
        return repr(error)


def told(kind: Any) -> dict[str, Any]:
    """What it answers to whoever asks; first how it begins, while it may be without members."""
    found: dict[str, Any] = {"first": _tried(lambda: kind(next(iter([1])))), "taken": "x" in kind.__dict__}
    members = list(kind.__members__.items())
    found["each"] = [
        (
            name,
            one.name,
            one.value,
            repr(one),
            str(one),
            f"{one}",
            hash(one) in (hash(one.name), hash(one.value)),
            one._sort_order_,
            type(one) is kind,
        )
        for name, one in members
    ]
    found["same"] = [
        kind(one.value) is one and kind[name] is one and getattr(kind, name) is one for name, one in members
    ]
    found["iter"], found["length"] = [one.name for one in kind], len(kind)
    found["names"] = [kind.__module__, kind.__qualname__, kind.__name__, [above.__name__ for above in kind.__mro__]]
    found["attributes"], found["dir"] = sorted(vars(kind)), sorted(dir(kind))
    found["not"] = [_tried(lambda value=value: kind(value)) for value in (987654321, "x")]
    found["kept"] = _tried(lambda: setattr(kind, members[0][0], 1)) if members else ""
    if issubclass(kind, enum.Flag):
        found["masks"] = [kind._flag_mask_, kind._singles_mask_, kind._all_bits_]
        for _, one in members[:20]:
            first, last = members[0][1], members[-1][1]
            acts = (
                lambda one=one: ~one,
                lambda one=one, last=last: one | last,
                lambda one=one, first=first: one & first,
            )
            found.setdefault("of", []).append(
                [*map(_tried, acts), _tried(lambda one=one: [part.name for part in one]), bool(one)]
            )
    return found


def walk(inside: Any, seen: dict[str, Any]) -> None:
    """Every enumeration in a module or class; names with two underscores would load the texts of wrong calls."""
    for name in dir(inside):
        one = getattr(inside, name) if not name.startswith("__") else None
        if not isinstance(one, type) or not one.__module__.startswith("PySide6"):
            continue
        full = f"{one.__module__}.{one.__qualname__}"
        if full not in seen:
            seen[full] = None
            if isinstance(one, enum.EnumType):
                seen[full] = told(one)
            else:
                walk(one, seen)


if __name__ == "__main__":
    from gui import bindings, enumerations

    if sys.argv[1] == "late":
        bindings.load()
    found: dict[str, Any] = {}
    for module in MODULES:
        walk(importlib.import_module(f"PySide6.{module}"), found)
    assert not enumerations._over.is_set(), "all were made by the texts of wrong calls"
    assert (len(enumerations._waits) > 500) == (sys.argv[1] == "late")
    json.dump({name: each for name, each in found.items() if each}, sys.stdout, default=str)
