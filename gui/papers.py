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
    return font


def laid_out(paper: Paper, size: QSizeF) -> QTextDocument:
    """The document at this size of page. The contents name pages that are known once they have been laid out."""
    document, breaks = _settled(paper, size, {})
    if not paper.contents:
        return document
    pages = {number: _page(document, block, size) for number, block in _headings(document)}
    return _document(paper, size, pages, breaks)


def _settled(paper: Paper, size: QSizeF, pages: Mapping[int, int]) -> tuple[QTextDocument, set[int]]:
    """Laid out again for each heading that would be the last on its page; also which headings begin a page."""
    breaks = {0} if paper.contents else set()
    while True:
        document = _document(paper, size, pages, breaks)
        lonely = next((n for n, each in _headings(document) if n not in breaks and _parted(document, each, size)), None)
        if lonely is None:
            return document, breaks
        breaks.add(lonely)


def _document(paper: Paper, size: QSizeF, pages: Mapping[int, int], breaks: set[int]) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(_font(10))
    document.setDocumentMargin(0)
    document.setHtml(forms.html(paper, picture, pages))
    for number, block in _headings(document):
        if number in breaks:
            cursor, form = QTextCursor(block), block.blockFormat()
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            cursor.setBlockFormat(form)
    document.setPageSize(size)
    return document


def _page(document: QTextDocument, block: QTextBlock, size: QSizeF) -> int:
    return 1 + int(document.documentLayout().blockBoundingRect(block).top() // size.height())


def _parted(document: QTextDocument, heading: QTextBlock, size: QSizeF) -> bool:
    """Whether what a heading stands over begins on the next page."""
    after = heading.next()
    return after.isValid() and _page(document, after, size) != _page(document, heading, size)


def _headings(document: QTextDocument) -> Iterator[tuple[int, QTextBlock]]:
    """By the anchors that the HTML gave them: "h0", "h1" and so on; no text of a paper becomes an anchor."""
    block = document.begin()
    while block.isValid():
        part = block.begin()
        names = [] if part.atEnd() else part.fragment().charFormat().anchorNames()
        if names:
            yield int(names[0].removeprefix("h")), block
        block = block.next()


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
