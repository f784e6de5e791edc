"""What the window's start loads: each of these costs 10 to 90 ms, so it comes with the first act that needs it."""

import json
import subprocess
import sys

LATER = (
    "cryptography",
    "sqlite_utils",
    "keyring",
    "hashlib",
    "pkcs11",
    "pkilint",
    "segno",
    "zxingcpp",
    "rfc8785",
    "core.words.say",
    "core.services.perform",
    "core.services.compliance",
    "gui.pages.clauses",
    "gui.pages.days",
    "gui.pages.recorded",
)


def test_starting_the_window_loads_nothing_heavy() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import gui.start, gui.app, json, sys; print(json.dumps(sorted(sys.modules)))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = json.loads(told.stdout)
    assert "gui.window" in loaded
    assert [name for name in LATER if name in loaded] == []
