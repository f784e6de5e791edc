"""statement cp, cps, status, propose, publish and crl validity, as a script uses them; a PDF by the program itself."""

import json
from pathlib import Path

import jsonschema
import pytest

from core.model.workspace import Kind, PolicyName
from tests.cli.terminal import Run, process, run, secrets_of, write_private
from tests.desks import make_room
from tests.pki.worlds import DUTIES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = make_room(tmp_path, DUTIES, kind=Kind.ISSUING, policy=PolicyName.REHEARSAL, duties=DUTIES)
    made.desk.close()
    write_private(tmp_path / "secrets.toml", secrets_of(*DUTIES))
    return made.path


def does(path: Path, *words: str | Path, who: str = "alice", program: bool = False) -> Run:
    done = (process if program else run)(*words, "--as", who, "--secrets", path.parent / "secrets.toml", "--json")
    assert done.code == 0, done.err
    return done


def told(done: Run, *verb: str) -> dict[str, object]:
    found = json.loads(done.out)
    jsonschema.validate(found, json.loads(run("schema", *verb).out))
    assert isinstance(found, dict)
    return found


def test_from_a_draft_to_a_published_version(path: Path) -> None:
    asked = told(does(path, "statement", "propose", path, "cps", "--reason", "first issue"), "statement", "propose")
    does(path, "approve", path, str(asked["proposal"]), who="bob")
    to = ("--distribution", "sent to every relying organisation")
    made = told(does(path, "statement", "publish", path, "cps", *to), "statement", "publish")
    assert made["version"]["distribution"] == "sent to every relying organisation"  # type: ignore[index]
    asked = told(
        does(path, "crl", "validity", path, "--hours", "120", "--reason", "shorter holidays"), "crl", "validity"
    )
    does(path, "approve", path, str(asked["proposal"]), who="bob")
    both = told(does(path, "statement", "status", path), "statement", "status")["documents"]
    assert isinstance(both, list)
    cp, cps = both
    assert (cp["newest"], cp["drift"]) == (None, [])
    assert (cps["newest"]["version"], cps["sections"], cps["published"]["version"]) == (1, 270, 1)
    assert [each["section"] for each in cps["drift"]] == ["4.9.7", "4.9.8", "4.10.2", "7.2.2"]
    assert run("statement", "status", path).out.count("differs from what was approved") == 4


@pytest.mark.parametrize("ending", ["md", "html", "json", "pdf"])
def test_a_paper_in_every_format(path: Path, ending: str) -> None:
    out = path.parent / f"cp.{ending}"
    done = does(path, "statement", "cp", path, "--out", out, program=ending == "pdf")
    found = told(done, "statement", "cp")
    assert found["kind"] == "cp"
    assert any("REHEARSAL" in each for each in found["marks"])  # type: ignore[attr-defined]
    content = out.read_bytes()
    assert content.startswith(
        {"md": b"# Certificate Policy", "html": b"<!DOCTYPE", "json": b"{", "pdf": b"%PDF"}[ending]
    )
    if ending != "pdf":
        assert b"Checkpoint" in content


def test_an_unknown_document_is_wrong_usage(path: Path) -> None:
    assert run("statement", "propose", path, "cpx", "--reason", "x").code == 2
