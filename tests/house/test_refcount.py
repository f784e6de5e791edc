"""PySide6 6.12.0 drops a reference to None with every void call and aborts Python 3.11 after about 5,200."""

import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 20_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="platform: None is immortal from Python 3.12 on")
def test_void_calls_keep_none_alive(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("key")
    assert abs(sys.getrefcount(None) - before) < CALLS / 100
