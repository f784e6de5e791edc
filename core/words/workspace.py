"""Sentences about the workspace file."""

from core.errors import base, workspace
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    base.Cancelled: Template(tr("Stopped"), tr("You stopped it before anything was changed."), ""),
    workspace.NoSuchWorkspace: Template(
        tr("Nothing there"),
        tr("There is no workspace at {path}."),
        tr("Check the path, or make a workspace with: anchorhold new links FILE.anchorhold."),
    ),
    workspace.WorkspaceBusy: Template(
        tr("Somebody else is writing"),
        tr("{path} is being written by {user} on {host} since {since}, so nothing was changed."),
        tr("Wait for them and try again, or open it read only."),
        without=(
            "user",
            Template(
                tr("Somebody else is writing"),
                tr("{path} is being written by another program, so nothing was changed."),
                tr("Wait a moment and try again, or open it read only."),
            ),
        ),
    ),
    workspace.NotAWorkspace: Template(
        tr("Not an Anchorhold workspace"),
        tr("{path} is not a workspace of this program. Nothing in it was changed."),
        tr("Choose a file that ends in .anchorhold and was made by Anchorhold."),
    ),
    workspace.NewerWorkspace: Template(
        tr("Made by a newer version"),
        tr("{path} has format {version}; this version knows format {known} and older. Nothing was changed."),
        tr("Open it with a newer Anchorhold."),
    ),
    workspace.ReadOnlyWorkspace: Template(
        tr("Read only"),
        tr("{path} can only be read here, so nothing was changed."),
        tr("Remove the write protection, or copy the file to a place that you may write to."),
    ),
    workspace.DiskFull: Template(
        tr("No room left"),
        tr("The disk that holds {path} is full, so nothing was changed."),
        tr("Free some space and try again."),
    ),
    workspace.NotPermitted: Template(
        tr("Not permitted"),
        tr("The system does not let this program open or write {path}. Nothing was changed."),
        tr("Check who owns the file and its folder, and their permissions."),
    ),
    workspace.AlreadyThere: Template(
        tr("Already there"),
        tr("{path} exists already and was not overwritten."),
        tr("Choose another name, or open that file."),
    ),
    workspace.DamagedWorkspace: Template(
        tr("The workspace is damaged"),
        tr("{path} does not hold together ({detail}). Nothing in it was changed."),
        tr("Stop work, keep a copy of the file for examination, and go back to the newest good copy."),
        without=(
            "path",
            Template(
                tr("The workspace is damaged"),
                tr("A record of this workspace ({detail}) holds what no version of this program writes."),
                tr("Stop work, look at the file with anchorhold audit verify, and go back to the newest good copy."),
            ),
        ),
    ),
    workspace.WrongKind: Template(
        tr("Another kind of workspace"),
        tr("This is a workspace of kind {kind}; that command belongs to: {needs}. Nothing was changed."),
        tr("Open the workspace that this work belongs to. One workspace serves one purpose."),
    ),
    workspace.WrongSuffix: Template(
        tr("File name"),
        tr("{path} does not end in .anchorhold, so no workspace was made."),
        tr("Add .anchorhold to the name."),
    ),
    workspace.CopyOfAnother: Template(
        tr("Another workspace"),
        tr("{path} is a copy of {name}, which is another workspace. Its drill was not recorded here."),
        tr("Name the workspace that it is a copy of."),
    ),
    workspace.NoSuchFolder: Template(
        tr("No such folder"),
        tr("There is no folder {path}, so nothing was written there."),
        tr("Put in the stick or disk that it is on, check how it is spelt, or choose a folder that is there."),
    ),
    workspace.MediumGone: Template(
        tr("The medium does not answer"),
        tr("The disk or stick that holds {path} reported an error. The last command was not carried out."),
        tr("Check that it is still plugged in, then open the file again."),
    ),
    workspace.ClockBehind: Template(
        tr("The clock is behind"),
        tr("This machine says {now}, but the newest ledger entry is from {newest}. Nothing was changed."),
        tr("Set the machine's clock right (UTC), then try again. If it is right, two people record it: clock correct."),
    ),
    workspace.ClockNotBehind: Template(
        tr("Nothing to correct"),
        tr("This machine says {now} and the newest ledger entry is from {newest}. Nothing was changed."),
        tr("A correction is for a clock behind the ledger; it counts for the entry it was agreed on."),
    ),
    workspace.NotRehearsal: Template(
        tr("Only in a rehearsal"),
        tr("{what} is honoured only in a workspace made with --policy rehearsal. Nothing was changed."),
        tr("Leave it out here."),
    ),
    workspace.TextNotFit: Template(
        tr("Please check {what}"),
        tr("{what}: {why}"),
        "",
        {
            "empty": tr("this is needed."),
            "long": tr("this is too long; {limit} characters are the limit."),
            "control": tr("this holds control or direction characters, which could make it read as something else."),
            "lookalike": tr("this mixes letters of scripts that look alike; write it in one script."),
            "shape": tr("use letters, digits, dots, dashes and underscores only, beginning with a letter or digit."),
            "date": tr("write the date as YYYY-MM-DD."),
            "number": tr("write a number in digits."),
        },
    ),
}
