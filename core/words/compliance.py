"""Sentences about clauses: their states, what to do next, and the refusals of waivers and gates."""

from core.errors import compliance as errors
from core.errors.base import Expected
from core.model.caps import CapState, CapTable
from core.model.compliance import ClauseRow, ClauseState, How, StandardRow, Todo
from core.policy.records import kinds
from core.words.tongue import Template, told, tr

STATES = {
    ClauseState.ENFORCED: tr("enforced"),
    ClauseState.RECORDED: tr("met by record"),
    ClauseState.ATTESTED: tr("attested"),
    ClauseState.WAIVED: tr("waived"),
    ClauseState.REPLACED: tr("not met as published, replaced by decision"),
    ClauseState.OPEN: tr("open"),
    ClauseState.OVERDUE: tr("overdue"),
    ClauseState.OPTIONAL: tr("optional"),
    ClauseState.NOT_YET: tr("does not apply yet"),
}
HOWS = {
    How.ENFORCED: tr("a rule of the program"),
    How.RECORDED: tr("a record"),
    How.ATTESTED: tr("somebody who vouches for it"),
    How.OUTSIDE: tr("the publisher's own matter"),
}
UNDER = tr("version {version}: {source}, {dated}")


def under(table: CapTable) -> str:
    """The version of the table of key lifetimes that a certificate was issued under."""
    return told(UNDER, {"version": table.version, "source": table.source, "dated": f"{table.dated:%Y-%m-%d}"})


CAPS = {
    CapState.ACTIVE: tr("active"),
    CapState.EXPIRING: tr("ends within a year"),
    CapState.EXPIRED: tr("has passed: nothing new until two people decide"),
    CapState.REPLACED: tr("has passed, replaced by a decision"),
}

DO = {
    Todo.NOTHING: tr("Nothing: it is met."),
    Todo.RULE: tr("The rule {about} is not in place. Stop work and tell the responsible person."),
    Todo.RECORD: tr("Enter a record of the kind \u201c{kind}\u201d."),
    Todo.RENEW: tr("Look at the record of the kind \u201c{kind}\u201d again and enter a newer version."),
    Todo.DECIDE: tr("The published date has passed. Two people decide on another."),
    Todo.DECISION: tr("Decision {about} stands in the place of the published date; look at it again by {due}."),
    Todo.WAIVER: tr("Waived until {due} by two people. Look at it again before."),
    Todo.CRL: tr("Sign the next CRL of {about}."),
    Todo.REVIEW: tr("Look at who holds which duty and sign it off."),
    Todo.AUDITOR: tr("Nobody is auditor yet; appoint one without any other duty."),
    Todo.PUBLISH: tr("Several organisations rely on this CA. Publish its {about}."),
    Todo.PERSON: tr("Name who answers for it."),
    Todo.DUTY: tr("A duty of the calendar is late: {about}. Do it and sign it off."),
    Todo.OVERRIDE: tr("The root's key was used with a network up ({about}). Repeat the ceremony offline."),
    Todo.VALIDITY: tr("CRLs count for {about} hours and not for the recommended 192, as two people set it."),
    Todo.SHARED: tr("Say whether several organisations share it."),
    Todo.LATER: tr("Nothing yet: it does not concern this workspace as it is."),
    Todo.FREE: tr("Nothing has to be done. To show it, enter a record of the kind \u201c{kind}\u201d."),
}
COMMANDS = {
    Todo.RECORD: "record add WS {about}",
    Todo.RENEW: "record add WS {about}",
    Todo.DECIDE: "decide WS {about}",
    Todo.WAIVER: "waive WS {about}",
    Todo.CRL: "crl sign WS",
    Todo.REVIEW: "people review WS --sign-off",
    Todo.AUDITOR: "people add",
    Todo.PUBLISH: "statement publish WS",
    Todo.PERSON: "record add WS responsible-person",
    Todo.DUTY: "due WS",
    Todo.SHARED: "record add WS service-model",
    Todo.FREE: "record add WS {about}",
}  # what does it on the command line

TEMPLATES: dict[type[Expected], Template] = {
    errors.RuleBroken: Template(
        tr("A rule could not be applied"),
        tr("The rule {where} for {broken} stopped with {what}, so nobody judged this. It was refused."),
        tr("Keep what you typed and report it; this is a defect of the program."),
    ),
    errors.NotWaivable: Template(
        tr("Not waived"),
        tr("{clause_id} {why}. Nothing was recorded."),
        tr("A waiver has a reason, a ticket, an end within twelve months and a review before it."),
        {
            "unknown": tr("is not a clause of the register"),
            "must": tr("says must or shall, which nobody waives"),
            "never": tr("is one that this program never leaves out"),
            "decided": tr("is decided by a date (anchorhold decide), not waived"),
            "ceremony": tr("has one exception, which is recorded in the ceremony itself"),
            "enforced": tr("is enforced throughout, so there is nothing that a waiver would change"),
            "past": tr("cannot be waived until a day that is not ahead"),
            "late": tr("can be waived until {latest} at most"),
            "review": tr("has to be looked at again before the waiver ends"),
        },
    ),
    errors.NoResponsiblePerson: Template(
        tr("Nobody answers for it"),
        tr("A workspace that issues, registers or holds a root has a responsible person, and none is named. Nothing was made."),
        tr("Name the person and who stands in: in the people file, or by a record of the responsible person."),
    ),
    errors.NoCommunity: Template(
        tr("For whom?"),
        tr("A {kind} workspace serves one community, and none is named. Nothing was made."),
        tr("Name it (community = in the people file)."),
    ),
    errors.OtherCommunity: Template(
        tr("Another community"),
        tr("{organisation} belongs to {theirs}, and this PKI serves {ours}. It was not admitted."),
        tr("Two people agree on it with a reason: anchorhold record add with --reason makes the proposal."),
    ),
    errors.NotPublished: Template(
        tr("No published policy"),
        tr("{organisation} relies on this CA beside others, and its {documents} are not published. Nothing was issued to it."),
        tr("Publish the CP and the CPS and record both (anchorhold record add WS policy-document)."),
    ),
    errors.ChangeNotRecorded: Template(
        tr("Change not assessed"),
        tr("{about} is not what it was when it was last used, and no change record says what that does to security. Nothing was issued."),
        tr("Assess it and record it: anchorhold record add WS change --set reference={about}."),
    ),
    errors.UsageNotForLinks: Template(
        tr("Not for links"),
        tr("The profile {profile} has the usage {usage}, which is for something else than links. Nothing was kept."),
        tr("Choose a profile for links between endpoints."),
    ),
    errors.UsageNotForIke: Template(
        tr("An old usage for IPsec"),
        tr("The profile {profile} has the usage {usage}, which RFC 4945 does not have any more. Nothing was kept."),
        tr("Choose a profile with id-kp-ipsecIKE, or with no such usage."),
    ),
    errors.CapsNotFit: Template(
        tr("Not a new table"),
        tr("The table was not changed: {why}."),
        tr("Copy the dates from the publisher's page, with its title and date."),
        {
            "order": tr("a sub CA's key would live longer than its root's"),
            "same": tr("it has these dates already"),
            "dated": tr("its source is of a day that is still to come"),
            "far": tr("its dates are more than fifty years ahead"),
        },
    ),
}  # fmt: skip


def what_to_do(row: ClauseRow) -> str:
    """The next step for one clause."""
    kind = kinds().get(row.about.partition(" ")[0])
    due = row.due.isoformat() if row.due else ""
    return told(DO[row.todo], {"about": row.about, "due": due, "kind": kind.title if kind else ""})


def command(row: ClauseRow) -> str:
    """The command that does it, "" where there is none."""
    words = COMMANDS.get(row.todo, "")
    return f"anchorhold {words.format(about=row.about)}" if words else ""


def what_to_do_of_standard(row: StandardRow) -> str:
    """What to do next about what a section of an RFC asks."""
    if row.missing:
        return told(DO[Todo.RULE], {"about": ", ".join(row.missing)})
    return told(DO[Todo.LATER if row.state is ClauseState.NOT_YET else Todo.NOTHING], {})
