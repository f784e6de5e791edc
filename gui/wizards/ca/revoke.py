"""Revoke: which certificate, why in plain words, what it cuts; the next page leads straight to the CRL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit

from core.flows.revocation import SUSPECTED, WHYS, Revoking
from core.model.certificates import CertificateState
from core.model.proposals import Proposal
from core.model.revocation import COMPROMISE, Reason
from core.services import enrolment, revocation
from core.words.hierarchy import REASONS, STATES, SUSPICION
from core.words.proposals import need
from core.words.tongue import told
from gui.bench import Bench
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.wizard import Wizard, Work


class _Which(Page):
    def __init__(self, host: Host, rows: Sequence[enrolment.Row], chosen: str) -> None:
        super().__init__(host, "which")
        self.titled(
            self.tr("Certificate"),
            self.tr("Which certificate is revoked?"),
            self.tr("Find it by its device, its serial or its name."),
        )
        self._rows = rows
        self._find = QLineEdit()
        self._find.textChanged.connect(lambda text: self._narrow(text))
        self.row("find", self.tr("&Find"), self._find, bound=False)
        self.box = self.choice("serial", self.tr("&Certificate"), [])
        self._narrow(chosen)

    def _narrow(self, text: str) -> None:
        found = [row for row in self._rows if text.casefold() in _line(row).casefold()]
        empty = [("", self.tr("Choose\u2026"))] if len(found) != 1 else []
        self.offer(self.box, [*empty, *((row.issued.serial, _line(row)) for row in found)])
        self.changed("serial", self.box.currentData() or "")


def _line(row: enrolment.Row) -> str:
    state = told(STATES[row.state], {})
    return f"{row.device} \u2013 {row.issued.serial} \u2013 {enrolment.subject_text(row.issued)} \u2013 {state}"


class _Why(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "why")
        self.titled(
            self.tr("Reason"),
            self.tr("Why is it revoked?"),
            self.tr("A revocation is final; nobody can take it back, and there is no hold."),
        )
        at_once = self.tr("It stands at once. A second person looks at it within 24 hours and cannot undo it.")
        agreed = self.tr("A second person has to agree before it stands.")
        urgent = (SUSPECTED, *(each.value for each in COMPROMISE))
        options = [(why, why_words(why), at_once if why in urgent else agreed) for why in WHYS]
        self.radios("why", self.tr("Reason"), options)
        scope = [("all", self.tr("&Every certificate over this key"), ""), ("one", self.tr("This one al&one"), "")]
        self.scope = self.radios("scope", self.tr("Same key"), scope)
        self.line("ticket", self.tr("&Ticket"))
        hint = self.tr("UTC, for example 2026-11-24T02:00, where somebody knows it.")
        self.line("compromised_at", self.tr("In wrong hands &since"), hint)

    def update_page(self) -> None:
        """Since when is asked only where a key may be in wrong hands, how far where others have the key."""
        flow = self.host.flow
        if isinstance(flow, Revoking):
            self.show_row("compromised_at", shown=flow.urgent)
            self.show_row("scope", shown=bool(flow.others))
            with_it = self.tr("Also: {serials}.").format(serials=", ".join(flow.others))
            self.scope.explain("all", with_it, allowed=True)


def why_words(why: str) -> str:
    """A reason in plain words."""
    return told(SUSPICION if why == SUSPECTED else REASONS[Reason(why)], {})


class RevokeWizard(Wizard):
    """Revoke one certificate."""

    def __init__(self, bench: Bench, about: str) -> None:
        super().__init__("revoke", bench, Revoking(serial=about))
        self.setWindowTitle(self.tr("Revoke certificate"))
        gone = (CertificateState.REVOKED,)
        rows = [row for row in enrolment.rows(self.desk) if row.state not in gone and row.issued.device_id]
        self.rows = {row.issued.serial: row for row in rows}
        review = Review(self, self._rows, self.tr("Devices trust it until they read a new CRL."))
        done = Done(self, self._told, self._onward)
        self.put([_Which(self, rows, about), _Why(self), review, done], {"review": self.tr("&Revoke certificate")})
        self._start = self.flow

    def typed(self, field: str, value: Any) -> None:
        """Which other certificates its key has."""
        super().typed(field, value)
        if field == "serial":
            row = self.rows.get(value)
            super().typed("others", revocation.cut_by(self.desk, row.issued)[1] if row else ())

    def _rows(self) -> Sequence[tuple[str, str]]:
        made, row = self.flow.command(), self.rows[self.flow.value("serial")]
        cuts, same = revocation.cut_by(self.desk, row.issued)
        alone = self.tr("{serials}: not revoked by this")
        at_once = self.tr("at once; a second person looks at it within 24 hours")
        agreed = self.tr("when a second person has agreed")
        return (
            (self.tr("Device"), row.device),
            (self.tr("Certificate"), f"{row.issued.serial}, {row.authority}"),
            (self.tr("Name"), enrolment.subject_text(row.issued)),
            (self.tr("Reason"), why_words(self.flow.value("why"))),
            (self.tr("In wrong hands since"), made.compromised_at),
            (self.tr("Ticket"), made.ticket),
            (self.tr("Stands"), at_once if self.flow.urgent else agreed),  # type: ignore[attr-defined]
            (self.tr("It cuts"), ", ".join(cuts) or self.tr("no link on file")),
            (self.tr("With it"), ", ".join(same) if made.same_key else ""),
            (self.tr("Same key"), alone.format(serials=", ".join(same)) if same and not made.same_key else ""),
        )

    def work(self) -> Work:
        """Revoke it, or ask for the second person."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: revocation.revoke(desk, command)

    @staticmethod
    def asks(result: Any) -> Sequence[Proposal]:
        """Where a second person has to agree before it stands."""
        return (result.waiting,) if result.waiting is not None else ()

    def _told(self) -> tuple[str, str]:
        made = self.outcome
        if made.waiting is not None:
            words = self.tr("Nothing is revoked yet. Needs {what}.")
            return "warn", words.format(what=" ".join(need(each) for each in self.needs.get(made.waiting.digest, ())))
        words = self.tr("{serial} is revoked. Devices still trust it until they read a new CRL: publish one now.")
        told_ = words.format(serial=made.issued.serial)
        if made.same_key:
            left = self.tr("Further certificates over the same key, to be revoked as well: {serials}.")
            more = self.tr("With it, over the same key: {serials}.") if made.together else left
            told_ += " " + more.format(serials=", ".join(made.same_key))
        return "ok", told_

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        if self.outcome.waiting is not None:
            return (("nextApprove", self.tr("&Approve\u2026"), "approve", self.outcome.waiting.digest),)
        first = self.rows[self.flow.value("serial")].authority
        gone = self.outcome.same_key if self.outcome.together else ()
        others = dict.fromkeys(self.rows[each].authority for each in gone if each in self.rows)
        more = self.tr("Publish {authority}\u2026")
        return (
            ("nextPublish", self.tr("&Publish CRL now\u2026"), "publish", first),
            *(
                (f"nextPublish_{each}", more.format(authority=each), "publish", each)
                for each in others
                if each != first
            ),
        )
