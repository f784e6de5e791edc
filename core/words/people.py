"""Sentences about people."""

from core.errors import people
from core.errors.base import Expected
from core.model.people import Duty
from core.policy.duties import Pair
from core.words.tongue import Template, told, tr

DUTIES: dict[Duty, str] = {
    Duty.SECURITY_OFFICER: tr("Security officer"),
    Duty.SYSTEM_ADMINISTRATOR: tr("System administrator"),
    Duty.REGISTRATION_OFFICER: tr("Registration officer"),
    Duty.CA_OPERATOR: tr("CA operator"),
    Duty.REVOCATION_OFFICER: tr("Revocation officer"),
    Duty.AUDITOR: tr("Auditor"),
    Duty.CUSTODIAN: tr("Custodian"),
}

# Why two duties do not go together (`core.policy.duties.Clash`).
CLASHES = {
    "own-work": tr("an auditor would judge acts of their own."),
    "rules-and-machine": tr("who sets the rules would also run the machine that keeps them."),
    "register-and-issue": tr("who vouches for a device would also sign for it."),
}


def clash(pair: Pair) -> str:
    """Two duties of one person that do not go together, as a finding."""
    one, other = told(DUTIES[pair.one], {}), told(DUTIES[pair.other], {})
    facts = {"one": one, "other": other, "why": told(CLASHES[pair.why], {})}
    return told(_CLASH, facts)


_CLASH = tr("{one} and {other} do not go together: {why}")

TEMPLATES: dict[type[Expected], Template] = {
    people.WrongPassphrase: Template(
        tr("Wrong passphrase"),
        tr("That is not the passphrase of {name}. Nothing was changed."),
        tr("Check Caps Lock and the keyboard layout and try again, in {wait} s at the earliest."),
    ),
    people.TooSoon: Template(
        tr("Please wait"),
        tr("There were several wrong passphrases for {name}, so this try was not looked at."),
        tr("Try again in {wait} s."),
    ),
    people.NoSuchOperator: Template(
        tr("Unknown person"),
        tr("Nobody called {name} works in this workspace."),
        tr("Choose one of its people (anchorhold people list)."),
    ),
    people.PassphraseTooShort: Template(
        tr("Passphrase too short"),
        tr("The passphrase has {length} characters; {shortest} are the least."),
        tr("Use several words that do not belong together."),
    ),
    people.PassphraseTooPlain: Template(
        tr("Passphrase too plain"),
        tr("The passphrase is mostly one run or a few characters repeated."),
        tr("Use several words that do not belong together."),
    ),
    people.NotSignedIn: Template(
        tr("Nobody is signed in"),
        tr("Nobody is signed in, so nothing was changed."),
        tr("Sign in first (on the command line: --as NAME)."),
    ),
    people.DutyMissing: Template(
        tr("Not one of your duties"),
        tr("No duty of {name} covers this, so nothing was changed. It takes one of: {needs}."),
        tr("Ask somebody who holds one of them (anchorhold people list)."),
    ),
    people.NobodyNamed: Template(
        tr("Nobody named"),
        tr("A workspace needs at least one person, so none was made."),
        tr("Name its people."),
    ),
    people.NameTaken: Template(
        tr("Same name twice"),
        tr("Two people are called {name}, so nothing was made."),
        tr("Give each an own name."),
    ),
    people.SameFullName: Template(
        tr("One person twice"),
        tr("{full_name} stands there twice. One person with two accounts would beat the second pair of eyes."),
        tr("Name two different people."),
    ),
    people.NeedsTwoPeople: Template(
        tr("Two people are needed"),
        tr("A workspace of kind {kind} is never run by one person, so none was made."),
        tr("Name at least two people."),
    ),
    people.DutiesClash: Template(
        tr("Duties that do not go together"),
        tr("{name} cannot be {one} and {other}: {why} Nothing was changed."),
        tr("Give one of the two duties to somebody else."),
        CLASHES,
    ),
    people.HasLeft: Template(
        tr("Does not work here any more"),
        tr("{name} left on {left}, so nothing was done."),
        tr("If they work here again, two people add them anew under another name (people add)."),
    ),
    people.AccessEnded: Template(
        tr("Access has ended"),
        tr("The access of {name} ended after {until}, so nothing was done."),
        tr("Two people can give a new last day: anchorhold people duty WS {name} --until DATE."),
    ),
    people.KeyReplaced: Template(
        tr("Sign in again"),
        tr("{name} has a new signing key since this session began, so nothing was done."),
        tr("Sign in with the new passphrase."),
    ),
    people.RosterTampered: Template(
        tr("People were changed past the program"),
        tr("{why} Nothing was done ({about})."),
        tr("Stop work, keep a copy of the file, run anchorhold audit verify, and tell the responsible person."),
        {
            "row": tr("An entry about people is not what its author signed."),
            "agreement": tr("A change of people stands in the ledger without the two people it takes."),
            "table": tr("The table of people is not what the signed entries say."),
        },
    ),
    people.LastPerson: Template(
        tr("Nobody would be left"),
        tr("Without {name} too few people would be left to run this workspace, so nothing was changed."),
        tr("Add their successor first (anchorhold people add)."),
    ),
    people.LastSecurityOfficer: Template(
        tr("The last security officer"),
        tr("{name} is the only security officer, so nothing was changed."),
        tr("Give somebody else that duty first (anchorhold people duty)."),
    ),
    people.NothingChanges: Template(
        tr("Nothing would change"),
        tr("What was asked for {name} is how it stands already, or no duty was named."),
        tr("Look at the table of people (anchorhold people list)."),
    ),
    people.NotExpected: Template(
        tr("Nobody agreed on this yet"),
        tr("{name} cannot be taken in: no approved proposal waits for them. Nothing was changed."),
        tr("Somebody proposes it (anchorhold people add), somebody else approves it, then they accept."),
    ),
    people.WitnessNotFit: Template(
        tr("Somebody else has to be there"),
        tr("{name} cannot take the newcomer in, so nothing was changed. Whoever proposed them cannot do it alone."),
        tr("Ask one of: {others}."),
    ),
    people.RosterChanged: Template(
        tr("The table changed"),
        tr("The people are not those that were shown, so the review was not signed off."),
        tr("Look at the table again, then sign off."),
    ),
    people.AccessPast: Template(
        tr("Last day of access"),
        tr("{until} is over, so nothing was changed."),
        tr("Name today or a later day; to end somebody's access now, use anchorhold people leave."),
    ),
    people.NobodyCanWork: Template(
        tr("Nobody could work here"),
        tr("All the people named have duties that only read or only hold a key, so nothing was made."),
        tr("Give at least one person a working duty, such as system-administrator."),
    ),
    people.NotEnoughMemory: Template(
        tr("Not enough memory"),
        tr("This machine could not give the {megabytes} MiB that opening a passphrase takes. Nothing was changed."),
        tr("Close other programs and try again."),
    ),
    people.PassphrasesDiffer: Template(
        tr("Not the same"),
        tr("The two entries differ, so the passphrase was not taken."),
        tr("Type it again, in both fields."),
    ),
}
