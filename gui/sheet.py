"""Printing a verification sheet: the core's facts as a page, on paper or as PDF. Every text is escaped."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QUrl
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from core.services.sheets import Sheet, vouched
from core.words.sheet import checkpoint, foot, forms, lines, title
from gui.pages.base import Shown, Target

_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
_MODULE = 6  # pixels


def sheet_of(shown: Shown, target: Target) -> Sheet:
    """The sheet of a device, of a link our end's. Raises `Expected` where its key may not be shown."""
    links = {row.link.name: row.left.device.name for row in shown.picture.links}
    return vouched(shown.desk, links[target.name] if target.kind == "link" else target.name)


def html(facts: Sheet) -> str:
    """The page; QTextDocument knows this little HTML."""
    body = [f"<h2>{escape(title(facts))}</h2>"]
    body += [f"<p>{escape(line)}</p>" for line in lines(facts)]
    first, *rest = forms(facts)
    value = "<br>".join(escape(line) for line in first[1])
    body.append(
        f'<table width="100%"><tr><td><p><b>{escape(first[0])}</b></p><p style="font-size:15pt"><code>{value}</code></p>'
        f'</td><td align="right"><img src="qr" width="150" height="150"><br>{escape(facts.qr.partition(":")[0])}</td></tr></table>'
    )
    for name, text in rest:
        body.append(f"<p><b>{escape(name)}</b><br><code>{'<br>'.join(escape(line) for line in text)}</code></p>")
    words, note = checkpoint(facts)
    if note:
        small = "<br>".join(escape(line) for line in note)
        body.append(f"<p><b>{escape(words)}</b></p>")
        body.append(
            f'<table width="100%"><tr><td><p style="font-size:7pt"><code>{small}</code></p></td>'
            '<td align="right"><img src="checkpoint" width="130" height="130"></td></tr></table>'
        )
    body.append(f"<p>{escape(foot(facts))}</p>")
    return "".join(body)


def qr(text: str) -> QImage:
    """A QR code, black on white."""
    import segno

    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    side = (len(rows) + 2 * _QUIET) * _MODULE
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                at = (_QUIET + across) * _MODULE, (_QUIET + down) * _MODULE
                painter.fillRect(*at, _MODULE, _MODULE, QColor("black"))
    painter.end()
    return image


def document(facts: Sheet) -> QTextDocument:
    """The sheet as a document that can be printed."""
    made = QTextDocument()
    made.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("qr"), qr(facts.qr))
    if facts.checkpoint:
        made.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("checkpoint"), qr(facts.checkpoint))
    made.setDefaultStyleSheet("* { color: black; } code { font-family: monospace; }")
    made.setHtml(html(facts))
    return made


def write_pdf(facts: Sheet, path: Path) -> None:
    """Write the sheet to a file."""
    writer = QPdfWriter(str(path))
    writer.setTitle(title(facts))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(15, 15, 15, 15),
            QPageLayout.Unit.Millimeter,
        )
    )
    document(facts).print_(writer)


def save_sheet(parent: QWidget, facts: Sheet) -> tuple[str, str]:
    """Ask where and write the PDF; (banner kind, sentence), empty where it was cancelled."""
    from gui.shell.files import save_file

    path = save_file(parent, parent.tr("Save the sheet"), f"{facts.device.name}.pdf", "PDF (*.pdf)")
    if path is None:
        return "info", ""
    write_pdf(facts, path)
    if not path.exists() or not path.stat().st_size:
        return "bad", parent.tr("{path} was not written. Check the disk and its permissions.").format(path=path)
    return "ok", parent.tr("The sheet of {name} is in {path}.").format(name=facts.device.name, path=path)


def print_dialog(parent: QWidget, facts: Sheet) -> QDialog:
    """A dialog that asks for a printer and prints."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("printDialog")
    dialog.accepted.connect(lambda: document(facts).print_(printer))
    return dialog
