"""What a comparison found, what a key's state is called, what a read-back says."""

from core.exports.called import ALGORITHMS as ALGORITHMS  # names in every language; exported pages have them too
from core.model.keys import SHA1_FORMS, Channel, Finding, Form, Verdict
from core.model.links import Reading, Standing, Technology
from core.services.views import Health
from core.words.tongue import told, tr

FORMS: dict[Form, str] = {
    Form.SPKI_SHA256: tr("SHA-256 of the public key, as openssl and sha256sum print it"),
    Form.CERT_SHA256: tr("SHA-256 of the certificate, as OpenVPN and openssl print it"),
    Form.CERT_SHA1: tr("SHA-1 of the certificate"),
    Form.SPKI_SHA1: tr("SHA-1 of the public key (strongSwan keyid)"),
    Form.KEY_SHA1: tr("SHA-1 of the key bits (strongSwan subjkey, Libreswan ckaid)"),
    Form.RSA_CKAID: tr("SHA-1 of the RSA modulus (Libreswan ckaid)"),
    Form.SSH_SHA256: tr("SHA-256 as OpenSSH prints it"),
    Form.WIREGUARD: tr("the WireGuard key itself"),
    Form.JWK_SHA256: tr("JWK thumbprint (RFC 7638)"),
    Form.DIGITS: tr("12 groups of 5 digits"),
    Form.WORDS: tr("PGP words of the SHA-256"),
    Form.WHOLE_KEY: tr("the whole key"),
    Form.MD5: tr("MD5"),
    Form.SHORT: tr("a short or cut value"),
    Form.UNKNOWN: tr("a form that was not recognised"),
}

_MATCH = tr("Same key: {form}.")
_SHA1 = tr("SHA-1 counts only beside a check over another channel.")
_FIRST = tr("One more comparison is needed before the key is approved: by a colleague on their own sign-in.")
_ALONE = tr("Alone, compare it once more over another channel.")
_APPROVED = tr("The key is approved.")
_MISREAD = tr("Probably misread. Ask for {lines} again, then enter the whole value once more. Tries left: {left}.")
_LAST = tr("That was the last try. The key is in quarantine: reject it and ask for the file again.")
_DIFFERENT = tr(
    "DIFFERENT KEY. What the far end reads is not the key on file, so it is in quarantine and nothing is exported. "
    "Reject it, and find out with the owner how this file came to you."
)
_LOOKALIKE = tr(
    "ALARM: made to look alike. Start and end agree, the middle does not: somebody made this key to deceive. It is "
    "in quarantine. Keep the file and the message it came in, and tell the owner and your security officer."
)
_WEAK = tr(
    "This proves nothing: {form} is too short or too weak, so it was not counted. Ask for the SHA-256 of the key: {how}"
)
HOW = "openssl pkey -pubin -in KEY.pem -outform DER | sha256sum"


def verdict(finding: Finding, compared: int, left: int, *, lone: bool) -> str:
    """One or two sentences for the person at the desk; never the expected value."""
    facts = {"form": told(FORMS[finding.form], {}), "lines": _lines(finding.lines), "left": left, "how": HOW}
    if finding.verdict is Verdict.MATCH:
        rest = [_APPROVED if compared >= 2 else _ALONE if lone else _FIRST]
        weak = [_SHA1] if finding.form in SHA1_FORMS else []
        return " ".join(told(each, facts) for each in (_MATCH, *weak, *rest))
    if finding.verdict is Verdict.MISREAD and left <= 0:
        return told(_LAST, facts)
    by_verdict = {
        Verdict.MISREAD: _MISREAD,
        Verdict.DIFFERENT: _DIFFERENT,
        Verdict.LOOKALIKE: _LOOKALIKE,
        Verdict.TOO_WEAK: _WEAK,
    }
    return told(by_verdict[finding.verdict], facts)


def _lines(lines: tuple[int, ...]) -> str:
    if not lines:
        return told(tr("the whole value"), {})
    return told(tr("line {numbers}"), {"numbers": ", ".join(str(each) for each in lines)})


READINGS: dict[Reading, str] = {
    Reading.AS_APPROVED: tr("as approved"),
    Reading.UNKNOWN: tr("unknown key: nobody approved it for this device; remove it"),
    Reading.WRONG_IDENTITY: tr("an approved key under the wrong identity; correct the configuration"),
    Reading.MISSING: tr("missing: the device does not hold this approved key"),
}

HEALTHS: dict[Health, str] = {
    Health.SUSPENDED: tr("Suspended"),
    Health.LOOKALIKE: tr("Look-alike alarm"),
    Health.QUARANTINED: tr("Different key"),
    Health.CHANGED: tr("Key changed"),
    Health.NO_KEY: tr("No key"),
    Health.RECEIVED: tr("Not verified"),
    Health.COMPARED: tr("Compared once"),
    Health.OVERDUE: tr("Check again"),
    Health.TELEPHONE: tr("Telephone only"),
    Health.ROLLING: tr("Rolling over"),
    Health.VERIFIED: tr("Verified"),
    Health.RETIRED: tr("Retired"),
}

CHANNELS: dict[Channel, str] = {
    Channel.CALL_BACK: tr("telephone, called back"),
    Channel.IN_PERSON: tr("in person"),
    Channel.SHEET: tr("signed sheet"),
    Channel.VIDEO: tr("video call"),
    Channel.EMAIL: tr("e-mail"),
}

TECHNOLOGIES: dict[Technology, str] = {
    Technology.IPSEC: tr("IPsec (IKEv2)"),
    Technology.OPENVPN: "OpenVPN",
    Technology.TLS: "TLS (stunnel)",
    Technology.WIREGUARD: "WireGuard",
}

STANDINGS: dict[Standing, str] = {
    Standing.MISSING: tr("not exported"),
    Standing.EXPORTED: tr("exported"),
    Standing.INSTALLED: tr("installed"),
    Standing.CONFIRMED: tr("confirmed"),
    Standing.STALE: tr("needs read-back"),
}
