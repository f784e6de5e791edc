"""Real programs for the tests: their path, or a skip with its reason (under CI=true a failure)."""

import os
import shutil

import pytest

_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"])


def need(*programs: str) -> tuple[str, ...]:
    """The full path of every program, in order."""
    found = {program: shutil.which(program, path=_PATH) for program in programs}
    missing = [program for program, path in found.items() if path is None]
    if missing and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"not installed: {', '.join(missing)} (packaging/apt.txt)", pytrace=False)
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    return tuple(path for path in found.values() if path is not None)
