"""Short words of the program's own that people should never read: every stored value that is no English word."""

import importlib
import inspect
import re
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.model.advice import Act, Task
from core.model.audit import LogFormat
from core.policy.profiles import profiles

MODEL = Path(__file__).parents[2] / "core" / "model"
# Names of the code, numbers without a name, what Python prints for its own things, and holes that nothing filled.
CODED = re.compile(
    r"(?<![\w./\\-])[a-z]+(?:_[a-z0-9]+)+(?![\w/-]|\.\w)"
    r"|(?<![(\w.])[0-2](?:\.\d+){4,}(?![\w])"
    r"|\b(?:None(?!:? [a-z])|True|False)\b|\b[A-Z]\w+\(\w+=|\(\s*'|\['|\{'|Path\(|datetime\.|\b[A-Z][A-Za-z]+\.[A-Z][A-Z_]+\b|<\w+[.\w]*:"
    r"|(?<!\w)\{\w*\}"
)
TYPED = re.compile(r"\b(?:fqdn|email|ipv4|ipv6):\S")
NAMES = {"ed25519", "x25519", "md5", "read-back", "call-back"}  # what the field calls them too
FILES = {"allowed_signers"}  # OpenSSH's own


@cache
def short_words() -> frozenset[str]:
    """With a hyphen or a digit in them, so that no sentence has them by chance; ids of profiles are in no enumeration."""
    found: set[str] = set()
    for path in MODEL.glob("*.py"):
        for each in vars(importlib.import_module(f"core.model.{path.stem}")).values():
            if inspect.isclass(each) and issubclass(each, StrEnum) and each not in (Act, Task, LogFormat):
                found |= {value.value for value in each if re.fullmatch(r"[a-z0-9]*[-0-9][-a-z0-9]*", value.value)}
    return frozenset((found | set(profiles())) - NAMES)


def left(text: str) -> list[str]:
    """Those that stand in a text, file names and options aside."""
    words = set(re.findall(r"(?<![\w./$-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/-]|\.\w)", text))
    return sorted(words & short_words()) + TYPED.findall(text) + sorted(set(CODED.findall(text)) - FILES)
