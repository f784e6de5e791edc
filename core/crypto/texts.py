"""What bytes from outside say as text."""

import re
import unicodedata

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def decoded(untrusted: bytes) -> str:
    """UTF-8, or UTF-16 as Windows tools save it; other bytes become U+FFFD. Lines end in LF."""
    encoding = "utf-8-sig"
    if untrusted[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif _mostly_zero(untrusted[1:200:2]) and not _mostly_zero(untrusted[:200:2]):
        encoding = "utf-16-le"
    elif _mostly_zero(untrusted[:200:2]) and not _mostly_zero(untrusted[1:200:2]):
        encoding = "utf-16-be"
    text = untrusted.decode(encoding, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mostly_zero(octets: bytes) -> bool:
    """Whether these are the high bytes of Latin text in UTF-16; one zero alone is any binary file."""
    return octets.count(0) * 4 > len(octets) * 3


def plain(untrusted: str) -> str:
    """NFKC (full-width digits, no-break spaces), any dash as "-", nothing invisible: for what people type."""
    text = unicodedata.normalize("NFKC", untrusted.encode("utf-8", "replace").decode())
    text = "".join("-" if unicodedata.category(character) == "Pd" else character for character in text)
    return _ZERO_WIDTH.sub("", text).replace("\u2212", "-")
