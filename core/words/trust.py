"""Sentences about foreign roots and cross-certificates."""

from datetime import date

from core.errors import trust as errors
from core.errors.base import Expected
from core.model.keys import Finding, Verdict
from core.model.trust import Anchor, AnchorKind, AnchorState
from core.words.tongue import Template, told, tr
from core.words.verdicts import FORMS

TEMPLATES: dict[type[Expected], Template] = {
    errors.NoSuchAnchor: Template(
        tr("No such CA of others"),
        tr("No CA of others called {name} is on file. Nothing was changed."),
        tr("See: anchorhold trust list."),
    ),
    errors.AnchorNotFit: Template(
        tr("Not a CA to trust"),
        tr("{why} Nothing was taken in."),
        tr("Ask its owner for the certificate of the CA itself, one in a file."),
        {
            "file": tr("The file does not hold one certificate and nothing else."),
            "not-ca": tr("This certificate is no CA (basic constraints)."),
            "signature": tr("The signature on it does not fit its issuer's key."),
            "weak": tr("It is signed with MD5 or SHA-1, which nobody can tell from a forgery."),
            "date": tr("It is not valid today."),
            "critical": tr("It has a critical extension that is not known here, so it must be refused."),
            "ours": tr("This is a CA of this workspace."),
            "known": tr("This certificate is on file already."),
        },
    ),
    errors.TrustTooLong: Template(
        tr("The date does not fit"),
        tr("Trust until {until} was asked for; the certificate ends on {latest}. Nothing was taken in."),
        tr("Choose a day from today on that is not after {latest}."),
    ),
    errors.AnchorSettled: Template(
        tr("Compared already"),
        tr("{name} is not pending: {why} Nothing was changed."),
        tr("A newer certificate of that CA is taken in anew."),
        {"trusted": tr("two people heard its fingerprint."), "refused": tr("what was heard is another certificate.")},
    ),
    errors.SameEar: Template(
        tr("A second person is needed"),
        tr("{operator} heard this fingerprint once already. This comparison was not counted."),
        tr("A colleague compares it on their own sign-in."),
    ),
}

KINDS: dict[AnchorKind, str] = {AnchorKind.ROOT: tr("root"), AnchorKind.CROSS: tr("certified by another CA")}
STATES: dict[AnchorState, str] = {
    AnchorState.PENDING: tr("pending: not to be trusted before two people compared it"),
    AnchorState.TRUSTED: tr("compared by two people"),
    AnchorState.REFUSED: tr("refused: not the certificate that its owner reads out"),
}

SHORT: dict[AnchorState, str] = {
    AnchorState.PENDING: tr("pending"),
    AnchorState.TRUSTED: tr("compared by two people"),
    AnchorState.REFUSED: tr("refused"),
}
_OVER = tr("over")


def standing(anchor: Anchor, today: date) -> str:
    """The word for a CA of others; its time may be over."""
    over = anchor.state is AnchorState.TRUSTED and not anchor.counts(today)
    return told(_OVER if over else SHORT[anchor.state], {})


_VERDICTS: dict[Verdict, str] = {
    Verdict.MATCH: tr("Same certificate: {form}."),
    Verdict.MISREAD: tr("Probably misread: hear the whole value once more. Tries left: {left}."),
    Verdict.DIFFERENT: tr("ANOTHER CERTIFICATE: {name} is refused. Find out with its owner how this file came to you."),
    Verdict.LOOKALIKE: tr(
        "ALARM: made to look alike. {name} is refused. Keep the file and the message it came in, and tell its owner "
        "and your security officer."
    ),
    Verdict.TOO_WEAK: tr("This proves nothing: {form} is too short or too weak, so it was not counted."),
}
_NEXT = {
    1: tr("A colleague compares it too, on their own sign-in, before anybody trusts it."),
    2: tr("Two people heard it: it is listed for relying parties (anchorhold ca export)."),
}
_SPENT = tr("That was the last try: {name} is refused. Ask for the file again.")


def verdict(name: str, finding: Finding, compared: int, left: int) -> str:
    """What a comparison said, and what comes next; never the expected value."""
    facts = {"form": told(FORMS[finding.form], {}), "name": name, "left": left}
    if finding.verdict is Verdict.MISREAD and left <= 0:
        return told(_SPENT, facts)
    said = told(_VERDICTS[finding.verdict], facts)
    return f"{said} {told(_NEXT[min(compared, 2)], {})}" if finding.verdict is Verdict.MATCH else said
