"""A record that no version ever wrote is damage with a sentence, wherever it is read first; never a bare exception."""

import json
import shutil
from pathlib import Path

import pytest

from core.cli.main import main
from core.errors.base import Damaged
from core.services.desk import open_desk
from core.services.views import picture
from core.store import audit, links
from core.words.say import say
from tests.desks import CHEAP
from tests.spoil import spoil
from tests.store.test_schema import filled

ODD = {
    "UPDATE device SET platform = 'pix' WHERE id = 1": "device",
    "UPDATE device SET networks = '[' WHERE id = 1": "device",
    "UPDATE device SET identity_kind = 'der_asn1_dn' WHERE id = 2": "device",
    "UPDATE key SET state = 'blessed' WHERE id = 1": "key",
    "UPDATE key SET received = 'yesterday' WHERE id = 1": "key",
    "UPDATE comparison SET verdict = 'fine' WHERE id = 1": "comparison",
    "UPDATE link SET technology = 'gre' WHERE id = 1": "link",
    "UPDATE pin SET standing = 'there' WHERE id = 1": "pin",
    "UPDATE export SET key_ids = 'all' WHERE id = 1": "export",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = filled(tmp_path_factory.mktemp("odd"))
    room.desk.close()
    return room.path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "room.anchorhold"))


@pytest.mark.parametrize(("statement", "record"), ODD.items())
def test_an_odd_record_is_damage(path: Path, capsys: pytest.CaptureFixture[str], statement: str, record: str) -> None:
    spoil(path, statement)
    desk = open_desk(path, cost=CHEAP)
    with pytest.raises(Damaged) as damage:
        picture(desk)
    desk.close()
    assert f"({record})" in say(damage.value).happened
    assert "audit verify" in say(damage.value).do
    assert main(["link", "list", str(path), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["refused"] == "DB-09"
    assert main(["audit", "verify", str(path), "--json"]) == 3  # which goes on, and finds it
    assert json.loads(capsys.readouterr().out)["faults"]


def test_an_odd_read_back_and_an_odd_row(path: Path) -> None:
    spoil(path, "UPDATE readback SET keys = '[{}]' WHERE id = 1", "UPDATE ledger SET body = '[' WHERE number = 9")
    desk = open_desk(path, cost=CHEAP)
    with pytest.raises(Damaged):
        links.readbacks(desk.file.read)
    with pytest.raises(Damaged):
        audit.recent(desk.file.read, 50)
    desk.close()
