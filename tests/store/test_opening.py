"""Opening what is not a sound workspace: one clear sentence each, and not a byte of it is changed."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import workspace as errors
from core.errors.base import Damaged, Expected, Refused
from core.services.audit import inspect
from core.services.desk import open_desk
from core.store.file import WorkspaceFile
from core.store.schema import APPLICATION_ID, MIGRATIONS
from core.words.say import say, sentence
from tests.desks import CHEAP, make_room
from tests.store.disks import listing, sha256


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with something in every part of it."""
    room = make_room(tmp_path_factory.mktemp("sound"))
    room.ready_link()
    room.desk.close()
    return room.path


def _copy(sound: Path, folder: Path) -> Path:
    return Path(shutil.copy(sound, folder / "it.anchorhold"))


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "it.anchorhold"
    path.write_bytes(content)
    return path


def _sqlite(folder: Path, *statements: str) -> Path:
    path = folder / "it.anchorhold"
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def _changed(path: Path, at: int, content: bytes) -> Path:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)
    return path


def _missing(_: Path, folder: Path) -> Path:
    return folder / "it.anchorhold"


def _folder(_: Path, folder: Path) -> Path:
    (folder / "it.anchorhold").mkdir()
    return folder / "it.anchorhold"


def _device(_: Path, folder: Path) -> Path:
    return Path(os.devnull)


def _flipped_page(sound: Path, folder: Path) -> Path:
    return _changed(_copy(sound, folder), 3 * 4096, bytes(range(256)) * 16)


def _newer(sound: Path, folder: Path) -> Path:
    return _changed(_copy(sound, folder), 60, (len(MIGRATIONS) + 1).to_bytes(4, "big"))


def _without_tables(_: Path, folder: Path) -> Path:
    return _sqlite(folder, f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={len(MIGRATIONS)}")


def _without_record(sound: Path, folder: Path) -> Path:
    path = _copy(sound, folder)
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER workspace_stays")
    connection.execute("DELETE FROM workspace")
    connection.commit()
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return path


def _odd_kind(sound: Path, folder: Path) -> Path:
    path = _copy(sound, folder)
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER workspace_facts")
    connection.execute("UPDATE workspace SET kind = 'of another sort'")
    connection.commit()
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return path


CASES: dict[str, tuple[Callable[[Path, Path], Path], type[Expected], str]] = {
    "missing": (_missing, errors.NoSuchWorkspace, "There is no workspace"),
    "a folder": (_folder, errors.NoSuchWorkspace, "There is no workspace"),
    "a device": (_device, errors.NoSuchWorkspace, "There is no workspace"),
    "empty": (lambda _, folder: _written(folder, b""), errors.NotAWorkspace, "not a workspace"),
    "a text": (lambda _, folder: _written(folder, b"dear diary\n" * 99), errors.NotAWorkspace, "not a workspace"),
    "another SQLite": (
        lambda _, folder: _sqlite(folder, "CREATE TABLE t (a)"),
        errors.NotAWorkspace,
        "not a workspace",
    ),
    "a header alone": (lambda sound, folder: _written(folder, sound.read_bytes()[:100]), Damaged, "hold together"),
    "cut in half": (lambda sound, folder: _written(folder, sound.read_bytes()[:50_000]), Damaged, "hold together"),
    "one byte short": (lambda sound, folder: _written(folder, sound.read_bytes()[:-1]), Damaged, "hold together"),
    "a page overwritten": (_flipped_page, errors.DamagedWorkspace, "hold together"),
    "a newer version": (_newer, errors.NewerWorkspace, f"this version knows format {len(MIGRATIONS)}"),
    "no tables": (_without_tables, errors.DamagedWorkspace, "hold together"),
    "no record": (_without_record, errors.DamagedWorkspace, "hold together"),
    "a kind that never was": (_odd_kind, errors.DamagedWorkspace, "hold together"),
}


@pytest.mark.parametrize("read_only", [False, True], ids=["", "read-only"])
@pytest.mark.parametrize("case", CASES)
def test_refused_in_one_sentence_and_unchanged(case: str, sound: Path, tmp_path: Path, read_only: bool) -> None:
    make, expected, words = CASES[case]
    path = make(sound, tmp_path)
    before = (listing(tmp_path), sha256(path) if path.is_file() else "")
    with pytest.raises(expected) as refusal:
        open_desk(path, read_only=read_only, cost=CHEAP)
    assert isinstance(refusal.value, Refused | Damaged)
    assert (listing(tmp_path), sha256(path) if path.is_file() else "") == before
    said = say(refusal.value)
    assert words in said.happened
    assert str(path) in said.happened
    assert said.do.endswith(".")
    assert "\n" not in sentence(refusal.value)


def test_the_sound_one_opens(sound: Path, tmp_path: Path) -> None:
    """The other side of the table above."""
    path = _copy(sound, tmp_path)
    desk = open_desk(path, cost=CHEAP)
    assert desk.workspace.name == "Data centre links"
    assert inspect(desk).faults == ()
    desk.close()
    assert listing(tmp_path) == ["it.anchorhold"]
    assert sha256(path) == sha256(sound)


def test_a_newer_file_is_not_downgraded_by_a_link(sound: Path, tmp_path: Path) -> None:
    path = _newer(sound, tmp_path)
    (tmp_path / "link.anchorhold").symlink_to(path)
    with pytest.raises(errors.NewerWorkspace) as refusal:
        open_desk(tmp_path / "link.anchorhold", cost=CHEAP)
    assert (refusal.value.version, refusal.value.known) == (len(MIGRATIONS) + 1, len(MIGRATIONS))


def _dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    connection.text_factory = bytes
    try:
        tables = [row[0].decode() for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return [repr(row) for table in sorted(tables) for row in connection.execute(f"SELECT * FROM {table}")]
    finally:
        connection.close()


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_byte_is_refused_or_found(sound: Path, tmp_path: Path, seed: int) -> None:
    """Anywhere in the file: it is refused in words, or it changed nothing, or `audit verify` finds it."""
    chance, whole, told = random.Random(seed), sound.read_bytes(), _dump(sound)
    for number in range(25):
        at = chance.randrange(len(whole))
        path = tmp_path / f"{number}.anchorhold"
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        try:
            desk = open_desk(path, cost=CHEAP)
        except Expected:
            continue
        try:
            faults = inspect(desk).faults
        except Damaged:
            continue
        finally:
            desk.close()
        assert faults or _dump(path) == told, f"byte {at} was flipped and nobody noticed"


def test_pragmas_are_as_promised(sound: Path, tmp_path: Path) -> None:
    file = WorkspaceFile(_copy(sound, tmp_path), wal=True)
    try:
        with file.writing() as unit:
            for connection, query_only in ((file.read, 1), (unit.connection, 0)):
                pragmas = ("foreign_keys", "trusted_schema", "secure_delete", "synchronous", "query_only")
                found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
                assert found == [1, 0, 1, 2, query_only]
        with pytest.raises(errors.ReadOnlyWorkspace), file.snapshot() as snapshot:
            snapshot.execute("UPDATE device SET state = 'retired'")
    finally:
        file.close()


def test_a_text_that_is_not_utf8_is_damage(sound: Path, tmp_path: Path) -> None:
    path = _copy(sound, tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE device SET state = CAST(x'ff' AS TEXT) WHERE id = 1")
    connection.commit()
    connection.close()
    desk = open_desk(path, cost=CHEAP)
    with pytest.raises(Damaged) as refusal:
        inspect(desk)
    assert "(text)" in sentence(refusal.value)
    desk.close()
