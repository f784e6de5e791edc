"""Finding the values in what a far end read out or pasted: typed groups, or the whole output of a tool."""

import re
from dataclasses import replace
from enum import StrEnum

from core.crypto import pgpwords
from core.crypto.texts import plain
from core.late import dataclass
from core.model.keys import Form


class Alphabet(StrEnum):
    HEX = "hex"
    BASE64 = "base64"
    DIGITS = "digits"
    WORDS = "words"


@dataclass(frozen=True)
class Value:
    """One value as heard: lower-case hex, base64 without padding, digits, or lower-case words with one space.

    `forms` are those that its label says it is; empty where nothing said so. `hint` marks a value that may stand for
    something else than this key (the key identifier written in a certificate), so that it only ever counts for it.
    """

    alphabet: Alphabet
    text: str
    forms: tuple[Form, ...] = ()
    hint: bool = False


_WORDS = {word.lower() for word in (*pgpwords.EVEN, *pgpwords.ODD)}
_FULL = (32, 40, 64)
_EXACT = {Alphabet.HEX: (40, 64), Alphabet.BASE64: (43,), Alphabet.DIGITS: (60,)}
_HEX = re.compile(r"[0-9A-Fa-f]+(?:[:-][0-9A-Fa-f]+)*[:-]?")
_B64 = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9+/_-]{43}={0,1}")
_SHORT = re.compile(r"(?:^|[:\s])((?=\S*(?:\d|[a-z][A-Z]))[A-Za-z0-9+/]{4,41})={0,2}\s*$")
_PUNCTUATION = re.compile(r"[\"'\[\]<>(),;|*`\\]")
# A label that touches its value: "SHA256:abc", "pin-sha256:abc=", "sha256//abc=", "SHA1 Fingerprint=AB:CD".
_ATTACHED = re.compile(
    r"(pin-sha256|spki-?sha-?256|sha-?256|sha-?1|md5|fingerprint|thumbprint|key ?id|subjkey|ckaid)(\s*(?:[:=]|//))",
    re.IGNORECASE,
)
_FIRST_LABEL = re.compile(
    r"[^\n]{0,40}?(?:fingerprint|thumbprint|sha-?256|sha-?1|key ?id|subjkey|ckaid|digits|code)"
    r"[^\n:=/]{0,12}(?:[:=]|//)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(?:line\s*)?(\d{1,2})[.:)]?\s+(?=\S)", re.IGNORECASE)
_OTHERS = re.compile(
    r"authority|authkey|serial|signature|modulus|exponent|\b(?:x|y|pub|priv|args|publicvalue|arguments)\s*:\s*$"
)
_OTHER_KEY = re.compile(r"\bpeer:", re.IGNORECASE)  # `wg show` on the far end: that one is ours
_LABELS: tuple[tuple[re.Pattern[str], tuple[Form, ...]], ...] = (
    (re.compile(r"md5"), (Form.MD5,)),
    (re.compile(r"ckaid"), (Form.KEY_SHA1, Form.RSA_CKAID)),
    (re.compile(r"subjkey\b"), (Form.KEY_SHA1,)),
    (re.compile(r"spki|pin-sha256|sha256//|public key id|\bkeyid\b"), (Form.SPKI_SHA256, Form.SPKI_SHA1)),
    (re.compile(r"fingerprint|thumbprint"), (Form.CERT_SHA256, Form.CERT_SHA1)),
    (re.compile(r"sha-?256\s*:"), (Form.SSH_SHA256,)),
)
_IDENTIFIER = re.compile(r"subject ?key ?id|key identifier|certificate subject key|subjkeyid")


def values(untrusted: str) -> list[Value]:
    """Every value in the text that has the shape of a fingerprint, in order; cut-off ones too."""
    text = plain(untrusted)
    spoken = _spoken(text)
    if spoken is not None:
        return [spoken]
    whole = _whole(text)
    return [whole] if whole else _printed(text)


def _spoken(text: str) -> Value | None:
    """PGP words: most of what stands there is in the list."""
    tokens = [token for token in re.findall(r"[^\W\d_]+", text) if token.lower() not in ("pgp", "words")]
    known = sum(token.lower() in _WORDS for token in tokens)
    if known >= 4 and known * 2 > len(tokens):
        return Value(Alphabet.WORDS, " ".join(token.lower() for token in tokens))
    return None


def _whole(text: str) -> Value | None:
    """One value and nothing else, in any grouping, lines numbered or not, behind at most one label."""
    label, rest = _unlabelled(text.strip())
    tokens = rest.split()
    if len(tokens) > 1 and any(len(_digits_of(token) or "") in (40, 64) for token in tokens):
        return None  # a tool's line: the value, and a file name or a number beside it
    candidates = (rest, _unnumbered(rest), " ".join(token for token in tokens if len(token) > 1))
    found = [shaped for candidate in candidates if (shaped := _shaped(candidate))]
    found.sort(key=lambda value: len(value.text) not in _EXACT[value.alphabet])
    return replace(found[0], forms=_fitting(_forms(label), found[0])) if found else None


def _unlabelled(text: str) -> tuple[str, str]:
    match = _FIRST_LABEL.match(text)
    return (match.group(), text[match.end() :]) if match else ("", text)


def _unnumbered(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    marks = [_NUMBERED.match(line) for line in lines]
    if any(mark is None or int(mark.group(1)) != n for n, mark in enumerate(marks, 1)):
        return text
    return "\n".join(line[mark.end() :] for line, mark in zip(lines, marks, strict=True) if mark)


def _shaped(text: str) -> Value | None:
    """A text that is one whole value, or one character off; mistyped letters are left in."""
    bare = re.sub(r"[\s:.,*\[\]\"']", "", text)
    squeezed = bare.replace("-", "")
    if squeezed.isdecimal() and squeezed.isascii():
        joined = "".join(token for token in text.replace("-", " ").split() if len(token) > 2)
        return Value(Alphabet.DIGITS, joined if len(joined) == 60 else squeezed)
    if len(squeezed) in (39, 40, 41, 63, 64, 65) and len(re.findall(r"[^0-9A-Fa-f]", squeezed)) <= 2:
        return Value(Alphabet.HEX, squeezed.lower())
    if len(bare.rstrip("=")) in (42, 43, 44) and re.fullmatch(r"(?=.*[0-9])[A-Za-z0-9+/_-]+={0,2}", bare):
        return Value(Alphabet.BASE64, standard(bare))
    return None


def standard(text: str) -> str:
    """Base64url as base64, without padding."""
    return text.rstrip("=").replace("-", "+").replace("_", "/")


def _printed(text: str) -> list[Value]:
    """A tool's output: values, each with the label before it on the line, or on the lines above."""
    found: list[Value] = []
    heading: list[str] = []
    run: list[str] = []
    label = ""
    fresh = True  # the next label line starts a new heading
    for line in text.split("\n"):
        own, valued = "", False
        for token in _PUNCTUATION.sub(" ", _ATTACHED.sub(r"\1\2 ", line)).split():
            piece = _digits_of(token)
            if piece is not None:
                label = label if run else f"{' '.join(heading[-2:])} {own}".lower()
                run.append(piece)
                valued = valued or len(piece) >= 8
                continue
            found += _ended(run, label)
            run = []
            own = f"{own} {token}"
            if _B64.fullmatch(token) and not _OTHER_KEY.search(own):
                found.append(_labelled(Value(Alphabet.BASE64, standard(token)), own.lower()))
        fresh = fresh or valued
        if own.strip() and not valued:
            heading = [own] if fresh else [*heading, own]
            fresh = False
    return _meant([*found, *_ended(run, label)], text)


def _digits_of(token: str) -> str | None:
    return re.sub("[:-]", "", token) if _HEX.fullmatch(token) else None


def _ended(run: list[str], label: str) -> list[Value]:
    """The values of neighbouring groups of hex: one value if they sum up to one, or each one by itself."""
    joined = "".join(run).lower()
    if not joined or _OTHERS.search(label):
        return []
    if len(joined) not in _FULL and any(len(piece) in _FULL for piece in run):
        return [_labelled(Value(Alphabet.HEX, piece.lower()), label) for piece in run if len(piece) in _FULL]
    return [_labelled(Value(Alphabet.HEX, joined), label)]


def _labelled(value: Value, label: str) -> Value:
    return replace(value, forms=_fitting(_forms(label), value), hint=bool(_IDENTIFIER.search(label)))


def _forms(label: str) -> tuple[Form, ...]:
    return next((forms for pattern, forms in _LABELS if pattern.search(label.lower())), ())


def _fitting(forms: tuple[Form, ...], value: Value) -> tuple[Form, ...]:
    """Of the forms a label names, those of the value's length."""
    if value.alphabet is not Alphabet.HEX:
        return tuple(form for form in forms if form in (Form.SPKI_SHA256, Form.SSH_SHA256))
    if len(value.text) < 60:
        return tuple(form for form in forms if "sha256" not in form)  # of 32 digits MD5 is left
    return tuple(form for form in forms if form in (Form.SPKI_SHA256, Form.CERT_SHA256))


def _meant(found: list[Value], text: str) -> list[Value]:
    """Whole values where there are any; else the longest cut-off one."""
    whole = [v for v in found if v.alphabet is Alphabet.BASE64 or len(v.text) in _FULL]
    if whole:
        return whole
    cut = [v for v in found if 4 <= len(v.text) < 64]
    return cut[-1:] or [Value(Alphabet.BASE64, short) for short in _SHORT.findall(text)[-1:]]
