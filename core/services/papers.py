"""Papers written out: the format is told by the file's name, and the PDF is drawn by whoever has Qt."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from core.errors.papers import FormatUnknown, PdfNotHere
from core.exports import papers
from core.media import qr
from core.model.papers import Paper

Pdf = Callable[[Paper], bytes]
FORMATS = (".pdf", ".html", ".md", ".json")


def fit(path: Path) -> None:
    """Refuse a name that tells no format, before anything is asked or signed."""
    if path.suffix not in FORMATS:
        raise FormatUnknown(path.name, FORMATS)


def written(paper: Paper, path: Path, pdf: Pdf | None = None) -> bytes:
    """The paper as the name's ending says. Raises `FormatUnknown`, `PdfNotHere`."""
    fit(path)
    if path.suffix == ".md":
        return papers.markdown(paper)
    if path.suffix == ".json":
        return papers.as_json(paper)
    if path.suffix == ".html":
        return papers.html(paper, picture).encode()
    if pdf is None:
        raise PdfNotHere
    return pdf(paper)


def picture(text: str) -> str:
    """A QR code as an address that holds the picture itself."""
    return f"data:image/png;base64,{b64encode(qr.png(text)).decode('ascii')}"
