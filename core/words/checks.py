"""What a check found, as sentences."""

from core.crypto.names import text
from core.model.certificates import Certificate, CertificateRequest, Usage
from core.model.checks import Checked, Found, Trouble
from core.model.revocation import Crl
from core.policy.register import section
from core.words.compliance import under
from core.words.say import sentence
from core.words.tongue import told, tr

_WHAT, _CHAIN = tr("This is a {kind}: {subject}."), tr("Its chain: {chain}.")
_LISTS, _NOTHING = tr("It lists {count} revoked certificates."), tr("Nothing speaks against it.")
_FITS, _AGAINST = tr("Profile {profile}: it fits."), tr("Profile {profile}: {why}")

TROUBLES: dict[Trouble, str] = {
    Trouble.NOT_YET: tr("{about} is not valid before {0} UTC."),
    Trouble.EXPIRED: tr("{about} expired on {0} UTC."),
    Trouble.NO_ISSUER: tr(
        "The issuer of {about} ({0}) is not among the files, so the chain ends there. Add it with --chain."
    ),
    Trouble.SIGNATURE: tr("The signature on {about} does not fit its issuer's key."),
    Trouble.WEAK_SIGNATURE: tr("{about} is signed with MD5 or SHA-1, which nobody can tell from a forgery."),
    Trouble.NOT_CA: tr("{about} is no CA, and yet it signed a certificate."),
    Trouble.NO_CERT_SIGN: tr("{about} may not sign certificates (key usage), and yet it did."),
    Trouble.PATH_LENGTH: tr("{about} allows {0} CAs below it, and the chain has more."),
    Trouble.DEEP: tr("The chain of {about} has {0} layers; the guidance recommends no more than three."),
    Trouble.OUTSIDE: tr("{about} is for {0}, which lies outside the names that {1} may certify."),
    Trouble.OUTLIVES: tr("{about} ends after its issuer, which ends on {0}."),
    Trouble.CRITICAL: tr("{about} has a critical extension that is not known here ({0}), so it must be refused."),
    Trouble.NO_SUBJECT: tr("A certificate in the chain has an empty subject name."),
    Trouble.TOO_LONG: tr("{about} is valid for more than a year."),
    Trouble.NOT_PINNED: tr("The root {about} is not pinned in this workspace, so nothing vouches for the chain."),
    Trouble.NOT_ON_FILE: tr(
        "{about} was issued by {0} with the serial {1}, and this file does not know it: it is an older copy, or somebody signed past it."
    ),
    Trouble.REVOKED: tr("{about} is revoked ({0}) since {1} UTC."),
    Trouble.NO_CRL: tr(
        "No revocation list of {0} is among the files, so the status of {about} is not known. Add it with --crl."
    ),
    Trouble.CRL_NOT_READ: tr("The revocation list of {about} was not taken ({0}), so it says nothing."),
    Trouble.CRL_STALE: tr("The revocation list of {about} was due to be replaced on {0} UTC."),
    Trouble.CRL_OLD: tr("This is CRL {0} of {about}, and the newest is {1}: publish that one in its place."),
    Trouble.CRL_UNTOLD: tr(
        "This CRL of {about} revokes the serial {0}, and this file does not: it is an older copy. The next CRL keeps the entry; revoke it here too."
    ),
    Trouble.CRL_EARLY: tr("The revocation list of {about} is from the future ({0} UTC): check the clock."),
}


_UNDER = tr("Issued here under the table of key lifetimes, {table}.")
_SECTIONS = {Trouble.OUTSIDE: "RFC5280-6.1.3"}


def lines(made: Checked) -> list[str]:
    """The whole verdict: what it is, its chain, what speaks against it."""
    subject = made.request.subject if made.request else made.chain[0].subject
    told_ = [told(_WHAT, {"kind": made.kind, "subject": text(subject)}), *explained(made)]
    if len(made.chain) > 1:
        told_.append(told(_CHAIN, {"chain": " - ".join(text(each.subject) for each in made.chain)}))
    if made.crl is not None:
        told_.append(told(_LISTS, {"count": len(made.crl.entries)}))
    for profile, against in made.fits:
        why = " ".join(sentence(each) for each in against)
        told_.append(told(_AGAINST if against else _FITS, {"profile": profile, "why": why}))
    told_ += [found(each) for each in made.found]
    return told_ if made.found or made.fits else [*told_, told(_NOTHING, {})]


def found(one: Found) -> str:
    """One finding as a sentence; where an RFC's check stands behind it, with its section."""
    template = TROUBLES[one.trouble].replace("{0}", "{f0}").replace("{1}", "{f1}")
    if one.trouble in _SECTIONS:
        template = f"{template} ({section(_SECTIONS[one.trouble])})"
    return told(template, {"about": one.about, **{f"f{place}": fact for place, fact in enumerate(one.facts)}})


_GOOD_FOR = {
    "1.3.6.1.5.5.7.3.17": tr("IPsec gateways (IKE)"),
    "1.3.6.1.5.5.7.3.1": tr("TLS servers"),
    "1.3.6.1.5.5.7.3.2": tr("TLS clients"),
    "1.3.6.1.5.5.7.3.3": tr("signing code"),
    "1.3.6.1.5.5.7.3.4": tr("S/MIME"),
    "1.3.6.1.5.5.7.3.8": tr("time stamps"),
    "1.3.6.1.5.5.7.3.9": tr("signing OCSP answers"),
    "1.3.6.1.5.5.7.3.5": tr("IPsec end systems, as once defined"),
    "1.3.6.1.5.5.7.3.6": tr("IPsec tunnels, as once defined"),
    "1.3.6.1.5.5.7.3.7": tr("IPsec users, as once defined"),
    "1.3.6.1.5.5.8.2.2": tr("IKE with old Windows and Apple devices"),
    "1.3.6.1.4.1.311.20.2.2": tr("signing in with a smart card"),
    "2.5.29.37.0": tr("anything"),
}
_POLICIES = {
    "2.5.29.32.0": tr("any policy"),
    "2.23.140.1.1": tr("web server, extended validation"),
    "2.23.140.1.2.1": tr("web server, domain validated"),
    "2.23.140.1.2.2": tr("web server, organisation validated"),
    "2.23.140.1.2.3": tr("web server, individual validated"),
}
_USES = {
    Usage.SIGNATURE: tr("digital signatures"),
    Usage.CERTIFICATES: tr("signing certificates"),
    Usage.CRLS: tr("signing revocation lists"),
}
_UNNAMED = tr("a use that is not known here")
_FOREIGN = tr("a policy that is not known here")
_OURS = tr("the policy of {authority}")
_TIME = "%Y-%m-%d %H:%M"


def explained(one: Checked) -> tuple[str, ...]:
    """What the file says of itself, a sentence each; whether it is true is what `found` tells."""
    if one.request is not None:
        return _request(one.request)
    if one.crl is not None:
        return _crl(one.crl)
    told_ = (*_certificate(one.chain[0]), *_policies(one))
    return (*told_, told(_UNDER, {"table": under(one.under)})) if one.under else told_


def uses(of: Certificate) -> tuple[str, ...]:
    """Its key usages in words, the name of RFC 5280 section 4.2.1.3 beside each."""
    return tuple(f"{told(_USES[each], {})} ({each.value})" for each in of.usages)


def good_for(of: Certificate) -> tuple[str, ...]:
    """Its extended key usages in words, the OID beside each."""
    return tuple(f"{told(_GOOD_FOR.get(oid, _UNNAMED), {})} ({oid})" for oid in of.ekus)


def _certificate(of: Certificate) -> tuple[str, ...]:
    dates = {"begin": f"{of.not_before:{_TIME}}", "end": f"{of.not_after:{_TIME}}"}
    said = [
        told(
            tr("Issued by {issuer} with the serial {serial}."), {"issuer": text(of.issuer), "serial": f"{of.serial:x}"}
        ),
        told(tr("Valid from {begin} to {end} UTC."), dates),
    ]
    if of.sans:
        said.append(told(tr("Its other names: {names}."), {"names": tuple(str(each) for each in of.sans)}))
    if not of.ca:
        said.append(told(tr("It is no CA."), {}))
    elif of.path_length < 0:
        said.append(told(tr("It is a CA, with any number of CAs below it."), {}))
    else:
        said.append(told(tr("It is a CA; the path below it may hold {count} further CAs."), {"count": of.path_length}))
    if of.usages:
        said.append(told(tr("Its key may be used for: {usages}."), {"usages": uses(of)}))
    if of.ekus:
        said.append(told(tr("It is good for: {good}."), {"good": good_for(of)}))
    else:
        said.append(told(tr("It does not say what it is good for, so it is taken for anything."), {}))
    if of.crl_urls:
        said.append(told(tr("Its status is told at {urls}."), {"urls": of.crl_urls}))
    return tuple(said)


def _policies(one: Checked) -> tuple[str, ...]:
    """Each in words, its OID beside."""
    if not one.chain[0].policies:
        return ()
    ours = dict(one.policies)
    named = (
        (told(_OURS, {"authority": ours[oid]}) if oid in ours else told(_POLICIES.get(oid, _FOREIGN), {}), oid)
        for oid in one.chain[0].policies
    )
    return (told(tr("Issued under: {policies}."), {"policies": tuple(f"{name} ({oid})" for name, oid in named)}),)


def _crl(of: Crl) -> tuple[str, ...]:
    facts = {"number": of.number, "begin": f"{of.this_update:{_TIME}}", "end": f"{of.next_update:{_TIME}}"}
    return (told(tr("Number {number}, made on {begin} UTC; the next one is due by {end} UTC."), facts),)


def _request(of: CertificateRequest) -> tuple[str, ...]:
    key = told(
        tr("Its key is of type {key}, and whoever made it holds the private half."),
        {"key": f"{of.algorithm} {of.bits}"},
    )
    if not of.sans:
        return (key,)
    return (key, told(tr("It asks for the names {names}."), {"names": tuple(str(each) for each in of.sans)}))
