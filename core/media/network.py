"""Whether this machine has a way to a network: asked before a root key is touched (M10). Nothing is sent."""

import sys
from pathlib import Path

from core.late import dataclass

_NET = Path("/sys/class/net")


@dataclass(frozen=True)
class Interface:
    """A network interface; `carrier` says that a cable or a radio link is up."""

    name: str
    carrier: bool


def interfaces() -> tuple[Interface, ...] | None:
    """Every interface but the loopback; None where this system cannot be asked (only Linux tells)."""
    if not sys.platform.startswith("linux") or not _NET.is_dir():
        return None
    return tuple(Interface(each.name, _carrier(each)) for each in sorted(_NET.iterdir()) if each.name != "lo")


def _carrier(interface: Path) -> bool:
    try:
        return (interface / "carrier").read_text(encoding="ascii").strip() == "1"
    except OSError:  # the kernel answers EINVAL for an interface that is down
        return False
