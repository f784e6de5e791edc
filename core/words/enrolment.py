"""Sentences about enrolling devices and issuing to them."""

from core.errors import enrolment as errors
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.ProfileNotFit: Template(
        tr("Profile not taken"),
        tr("{why}."),
        tr("Choose one of {known}."),
        {
            "unknown": tr("There is no profile called {profile}"),
            "service": tr("The profile {profile} is for another service than this authority"),
            "choose": tr("Several profiles would do, and none was named"),
        },
    ),
    errors.KeyUsedBefore: Template(
        tr("Key used before"),
        tr("{why}. Nothing was kept."),
        tr("Make a new key on the device and a new request with it."),
        {
            "device": tr("A certificate of {other} is over this very key; two devices never share one"),
            "pinned": tr("This key is pinned as the key of {other}; two devices never share one"),
            "compromised": tr("This key is blocked for ever: a certificate over it was revoked as compromised"),
            "revoked": tr("A certificate of {other} over this key was revoked, and its key with it"),
            "authority": tr("This is the key of an authority, and a device never has it"),
            "quarantined": tr("This key is in quarantine as somebody else's key that came for {other}"),
            "withdrawn": tr("This key was the pinned key of {other} and was withdrawn"),
            "same": tr("{other} has a certificate over this key already, and a renewal takes a new key by default"),
        },
    ),
    errors.SubjectTaken: Template(
        tr("Name taken"),
        tr("The name {subject} belongs to {other} already, upper and lower case and blanks aside."),
        tr("Give this device a name of its own."),
    ),
    errors.DeviceNotInService: Template(
        tr("Device not in service"),
        tr("{device}: {why}. Certificates are for devices that are part of the network."),
        tr("Change the device first if that is no longer so."),
        {"retired": tr("it is retired"), "over": tr("its end of life has passed")},
    ),
    errors.NoCrlYet: Template(
        tr("No CRL that counts"),
        tr("{authority} {why}, so devices could not learn of a revocation. Nothing was issued."),
        tr("Sign its CRL first: anchorhold crl sign."),
        {"none": tr("has not published a CRL"), "stale": tr("has a CRL that is out of date")},
    ),
    errors.IdentityNotCertified: Template(
        tr("Identity missing"),
        tr("The alternative names do not hold {identity}, by which the others know {device}; they would refuse it."),
        tr("Add it with --san, or leave --san out: then the device's own names are taken."),
    ),
    errors.SubmitterIssues: Template(
        tr("Another person issues"),
        tr("{name} submitted this request, so {name} does not issue it."),
        tr("Let another CA operator issue it."),
    ),
    errors.NoRoutineRenewal: Template(
        tr("No routine renewal"),
        tr("{why}, so this is not a renewal. Nothing was kept."),
        tr("Submit it without --renews: it goes the full way, like the first time."),
        {
            "unknown": tr("There is no certificate with the serial {serial}"),
            "expired": tr("The certificate {serial} has expired"),
            "revoked": tr("The certificate {serial} is revoked"),
            "suspected": tr("The key of {serial} is in doubt"),
            "device": tr("The certificate {serial} is another device's"),
        },
    ),
    errors.RenewalNotProved: Template(
        tr("Nothing stands for the new key"),
        tr("{why}, so anybody could have made this request. Nothing was kept."),
        tr(
            "Let the device sign the new request with the key it has (anchorhold request commands --renews) and give it "
            "with --proof; where it cannot, two people compare the new key with the far end first (anchorhold key compare)."
        ),
        {
            "none": tr("The key of {serial} did not sign the new request, and nobody compared the new key"),
            "wrong": tr("The proof is not a signature of the key of {serial} over this request"),
        },
    ),
    errors.DeviceDiffers: Template(
        tr("Not the same device"),
        tr("The desk has {told} as the identity of {device}, and here it is {here}. The request was not taken."),
        tr("Change the device in the workspace where it is wrong, and carry the request again."),
    ),
    errors.NameOutside: Template(
        tr("Outside the authority's names"),
        tr("{name} lies outside the names that {authority} may certify, so every device would refuse it."),
        tr("Leave the name out, or have it certified by an authority for such names."),
    ),
    errors.WishNotTaken: Template(
        tr("Request not taken"),
        tr("{why}. Nothing was kept."),
        tr("Make the request again with the lines for the device (anchorhold request commands)."),
        {
            "nameless": tr("The request names nobody: its subject is empty"),
            "ca": tr("The request asks for the certificate of an authority ({wish}), and devices never get one"),
            "critical": tr("The request asks for the critical extension {wish}, which is not known here"),
            "wildcard": tr("The request asks for {wish}, and a certificate names one device"),
        },
    ),
    errors.NotRenewed: Template(
        tr("Not a renewal"),
        tr("A {what} belongs to a renewal, and no certificate is renewed. Nothing was kept."),
        tr("Name the certificate that this one follows with --renews, or leave it out."),
    ),
    errors.RenewedDifferently: Template(
        tr("Not a renewal"),
        tr("The names or the profile differ from those of {serial}, so this is not a renewal. Nothing was kept."),
        tr("Submit it without --renews: it goes the full way, like the first time."),
    ),
    errors.PersonalName: Template(
        tr("Everybody can read this"),
        tr("{value} {why}. Values in certificates are public."),
        tr("Name the device, not a person or a secret; a role mailbox belongs in the alternative names."),
        {"mailbox": tr("looks like somebody's mailbox"), "word": tr("looks like a marking that is not for outsiders")},
    ),
    errors.NoDeviceMeant: Template(
        tr("Which device"),
        tr("{why}: it calls itself {subject}. The request was not taken."),
        tr("Enter the device if it is missing, or give the request in a file that is named after it."),
        {
            "none": tr("The request names no device in service here"),
            "several": tr("The request could be for several devices"),
        },
    ),
}
