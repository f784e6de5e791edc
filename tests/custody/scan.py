"""Looking for secrets in the memory of a running process, as root or its parent may (Linux)."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

_LARGEST = 512 * 1024 * 1024
_RANGE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (r\S*) .*?(\S*)$")


@dataclass(frozen=True)
class Found:
    """`what` names the needle, `where` the mapping."""

    what: str
    where: str


def of_text(name: str, text: str) -> dict[str, bytes]:
    """A passphrase whole and in halves, as C and Python (UTF-8, Latin-1), Qt (UTF-16) and wide Python (UTF-32) have it."""
    half = len(text) // 2
    pieces = {"whole": text, "first half": text[:half], "second half": text[half:]}
    coded = ("utf-8", "utf-16-le", "utf-32-le")
    return {f"{name}, {piece}, {code}": part.encode(code) for piece, part in pieces.items() for code in coded}


def of_key(name: str, key: bytes) -> dict[str, bytes]:
    """Key bytes raw, in halves, byte-swapped (as OpenSSL's numbers lie), as hex and base64."""
    half = len(key) // 2
    found = {"raw": key, "first half": key[:half], "second half": key[half:], "swapped": key[::-1]}
    found |= {"hex": key.hex().encode(), "base64": base64.b64encode(key).rstrip(b"=")[:-1]}
    return {f"{name}, {form}": value for form, value in found.items()}


def scan(pid: int, needles: dict[str, bytes]) -> list[Found]:
    """Every needle in every mapping that can be written or has no file behind it."""
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            mapping = _RANGE.match(line)
            if mapping is None or "[v" in line or ("w" not in mapping[3] and mapping[4]):  # [vvar]: the kernel's
                continue
            start, end = int(mapping[1], 16), int(mapping[2], 16)
            data = _read(memory, start, min(end - start, _LARGEST))
            found += [Found(name, mapping[4] or "anonymous") for name, value in needles.items() if value in data]
    return found


def _read(memory: object, start: int, size: int) -> bytes:
    try:
        memory.seek(start)  # type: ignore[attr-defined]
        return memory.read(size)  # type: ignore[attr-defined,no-any-return]
    except (OSError, ValueError, OverflowError):
        return b""
