"""QR codes: of short texts, for printed sheets and terminals; and the text of one, out of a picture."""

import io

from core.errors.pictures import NoQrCode, SeveralQrCodes

LARGEST = 16 * 1024 * 1024  # bytes of a picture: what telephones make stays below
MOST_PIXELS = 50_000_000
_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")  # PNG and JPEG: every further decoder is one more to attack


def svg(text: str) -> bytes:
    """The code as an SVG image without XML declaration, dark modules only (a sheet is white)."""
    import segno  # lazy: most runs print none

    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="svg", xmldecl=False, light="white", border=4)
    return out.getvalue()


def terminal(text: str) -> str:
    """The code in half-block characters, for a terminal with a dark or light background."""
    import segno

    out = io.StringIO()
    segno.make_qr(text, error="l").terminal(out, compact=True, border=2)
    return out.getvalue()


def png(text: str) -> bytes:
    """The code as a picture of six pixels a module, black on white."""
    import segno

    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="png", scale=6, border=4, dark="black", light="white")
    return out.getvalue()


def is_picture(start: bytes) -> bool:
    """Whether a file with this beginning is a PNG or JPEG."""
    return start.startswith(_STARTS)


def read(grey: bytes, width: int, height: int) -> bytes:
    """What the one QR code of a picture says; `grey` has one byte a pixel, line by line, without gaps.

    The same code twice is one. Raises `NoQrCode` or `SeveralQrCodes`.
    """
    import zxingcpp  # lazy: native code that only somebody with a picture needs

    plane = memoryview(grey).cast("B", (height, width))
    found = {
        each.bytes
        for each in zxingcpp.read_barcodes(plane, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    }
    if not found:
        raise NoQrCode
    if len(found) > 1:
        raise SeveralQrCodes(len(found))
    return bytes(found.pop())
