"""QR codes of short texts, for printed sheets and terminals."""

import io


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
