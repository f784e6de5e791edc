"""Points that a loader takes and that are no key: low order, or a second spelling of another point.

X25519 after RFC 7748 section 6.1 and the list of low-order points at
cr.yp.to/ecdh.html#validate; Ed25519 after RFC 8032 sections 5.1.3 and 8.4.
"""

from functools import lru_cache

from core.errors.keys import PointNotAllowed
from core.model.keys import Algorithm

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P

# Orders 1, 2, 4 and 8 on the curve and its twist, in canonical spelling.
_X25519_LOW = (
    0,
    1,
    _P - 1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)


def check_x25519(raw: bytes) -> None:
    """Raises `PointNotAllowed` for a low-order point, u >= p, or a set top bit."""
    u = int.from_bytes(raw, "little")
    if u % 2**255 % _P in _X25519_LOW:
        raise PointNotAllowed(Algorithm.X25519, "low-order")
    if u >= _P:
        raise PointNotAllowed(Algorithm.X25519, "non-canonical")


@lru_cache(maxsize=64)  # the key that signs a batch of cards: 0.3 ms each time
def check_ed25519(raw: bytes) -> None:
    """Raises `PointNotAllowed` for y >= p, a y that is not on the curve, or a point of order 8 or less."""
    y = int.from_bytes(raw, "little") % 2**255
    if y >= _P:
        raise PointNotAllowed(Algorithm.ED25519, "non-canonical")
    x_squared = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if pow(x_squared, (_P - 1) // 2, _P) == _P - 1:
        raise PointNotAllowed(Algorithm.ED25519, "off-curve")
    if _doubled_three_times(x_squared, y) == 1:
        raise PointNotAllowed(Algorithm.ED25519, "low-order")


def _doubled_three_times(x_squared: int, y: int) -> int:
    """The y of 8*P; it needs only x squared: y' = (y^2+x^2)/(1-d*x^2*y^2), and x'^2 follows from the curve."""
    for _ in range(3):
        y = (y * y + x_squared) * pow(1 - _D * x_squared * y * y, -1, _P) % _P
        x_squared = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    return y
