"""The table: each rule with an example that it refuses and one that it lets pass."""

from datetime import date

from core.crypto import envelope as envelopes
from core.crypto import private
from core.media.network import Interface
from core.model.audit import Fault
from core.model.authorities import AuthorityState, Service
from core.model.certificates import CertificateState, San, SanKind
from core.model.checks import Lint
from core.model.devices import DeviceState, Platform
from core.model.documents import Document
from core.model.keys import Arrival, Channel, KeyState
from core.model.links import Technology
from core.model.people import Duty
from core.model.workspace import Kind
from core.policy import (
    advice,
    agreements,
    audit,
    authorities,
    comparison,
    constraints,
    crls,
    custody,
    documents,
    duties,
    enrolment,
    gates,
    lifetimes,
    people,
    platforms,
    profiles,
    proposals,
    records,
    secrets,
    texts,
)
from core.policy.lifetimes import Bound
from core.services import backups, carry, issuing, ledger, links, offline, perform, readback, revocation, soundness
from tests.pki.hierarchies import make_crl
from tests.policy.makers import (
    ALICE,
    ASKED,
    BOTH,
    DAVE,
    DAY,
    ENDS,
    FORGED,
    GW,
    HERE,
    HOUR,
    ISSUE,
    LINK,
    NOW,
    OUTLINE,
    P256,
    PATCH,
    PEERS,
    PRIVATE,
    RSA,
    RSA_1024,
    SANS,
    SCOPE,
    SIGNS_CODE,
    TODAY,
    TUNNELS,
    TWO,
    Example,
    authority,
    caps_,
    copied,
    device,
    differs,
    exported,
    followed,
    given,
    heard,
    held,
    in_force,
    key,
    known,
    link_,
    nobody,
    pairs,
    partial,
    path,
    person,
    placed,
    reconciled,
    record,
    request,
    row_text,
    sealed,
    signed,
    status,
    typed,
)

EXAMPLES: dict[str, Example] = {
    "core.services.devices:known": Example(lambda s: known(s, "nowhere"), lambda s: known(s, "lon")),
    "core.policy.proposals:findings": Example(
        lambda _: proposals.findings(ISSUE, "ab" * 32, ASKED, (), HERE, NOW),
        lambda _: proposals.findings(ISSUE, "ab" * 32, ASKED, (given(),), HERE, NOW),
    ),
    "core.services.soundness:check": Example(
        lambda s: soundness.check(s.spoilt.desk, s.spoilt.desk.file.read) and None,
        lambda s: soundness.check(s.room.desk, s.room.desk.file.read) and None,
    ),
    "core.crypto.envelope:open_envelope": Example(
        lambda s: envelopes.open_envelope(sealed(s), "wrong passphrase", bind=b"x") and None,
        lambda s: envelopes.open_envelope(sealed(s), "right passphrase", bind=b"x") and None,
    ),
    "core.policy.gates:community": Example(
        lambda _: gates.community("Bank B", "Banks", "Hospitals"),
        lambda _: gates.community("A", " hospitals", "Hospitals"),
    ),
    "core.policy.gates:declared": Example(
        lambda _: gates.declared(Kind.ISSUING, " "), lambda _: gates.declared(Kind.LINKS, "")
    ),
    "core.policy.authorities:service": Example(
        lambda _: authorities.service("tls", ("ipsec",)), lambda _: authorities.service("ipsec", ("ipsec",))
    ),
    "core.policy.enrolment:profile": Example(
        lambda _: enrolment.profile("tls-server", authority()) and None,
        lambda _: enrolment.profile("ipsec-gateway", authority()) and None,
    ),
    "core.policy.authorities:policy": Example(
        lambda _: authorities.policy("2.25.1", Service.TLS, (authority(),)),
        lambda _: authorities.policy("2.25.2", Service.TLS, (authority(),)),
    ),
    "core.policy.secrets:shared_secret_in": Example(
        lambda _: secrets.shared_secret_in("authby=secret\n"), lambda _: secrets.shared_secret_in("authby=ecdsa\n")
    ),
    "core.crypto.chains:_status": Example(lambda s: status(s), lambda s: status(s, make_crl(s.sub, 1))),
    "core.crypto.chains:_path": Example(
        lambda s: path(s, (s.root.der,)),
        lambda s: path(s, (s.sub.der, s.root.der)),
        lambda answer: bool(answer and answer[1]),
    ),
    "core.crypto.chains:_link": Example(lambda s: link_(s, 1), lambda s: link_(s, 0)),
    "core.policy.profiles:key": Example(lambda _: profiles.key(RSA_1024, FORGED), lambda _: profiles.key(P256, FORGED)),
    "core.crypto.private:refuse_private": Example(
        lambda _: private.refuse_private(PRIVATE.encode(), PRIVATE), lambda _: private.refuse_private(b"hello", "hello")
    ),
    "core.policy.lifetimes:within": Example(
        lambda _: lifetimes.within(date(2027, 11, 25), Bound(date(2027, 11, 24), "year"), TODAY),
        lambda _: lifetimes.within(date(2027, 11, 24), Bound(date(2027, 11, 24), "year"), TODAY),
    ),
    "core.policy.platforms:key_misfits": Example(
        lambda _: platforms.key_misfits(Platform.STRONGSWAN, Technology.IPSEC, device(), RSA),
        lambda _: platforms.key_misfits(Platform.STRONGSWAN, Technology.IPSEC, device(), key(KeyState.APPROVED)),
    ),
    "core.services.links:exportable": Example(
        lambda _: links.exportable(LINK, "a", (key(KeyState.RECEIVED),)),
        lambda _: links.exportable(LINK, "a", (key(KeyState.APPROVED),)),
    ),
    "core.policy.custody:present": Example(
        lambda _: custody.present(held(), ("alice",)), lambda _: custody.present(held(), ("alice", "bob"))
    ),
    "core.policy.crls:ready": Example(
        lambda _: crls.ready("ipsec", None, NOW), lambda _: crls.ready("ipsec", NOW + HOUR, NOW)
    ),
    "core.services.offline:offline": Example(
        lambda _: offline.offline((Interface("eth0", True),), "", ""),  # noqa: FBT003
        lambda _: offline.offline((Interface("eth0", False),), "", ""),  # noqa: FBT003
    ),
    "core.policy.authorities:can_sign": Example(
        lambda _: authorities.can_sign(authority(state=AuthorityState.RUN_OFF), certificates=True),
        lambda _: authorities.can_sign(authority(), certificates=True),
    ),
    "core.policy.agreements:made_elsewhere": Example(
        lambda _: agreements.made_elsewhere("at the vendor's", "", "CHG1"),
        lambda _: agreements.made_elsewhere("at the vendor's", "its procedure 4.2", "CHG1"),
    ),
    "core.services.readback:missing": Example(
        lambda _: readback.missing(PEERS, ()), lambda _: readback.missing(PEERS, (RSA.id,))
    ),
    "core.policy.advice:advise": Example(
        lambda _: advice.advise(pairs(13), 14),
        lambda _: advice.advise(pairs(2), 3),
        lambda answer: bool(answer and answer.outgrown),
    ),
    "core.services.revocation:at_once": Example(
        lambda _: revocation.at_once("superseded", suspected=True),
        lambda _: revocation.at_once("superseded", suspected=False),
        lambda answer: answer is True,
    ),
    "core.services.logs:whole": Example(lambda s: exported(s.spoilt), lambda s: exported(s.room)),
    "core.services.ledger:catalogued": Example(
        lambda _: ledger.catalogued("key.borrowed"), lambda _: ledger.catalogued("key.received") and None
    ),
    "core.policy.audit:readable": Example(
        lambda _: audit.readable(ALICE), lambda _: audit.readable(person("erin", "Erin Poe", Duty.AUDITOR))
    ),
    "core.policy.agreements:ticket": Example(
        lambda _: agreements.ticket("CHG1", "gw1", "", ["gw2"], ()),
        lambda _: agreements.ticket("CHG1", "gw1", "", ["gw1"], ()),
    ),
    "core.services.ledger:write_row": Example(
        lambda s: nobody(s, "certificate.issued"), lambda s: nobody(s, "sign-in.failed")
    ),
    "core.policy.lifetimes:key_life": Example(
        lambda _: lifetimes.key_life(date(2031, 1, 1), Bound(date(2030, 12, 31), "network"), TODAY),
        lambda _: lifetimes.key_life(date(2030, 12, 31), Bound(date(2030, 12, 31), "network"), TODAY),
    ),
    "core.policy.lifetimes:sub_cap": Example(
        lambda _: lifetimes.sub_cap(Bound(date(2023, 12, 31), "cap"), TODAY),
        lambda _: lifetimes.sub_cap(Bound(date(2023, 12, 31), "cap"), date(2023, 6, 1)),
    ),
    "core.policy.lifetimes:root_cap": Example(
        lambda _: lifetimes.root_cap(Bound(date(2030, 12, 31), "cap"), date(2031, 1, 1)),
        lambda _: lifetimes.root_cap(Bound(date(2030, 12, 31), "cap"), TODAY),
    ),
    "core.policy.caps:findings": Example(lambda _: caps_("2036-12-31"), lambda _: caps_("2029-12-31")),
    "core.policy.gates:published": Example(
        lambda _: gates.published("Trust A", "Trust B", BOTH[:1]), lambda _: gates.published("Trust A", "Trust B", BOTH)
    ),
    "core.policy.profiles:attributes": Example(
        lambda _: profiles.attributes((*GW, ("emailAddress", "a@b")), FORGED), lambda _: profiles.attributes(GW, FORGED)
    ),
    "core.policy.profiles:taken": Example(
        lambda _: profiles.taken((San(SanKind.EMAIL, "noc@example.net"),), profiles.profiles()["tls-server"]),
        lambda _: profiles.taken((San(SanKind.DNS, "gw1.example.net"),), FORGED),
    ),
    "core.policy.profiles:carried": Example(
        lambda _: profiles.carried((), FORGED),
        lambda _: profiles.carried((San(SanKind.DNS, "gw1.example.net"),), FORGED),
    ),
    "core.policy.profiles:spelt": Example(
        lambda _: profiles.spelt((San(SanKind.DNS, "*.example.net"),)),
        lambda _: profiles.spelt((San(SanKind.DNS, "gw1.example.net"),)),
    ),
    "core.policy.profiles:ike": Example(lambda _: profiles.ike(TUNNELS), lambda _: profiles.ike(FORGED)),
    "core.policy.constraints:findings": Example(
        lambda _: constraints.findings(("uri:example.net",), Service.TLS),
        lambda _: constraints.findings(("dns:example.net",), Service.TLS),
    ),
    "core.policy.constraints:outside": Example(
        lambda _: constraints.outside(SANS, (San(SanKind.DNS, "example.org"),), ()),
        lambda _: constraints.outside(SANS, (San(SanKind.DNS, "example.net"),), ()),
    ),
    "core.policy.crls:number": Example(lambda _: crls.number("ipsec", 2**31), lambda _: crls.number("ipsec", 1)),
    "core.policy.crls:continuity": Example(lambda _: followed(kept=False), lambda _: followed(kept=True)),
    "core.services.issuing:linted": Example(
        lambda _: issuing.linted("certificate", (Lint("ERROR", "pkix.x", "", ""),)),
        lambda _: issuing.linted("certificate", (Lint("NOTICE", "pkix.x", "", ""),)),
    ),
    "core.policy.documents:outlined": Example(
        lambda _: documents.outlined(Document.CP, OUTLINE[1:]),
        lambda _: documents.outlined(Document.CP, OUTLINE),
    ),
    "core.policy.enrolment:unique": Example(
        lambda _: enrolment.unique("CN=gw1", ("gw2",)), lambda _: enrolment.unique("CN=gw1", ())
    ),
    "core.policy.profiles:usages": Example(lambda _: profiles.usages(SIGNS_CODE), lambda _: profiles.usages(FORGED)),
    "core.crypto.crls:_whole": Example(lambda _: partial(delta=True), lambda _: partial(delta=False)),
    "core.policy.crls:overdue": Example(
        lambda _: crls.overdue("ipsec", NOW - DAY - HOUR, NOW), lambda _: crls.overdue("ipsec", NOW - DAY, NOW)
    ),
    "core.policy.crls:as_long": Example(
        lambda _: crls.as_long("ipsec", NOW, NOW + 7 * DAY, ENDS),
        lambda _: crls.as_long("ipsec", NOW, NOW + 8 * DAY, ENDS),
    ),
    "core.policy.crls:yearly": Example(
        lambda _: crls.yearly("root", NOW + 29 * DAY, NOW), lambda _: crls.yearly("root", NOW + 30 * DAY, NOW)
    ),
    "core.policy.authorities:url": Example(
        lambda _: authorities.url("https://crl.example.net/root.crl"),
        lambda _: authorities.url("http://crl.example.net/root.crl"),
    ),
    "core.policy.profiles:named": Example(lambda _: profiles.named((("CN", "  "),)), lambda _: profiles.named(GW)),
    "core.policy.enrolment:identity": Example(
        lambda _: enrolment.identity((San(SanKind.DNS, "gw2.example.net"),), device()),
        lambda _: enrolment.identity((San(SanKind.DNS, "gw1.example.net"),), device()),
    ),
    "core.policy.enrolment:personal": Example(
        lambda _: enrolment.personal((("CN", "john.smith@example.net"),)), lambda _: enrolment.personal(GW)
    ),
    "core.crypto.requests:read_request": Example(
        lambda _: request(flipped=True) and None, lambda _: request(flipped=False) and None
    ),
    "core.services.issuing:differs": Example(lambda s: differs(s, same=False), lambda s: differs(s, same=True)),
    "core.policy.proposals:approval_findings": Example(
        lambda _: proposals.approval_findings(ISSUE, ASKED, given(days=8), HERE, NOW),
        lambda _: proposals.approval_findings(ISSUE, ASKED, given(days=7), HERE, NOW),
    ),
    "core.policy.enrolment:device": Example(
        lambda _: enrolment.device(device(state=DeviceState.RETIRED), TODAY),
        lambda _: enrolment.device(device(), TODAY),
    ),
    "core.policy.enrolment:ticketed": Example(lambda _: enrolment.ticketed("  "), lambda _: enrolment.ticketed("CHG1")),
    "core.policy.enrolment:renewable": Example(
        lambda _: enrolment.renewable("ab", CertificateState.EXPIRED),
        lambda _: enrolment.renewable("ab", CertificateState.EXPIRING),
    ),
    "core.policy.enrolment:unchanged": Example(
        lambda _: enrolment.unchanged("ab", ("CN=a", "p"), ("CN=b", "p")),
        lambda _: enrolment.unchanged("ab", ("CN=a", "p"), ("CN=a", "p")),
    ),
    "core.policy.duties:findings": Example(
        lambda _: duties.findings(Kind.ISSUING, "a", (Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR)),
        lambda _: duties.findings(Kind.ISSUING, "a", (Duty.SECURITY_OFFICER,)),
    ),
    "core.policy.proposals:approver_findings": Example(
        lambda _: proposals.approver_findings(ISSUE, ASKED, ALICE, HERE, NOW),
        lambda _: proposals.approver_findings(ISSUE, ASKED, DAVE, HERE, NOW),
    ),
    "core.services.perform:allowed": Example(
        lambda _: perform.allowed("a", (Duty.AUDITOR,), frozenset({Duty.CA_OPERATOR})) and None,
        lambda _: perform.allowed("a", (Duty.CA_OPERATOR,), frozenset({Duty.CA_OPERATOR})) and None,
    ),
    "core.policy.gates:responsible": Example(
        lambda _: gates.responsible(Kind.ROOT, ""), lambda _: gates.responsible(Kind.ROOT, "Alice Ng")
    ),
    "core.policy.records:scope": Example(
        lambda _: records.scope(*typed("penetration-test", **SCOPE)),
        lambda _: records.scope(*typed("penetration-test", **SCOPE, application="yes")),
    ),
    "core.services.carry:_signed": Example(lambda s: signed(s, forged=True), lambda s: signed(s, forged=False)),
    "core.services.carry:_clean": Example(
        lambda _: carry._clean({"body": {"x": PRIVATE}}), lambda _: carry._clean({"body": {"x": "hello"}})
    ),
    "core.services.carry:_heard": Example(lambda s: heard(s, right=False), lambda s: heard(s, right=True)),
    "core.services.backups:sound": Example(
        lambda _: backups.sound(copied(Fault(3, "chain"))) and None, lambda _: backups.sound(copied()) and None
    ),
    "core.policy.records:two_people": Example(
        lambda _: records.two_people(*typed("medium-disposed", **TWO, second="NG, Alice")),
        lambda _: records.two_people(*typed("medium-disposed", **TWO, second="Bob Ruiz")),
    ),
    "core.services.perform:fitting": Example(
        lambda _: perform.fitting(Kind.ROOT, (Kind.LINKS,)), lambda _: perform.fitting(Kind.ROOT, (Kind.ROOT,))
    ),
    "core.services.perform:in_force": Example(
        lambda s: in_force(s, until="2026-11-23"), lambda s: in_force(s, until="2026-11-24")
    ),
    "core.policy.gates:assessed": Example(
        lambda _: gates.assessed(("tls-server",), ()),
        lambda _: gates.assessed(("tls-server",), (record("change", reference="tls-server"),)),
    ),
    "core.policy.records:due": Example(
        lambda _: records.due(records.find("patch"), PATCH),
        lambda _: records.due(records.find("patch"), {}),
        lambda answer: answer == date(2026, 12, 8),
    ),
    "core.policy.people:passphrase": Example(
        lambda _: people.passphrase("short"), lambda _: people.passphrase("seven quiet herons cross")
    ),
    "core.policy.comparison:way": Example(
        lambda _: comparison.way(Arrival.USB, Channel.EMAIL, "", "lon"),
        lambda _: comparison.way(Arrival.USB, Channel.IN_PERSON, "", "lon"),
    ),
    "core.policy.texts:line": Example(
        lambda _: texts.line("site", "a\u202eb"), lambda _: texts.line("site", "Docklands")
    ),
    "core.services.rows:reconciled": Example(lambda s: reconciled(s, lost=True), lambda s: reconciled(s, lost=False)),
    "core.services.rows:parsed": Example(
        lambda s: row_text(s, named=False), lambda s: row_text(s, named=True), lambda answer: answer is None
    ),
    "core.services.rows:Reader._place": Example(lambda s: placed(s, previous="00" * 32), lambda s: placed(s)),
}
