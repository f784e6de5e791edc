"""What this machine says about itself. Never a workspace: nothing in one names code to load (design.md section 7)."""

import tomllib
from pathlib import Path

_LARGEST = 64 * 1024


def settings() -> Path:
    """The person's own settings of this machine."""
    from platformdirs import user_config_path

    return user_config_path("anchorhold", appauthor=False) / "machine.toml"


def token_library() -> str:
    """The PKCS#11 library that machine.toml names: `[token]`, `library = "/usr/lib/..."`; "" where it names none."""
    try:
        with settings().open("rb") as file:
            told = tomllib.loads(file.read(_LARGEST).decode("utf-8"))
        return str(told["token"]["library"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
