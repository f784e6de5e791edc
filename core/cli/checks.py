"""check WS FILE: judge a foreign certificate, request, CRL or chain, and say in words why."""

from core.cli.answers import Answer
from core.cli.base import Context, Entry, content, words
from core.crypto.armour import LIMIT
from core.crypto.names import text
from core.late import dataclass
from core.services import checks
from core.words.checks import explained, found
from core.words.say import sentence


@dataclass(frozen=True, kw_only=True)
class FindingTold:
    """`finding` is the short name of what was found, `sentence` what it means."""

    finding: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class FitTold:
    profile: str
    fits: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CheckDone(Answer):
    """`chain` names the subjects from the certificate upwards; `profiles` is filled for a request."""

    kind: str
    subject: str
    explained: tuple[str, ...]
    chain: tuple[str, ...]
    findings: tuple[FindingTold, ...]
    profiles: tuple[FitTold, ...]
    wishes: tuple[str, ...]
    entries: int

    def lines(self) -> list[str]:
        told = [f"This is a {self.kind}: {self.subject}.", *self.explained]
        told += [f"Its chain: {' - '.join(self.chain)}."] if len(self.chain) > 1 else []
        told += [f"It lists {self.entries} revoked certificates."] if self.kind == "CRL" else []
        told += [f"It asks for {', '.join(self.wishes)}; wishes are not copied."] if self.wishes else []
        told += [
            f"Profile {each.profile}: it fits." if each.fits else f"Profile {each.profile}: {' '.join(each.reasons)}"
            for each in self.profiles
        ]
        told += [each.sentence for each in self.findings]
        return told if self.findings or self.profiles else [*told, "Nothing speaks against it."]


def _check(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.desk(read_only=True) as desk:
        made = checks.check(
            desk,
            content(args.file, LIMIT),
            [content(each) for each in args.chain],
            [content(each, LIMIT) for each in args.crl],
        )
    subject = made.request.subject if made.request else made.chain[0].subject
    fits = tuple(
        FitTold(profile=name, fits=not against, reasons=tuple(sentence(each) for each in against))
        for name, against in made.fits
    )
    answer = CheckDone(
        kind=made.kind,
        subject=text(subject),
        explained=explained(made),
        chain=tuple(text(each.subject) for each in made.chain),
        findings=tuple(FindingTold(finding=each.trouble.value, sentence=found(each)) for each in made.found),
        profiles=fits,
        wishes=made.request.wishes if made.request else (),
        entries=len(made.crl.entries) if made.crl else 0,
    )
    passed = not made.found and (not fits or any(each.fits for each in fits))
    return answer, 0 if passed else 4


_FILES = {"action": "append", "default": [], "metavar": "FILE"}
ENTRIES = (
    Entry(
        "check",
        "",
        "judge a foreign certificate, request, CRL or chain",
        words(
            "workspace",
            "file",
            chain={**_FILES, "help": "a certificate of the chain; once for each"},
            crl={**_FILES, "help": "a CRL of the chain; once for each"},
        ),
        _check,
        CheckDone,
    ),
)
