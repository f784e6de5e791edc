"""What README.md tells people to type is there and works."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
WALK = re.compile(r"^```sh walk-through( local-ca)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


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


def walk(folder: Path, which: str) -> None:
    """Type a walk-through word for word, in an empty folder, with the program on the path."""
    script = "\n".join(lines for name, lines in WALK.findall(README) if name.strip() == which)
    assert script
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_walk_through_walks(tmp_path: Path) -> None:
    """From an empty folder to exported folders."""
    walk(tmp_path, "")
    pins = [path.name for path in tmp_path.rglob("install/swanctl/pubkey/*")]
    assert len(pins) >= 2
