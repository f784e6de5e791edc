"""What holds for every test: no screen unless asked for, nothing unexpected logged, nothing skipped in CI."""

import atexit
import logging
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

# Before Qt is imported. Tests that need a real screen start an Xvfb and name their own platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No test meets the keyring or the state of whoever runs it; tests of the keyring start one of their own.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="anchorhold-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)

# A run in the background ignores Ctrl+C, and so would every program that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow, not wrong: what is waited for has as long as a journey gives it.
QtBot.waitUntil.__kwdefaults__["timeout"] = 30_000
settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

ANOTHER_SYSTEM = "platform: "


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every warning of Qt fail its test."""
    for item in items:
        if item.get_closest_marker("qt_log_level_fail") is None:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[None]:  # the wrapper's answer is the report
    """Turn a skip into an error in CI: a proof that did not run proves nothing.

    A test for another operating system or Python says so by a reason that begins with "platform: ".
    """
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if os.environ.get("CI") != "true" or not report.skipped or hasattr(report, "wasxfail"):
        return report
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if not reason.removeprefix("Skipped: ").startswith(ANOTHER_SYSTEM):
        report.outcome = "failed"
        report.longrepr = f"Skipped although CI=true: {reason}"
    return report


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a warning in the log. A test that expects one asserts it and then calls `caplog.clear()`."""
    yield
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    unexpected = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert not unexpected, f"unexpected log records: {unexpected}"
