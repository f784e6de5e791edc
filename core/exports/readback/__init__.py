"""What a device printed, as facts: which keys it holds, under which identity, by which identifiers.

The tool is recognised by content, one reader per tool; a paste may hold the output of several commands. Nothing printed
is believed: the service holds every value against what was approved.
"""

from collections.abc import Callable

from core.errors.links import NothingPrinted, OnlyShortIds, TooMuchPrinted
from core.exports.readback import cisco, digests, libreswan, pem, swanctl, wireguard
from core.exports.readback.confidential import refuse_confidential
from core.exports.readback.values import CERTIFICATE_DER
from core.model.links import PrintedKey

__all__ = ["CERTIFICATE_DER", "MOST_BYTES", "MOST_KEYS", "printed_keys"]

MOST_BYTES = 1024 * 1024
MOST_KEYS = 1000

_READERS: tuple[Callable[[str], list[PrintedKey]], ...] = (
    swanctl.keys,
    libreswan.keys,
    wireguard.keys,
    pem.keys,
    digests.keys,
    cisco.keys,
)


def printed_keys(untrusted: bytes) -> tuple[PrintedKey, ...]:
    """Every key in the output, in the order of the readers; equal ones once.

    Raises TooMuchPrinted over 1 MiB or 1,000 keys, PrivateKeyInFile and SharedSecretInFile, NothingPrinted where no key
    was recognised, OnlyShortIds where all that was printed is too short to tell keys apart.
    """
    if len(untrusted) > MOST_BYTES:
        raise TooMuchPrinted(MOST_BYTES, "bytes")
    text = _text(untrusted)
    refuse_confidential(text)
    found = list(dict.fromkeys(key for reader in _READERS for key in reader(text)))
    if len(found) > MOST_KEYS:
        raise TooMuchPrinted(MOST_KEYS, "keys")
    if not found:
        raise OnlyShortIds() if libreswan.has_short_ids(text) else NothingPrinted()
    return tuple(found)


def _text(untrusted: bytes) -> str:
    """UTF-8, or UTF-16 as Windows consoles redirect it; what is neither matches no reader."""
    encoding = "utf-16" if untrusted[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return untrusted.decode(encoding, "replace").replace("\r\n", "\n").removeprefix("\ufeff")
