"""Sentences about revocation and CRLs."""

from core.errors import revocation as errors
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.CrlNotRead: Template(
        tr("CRL not taken"),
        tr("This revocation list {why}, so nothing it says counts."),
        tr("Fetch it again from its issuer."),
        {
            "shape": tr("does not read as a CRL"),
            "size": tr("is larger than 256 MB"),
            "signature": tr("is not signed by the issuer it should be from"),
            "partial": tr("is partial, and only full lists are taken"),
            "critical": tr("has a critical extension that is not known here"),
            "no next update": tr("does not say when the next one is due"),
            "no issuer": tr(
                "has nothing beside it that its signature could be checked with: add its issuer's certificate with --chain"
            ),
            "absent": tr("was never signed here"),
            "unknown": tr("carries a number of ours and is not what we signed under it"),
        },
    ),
    errors.CrlNumberSpent: Template(
        tr("No CRL number left"),
        tr(
            "The next CRL of {authority} would have the number {number}, which gateways cannot hold. Nothing was signed."
        ),
        tr("Run this authority off and make a new one."),
    ),
    errors.CrlNotContinuous: Template(
        tr("CRL does not follow the one before"),
        tr("The next CRL of {authority} would not follow the one before: {why}. Nothing was signed."),
        tr(
            "Verify the ledger. If this file is a copy put back, take home the CRL that is published: anchorhold crl take WS FILE."
        ),
        {
            "number": tr("that one has the number {fact}"),
            "time": tr("that one was made on {fact} UTC, which is later"),
            "gone": tr("the serial {fact} was on it, its certificate has not ended, and it would be gone"),
            "changed": tr("what it says of the serial {fact} would change"),
            "later": tr("the copy that is published has the number {fact}, later than any on file here"),
        },
    ),
    errors.PublishedUnread: Template(
        tr("The published CRL is not read in"),
        tr(
            "This file was put back on {restored} UTC and may be older than the newest CRL of {authority}: the next one could take "
            "back its number and its revocations. Nothing was signed."
        ),
        tr(
            "Take home the newest CRL that is published: anchorhold crl take WS FILE. Where there is none, two people record "
            "that: anchorhold crl none WS --ca NAME --reason TEXT."
        ),
    ),
    errors.NotRestored: Template(
        tr("Nothing to record"),
        tr("No restore stands between {authority} and its next CRL. Nothing was recorded."),
        tr("Sign the next CRL: anchorhold crl sign."),
    ),
    errors.CrlLate: Template(
        tr("A CRL is late"),
        tr(
            "The newest CRL of {authority} is of {published} UTC: a new one is due every 24 hours. Nothing was changed."
        ),
        tr("Sign the next one: anchorhold crl sign."),
    ),
    errors.CrlTooShort: Template(
        tr("Not 192 hours"),
        tr("The CRL of {authority} would count until {until} UTC, which is not 192 hours. Nothing was signed."),
        tr("This is a defect of the program: report it."),
    ),
    errors.RootCrlLate: Template(
        tr("The root's CRL runs out"),
        tr("The CRL of {authority} counts until {until}: less than 30 days are left. Nothing was changed."),
        tr("Plan a ceremony and sign the next one: anchorhold crl sign."),
    ),
    errors.NoSuchCertificate: Template(
        tr("No such certificate"),
        tr("{why}. Nothing was done."),
        tr("See the serials with: anchorhold cert list WS."),
        {
            "none": tr("There is no certificate with the serial {serial} here"),
            "several": tr("Two authorities gave the serial {serial}; name one with --ca"),
            "state": tr("The certificate {serial} was never finished"),
        },
    ),
    errors.RevokedAlready: Template(
        tr("Revoked already"),
        tr("The certificate {serial} is revoked since {since} UTC; a revocation is final."),
        tr("Sign and publish the CRL if devices have not read it yet."),
    ),
    errors.ReasonNotFit: Template(
        tr("Reason not taken"),
        tr("{reason}: {why}. Nothing was revoked."),
        tr("Choose one of {known}."),
        {
            "unknown": tr("there is no such reason here"),
            "authority": tr("it is about the certificate of an authority, and this is a device's"),
        },
    ),
    errors.NothingToReview: Template(
        tr("Nothing to review"),
        tr("{why}."),
        tr("See what waits for a second person with: anchorhold cert list WS --state revoked."),
        {
            "none": tr("No revocation of {serial} waits for a second person"),
            "person": tr("Who revoked {serial} does not review it as well"),
        },
    ),
}
