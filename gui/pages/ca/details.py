"""What the detail pane says of a request, a certificate and an authority."""

from functools import partial

from PySide6.QtCore import QObject

from core.crypto import names
from core.model.advice import Act, Offer
from core.model.authorities import AuthorityState, Layer
from core.model.certificates import Certificate, CertificateState
from core.services import caps, plain
from core.services.hierarchy import AuthorityRow, CertificateRow, RequestRow, words_of
from core.words.checks import good_for, uses
from core.words.compliance import under
from core.words.hierarchy import LAYERS, REASONS, SERVICES, due, key_place, profile
from core.words.proposals import need, sentence
from core.words.tongue import told
from gui.pages.base import Shown, Target
from gui.pages.ca import states
from gui.pages.columns import NONE, day
from gui.widgets.detail import Detail, Part


class CaDetails(QObject):
    """A QObject, so that translators find its sentences."""

    def of(self, target: Target, shown: Shown) -> Detail | None:
        """The detail of what a row is about, None where it is gone."""
        seen = shown.hierarchy
        if seen is None:
            return None
        if target.kind == "request":
            request = seen.request(target.name)
            return self.request(request, shown) if request else None
        if target.kind == "certificate":
            certificate = seen.certificate(target.name)
            return self.certificate(certificate, shown) if certificate else None
        authority = seen.authority(target.name)
        return self.authority(authority, shown) if authority else None

    # --- requests -------------------------------------------------------------------------------

    def request(self, row: RequestRow, shown: Shown) -> Detail:
        """What was asked for, as it will be signed; what was judged; whom it waits for."""
        facts, proposal = row.proposal.facts, row.proposal
        said = [
            (self.tr("Device"), facts["device"]),
            (self.tr("Authority"), facts["authority"]),
            (self.tr("Profile"), profile(facts["profile"])),
            (self.tr("Ticket"), proposal.ticket or NONE),
            (self.tr("Asked for by"), f"{proposal.proposer}, {day(proposal.statement.time)} UTC"),
        ]
        named = [
            (self.tr("Subject"), facts["subject"]),
            (self.tr("Names"), "\n".join(facts["sans"])),
            (self.tr("Until"), facts["until"]),
            (self.tr("Serial"), facts["serial"]),
        ]
        parts = [Part("", tuple(said)), Part(self.tr("The certificate will say"), tuple(named))]
        parts.append(Part(self.tr("Judged when it was submitted"), sentence=self._judged()))
        if facts.get("evidence"):
            by = self.tr("This very key was compared with the far end by {people}.")
            parts.append(Part("", sentence=by.format(people=", ".join(facts["evidence"]))))
        if facts.get("wishes"):
            asked = self.tr("The request also asks for {wishes}. Nothing of it is copied.")
            parts.append(Part("", sentence=asked.format(wishes=", ".join(facts["wishes"]))))
        needs = self.tr("; then ").join(need(each) for each in row.needs)
        parts.append(Part(self.tr("What you sign when you approve"), sentence=sentence(proposal)))
        parts.append(Part("", sentence=self.tr("Needs {what}.").format(what=needs) if needs else ""))
        return Detail(
            facts["device"],
            states.request(row),
            tuple(parts),
            self._request_offers(row, shown),
            partial(plain.request, row.proposal),
        )

    def _judged(self) -> str:
        return self.tr(
            "The signature on the request holds (proof of possession); the key fits the profile and was not used "
            "before; the name is this device's alone; the ticket is this device's. All of it is judged again when it is "
            "approved and when it is issued."
        )

    def _request_offers(self, row: RequestRow, shown: Shown) -> tuple[Offer, ...]:
        session = shown.desk.session
        own = session is not None and session.operator.name == row.proposal.proposer
        why = "own-request" if own else "no-registration"
        able = session is not None and row.waits_for(session.operator.name)
        digest = row.proposal.digest
        approve = Offer(Act.APPROVE, digest, "" if able else why, due=able)
        if not row.approved:
            return approve, Offer(Act.REFUSE, digest)
        why = "submitter-issues" if own else "no-operator"
        return Offer(Act.ISSUE, digest, "" if able else why, due=able), Offer(Act.REFUSE, digest)

    # --- certificates ---------------------------------------------------------------------------

    def certificate(self, row: CertificateRow, shown: Shown) -> Detail:
        """Summary, names, usage, history."""
        parts, said = [self._summary(row, shown)], words_of(shown.desk, row.issued)
        if said is not None:
            parts += self._words(said)
        parts.append(self._history(row))
        return Detail(
            row.device or names.text(row.issued.subject),
            states.certificate(row.state),
            tuple(parts),
            self._certificate_offers(row),
            partial(plain.certificate, said.der) if said is not None else None,
        )

    def _certificate_offers(self, row: CertificateRow) -> tuple[Offer, ...]:
        serial = row.issued.serial
        why = (
            "revoked"
            if row.state is CertificateState.REVOKED
            else "unfinished"
            if row.state is CertificateState.UNFINISHED
            else ""
        )
        if row.revocation is not None and not row.revocation.reviewed_by:
            return (Offer(Act.SECOND_LOOK, serial, due=True),)
        over = why or ("expired" if row.state is CertificateState.EXPIRED else "")
        renew = Offer(Act.RENEW, serial, over, due=row.state is CertificateState.EXPIRING)
        if renew.due:
            return renew, Offer(Act.REVOKE, serial, why), Offer(Act.ENDPOINT, serial, why)
        return Offer(Act.ENDPOINT, serial, why), Offer(Act.REVOKE, serial, why), renew

    def _summary(self, row: CertificateRow, shown: Shown) -> Part:
        issued = row.issued
        table = caps.issued_under(shown.desk, issued.id).get(issued.id)
        facts = [
            (self.tr("Device"), row.device or NONE),
            (self.tr("Authority"), row.authority),
            (self.tr("Profile"), profile(issued.profile)),
            (self.tr("Valid from"), f"{day(issued.not_before)} UTC"),
            (self.tr("Until"), f"{day(issued.not_after)} UTC"),
            (self.tr("Serial"), issued.serial),
            (self.tr("Key lifetimes"), under(table) if table else NONE),
        ]
        return Part(self.tr("Summary"), tuple(facts))

    def _words(self, said: Certificate) -> list[Part]:
        named = [
            (self.tr("Subject"), names.text(said.subject)),
            (self.tr("Issuer"), names.text(said.issuer)),
            (self.tr("Names"), "\n".join(str(each) for each in said.sans) or NONE),
        ]
        used = [
            (self.tr("Key usage"), ", ".join(uses(said))),
            (self.tr("Extended"), ", ".join(good_for(said)) or NONE),
            (self.tr("Policy"), ", ".join(said.policies) or NONE),
            (self.tr("CRL at"), ", ".join(said.crl_urls) or NONE),
        ]
        return [Part(self.tr("Names"), tuple(named)), Part(self.tr("Usage"), tuple(used))]

    def _history(self, row: CertificateRow) -> Part:
        issued, gone = row.issued, row.revocation
        facts = [
            (self.tr("Ticket"), issued.ticket or NONE),
            (self.tr("Made"), f"{day(issued.made)} UTC"),
            (self.tr("Proposal"), issued.proposal[:16] or NONE),
        ]
        if gone is not None:
            review = gone.reviewed_by or self.tr("nobody yet")
            facts += [
                (self.tr("Revoked"), f"{day(gone.at)} UTC, {gone.by}"),
                (self.tr("Because"), told(REASONS[gone.reason], {})),
                (self.tr("Ticket"), gone.ticket),
                (self.tr("Second look"), review),
            ]
        sentence_ = self.tr("A revocation is final.") if row.state is CertificateState.REVOKED else ""
        return Part(self.tr("History"), tuple(facts), sentence=sentence_)

    # --- authorities ----------------------------------------------------------------------------

    def authority(self, row: AuthorityRow, shown: Shown) -> Detail:
        """Its name, its key's place, its CRL, its address."""
        authority, facts = row.authority, row.facts
        service = told(SERVICES[authority.service], {}) if authority.service else told(LAYERS[authority.layer], {})
        said = [
            (self.tr("Subject"), facts.subject),
            (self.tr("For"), service),
            (self.tr("Issuer"), row.issuer or (self.tr("itself") if authority.certificate else NONE)),
            (self.tr("Expires"), facts.until or NONE),
            (self.tr("Policy"), authority.policy or NONE),
        ]
        key = [(self.tr("Key"), key_place(row)), (self.tr("Custodians"), ", ".join(row.holders) or NONE)]
        parts = [Part("", tuple(said)), Part(self.tr("Key"), tuple(key)), self._crl(row, shown)]
        if facts.sha256:
            label = self.tr("SHA-256 of the certificate")
            parts.append(Part(label, fingerprint=(label, facts.sha256)))
        text = partial(plain.authority, shown.desk, authority) if authority.certificate else None
        return Detail(authority.name, states.authority(row), tuple(parts), self._authority_offers(row, shown), text)

    def _authority_offers(self, row: AuthorityRow, shown: Shown) -> tuple[Offer, ...]:
        name, state = row.authority.name, row.authority.state
        seen = shown.hierarchy
        if not row.holders or state not in (AuthorityState.ACTIVE, AuthorityState.RUN_OFF):
            return ()
        publish = Offer(Act.PUBLISH, name, due=seen is not None and row in seen.due)
        gone = Offer(Act.DESTROY, name)
        if state is not AuthorityState.ACTIVE:
            return publish, gone
        following = (Offer(Act.SUB_RENEW, name),) if row.authority.layer is Layer.SUB else ()
        return publish, Offer(Act.RUN_OFF, name), *following, gone

    def _crl(self, row: AuthorityRow, shown: Shown) -> Part:
        crl = row.crl
        facts = [(self.tr("Fetched from"), row.authority.crl_url or NONE)]
        if crl is not None and crl.number:
            facts += [
                (self.tr("Number"), str(crl.number)),
                (self.tr("Published"), f"{day(crl.published)} UTC"),
                (self.tr("Next due"), f"{day(crl.due)} UTC"),
                (self.tr("Valid until"), f"{day(crl.until)} UTC"),
                (self.tr("Entries"), str(crl.entries)),
            ]
        seen = shown.hierarchy
        urgent = seen is not None and row in seen.due
        return Part(self.tr("CRL"), tuple(facts), sentence=due(row, seen.now) if seen and urgent else "")
