"""The columns of the tables of Local CA mode."""

from PySide6.QtCore import QObject

from core.services.crls import Row as Crl
from core.services.enrolment import subject_text
from core.services.hierarchy import AuthorityRow, CertificateRow, RequestRow
from core.words.hierarchy import LAYERS, SERVICES, key_place, profile
from core.words.tongue import told
from gui.pages.ca import states
from gui.pages.columns import NONE, day
from gui.widgets.rows import Column, marked


def crl_of(row: AuthorityRow) -> Crl | None:
    """Its newest CRL, None before the first."""
    return row.crl if row.crl is not None and row.crl.number else None


class CaColumns(QObject):
    """Made once per page; a QObject, so that translators find its sentences."""

    def requests(self) -> list[Column]:
        """What was asked for and is not issued yet."""
        return [
            Column(self.tr("Device"), "device", lambda row: _fact(row, "device"), 130),
            Column(self.tr("Authority"), "authority", lambda row: _fact(row, "authority"), 110),
            Column(self.tr("Profile"), "profile", lambda row: profile(_fact(row, "profile")), 120),
            Column(self.tr("Ticket"), "ticket", lambda row: row.proposal.ticket or NONE, 90),
            Column(self.tr("Requested by"), "by", lambda row: row.proposal.proposer, 100),
            Column(self.tr("Since (UTC)"), "since", lambda row: day(row.proposal.statement.time), 130),
            marked(self.tr("State"), "state", states.request, 170),
        ]

    def certificates(self) -> list[Column]:
        """Every certificate of a device, the newest first."""
        return [
            Column(self.tr("Device"), "device", lambda row: row.device or NONE, 120),
            marked(self.tr("State"), "state", lambda row: states.certificate(row.state), 120),
            Column(self.tr("Expires"), "expires", lambda row: f"{row.issued.not_after:%Y-%m-%d}", 95),
            Column(self.tr("Authority"), "authority", lambda row: row.authority, 110),
            Column(self.tr("Profile"), "profile", lambda row: profile(row.issued.profile), 120),
            Column(self.tr("Ticket"), "ticket", lambda row: row.issued.ticket or NONE, 90),
            Column(self.tr("Serial"), "serial", lambda row: row.issued.serial, 150),
            Column(self.tr("Name"), "name", _subject, 220),
        ]

    def authorities(self) -> list[Column]:
        """Who signs here, and where the keys are."""
        return [
            Column(self.tr("Authority"), "authority", _indented, 150),
            marked(self.tr("State"), "state", states.authority, 150),
            Column(self.tr("Expires"), "expires", lambda row: row.facts.until or NONE, 95),
            Column(self.tr("For"), "service", _service, 90),
            Column(self.tr("Key"), "key", key_place, 240),
            Column(self.tr("CRL"), "crl", self._crl, 190),
        ]

    def overview(self) -> list[Column]:
        """Every authority with its CRL: due, published, valid until."""
        return [
            Column(self.tr("Authority"), "authority", _indented, 170),
            marked(self.tr("State"), "state", states.authority, 110),
            Column(self.tr("Expires"), "expires", lambda row: row.facts.until or NONE, 95),
            Column(self.tr("CRL"), "number", lambda row: _crl(row, "number"), 50),
            Column(self.tr("Published (UTC)"), "published", lambda row: _crl(row, "published"), 130),
            Column(self.tr("Next due (UTC)"), "due", lambda row: _crl(row, "due"), 130),
            Column(self.tr("Valid until (UTC)"), "until", lambda row: _crl(row, "until"), 130),
            marked(self.tr("CRL is"), "crl", states.crl, 160),
        ]

    def lists(self) -> list[Column]:
        """How the CRL of every authority stands."""
        return [
            Column(self.tr("Authority"), "authority", lambda row: row.authority.name, 130),
            marked(self.tr("State"), "state", states.crl, 170),
            Column(self.tr("Number"), "number", lambda row: _crl(row, "number"), 70),
            Column(self.tr("Published (UTC)"), "published", lambda row: _crl(row, "published"), 130),
            Column(self.tr("Next due (UTC)"), "due", lambda row: _crl(row, "due"), 130),
            Column(self.tr("Valid until (UTC)"), "until", lambda row: _crl(row, "until"), 130),
            Column(self.tr("Entries"), "entries", lambda row: _crl(row, "entries"), 70),
        ]

    def _crl(self, row: AuthorityRow) -> str:
        crl = crl_of(row)
        if crl is None or crl.until is None:
            return self.tr("none yet") if row.authority.certificate else NONE
        return self.tr("{number}, valid until {until}").format(number=crl.number, until=f"{crl.until:%Y-%m-%d}")


def _fact(row: RequestRow, name: str) -> str:
    return str(row.proposal.facts.get(name, "")) or NONE


def _subject(row: CertificateRow) -> str:
    return subject_text(row.issued)


def _indented(row: AuthorityRow) -> str:
    """A tree of two layers, as text: it reads the same to a screen reader."""
    return f"\u2514 {row.authority.name}" if row.issuer else row.authority.name


def _service(row: AuthorityRow) -> str:
    return told(SERVICES[row.authority.service] if row.authority.service else LAYERS[row.authority.layer], {})


def _crl(row: AuthorityRow, name: str) -> str:
    crl = crl_of(row)
    value = getattr(crl, name) if crl is not None else None
    return day(value) if name in ("published", "due", "until") else NONE if value is None else str(value)
