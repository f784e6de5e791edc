"""What README.md tells people to type is there and works."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
WALK = re.compile(r"^```sh walk-through\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_named_scripts_are_executable() -> None:
    named = set(re.findall(r"\./([\w.-]+/[\w.-]+)", README))
    assert {"packaging/run", "packaging/test"} <= named
    assert [name for name in sorted(named) if not os.access(ROOT / name, os.X_OK)] == []


def test_named_files_exist() -> None:
    named = {target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.split(r"[<>=\[ ]", requirement)[0] for requirement in needed]
    assert [name for name in names if f"| {name} |" not in README] == []


def test_the_walk_through_walks(tmp_path: Path) -> None:
    """From an empty folder to exported folders, word for word as the README has it."""
    script = "\n".join(WALK.findall(README))
    assert script
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pins = [path.name for path in tmp_path.rglob("install/swanctl/pubkey/*")]
    assert len(pins) >= 2
