"""Blind comparison: what the far end reads, against every form this key has. Only a verdict leaves.

The expected value is in no finding, exception or representation (interop 2.2).
"""

import re
from dataclasses import dataclass

from core.crypto import nearness
from core.crypto.fingerprints import fingerprints
from core.crypto.heard import Alphabet, values
from core.crypto.keys import read_key
from core.errors import keys as errors
from core.model.devices import Identity
from core.model.keys import Finding, Form, PublicKey, Source, Verdict

LIMIT = 16 * 1024  # characters
_STRENGTH = (
    Form.WHOLE_KEY,
    Form.WIREGUARD,
    Form.SPKI_SHA256,
    Form.CERT_SHA256,
    Form.SSH_SHA256,
    Form.JWK_SHA256,
    Form.WORDS,
    Form.DIGITS,
    Form.SPKI_SHA1,
    Form.CERT_SHA1,
    Form.KEY_SHA1,
    Form.RSA_CKAID,
)
_GRAVITY = (Verdict.LOOKALIKE, Verdict.DIFFERENT, Verdict.MISREAD, Verdict.MATCH, Verdict.TOO_WEAK)
_BASE64_FORMS = (Form.SPKI_SHA256, Form.CERT_SHA256, Form.SSH_SHA256, Form.WIREGUARD, Form.JWK_SHA256)
_KEYS = re.compile(
    r"-----BEGIN [A-Z0-9 ]+-----.*?-----END [A-Z0-9 ]+-----"
    r"|(?:ssh|ecdsa)-[a-z0-9-]+[ \t]+AAAA[A-Za-z0-9+/=]+[^\n]*"
    r"|(?:key-string|Key Data:).*|(?<![A-Za-z0-9+/])M[A-Za-z0-9+/]{57,}={0,2}",
    re.DOTALL,
)
_CISCO = re.compile(r"\s*30[0-9A-Fa-f\s]{100,}(?:quit)?\s*", re.IGNORECASE)
_LINE = {64: 16, 40: 8}
_GROUP = {Alphabet.HEX: 4, Alphabet.BASE64: 4, Alphabet.DIGITS: 5}


@dataclass(frozen=True, repr=False)
class _Expected:
    """One form of the key on file; it has no representation on purpose."""

    form: Form
    alphabet: Alphabet
    text: str


def compare(key: PublicKey, identity: Identity, heard: str) -> Finding:
    """Compare the whole heard text with the key on file.

    Every value in it that this key has must agree; the strongest one is named. Raises `NothingHeard`,
    `HeardTooLong`, `NotAFingerprint` (nothing to compare), `NoCertificateOnFile`, and what `read_key` raises
    for a key file that was pasted.
    """
    if len(heard) > LIMIT:
        raise errors.HeardTooLong(len(heard), LIMIT)
    if not heard.strip():
        raise errors.NothingHeard
    findings, rest = _whole_keys(key, heard)
    expected = _expected(key, identity)
    found = values(rest)
    findings += [finding for value in found if (finding := _compared(value, expected))]
    if findings:
        return _worst(findings)
    if any(form in (Form.CERT_SHA256, Form.CERT_SHA1) for value in found for form in value.forms):
        raise errors.NoCertificateOnFile
    raise errors.NotAFingerprint


def _whole_keys(key: PublicKey, heard: str) -> tuple[list[Finding], str]:
    """What whole keys in the text say, and the text without them."""
    pieces = [heard] if _CISCO.fullmatch(heard) else _KEYS.findall(heard)
    rest = heard
    findings = []
    for piece in pieces:
        rest = rest.replace(piece, "\n")
        other = read_key(piece.encode("utf-8", "replace"), legacy=True)
        equal = nearness.same(other.spki.hex(), key.spki.hex())
        form = Form.WIREGUARD if other.source is Source.WIREGUARD else Form.WHOLE_KEY
        findings.append(Finding(Verdict.MATCH if equal else Verdict.DIFFERENT, form))
    return findings, rest


def _expected(key: PublicKey, identity: Identity) -> list[_Expected]:
    found = []
    for form, text in fingerprints(key, identity).items():
        if form is Form.WORDS:
            found.append(_Expected(form, Alphabet.WORDS, text.lower()))
        elif form is Form.DIGITS:
            found.append(_Expected(form, Alphabet.DIGITS, text.replace(" ", "")))
        elif form in (Form.SSH_SHA256, Form.JWK_SHA256, Form.WIREGUARD):
            found.append(_Expected(form, Alphabet.BASE64, _standard(text)))
        else:
            found.append(_Expected(form, Alphabet.HEX, text.replace(":", "").lower()))
    hashed = [e for e in found if e.alphabet is Alphabet.HEX and len(e.text) == 64]
    return found + [_Expected(e.form, Alphabet.BASE64, _base64(e.text)) for e in hashed]
