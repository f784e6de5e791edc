"""Blind comparison: what the far end reads, against every form this key has. Only a verdict leaves.

The expected value is in no finding, exception or representation (interop 2.2).
"""

import base64
import re

from core.crypto import nearness
from core.crypto.fingerprints import fingerprints
from core.crypto.heard import Alphabet, Value, standard, values
from core.crypto.keys import read_key
from core.crypto.private import refuse_private
from core.errors import keys as errors
from core.late import dataclass
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
_KEYS = re.compile(
    r"-----BEGIN [A-Z0-9 ]+-----.*?-----END [A-Z0-9 ]+-----"
    r"|(?:ssh|ecdsa)-[a-z0-9-]+[ \t]+AAAA[A-Za-z0-9+/=]+[^\n]*"
    r"|(?:key-string|Key Data:).*|(?<![A-Za-z0-9+/])M[A-Za-z0-9+/]{57,}={0,2}",
    re.DOTALL,
)
# A key and nothing else: Cisco's hex, or base64 in lines without armour.
_BARE = re.compile(
    r"\s*(?:30[0-9a-f\s]{100,}(?:quit)?|M[a-z0-9+/]{39,}\n(?:[a-z0-9+/]{40,}\n)*[a-z0-9+/]*={0,2})\s*", re.IGNORECASE
)
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
    refuse_private(b"", heard)
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
    pieces = [heard] if _BARE.fullmatch(heard) else _KEYS.findall(heard)
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
            found.append(_Expected(form, Alphabet.BASE64, standard(text.removeprefix("SHA256:"))))
        else:
            found.append(_Expected(form, Alphabet.HEX, text.replace(":", "").lower()))
    hashed = [e for e in found if e.alphabet is Alphabet.HEX and len(e.text) == 64]
    return found + [_Expected(e.form, Alphabet.BASE64, _base64_of(e.text)) for e in hashed]


def _base64_of(digits: str) -> str:
    return base64.b64encode(bytes.fromhex(digits)).decode().rstrip("=")


def _compared(value: Value, expected: list[_Expected]) -> Finding | None:
    """The finding on one value; None where it says nothing about this key."""
    mine = [e for e in expected if e.alphabet is value.alphabet]
    equal = [e.form for e in mine if nearness.same(value.text, e.text)]
    if equal:
        return Finding(Verdict.MATCH, min(equal, key=_STRENGTH.index))
    if Form.MD5 in value.forms or (value.alphabet is Alphabet.HEX and len(value.text) == 32):
        return Finding(Verdict.TOO_WEAK, Form.MD5)
    if value.hint or (value.forms and not any(e.form in value.forms for e in mine)):
        return None
    named = [e for e in mine if e.form in value.forms] or mine
    return _misread(value, named) or _other(value, named)


def _misread(value: Value, named: list[_Expected]) -> Finding | None:
    slips = [(places, e) for e in named if (places := _places(value, e)) is not None]
    if not slips:
        return None
    places, nearest = min(slips, key=lambda slip: len(slip[0]))
    lines = sorted({place // _line(nearest) + 1 for place in places})
    return Finding(Verdict.MISREAD, nearest.form, tuple(lines))


def _places(value: Value, e: _Expected) -> tuple[int, ...] | None:
    if e.alphabet is Alphabet.WORDS:
        return nearness.near_words(value.text.split(), e.text.split())
    return nearness.near(value.text, e.text, _GROUP[e.alphabet])


def _line(e: _Expected) -> int:
    """How many characters (or words) one line to read again has."""
    if e.alphabet is Alphabet.HEX:
        return _LINE[len(e.text)]
    return _GROUP.get(e.alphabet, 1)


def _other(value: Value, named: list[_Expected]) -> Finding | None:
    """Not a slip: another key, one made to look alike, or too little of a value to tell."""
    size = _size(value.alphabet, value.text)
    whole = [e for e in named if _size(e.alphabet, e.text) == size]
    if any(len(e.text) > len(value.text) and e.text.startswith(value.text) for e in named):
        return Finding(Verdict.TOO_WEAK, Form.SHORT)
    if not whole:
        shorter = any(size < _size(e.alphabet, e.text) for e in named)
        return Finding(Verdict.TOO_WEAK, Form.SHORT) if shorter else None
    lookalike = next((e for e in whole if _looks_alike(value, e)), None)
    if lookalike:
        return Finding(Verdict.LOOKALIKE, lookalike.form)
    return Finding(Verdict.DIFFERENT, min((e.form for e in whole), key=_STRENGTH.index))


def _size(alphabet: Alphabet, text: str) -> int:
    return len(text.split()) if alphabet is Alphabet.WORDS else len(text)


def _looks_alike(value: Value, e: _Expected) -> bool:
    if e.alphabet is Alphabet.WORDS:
        return nearness.alike_words(value.text.split(), e.text.split())
    if e.alphabet is Alphabet.BASE64:
        return nearness.alike(_hex_of(value.text), _hex_of(e.text))
    return nearness.alike(value.text, e.text)


def _hex_of(text: str) -> str:
    return base64.b64decode(text + "=" * (-len(text) % 4)).hex()


def _worst(findings: list[Finding]) -> Finding:
    """One value that disagrees outweighs all that agree; of equal ones the strongest form is named."""
    gravest = min((finding.verdict for finding in findings), key=_GRAVITY.index)
    equal = [finding for finding in findings if finding.verdict is gravest]
    return min(equal, key=lambda finding: _STRENGTH.index(finding.form) if finding.form in _STRENGTH else 99)
