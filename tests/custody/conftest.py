"""These tests open root keys on a machine that is alone; those that are about the network say so."""

from pathlib import Path

import pytest


@pytest.fixture
def net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the kernel tells of this machine's interfaces; an empty one is a machine alone."""
    folder = tmp_path / "sys-class-net"
    folder.mkdir()
    monkeypatch.setattr("core.media.network._NET", folder)
    return folder


@pytest.fixture(autouse=True)
def _alone(net: Path) -> None:
    """No cable."""
