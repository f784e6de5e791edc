"""What `--json` prints: one dataclass per verb, from which its JSON Schema is made as well."""

import dataclasses
import types
import typing
from enum import StrEnum
from typing import Any, Literal

from core.late import dataclass


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A success. `lines` is what a person sees; it is not part of the JSON."""

    state: Literal["done", "waiting"] = "done"

    def lines(self) -> list[str]:
        """Plain sentences."""
        return ["Done."]


def as_json(answer: Any) -> Any:
    """Dataclasses, enums and tuples as JSON values."""
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        return {field.name: as_json(getattr(answer, field.name)) for field in dataclasses.fields(answer)}
    if isinstance(answer, (tuple, list)):
        return [as_json(each) for each in answer]
    if isinstance(answer, dict):
        return {str(name): as_json(value) for name, value in answer.items()}
    return answer.value if isinstance(answer, StrEnum) else answer


_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
}


def schema(kind: Any) -> dict[str, Any]:
    """JSON Schema (2020-12) of an answer's type."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return {"enum": list(inside)}
    if origin is tuple:
        return {"type": "array", "items": schema(inside[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema(inside[1])}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if each is type(None) else schema(each) for each in inside]}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [each.value for each in kind]}
    hints = typing.get_type_hints(kind)
    properties = {field.name: schema(hints[field.name]) for field in dataclasses.fields(kind)}
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


REFUSAL: dict[str, Any] = {
    "type": "object",
    "properties": {
        "refused": {"type": "string"},
        "title": {"type": "string"},
        "happened": {"type": "string"},
        "do": {"type": "string"},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("clause", "rule", "sentence", "quote")},
                "required": ["clause", "rule", "sentence", "quote"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["do", "findings", "happened", "refused", "title"],
    "additionalProperties": False,
}
