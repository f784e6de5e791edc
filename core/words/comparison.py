"""Sentences about keys on file and their comparison."""

from core.errors import comparison
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    comparison.UnknownArrival: Template(
        tr("How did it come?"),
        tr('"{text}" is not a way for a key to arrive.'),
        tr("Choose one of: {known}."),
    ),
    comparison.UnknownChannel: Template(
        tr("Over which channel?"),
        tr('"{text}" is not a channel for comparing.'),
        tr("Choose one of: {known}."),
    ),
    comparison.KeyOnOtherDevice: Template(
        tr("Key of another device"),
        tr("This key is already in use by {device}. Two devices must not share a key. It was not kept."),
        tr("Ask for the key that was made on the device itself."),
    ),
    comparison.KeyAlreadyThere: Template(
        tr("Already on file"),
        tr("{device} has this very key on file ({state}). Nothing was changed."),
        tr("Compare it if it still waits; otherwise there is nothing to do."),
    ),
    comparison.KeyWithdrawnBefore: Template(
        tr("Withdrawn before"),
        tr("This key of {device} was approved once and then withdrawn. It was not taken again."),
        tr("Make a new key on the device and take that."),
    ),
    comparison.KeyLookedAlike: Template(
        tr("Made to look alike"),
        tr("On {day} a comparison for {device} found this very key made to look alike. It was not taken again."),
        tr(
            "Keep the file and its message for your security officer. If the owner says it is theirs after all, they "
            "make a new key."
        ),
    ),
    comparison.NothingToReplace: Template(
        tr("Nothing to roll over"),
        tr("{device} has no approved key, so there is nothing to replace by a date. The key was not kept."),
        tr("Leave the date out."),
    ),
    comparison.DateNotAhead: Template(
        tr("Please check the date"),
        tr("{day} is not within the next 90 days, so the key was not kept."),
        tr("A roll-over is short: choose a day in the coming weeks."),
    ),
    comparison.NoKeyToCompare: Template(
        tr("No key yet"), tr("{device} has no key on file to compare."), tr("Receive its key first.")
    ),
    comparison.KeyQuarantined: Template(
        tr("Quarantined"),
        tr("The newest key of {device} did not match what its owner read out and is in quarantine."),
        tr("Reject it (anchorhold key withdraw) and ask the owner for the right file."),
    ),
    comparison.SamePerson: Template(
        tr("A second person is needed"),
        tr("{name} has compared this key already. The comparison was not counted."),
        tr("Ask a colleague to compare it on their own sign-in."),
    ),
    comparison.EmailNeverCounts: Template(
        tr("E-mail never counts"),
        tr("Whoever can change the key in an e-mail can change the fingerprint as well. Nothing was compared."),
        tr("Call back on a number you already hold, meet, or use a signed sheet."),
    ),
    comparison.SameChannelAsKey: Template(
        tr("Same way as the key"),
        tr("The key itself came this way ({channel}), so a comparison over it proves nothing. Nothing was compared."),
        tr("Use another channel."),
    ),
    comparison.NumberMissing: Template(
        tr("Which number?"),
        tr("A call-back counts only with the number that was called. Nothing was compared."),
        tr("Enter the number, or record the contact of {device}; never take it from the message with the key."),
    ),
    comparison.NumberOriginMissing: Template(
        tr("Where is the number from?"),
        tr("Nobody said where the number {number} comes from; it may be the attacker's own. Nothing was compared."),
        tr("Say where it stands, such as a contract or the directory; never the message that carried the key."),
    ),
    comparison.SameWayTwice: Template(
        tr("Same reader, same channel"),
        tr("{reader} has read this key the same way ({channel}) before. The second comparison was not counted."),
        tr("Use another channel, or ask somebody else at the far end to read."),
    ),
    comparison.OtherChannelNeeded: Template(
        tr("Another channel is needed"),
        tr(
            "Alone, you compare each key over two different channels; one ({channel}) stands already. It was not counted."
        ),
        tr("Compare once more over another channel."),
    ),
    comparison.Sha1NeedsOtherChannel: Template(
        tr("SHA-1 needs another channel"),
        tr(
            "A SHA-1 form counts only beside a check over another channel than this one ({channel}). It was not counted."
        ),
        tr("Use another channel, or ask for the SHA-256 of the key."),
    ),
    comparison.NotApprovedYet: Template(
        tr("Not approved yet"),
        tr("The key of {device} was not compared by two yet, so its fingerprints are not shown."),
        tr("Compare it first: the far end reads, you type."),
    ),
    comparison.NoKey: Template(tr("No key"), tr("{device} has no key on file."), tr("Receive its key first.")),
    comparison.ReaderIsOperator: Template(
        tr("The far end reads"),
        tr("{name} works with this workspace; somebody at the far end has to read the value. Nothing was compared."),
        tr("Enter who at the far end read it, from the device itself."),
    ),
    comparison.LineNotWhole: Template(
        tr("Line {line} is not whole"),
        tr("Line {line} has {characters} characters; a line has {whole}. Nothing was compared."),
        tr("Ask the far end to read that line again."),
    ),
    comparison.HeardTwice: Template(
        tr("Two values"),
        tr("There is a value in the large field and another in the lines. Nothing was compared."),
        tr("Clear one of the two."),
    ),
}
