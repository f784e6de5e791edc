"""Sentences about people."""

from core.errors import people
from core.errors.base import Expected
from core.words.tongue import Template, tr

# Why two duties do not go together (`core.policy.duties.Clash`).
CLASHES = {
    "own-work": tr("an auditor would judge acts of their own."),
    "rules-and-machine": tr("who sets the rules would also run the machine that keeps them."),
    "register-and-issue": tr("who vouches for a device would also sign for it."),
}

TEMPLATES: dict[type[Expected], Template] = {
    people.WrongPassphrase: Template(
        tr("Wrong passphrase"),
        tr("That is not the passphrase of {name}. Nothing was changed."),
        tr("Check Caps Lock and the keyboard layout and try again; the wait before the next try is {wait} s."),
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
