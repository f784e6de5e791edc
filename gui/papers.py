"""A paper as PDF/A-1b: pages with the marks above, the foot and the number below, contents with their pages.

QPdfWriter's output differs from run to run (dates, a random id), so each page names the SHA-256 of the paper's JSON.
"""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QBuffer, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from core.exports import papers as forms
from core.model.papers import Paper
from core.services.papers import picture

_DPI = 96  # the layout's own, so that sizes in the HTML mean the same in every document
_MARGIN = 18.0  # mm
_HEAD, _LEAD = 22.0, 13.0  # px: the height kept for the head; of a line of the foot
_kept: list[QGuiApplication] = []


def pdf(paper: Paper) -> bytes:
    """The paper as a file."""
    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["anchorhold"]))
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = _writer(paper, held)
    area = QRectF(QPointF(0, 0), QSizeF(writer.width(), writer.height()))
    foot = [*paper.foot, forms.source(paper)]
    tall = int(area.height() - _HEAD - _LEAD * (len(foot) + 1))  # Qt counts pages in 64ths of a pixel and drifts
    body = QRectF(0, _HEAD, area.width(), tall)
    _draw(writer, paper, area, body, foot)
    return bytes(held.data().data())


def _writer(paper: Paper, held: QBuffer) -> QPdfWriter:
    writer = QPdfWriter(held)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setTitle(paper.title)
    writer.setCreator("Anchorhold")
    writer.setResolution(_DPI)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    return writer


def _font(points: float) -> QFont:
    font = QFont("Sans Serif")
    font.setPointSizeF(points)
    font.setFeature(QFont.Tag("liga"), 0)  # a reader that copies "fi" gets two letters
    return font


def laid_out(paper: Paper, size: QSizeF) -> QTextDocument:
    """The document at this size of page. The contents name pages that are known once they have been laid out."""
    document, breaks = _settled(paper, size, {})
    if not paper.contents:
        return document
    pages = {number: _page(document, block, size) for number, block in _headings(document)}
    return _document(paper, size, pages, breaks)


def _settled(paper: Paper, size: QSizeF, pages: Mapping[int, int]) -> tuple[QTextDocument, set[int]]:
    """Laid out again for each title that would stand apart from what it stands over; also which blocks begin a page."""
    document = _document(paper, size, pages, set())
    breaks = {block.blockNumber() for number, block in _headings(document) if number == 0 and paper.contents}
    while True:
        document = _document(paper, size, pages, breaks)
        titles = [block for block in _blocks(document) if _anchor(block) and block.blockNumber() not in breaks]
        lonely = next((each for each in titles if _parted(document, each, size)), None)
        if lonely is None:
            return document, breaks
        breaks.add(lonely.blockNumber())


def _document(paper: Paper, size: QSizeF, pages: Mapping[int, int], breaks: set[int]) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(_font(10))
    document.setDocumentMargin(0)
    document.setHtml(forms.html(paper, picture, pages))
    for number in breaks:
        block = document.findBlockByNumber(number)
        cursor, form = QTextCursor(block), block.blockFormat()
        form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.setBlockFormat(form)
    document.setPageSize(size)
    return document


def _page(document: QTextDocument, block: QTextBlock, size: QSizeF, *, end: bool = False) -> int:
    place = document.documentLayout().blockBoundingRect(block)
    return 1 + int((place.bottom() - 1 if end else place.top()) // size.height())


def _parted(document: QTextDocument, title: QTextBlock, size: QSizeF) -> bool:
    """Whether what a title stands over begins on the next page; a value in fixed letters may not go over it either."""
    after = title.next()
    if not after.isValid():
        return False
    part = after.begin()
    families = [] if part.atEnd() else part.fragment().charFormat().fontFamilies() or []
    whole = "monospace" in families
    return _page(document, after, size, end=whole) != _page(document, title, size)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _anchor(block: QTextBlock) -> str:
    """The one that the HTML gave it: "h0", "h1" for headings, "s" for other titles; no text of a paper becomes one."""
    part = block.begin()
    names = [] if part.atEnd() else part.fragment().charFormat().anchorNames()
    return names[0] if names else ""


def _headings(document: QTextDocument) -> Iterator[tuple[int, QTextBlock]]:
    for block in _blocks(document):
        if _anchor(block).startswith("h"):
            yield int(_anchor(block)[1:]), block


def _draw(writer: QPdfWriter, paper: Paper, area: QRectF, body: QRectF, foot: list[str]) -> None:
    document = laid_out(paper, body.size())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    painter, pages = QPainter(writer), document.pageCount()
    for page in range(pages):
        if page:
            writer.newPage()
        painter.save()
        shown = QRectF(0, page * body.height(), body.width(), body.height())
        painter.translate(0, body.top() - shown.top())
        painter.setClipRect(shown)
        context.clip = shown
        document.documentLayout().draw(painter, context)
        painter.restore()
        _frame(painter, paper, area, foot, paper.page.format(page=page + 1, pages=pages))
    painter.end()


def _frame(painter: QPainter, paper: Paper, area: QRectF, foot: list[str], number: str) -> None:
    """What stands on every page, above and below."""
    painter.setFont(_font(8))
    top = QRectF(0, 0, area.width(), _LEAD)
    painter.drawText(top, Qt.AlignmentFlag.AlignLeft, paper.title)
    painter.drawText(top, Qt.AlignmentFlag.AlignRight, " ".join(paper.marks))
    painter.drawLine(QPointF(0, _LEAD + 3), QPointF(area.width(), _LEAD + 3))
    at = area.height() - _LEAD * (len(foot) + 1)
    painter.drawLine(QPointF(0, at + 6), QPointF(area.width(), at + 6))
    painter.setFont(_font(7))
    for line in foot:
        at += _LEAD
        painter.drawText(QRectF(0, at, area.width(), _LEAD), Qt.AlignmentFlag.AlignLeft, line)
    painter.drawText(QRectF(0, at - _LEAD * (len(foot) - 1), area.width(), _LEAD), Qt.AlignmentFlag.AlignRight, number)
