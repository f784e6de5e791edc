"""What to do now, the words on its buttons, and the advice when pins are outgrown."""

from core.model.advice import Act, Advice, Step, Task
from core.words.tongue import told, tr

TASKS: dict[Task, str] = {
    Task.LOOKALIKE: tr(
        "ALARM: the key on file for {about} was made to look like the one its owner reads. Keep the file and the "
        "message it came in, tell your security officer, then reject the key."
    ),
    Task.SUSPENDED: tr("{who} is suspended because an attack on {about} is suspected. Clear up with the owner which key is theirs."),
    Task.DIFFERENT: tr(
        "The key on file for {about} is not the one its owner reads. Reject it and ask the owner for the right file."
    ),
    Task.CHANGED: tr(
        "The key for {about} has changed. Do not install the new one before two people have compared it with the owner."
    ),
    Task.CHANGED_ONCE: tr("The changed key for {about} was compared by {who}. A second person must compare it."),
    Task.READBACK_FAILED: tr("{about} does not hold what was approved (read back {day}). Correct it, then read it back again."),
    Task.PUBLISHED: tr(
        "This file was put back on {day} UTC. Before a CRL of {about} is signed, read in the newest one that is published."
    ),
    Task.COMPARE_SECOND: tr("The key for {about} was compared by {who}. A second comparison is needed before it is approved."),
    Task.COMPARE: tr("The key for {about}, received {day}, is not verified. Call the far end and compare it."),
    Task.REVIEW: tr("The key for {about} was to be checked again by {day}. Gateways never check this themselves."),
    Task.AGREEMENT: tr("{about} proposals wait for somebody to agree, the oldest since {day}."),
    Task.ACCESS_REVIEW: tr("The access review was due by {day}. Look at who holds which duty, then sign it off."),
    Task.LEDGER_REVIEW: tr("The monthly review of the ledger was due by {day}. Look up a sample of what others did, then sign it off."),
    Task.DUTY: tr("A duty of the calendar was due by {day}: {who}. Do it, then sign it off."),
    Task.RECORD: tr("{who} was due by {day}. Look at it again and enter a newer version."),
    Task.WAIVER: tr("The waiver of {who} was to be looked at again by {day}."),
    Task.DECISION: tr("The decision on {who} was to be looked at again by {day}."),
    Task.ROLLING: tr(
        "The roll-over of {about} ends on {day}: by then it must use its new key. Export {who} again afterwards, without "
        "the old one."
    ),
    Task.READBACK_STALE: tr("A key that {about} holds has changed. Install the new folder there, then read it back."),
    Task.EXPORT: tr("{about} is approved at both ends and its folders are outstanding. Export them."),
    Task.READBACK: tr("{about} was given a folder. Read back what it holds now, so that it counts as installed."),
    Task.RECEIVE: tr("{about} has no key yet. Receive it from its owner."),
    Task.TELEPHONE: tr(
        "The key for {about} was compared by telephone only, which is a weak point. Compare it once more over another channel."
    ),
    Task.FIRST_DEVICE: tr("There are no devices yet. Begin with your own gateway."),
    Task.SECOND_DEVICE: tr("Now add the device at the far end."),
    Task.FIRST_LINK: tr("There are no links yet. A link joins one of your devices to a peer's device."),
}  # fmt: skip

ACTS: dict[Act, str] = {
    Act.FIRST_RUN: tr("New workspace"),
    Act.DEVICE: tr("Add device"),
    Act.LINK: tr("Add link"),
    Act.RECEIVE: tr("Receive key"),
    Act.COMPARE: tr("Compare key"),
    Act.CHANGED: tr("Decide on the new key"),
    Act.REJECT: tr("Reject key"),
    Act.SUSPECT: tr("Suspect an attack"),
    Act.EXPORT: tr("Export folders"),
    Act.READBACK: tr("Read back"),
    Act.CARD: tr("Sign card"),
    Act.RETIRE_LINK: tr("Retire link"),
    Act.RETIRE_DEVICE: tr("Retire device"),
    Act.PEOPLE: tr("People"),
    Act.APPROVE: tr("Approve"),
    Act.REFUSE: tr("Refuse"),
    Act.ENROL: tr("Enrol device"),
    Act.ENROL_MANY: tr("Enrol many devices"),
    Act.RENEW: tr("Renew"),
    Act.ISSUE: tr("Issue certificates"),
    Act.REVOKE: tr("Revoke"),
    Act.PUBLISH: tr("Publish CRL"),
    Act.ENDPOINT: tr("Write its folder"),
    Act.LEDGER_REVIEW: tr("Review the ledger"),
    Act.DRILL: tr("Prove the quorum"),
    Act.OWN_SHEET: tr("Draw my recovery sheet"),
    Act.STATEMENT: tr("Propose a version"),
    Act.PUBLISH_STATEMENT: tr("Record it as made available"),
    Act.CRL_VALIDITY: tr("Change how long CRLs count"),
    Act.VERIFY_LOG: tr("Verify the log"),
    Act.DUTIES: tr("Duties"),
    Act.SIGN_OFF: tr("Sign off"),
    Act.WAIVE: tr("Waive a clause"),
    Act.RECORD: tr("Enter a record"),
    Act.RECORD_VERSION: tr("Enter a newer version"),
    Act.RECORD_END: tr("End the record"),
    Act.KEEP_SIGN_IN: tr("Keep my sign-in"),
    Act.ROOT: tr("Root key ceremony"),
    Act.CLOSE_CEREMONY: tr("Close the ceremony's record"),
    Act.RUN_OFF: tr("Run off"),
    Act.DESTROY: tr("Destroy its key"),
    Act.SWITCH_BACK: tr("Back to Links mode"),
    Act.CRL_TAKE: tr("Take a CRL in"),
    Act.CHECK: tr("Check a file"),
    Act.SWITCH: tr("Switch to a local CA"),
    Act.DECIDE: tr("Decide on a published date"),
    Act.SECOND_LOOK: tr("Second look"),
    Act.INTRODUCE: tr("Introduce this workspace"),
    Act.HEAR: tr("Hear another workspace"),
    Act.SUB_REQUEST: tr("Ask for a sub CA"),
    Act.SUB_RENEW: tr("Ask for its next generation"),
    Act.SUB_PROPOSE: tr("Take in a sub CA's request"),
    Act.SUB_SIGN: tr("Sign a sub CA"),
    Act.SUB_INSTALL: tr("Install a sub CA"),
    Act.CARRY_SEND: tr("Send by stick"),
    Act.CARRY_TAKE: tr("Take in from a stick"),
    Act.TICKET_PATTERN: tr("Ask for another pattern of tickets"),
    Act.TICKET_WIDEN: tr("Ask for a wider ticket"),
    Act.KEY_EXCEPTION: tr("Ask for a key made another way"),
    Act.TRUST_ADD: tr("Take in a CA of others"),
    Act.TRUST_COMPARE: tr("Compare a CA of others"),
    Act.LOG_EXPORT: tr("Export entries"),
    Act.LOG_PROVE: tr("Prove an entry"),
    Act.LOG_CHECKPOINT: tr("Keep a checkpoint"),
    Act.BACKUP: tr("Make a backup"),
    Act.BACKUP_TRY: tr("Try a backup out"),
    Act.PUT_BACK: tr("Put a backup back"),
    Act.CRL_NONE: tr("Record that none is published"),
    Act.ACCEPT_HEAD: tr("Go by this file"),
}

WHY_NOT: dict[str, str] = {
    "retired": tr("This device is retired."),
    "link-retired": tr("This link is retired. Add a new one."),
    "no-key": tr("There is no key on file yet."),
    "quarantined": tr("The newest key is in quarantine. Reject it first."),
    "key-not-approved": tr("Only an approved key is handed out: two people must have compared it."),
    "nothing-pinned": tr("Nothing was exported to it yet."),
    "not-approved": tr("Only approved keys leave: two people must have compared both ends."),
    "own-request": tr("You submitted this request, so another person must approve it."),
    "no-registration": tr("A registration officer who did not submit it can approve it."),
    "submitter-issues": tr("You submitted this request, so another CA operator must issue it."),
    "no-operator": tr("A CA operator issues it, with the custodians."),
    "revoked": tr("It is revoked already; a revocation is final."),
    "expired": tr("It has expired, so it is not renewed: enrol the device once more."),
    "own-proposal": tr("You asked for it, so another person must approve it."),
    "as-approved": tr("It says what was approved; there is nothing new to agree on."),
    "no-version": tr("No version of it is approved yet."),
    "differs": tr("It is not true any more: approve the next version first."),
    "record-over": tr("It is not in force any more, and nothing of it is ever changed."),
    "unfinished": tr("It was never issued."),
    "suspended": tr("The link is suspended because an attack is suspected."),
    "signed-out": tr("Nobody is signed in. Sign in to change something."),
    "duty": tr("Your duties let you read this workspace, not change it."),
    "read-only": tr("This workspace is open for reading only."),
}

NOTHING = tr("Nothing is due. Every installed key has been checked with its owner.")

_COUNT = tr(
    "Devices: {devices}, links: {links}, pins to keep: {pins}. Each is compared with its owner and checked again every year."
)
_BUSIEST = tr("When {busiest} changes its key, devices that need the new pin: {most}.")
_BY_ONE = tr("These keys were compared by one person, over two channels: {devices}.")
_MOST_NAMED = 6
_FITS = tr("Pins are the right tool for this.")
_OUTGROWN = tr(
    "That is more than pins are good for. With a local CA each of the {devices} devices would send one request with one "
    "ticket, and hold one root and its revocation lists instead of {most} pins; you would need two people with separate "
    "duties, an offline root, and {technologies} issuing CA (one per technology)."
)  # fmt: skip


def step(found: Step) -> str:
    """One thing to do as one or two sentences."""
    return told(TASKS[found.task], vars(found))


def button(act: Act) -> str:
    """The words on the button that begins it."""
    return told(ACTS[act], {})


def why_not(code: str) -> str:
    """Why a button cannot be used now, "" where it can."""
    return told(WHY_NOT[code], {}) if code else ""


def by_one(devices: tuple[str, ...]) -> str:
    """What stands on every page while approved keys were compared by one person alone; "" where none was."""
    named = ", ".join(devices[:_MOST_NAMED]) + (" \u2026" if len(devices) > _MOST_NAMED else "")
    return told(_BY_ONE, {"devices": named}) if devices else ""


def nothing() -> str:
    """The sentence of an empty list."""
    return told(NOTHING, {})


def advised(found: Advice) -> str:
    """How far pins carry for this network; "" before there is a link."""
    if not found.links:
        return ""
    parts = [_COUNT, _BUSIEST, _OUTGROWN if found.outgrown else _FITS]
    return " ".join(told(part, vars(found)) for part in parts)
