"""Activity log: the newest rows of the ledger, and whether it holds together."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from core.model.advice import Act
from core.model.audit import Report
from gui.pages.base import Shown, TablePage, columns
from gui.widgets.banner import Banner
from gui.widgets.icons import icon


class Activity(TablePage):
    """`verify` asks the window to verify the whole ledger in its lane."""

    verify = Signal()

    def __init__(self) -> None:
        title = self.tr("Activity log")
        super().__init__("activity", title, "history", lambda: columns().activity(), lambda row: row.number)
        self.press = QPushButton(icon("checklist"), self.tr("Verify the log"))
        self.press.setObjectName("activityVerify")
        self.press.setAccessibleName(self.tr("Verify the log"))
        self.press.clicked.connect(self.verify)
        self.head.addWidget(self.press)
        review = QPushButton(icon("clipboard-check"), self.tr("Review the ledger\u2026"))
        review.setObjectName("activityReview")
        review.setAccessibleName(self.tr("Review the ledger: look up a sample and sign it off"))
        review.clicked.connect(lambda: self.wanted.emit(Act.LEDGER_REVIEW.value, ""))
        self.head.addWidget(review)
        self.banner = Banner("activityBanner", closes=True)
        self.column.insertWidget(1, self.banner)

    def fill(self, shown: Shown) -> None:
        self.show_rows(shown.entries)

    def about(self, _row: Any) -> None:
        return None

    def tell(self, report: Report) -> None:
        """What `audit verify` found."""
        from core.words.audit import fault, reach

        if not report.faults:
            said = self.tr("All {rows} entries fit together, and every record is what they say.")
            self.banner.tell("ok", f"{said.format(rows=report.rows)} {reach(report)}")
            return
        said = self.tr("The log does not hold together ({count} faults). Stop work, copy the file and tell the owner.")
        first = " ".join(fault(each) for each in report.faults[:3])
        self.banner.tell("bad", f"{said.format(count=len(report.faults))} {first}")
