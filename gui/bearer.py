"""A bearer secret as a page: drawn into memory, for the printer's pipe. Nothing here knows of a file."""

from html import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from gui.sheet import qr


def paper(lines: list[str], code: str) -> bytes:
    """The lines, four words on a line at their longest, and the words as a QR code."""
    document = QTextDocument()
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("qr"), qr(code))
    body = "<br>".join(escape(line).replace("  ", "&nbsp; ") for line in lines)
    document.setHtml(
        f'<p style="font-size:11pt; color:black"><code>{body}</code></p><img src="qr" width="220" height="220">'
    )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    margins = QMarginsF(20, 20, 20, 20)
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    document.print_(writer)
    buffer.close()
    return bytes(buffer.data().data())
