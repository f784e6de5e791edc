"""The ladder holds, and the test that says so can fail: every kind of bad arrow is planted once."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.ladder import cycle, findings
from tests.house.sources import ROOT


def test_every_arrow_runs_downwards() -> None:
    assert findings(ROOT) == []


def test_no_import_cycle() -> None:
    assert cycle(ROOT) == []


def test_packaging_is_no_package() -> None:
    """It would shadow the library `packaging`, which pytest and uv's environment need."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("module", ["gui.start", "core.cli"])
def test_starts_without_qt(module: str) -> None:
    """A noun and a verb work on a machine without Qt's libraries (cli.md)."""
    code = f"import sys, {module}; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


BAD = {
    "upwards": ("core/model/links.py", "import core.policy.links"),
    "upwards from": ("core/model/links.py", "from core import policy"),
    "in a function": ("core/policy/keys.py", "def late():\n    from core.services import keys"),
    "while type checking": ("core/errors/base.py", "if TYPE_CHECKING:\n    from core.model.keys import Key"),
    "relative": ("core/model/keys.py", "from ..policy import keys"),
    "relative in a package": ("core/model/__init__.py", "from ..policy import keys"),
    "sibling": ("core/crypto/keys.py", "from core.store.keys import table"),
    "importlib": ("core/words/keys.py", "import importlib\nimportlib.import_module('gui.start')"),
    "importlib, begun": (
        "core/words/keys.py",
        "from importlib import import_module\nimport_module(f'gui.{x}')",
    ),
    "importlib, computed": ("core/words/keys.py", "from importlib import import_module\nimport_module(name)"),
    "__import__": ("core/words/keys.py", "__import__('core.cli')"),
    "no room": ("core/services/keys.py", "from core.helpers import anything"),
    "the tests": ("resources/__init__.py", "import core.model"),
    "Qt in core": ("core/flows/keys.py", "from PySide6.QtCore import QObject"),
    "SQL in services": ("core/services/keys.py", "import sqlite3"),
    "SQL in the window": ("gui/keys.py", "import sqlite_utils"),
    "cryptography elsewhere": ("core/store/keys.py", "from cryptography import x509"),
    "keyring elsewhere": ("core/services/keys.py", "import keyring"),
    "a socket": ("core/media/keys.py", "import socket"),
    "a socket in disguise": ("gui/keys.py", "from PySide6.QtNetwork import QTcpSocket"),
    "a socket from a parent": ("gui/keys.py", "from PySide6 import QtNetwork"),
    "urllib": ("core/exports/keys.py", "from urllib.request import urlopen"),
}


def _plant(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("name", "text"), BAD.values(), ids=BAD.keys())
def test_a_bad_arrow_is_found(tmp_path: Path, name: str, text: str) -> None:
    _plant(tmp_path, name, text)
    assert len(findings(tmp_path)) == 1


def test_good_arrows_pass(tmp_path: Path) -> None:
    _plant(tmp_path, "gui/start.py", "def main():\n    from importlib import import_module\n    import core.cli")
    _plant(tmp_path, "gui/pages/links.py", "from PySide6.QtWidgets import QWidget\nfrom ..widgets import label")
    _plant(tmp_path, "core/cli/__init__.py", "import importlib\nimportlib.import_module(f'core.cli.{noun}')")
    _plant(tmp_path, "core/store/keys.py", "import sqlite3\nfrom core.model import keys\nimport resources")
    _plant(tmp_path, "core/store/rows.py", "from .keys import table\nimport hashlib")
    assert findings(tmp_path) == []
    assert cycle(tmp_path) == []


def test_a_cycle_is_found(tmp_path: Path) -> None:
    _plant(tmp_path, "core/model/keys.py", "from core.model.links import Link")
    _plant(tmp_path, "core/model/links.py", "def late():\n    from core.model import keys")
    assert cycle(tmp_path) == ["core.model.keys", "core.model.links", "core.model.keys"]
