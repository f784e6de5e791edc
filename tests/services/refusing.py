"""What every refusal has to leave: the sentence, one row that names it, and everything else as it was."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.errors.base import Expected, Refused, Several
from core.services.audit import inspect
from core.words.say import findings
from tests.desks import Room
from tests.store.test_schema import dump


def raw(room: Room) -> bytes:
    """Every byte of the workspace that lies on the disk, journals included."""
    return b"".join(path.read_bytes() for path in sorted(room.path.parent.glob(f"{room.path.name}*")))


def tables(room: Room) -> dict[str, list[dict[str, Any]]]:
    """Every table but the ledger."""
    return {table: rows for table, rows in dump(room.path).items() if table != "ledger"}


def rows(room: Room) -> list[dict[str, Any]]:
    """The ledger's bodies, oldest first."""
    return [json.loads(row["body"]) for row in dump(room.path)["ledger"]]


def codes(error: Expected) -> list[str]:
    return [each.code for each in error.findings] if isinstance(error, Several) else [error.code]


def refused(room: Room, act: Callable[[], object], expected: type[Refused], *secrets: bytes) -> Refused:
    """The refusal of that class among what was raised, after everything around it was looked at."""
    before, numbered = tables(room), len(rows(room))
    with pytest.raises(Refused) as caught:
        act()
    error = caught.value
    several = error.findings if isinstance(error, Several) else (error,)
    found = [each for each in several if type(each) is expected]
    assert found, f"{expected.__name__} was not among {[type(each).__name__ for each in several]}"
    assert tables(room) == before
    new = rows(room)[numbered:]
    assert [row["action"] for row in new] == ["refused"]
    assert [each["code"] for each in new[0]["details"]["findings"]] == codes(error)
    assert new[0]["subjects"] == []
    assert inspect(room.desk).faults == ()
    for secret in secrets:
        assert secret not in raw(room), "what was refused is kept in the file"
    return found[0]


def says(error: Expected, *words: str) -> None:
    """The sentence holds these words, and ends with what to do."""
    said = findings(error)[0]
    for word in words:
        assert word in said.line, said.line
    assert said.do or type(error).__name__ == "TextNotFit"


@dataclass(frozen=True)
class Nothing:
    """What lies in a folder, to see that nothing came or went."""

    folder: Path

    def names(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*"))
