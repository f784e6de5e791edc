"""Requests, Certificates, Authorities, Revocation lists."""

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout

from core.model.certificates import CertificateState
from core.model.workspace import Kind
from core.services.desk import Desk
from core.services.hierarchy import Week, mine
from core.words.hierarchy import STATES
from core.words.tongue import told
from gui.look import grown
from gui.pages.base import WITH_A_CA, Shown, TablePage, Target
from gui.pages.ca.columns import CaColumns
from gui.pages.ca.overview import tell_late, tell_leg
from gui.widgets.banner import Banner
from gui.widgets.tree import AuthorityMap

if TYPE_CHECKING:
    from core.services.copies import Copy

_CHIPS = (CertificateState.VALID, CertificateState.EXPIRING, CertificateState.EXPIRED, CertificateState.REVOKED)


class Requests(TablePage):
    """What waits for a second person, and what waits for the custodians."""

    details = True
    kinds = (Kind.ISSUING,)

    def __init__(self) -> None:
        empty = (
            self.tr("No requests are waiting. A device's request is made on it and brought here."),
            self.tr("Enrol device\u2026"),
            "enrol",
        )
        columns = CaColumns().requests
        super().__init__("requests", self.tr("Requests"), "inbox", columns, lambda row: row.proposal.digest, empty)

    def about(self, row: Any) -> Target | None:
        return Target("request", row.proposal.digest) if row is not None else None

    def fill(self, shown: Shown) -> None:
        self.show_rows(shown.hierarchy.requests if shown.hierarchy else ())

    def badge(self, shown: Shown) -> int:
        session = shown.desk.session
        if shown.hierarchy is None:
            return 0
        return mine(shown.hierarchy, session.operator.name) if session else len(shown.hierarchy.requests)


class Certificates(TablePage):
    """Every certificate of a device; chips leave out what is not looked for."""

    details = True
    drags = True
    kinds = (Kind.ISSUING,)

    def __init__(self) -> None:
        empty = (self.tr("No certificate was issued yet. It begins with a request."), "", "")
        columns = CaColumns().certificates
        super().__init__(
            "certificates", self.tr("Certificates"), "certificate", columns, lambda row: row.issued.serial, empty
        )
        self._rows: tuple[Any, ...] = ()
        self._chips = QButtonGroup(self)
        self._chips.setExclusive(False)
        line = QHBoxLayout()
        self._buttons: dict[CertificateState, QPushButton] = {}
        for state in _CHIPS:
            chip = QPushButton()
            chip.setObjectName(f"chip_{state.value}")
            chip.setCheckable(True)
            chip.setChecked(True)
            chip.toggled.connect(lambda _on: self._chosen_only())
            self._chips.addButton(chip)
            self._buttons[state] = chip
            line.addWidget(chip)
        self._week: Week | None = None
        self._ends = QPushButton()
        self._ends.setObjectName("chip_week")
        self._ends.setAccessibleName(self.tr("Ends in the chosen week; press to show every end"))
        self._ends.setCheckable(True)
        self._ends.hide()
        self._ends.clicked.connect(lambda _on: self.between(None))
        line.addWidget(self._ends)
        line.addStretch(1)
        self.column.insertLayout(1, line)

    def about(self, row: Any) -> Target | None:
        return Target("certificate", row.issued.serial) if row is not None else None

    def copied(self, desk: Desk, row: Any) -> "Copy":
        from core.services import copies

        return copies.certificate(desk, row.issued.id)

    def fill(self, shown: Shown) -> None:
        self._rows = shown.hierarchy.certificates if shown.hierarchy else ()
        for state, chip in self._buttons.items():
            count = sum(1 for row in self._rows if row.state is state)
            chip.setText(f"{told(STATES[state], {})}  {count}")
            chip.setAccessibleName(self.tr("Show: {state}, {count}").format(state=told(STATES[state], {}), count=count))
        self._chosen_only()

    def between(self, week: Week | None) -> None:
        """Show only what ends in that week; None shows every end."""
        self._week = week
        self._ends.setVisible(week is not None)
        self._ends.setChecked(week is not None)
        if week is not None:
            self._ends.setText(self.tr("Ends in the week of {first}").format(first=week.first.isoformat()))
        self._chosen_only()

    def only(self, state: CertificateState) -> None:
        """Show that state alone."""
        for each, chip in self._buttons.items():
            chip.setChecked(each is state)

    def _chosen_only(self) -> None:
        off = {state for state, chip in self._buttons.items() if not chip.isChecked()}
        week = self._week
        kept = [row for row in self._rows if row.state not in off]
        if week is not None:
            kept = [row for row in kept if week.first <= row.issued.not_after.date() < week.after]
        self.show_rows(kept)


class Authorities(TablePage):
    """The tree: a root, and the sub CAs that it signed; beside it the same as a map."""

    details = True
    drags = True
    kinds = WITH_A_CA

    def __init__(self) -> None:
        empty = (self.tr("No authority yet. The root is made in a ceremony, in a workspace of its own."), "", "")
        self._begins = self.tr("Root key ceremony\u2026")
        columns = CaColumns().authorities
        super().__init__(
            "authorities", self.tr("Authorities"), "hierarchy-2", columns, lambda row: row.authority.name, empty
        )
        self.leg, self.late = Banner("authorityLeg"), Banner("authorityLate")
        self.column.addWidget(self.leg)
        self.column.addWidget(self.late)
        self.body = QVBoxLayout()  # the table is made later, and stands above the map
        self.column.addLayout(self.body, 2)
        self.map = AuthorityMap("authorityMap", self.tr("Map of the authorities"))
        self.map.pressed.connect(lambda name: self.table.choose(name))
        self.column.addWidget(self.map, 1)

    def about(self, row: Any) -> Target | None:
        return Target("authority", row.authority.name) if row is not None else None

    def copied(self, desk: Desk, row: Any) -> "Copy":
        from core.services import copies

        return copies.authority(desk, row.authority.name)

    def fill(self, shown: Shown) -> None:
        seen = shown.hierarchy
        at_root = seen is not None and seen.kind is Kind.ROOT
        self._empty = (self._empty[0], self._begins if at_root else "", "root" if at_root else "")
        self.show_rows(seen.authorities if seen else ())
        self.map.tell(seen.authorities if seen else ())
        self._fit()
        if seen is not None:
            tell_leg(self.leg, seen, self.wanted)
        if shown.desk.workspace.kind is Kind.ROOT:  # where no Overview tells it
            tell_late(self.late, shown, self.wanted)

    def _fit(self) -> None:
        """The map where there is room for it beside the table."""
        self.map.setVisible(self.map.count > 1 and self.height() >= grown(440))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class RevocationLists(TablePage):
    """The CRL of every authority: what was published, and when the next one has to come."""

    details = True
    drags = True
    kinds = WITH_A_CA

    def __init__(self) -> None:
        empty = (self.tr("No authority has a certificate yet, so there is no CRL."), "", "")
        columns = CaColumns().lists
        super().__init__("lists", self.tr("Revocation lists"), "ban", columns, lambda row: row.authority.name, empty)

    def about(self, row: Any) -> Target | None:
        return Target("authority", row.authority.name) if row is not None else None

    def copied(self, desk: Desk, row: Any) -> "Copy":
        from core.services import copies

        return copies.crl(desk, row.authority.name)

    def fill(self, shown: Shown) -> None:
        rows = shown.hierarchy.authorities if shown.hierarchy else ()
        self.show_rows([row for row in rows if row.crl is not None])

    def badge(self, shown: Shown) -> int:
        return len(shown.hierarchy.due) if shown.hierarchy else 0
