"""Sentences about names, requests and certificates."""

from core.errors import certificates as errors
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.NameNotFit: Template(
        tr("Name not taken"),
        tr("The subject name {why}. Nothing was kept."),
        tr("Write it as CN=gw1.example.net, O=Example, C=GB."),
        {
            "empty": tr("is empty"),
            "long": tr("is longer than 400 characters"),
            "shape": tr("is not written as RFC 4514 asks"),
            "joined": tr("joins several attributes in one step, which devices read differently"),
            "attribute": tr("has an attribute that is not taken here ({found})"),
            "value": tr("has a value that its attribute does not allow"),
            "cn": tr("does not have exactly one CN with a value"),
        },
    ),
    errors.NothingToCheck: Template(
        tr("Nothing to judge in it"),
        tr("This file {why}, so nothing was judged, and nothing was kept."),
        tr("Give a certificate, a certificate request or a revocation list, in PEM or DER, or a PKCS#7 bundle."),
        {
            "empty": tr("is empty"),
            "text": tr("is plain text without a certificate, request or revocation list in it"),
            "cut off": tr("begins with a certificate or list and breaks off before its end"),
            "damaged": tr("is damaged: its encoding does not read to the end"),
            "public key": tr("holds a bare public key, which no authority has signed"),
            "SSH": tr("holds an SSH public key, which is no certificate"),
            "PGP": tr("holds something of PGP, which has no X.509 certificates"),
            "other": tr("is data of another kind, with no certificate, request or revocation list in it"),
            "many": tr("holds more than 64 certificates, requests or lists"),
        },
    ),
    errors.RequestNotRead: Template(
        tr("Not a certificate request"),
        tr("This file {why}. Nothing was kept."),
        tr("Make the request on the device again and send the file as it is."),
        {
            "shape": tr("holds a key or a certificate, but no certificate request (PKCS#10)"),
            "extensions": tr("is a certificate request whose extensions do not read"),
        },
    ),
    errors.KeyNotInProfile: Template(
        tr("Key not in the profile"),
        tr("The profile {profile} does not take a key of type {found}. Nothing was kept."),
        tr("Make a key of one of these types on the device: {taken}."),
    ),
    errors.AttributeNotInProfile: Template(
        tr("Attribute not in the profile"),
        tr("The profile {profile} does not take the attribute {attribute} in a subject name."),
        tr("Leave it out; it takes {taken}."),
    ),
    errors.SanNotInProfile: Template(
        tr("Name not in the profile"),
        tr("The profile {profile} does not take {san}."),
        tr("Give the names the device is called by, such as dns:gw1.example.net or ip:192.0.2.1."),
    ),
    errors.SanMissing: Template(
        tr("No alternative name"),
        tr("The profile {profile} asks for at least one alternative name, and there is none."),
        tr("Give the names the device is called by, such as dns:gw1.example.net or ip:192.0.2.1."),
    ),
    errors.SanNotSpelt: Template(
        tr("Name not taken"),
        tr("{san} {why}."),
        tr("Give the names the device is called by, such as dns:gw1.example.net or ip:192.0.2.1."),
        {
            "wildcard": tr("stands for many devices, and a certificate is for one"),
            "shape": tr("is not written as a name of its kind"),
        },
    ),
    errors.ValidityTooLong: Template(
        tr("End not possible"),
        tr("The certificate would end on {asked}. {why}; the latest date is {latest}."),
        tr("Choose a date after today and not later than that."),
        {
            "year": tr("Certificates for devices may last one year at most"),
            "device": tr("The device's own end of life bounds it"),
            "issuer": tr("Its issuer ends earlier"),
            "network": tr("The network's end bounds it"),
            "cap": tr("The published date for keys of this layer bounds it"),
        },
    ),
    errors.KeyLifeTooLong: Template(
        tr("End not possible"),
        tr("The key of the authority would live until {asked}. {why}; the latest date is {latest}. Nothing was made."),
        tr("Choose a date after today and not later than that."),
        {
            "issuer": tr("Its issuer ends earlier"),
            "network": tr("The network's end bounds it"),
            "cap": tr("The date for keys of this layer bounds it"),
        },
    ),
    errors.RootCapPassed: Template(
        tr("Published date has passed"),
        tr("The guidance lets keys of a root CA live until {cap}, and that day has passed. Nothing was made."),
        tr("See whether the publisher has a newer table (anchorhold caps change)."),
    ),
    errors.CapPassed: Template(
        tr("Published date has passed"),
        tr("The guidance lets keys of a {layer} CA live until {cap}, and that day has passed. Nothing was made."),
        tr("Two people can record a replacement date with a reason and a review date."),
    ),
    errors.SelfCheckFailed: Template(
        tr("Self-check did not pass"),
        tr("What was built does not read back as planned ({what}). Nothing of it was issued."),
        tr("Keep a copy of the file and report it; this is a defect of the program or of a token."),
    ),
    errors.NotAsApproved: Template(
        tr("Not what was approved"),
        tr(
            "The certificate {serial} would be built with other bytes today than those that were approved. Nothing was signed."
        ),
        tr("Withdraw this proposal and ask again; the new bytes need their own approval."),
    ),
    errors.LintRefuses: Template(
        tr("Not as RFC 5280 asks"),
        tr("pkilint has findings against the {what} that would be signed: {findings}. Nothing of it was signed."),
        tr("Change the name or the address that a finding is about. Where it is about neither, report it as a defect."),
    ),
}
