"""Sentences about authorities and carried files."""

from core.errors import authorities as errors
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.NetworkUp: Template(
        tr("The network is up"),
        tr(
            "A root key is only used while no network is connected; these have a carrier: {interfaces}. Nothing was opened."
        ),
        tr("Unplug them and try again. If that cannot be, give the reason and a witness; both are recorded."),
    ),
    errors.RootAlready: Template(
        tr("There is a root"),
        tr("This workspace has its root already ({name}); one workspace holds one."),
        tr("Make a further workspace for another root."),
    ),
    errors.AuthorityNameTaken: Template(
        tr("Name taken"),
        tr("An authority called {name} is on file; names are never used twice."),
        tr("Give it a generation, such as G2."),
    ),
    errors.NoSuchAuthority: Template(
        tr("No such authority"),
        tr("{why}."),
        tr("See which there are and how they stand: anchorhold ca list WS."),
        {
            "none": tr("There is no authority called {name} here"),
            "several": tr("There are several authorities here, and none was named"),
            "state": tr("The authority {name} is {state} and cannot do that"),
        },
    ),
    errors.CrlUrlNotFit: Template(
        tr("CRL address not taken"),
        tr("{url} is not an address that devices fetch a CRL from."),
        tr(
            "Write it as http://crl.example.net/root.crl; CRLs are signed themselves, and https would ask for a certificate."
        ),
    ),
    errors.ServiceNotFit: Template(
        tr("Service not taken"),
        tr("Service {service}: {why}."),
        tr("Choose one of {known}."),
        {
            "unknown": tr("there is no such service"),
            "none": tr("no technology was chosen, and a CA is designed for some"),
            "design": tr("this workspace was not designed for it"),
        },
    ),
    errors.NoWayBack: Template(
        tr("No way back"),
        tr("The sub CA {name} is installed, so the workspace stays a local CA."),
        tr("Run its authorities off instead; links with pins go on working beside."),
    ),
    errors.PolicyShared: Template(
        tr("Policy identifier in use"),
        tr(
            "The policy identifier {policy} belongs to {other} already; two services never share one. Nothing was signed."
        ),
        tr("Make a new request in the issuing workspace; it takes a fresh identifier."),
    ),
    errors.RehearsalMixed: Template(
        tr("Rehearsal and reality"),
        tr("One of the two workspaces is a rehearsal and the other is not. Nothing was taken."),
        tr("Use files of the same kind; what a rehearsal makes is never used for real."),
    ),
    errors.ConstraintNotFit: Template(
        tr("Name constraint not taken"),
        tr("{name} {why}. Nothing was asked for."),
        tr("Write dns:example.net, ip:192.0.2.0/24 or email:example.net; a sub CA for IPsec goes without."),
        {
            "service": tr("would bind a sub CA for IPsec, whose gateways do not all judge name constraints"),
            "shape": tr("is not the name of a subtree"),
            "many": tr("name constraints are more than a sub CA carries here"),
        },
    ),
    errors.NotRolledOver: Template(
        tr("No next generation"),
        tr("{why}. Nothing was asked for."),
        tr("Renew a sub CA whose key is here; a root is followed by a root in a new workspace."),
        {
            "root": tr("{name} is a root, and a workspace has one for good"),
            "elsewhere": tr("The key of {name} is not in this workspace"),
            "requested": tr("{name} has no certificate yet"),
        },
    ),
    errors.StillTrusted: Template(
        tr("Still trusted"),
        tr("Devices trust {count} certificates of {name} until {until}, and only its key can take one back."),
        tr("Let it run off (anchorhold ca run-off) and destroy its key after that day, or revoke them first."),
    ),
    errors.NotCarried: Template(
        tr("Carried file not taken"),
        tr("This file {why}. Nothing of it was kept."),
        tr("Carry it again, straight from the workspace that wrote it."),
        {
            "shape": tr("is not a carried file of Anchorhold, or it was changed"),
            "size": tr("is larger than a carried file can be"),
            "signature": tr("was changed after it was signed"),
            "stranger": tr("comes from a workspace that two people here have not met yet"),
            "person": tr("is signed by somebody who is not among the people of that workspace"),
            "kind": tr("is for another step"),
            "desk": tr("comes from a workspace that is no registration desk"),
            "half": tr("holds a request that two people of that desk have not both signed"),
            "answer": tr("does not answer the file that left this workspace"),
        },
    ),
    errors.MeetingDiffers: Template(
        tr("Not the same"),
        tr("{why}. The workspace was not met."),
        tr("Ask for the whole fingerprint once more, read from the other machine's own screen."),
        {
            "different": tr("What was heard is not the fingerprint of this file"),
            "form": tr("What was heard is not a whole fingerprint: 64 hex digits or 32 words"),
            "person": tr("You typed it already; the second time is for another person"),
        },
    ),
    errors.ReadBackDiffers: Template(
        tr("Not the same"),
        tr("What was typed is not the fingerprint of the new root. Nothing was changed."),
        tr("Read it out once more from the screen and type all 64 digits."),
    ),
    errors.RootNotPinned: Template(
        tr("Root not pinned"),
        tr("{why}. Nothing of it was taken."),
        tr(
            "Have the workspace that issues introduce itself anew; its introduction brings its root, and two people here "
            "type the fingerprint that is read out there."
        ),
        {
            "none": tr("No root is pinned at this desk, so nobody can tell whose certificates these are"),
            "other": tr("The certificate is under the root {root}, which is not the one that is pinned here"),
        },
    ),
    errors.AnswerDoesNotFit: Template(
        tr("Answer does not fit"),
        tr("The certificate that came back differs from what was asked for ({what}). It was not installed."),
        tr("Ask the people of the workspace that sent it; do not install it another way."),
    ),
}
