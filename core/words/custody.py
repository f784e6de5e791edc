"""Sentences about custody of CA keys, tokens and signing sessions."""

from core.errors import custody
from core.errors.base import Expected
from core.model.custody import HeldKey, Signable, Source, Standing
from core.policy.custody import at_risk
from core.words.hierarchy import CA_KEYS
from core.words.tongue import Template, told, tr

_SOFTWARE = tr("{name}: software key, {type}, held by {custodians}; {quorum} of {count} open it.")
_TOKEN = tr(
    "{name}: key on the token {label} ({model}, firmware {firmware}, serial number {serial}), {type}, held by "
    "{custodians}; {quorum} of {count} open it."
)
_DESTROYED = tr("{name}: {type}, destroyed. Nobody can open it here.")
_RISK = tr("If one custodian is lost, so is the key.")
_FINDING = tr("Open finding: its SO-PIN is not ours ({finding}).")
_GENERATED = tr("The new passphrase of {name}, shown this once. Learn it or write it down and seal it, then type it.")
_SHEET = (
    tr("Recovery sheet {number} of {owner}, {workspace}"),
    tr("Opens: {covers}."),
    tr(
        "Whoever holds this sheet and has a second person beside them has these keys. Seal it; using it is an incident."
    ),
)
_SIGNABLE: dict[Signable, str] = {
    Signable.CERTIFICATE: tr("certificates: {count}"),
    Signable.CRL: tr("CRLs: {count}"),
    Signable.REQUEST: tr("requests: {count}"),
    Signable.OCSP: tr("OCSP responses: {count}"),
}
_SESSION = tr("Signing session: {key}, may still sign {may}; ends in {left}")
_SPENT = tr("nothing more")


def session_line(seen: Standing) -> str:
    """An open signing session in one line: what it may still sign, and minutes and seconds left."""
    may = tuple(told(_SIGNABLE[kind], {"count": count}) for kind, count in seen.may.items() if count)
    left = f"{seen.left // 60}:{seen.left % 60:02}"
    return told(_SESSION, {"key": seen.key, "may": may or told(_SPENT, {}), "left": left})


def key_line(key: HeldKey) -> str:
    """A key and its custody in one line; a software key is called one wherever it is shown (C28)."""
    if key.destroyed:
        return told(_DESTROYED, {"name": key.name, "type": told(CA_KEYS[key.type], {})})
    facts = {
        "name": key.name,
        "type": told(CA_KEYS[key.type], {}),
        "custodians": tuple(each.name for each in key.holders),
        "quorum": key.sealed.quorum,
        "count": len(key.holders),
        "finding": key.finding,
        **(vars(key.token) if key.token else {}),
    }
    found = [told(_SOFTWARE if key.source is Source.SOFTWARE else _TOKEN, facts)]
    found += [told(_RISK, {})] if at_risk(key) else []
    found += [told(_FINDING, facts)] if key.finding else []
    return " ".join(found)


def passphrase_lines(name: str, words: str) -> list[str]:
    """A generated passphrase as it is shown once."""
    spoken = words.split()
    lines = [f"  {'  '.join(spoken[at : at + 5])}" for at in range(0, len(spoken), 5)]
    return [told(_GENERATED, {"name": name}), "", *lines, ""]


def sheet_lines(number: int, workspace: str, owner: str, covers: tuple[str, ...], words: str) -> list[str]:
    """A recovery sheet as it is printed: four words a line, numbered."""
    facts = {"number": number, "workspace": workspace, "owner": owner, "covers": covers}
    spoken = words.split()
    lines = [f"  {at // 4 + 1}  {'  '.join(spoken[at : at + 4])}" for at in range(0, len(spoken), 4)]
    head, opens, warning = (told(each, facts) for each in _SHEET)
    return [head, opens, "", *lines, "", warning]


_ENDED = {
    "done": tr("it was closed"),
    "lock": tr("the workspace was locked"),
    "suspend": tr("the machine slept or its clock was set"),
    "idle": tr("nobody did anything for a while"),
    "quit": tr("the program was closed"),
    "time": tr("its time was over"),
    "lost": tr("the signing process is gone"),
}

TEMPLATES: dict[type[Expected], Template] = {
    custody.QuorumNotFit: Template(
        tr("Quorum"),
        tr("{quorum} of {custodians} custodians: {why} No key was made."),
        tr("Choose between 2 and the number of custodians; 2 of 3 is the usual choice."),
        {
            "one": tr("one person alone could sign."),
            "more": tr("so many are not named."),
            "many": tr("ten custodians are the most."),
        },
    ),
    custody.NotACustodian: Template(
        tr("Not a custodian"),
        tr("{name} is not a custodian of {key}. Nothing was opened or changed."),
        tr("Ask one of its custodians (anchorhold custody list)."),
        without=(
            "key",
            Template(
                tr("Not a custodian"),
                tr("{name} does not have the duty of custodian here. Nothing was opened or changed."),
                tr("Give them the duty first, or name somebody who has it."),
            ),
        ),
    ),
    custody.SameCustodianTwice: Template(
        tr("One custodian twice"),
        tr("{name} is named twice; one person counts once. Nothing was opened or changed."),
        tr("Name different people."),
    ),
    custody.TooFewCustodians: Template(
        tr("Too few custodians"),
        tr("{key} opens with {quorum} custodians; {present} are here. It stays closed."),
        tr("Bring in another custodian (--custodian NAME for each)."),
    ),
    custody.PassphraseChosen: Template(
        tr("Not strong enough for a root"),
        tr("The passphrase of {name} was thought up by a person; whoever copies the file can guess at it for years."),
        tr("Let the program make ten words for them, or join their passphrase with a stick of their own."),
    ),
    custody.WrongCustodianPassphrase: Template(
        tr("Wrong passphrase"),
        tr("That is not the passphrase of custodian {name}. The key stays closed."),
        tr("Check Caps Lock and the keyboard layout and try again, in {wait} s at the earliest."),
    ),
    custody.CustodianTooSoon: Template(
        tr("Please wait"),
        tr("There were several wrong passphrases for custodian {name}, so this try was not looked at."),
        tr("Try again in {wait} s."),
    ),
    custody.NoSuchKey: Template(
        tr("Unknown key"),
        tr("There is no CA key called {name} here. Nothing was changed."),
        tr("Choose one of those that anchorhold custody list shows."),
    ),
    custody.KeyDestroyed: Template(
        tr("The key is destroyed"),
        tr("The CA key {name} is destroyed: nothing is left of it that anybody could open. Nothing was changed."),
        tr("Choose another key (anchorhold custody list)."),
    ),
    custody.TokenKeyStands: Template(
        tr("The key is still on its token"),
        tr(
            "The key {name} is on the token {label} ({serial}), which this program does not delete. Nothing was changed."
        ),
        tr(
            "Delete it with the token's own tool and see that it is gone, then say so: anchorhold ca destroy with "
            "--token-deleted, or the field of that name."
        ),
    ),
    custody.KeyNameTaken: Template(
        tr("Name taken"),
        tr("A CA key called {name} exists already, so none was made."),
        tr("Choose another name; a name is never used for a second key."),
    ),
    custody.CustodyDamaged: Template(
        tr("The key does not open"),
        tr("What the file keeps of the key {key} does not fit together, although the passphrases are right."),
        tr("Stop work, keep a copy of the file for examination, and go back to the newest good backup."),
    ),
    custody.StickNotFit: Template(
        tr("Not the right stick"),
        tr("{why} The key stays closed."),
        tr("Put in the stick that {name} was given when the key was made."),
        {
            "shape": tr("That file is not a custodian's stick."),
            "owner": tr("That stick was made for another person or workspace."),
        },
    ),
    custody.NotAllStayersPresent: Template(
        tr("Somebody is missing"),
        tr("All custodians who stay have to be here; {missing} is not. Nothing was changed."),
        tr("Come together and name all of them (--custodian NAME for each)."),
    ),
    custody.SamePassphrase: Template(
        tr("The same passphrase"),
        tr("The new passphrase of {name} is the old one, so nothing was changed."),
        tr("Choose a new one."),
    ),
    custody.SheetNotFit: Template(
        tr("Recovery sheet"),
        tr("{why} Nothing was changed."),
        tr("Type the words as they are printed, in their order; look which number the newest sheet of {owner} has."),
        {
            "words": tr("Those are not the words of a recovery sheet."),
            "other": tr("Those words do not open the newest recovery sheet of this person."),
            "stale": tr("The sheet is from before this person got a new key."),
            "none": tr("There is no recovery sheet of this person that was proved and is unused."),
        },
    ),
    custody.SheetNeedsTerminal: Template(
        tr("A sheet is a bearer secret"),
        tr("There is no terminal to show the sheet on, and a file would keep it. No sheet was made."),
        tr("Run it at a terminal, alone in the room, or print it from the window."),
    ),
    custody.SheetNeedsPrinter: Template(
        tr("No printer"),
        tr("The printing program lp is not there or did not take the sheet. The sheet is not in force."),
        tr("Set up a printer, or show the sheet on this terminal (--qr-to-terminal), alone in the room."),
    ),
    custody.PrinterMakesFiles: Template(
        tr("That is no printer"),
        tr("{printer} writes what is printed into a file. A sheet never lies on a disk, so nothing was printed."),
        tr("Choose a printer that puts it on paper."),
    ),
    custody.SheetNotPrinted: Template(
        tr("Not printed yet"),
        tr("The sheet was not printed, so there is nothing to type back from."),
        tr("Choose the printer and press Print the sheet."),
    ),
    custody.SheetNeedsAnother: Template(
        tr("A second person is needed"),
        tr(
            "The recovery sheet of {owner} is used together with another person, who signs for it. Nothing was changed."
        ),
        tr("Let a colleague act (--as NAME)."),
    ),
    custody.SessionEnded: Template(
        tr("The signing session is over"),
        tr("Nothing more was signed, because {why}. The key is closed and gone from memory."),
        tr("Open a new signing session with the custodians."),
        _ENDED,
    ),
    custody.NotAllowedInSession: Template(
        tr("Not in this session"),
        tr("This signing session was not opened for that, or not for so many ({kind}). It was not signed."),
        tr("Open a session that says so."),
    ),
    custody.SigningTokenSpent: Template(
        tr("Signed once only"),
        tr("{why} Nothing was signed."),
        tr("Start again from the proposal; what was signed before stands in the ledger."),
        {
            "used": tr("This permission to sign was used already."),
            "other": tr("The bytes are not the ones that this permission was given for."),
        },
    ),
    custody.SessionTooLong: Template(
        tr("Too long"),
        tr("A signing session lasts between 1 and {most} s, not {seconds}. None was opened."),
        tr("Ask for less; opening another one is quick."),
    ),
    custody.SignatureNotVerified: Template(
        tr("A signature does not verify"),
        tr("What the key {key} gave back does not verify under its own public key. It was not used."),
        tr("Stop signing with this key, keep the token or file for examination, and call it an incident."),
    ),
    custody.TokenSupportMissing: Template(
        tr("No support for tokens"),
        tr("The part that talks to PKCS#11 tokens is not installed. Nothing was changed."),
        tr("Install it: uv sync --extra token."),
    ),
    custody.TokenLibraryNotFit: Template(
        tr("PKCS#11 library"),
        tr("{why} Nothing was changed."),
        tr(
            "Give the path of the token maker's PKCS#11 library with --module PATH, or set it in this machine's settings."
        ),
        {
            "none": tr("No PKCS#11 library is named, neither on the command line nor in this machine's settings."),
            "missing": tr("There is no PKCS#11 library at {path}."),
            "load": tr("{path} does not load as a PKCS#11 library."),
        },
    ),
    custody.TokenMissing: Template(
        tr("The token is not there"),
        tr("No token {label} with serial number {serial} was found; there are: {found}. Nothing was changed."),
        tr("Plug in the right token and try again."),
        without=(
            "found",
            Template(
                tr("The token is not there"),
                tr("No token was found where {label} should be. Nothing was changed."),
                tr("Plug in the token and try again."),
            ),
        ),
    ),
    custody.TokenReplaced: Template(
        tr("Another token"),
        tr("There is a token called {label}, but its serial number is {other} and not {serial}. It was not used."),
        tr("Find the token with the right serial number; if nobody knows where it is, call it an incident."),
    ),
    custody.WrongTokenPin: Template(
        tr("Wrong {who}"),
        tr("The token {label} does not take the {who}; {why} Nothing was changed."),
        tr("Do not try on: look into the custody register for what was done with the token."),
        {
            "again": tr("it does not say how many tries are left."),
            "low": tr("tries were used up, some are left."),
            "final": tr("one try is left before it locks."),
            "locked": tr("it is locked now."),
        },
    ),
    custody.TokenNotOurs: Template(
        tr("Somebody else's token"),
        tr("The SO-PIN of {label} is not ours: whoever knows it can set a new PIN and use the key. No key was made."),
        tr(
            "Give the SO-PIN of the set-up so that it can be replaced, or record with a reason why it is used all the same."
        ),
    ),
    custody.TokenKeyNotFit: Template(
        tr("The key on the token"),
        tr("The key on {label} is not what was asked for ({attributes}). It is not used."),
        tr("Use a token that keeps keys to itself, or another key name."),
    ),
    custody.TokenCannot: Template(
        tr("The token refused"),
        tr("The token {label} answered {why}. Nothing was signed or changed."),
        tr("Check that the token knows this kind of key and is not in use by another program."),
    ),
    custody.TokenUriNotFit: Template(
        tr("Token URI"),
        tr("{uri} does not name a token. Nothing was changed."),
        tr("Write it as pkcs11:token=LABEL or pkcs11:serial=NUMBER (RFC 7512)."),
    ),
}
