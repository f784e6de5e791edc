"""Starting from a checkout: what the README's commands do before and without a window."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core import __version__
from tests.house.sources import ROOT

RUN = ROOT / "packaging" / "run"
TEST = ROOT / "packaging" / "test"
SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="platform: packaging/run is for Unix")


def _without_screen() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SCREEN}


def _run(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(RUN), *arguments],
        cwd=cwd,
        env=env or _without_screen(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_version_needs_no_screen(tmp_path: Path) -> None:
    done = _run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, f"anchorhold {__version__}")


def test_help_needs_no_screen(tmp_path: Path) -> None:
    done = _run("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "new links" in done.stdout


def test_without_a_screen_one_sentence_says_how_to_go_on(tmp_path: Path) -> None:
    done = _run(cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "new links" in done.stderr


def test_a_workspace_path_without_a_screen_does_not_install_desktop_libraries(tmp_path: Path) -> None:
    done = _run("dc links.anchorhold", cwd=tmp_path)
    assert done.returncode == 2
    assert "Debian packages" not in done.stderr


def test_starts_with_no_home_and_through_a_link_with_spaces(tmp_path: Path) -> None:
    link = tmp_path / "a checkout"
    link.symlink_to(ROOT, target_is_directory=True)
    env = {name: value for name, value in _without_screen().items() if name != "HOME"}
    done = subprocess.run(
        [str(link / "packaging" / "run"), "--version"],
        env=env,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"anchorhold {__version__}")


@pytest.mark.parametrize("name", ["apt.txt", "qt.txt"])
def test_every_debian_package_has_its_reason(name: str) -> None:
    lines = (ROOT / "packaging" / name).read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in entries if not re.fullmatch(r"[a-z0-9][a-z0-9.+-]+ +# \S.*", line)] == []
    names = [line.split()[0] for line in entries]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("script", [RUN, TEST, ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_scripts_are_executable_and_parse(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def _in_setup(command: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one line with the functions of packaging/setup.sh, as somebody with nobody to ask."""
    script = f'ROOT={ROOT}; . "$ROOT/packaging/setup.sh"; is_root() {{ false; }}; {command}'
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables}
    return subprocess.run(
        ["bash", "-uc", script],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nobody_to_ask_means_the_command_in_one_sentence(tmp_path: Path) -> None:
    done = _in_setup("install_packages 'the window' libgl1 libegl1", tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "sudo apt-get install libgl1 libegl1" in done.stderr


@pytest.mark.skipif(not Path("/var/lib/dpkg/status").exists(), reason="platform: Debian's package list")
def test_only_missing_packages_are_named(tmp_path: Path) -> None:
    done = _in_setup("printf '%s\\n' dpkg no-such-package libc6 | missing", tmp_path)
    assert done.stdout.split() == ["no-such-package"]
