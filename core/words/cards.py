"""Sentences about peer cards."""

from core.errors import cards
from core.errors.base import Expected
from core.model.cards import CARD_NAMESPACE
from core.words.tongue import Template, told, tr

_AGAIN = tr("Ask its owner for the card once more, straight from their Anchorhold, or for the bare public key.")

_WRITTEN = tr("The card of {device} is {file}, its signature {signature}; send both. It ends on {expires}.")
_CHECK = tr("Anybody with OpenSSH can check that nobody changed it; write the first line into a file allowed_signers:")
_STILL = tr("The far end still compares the key with you, blind and by two people: you read, they type.")

TEMPLATES: dict[type[Expected], Template] = {
    cards.NotACard: Template(
        tr("Not a peer card"),
        tr("This came as a card and is none. Nothing was kept."),
        tr("Give the file that card sign wrote, or name the channel by which the bare key came."),
    ),
    cards.CardUnsigned: Template(
        tr("The signature is missing"),
        tr("The card came without its signature. Nothing was kept."),
        tr("Put the .sig file beside the card, or paste it below the card."),
    ),
    cards.CardSignatureWrong: Template(
        tr("The signature does not fit"),
        tr("The signature is not that of {signer} over this card: it was changed on the way. Nothing was kept."),
        _AGAIN,
    ),
    cards.CardNotCanonical: Template(
        tr("Not the card as it was signed"),
        tr("This card is not in its one canonical form (RFC 8785): it was edited or copied. Nothing was kept."),
        _AGAIN,
    ),
    cards.CardMember: Template(
        tr("The card does not hold what a card holds"),
        tr("{member} {why} Nothing was kept."),
        _AGAIN,
        {
            "unknown": tr("is no part of a card of version 1."),
            "missing": tr("is missing."),
            "kind": tr("is of another kind than it should be."),
            "value": tr("has a value that is not taken."),
            "text": tr("holds control or direction characters, or is too long."),
            "lookalike": tr("mixes alphabets, which can make one name look like another."),
        },
    ),
    cards.CardKeyDiffers: Template(
        tr("The card contradicts itself"),
        tr("{member} does not belong to the key in the card. Nothing was kept."),
        _AGAIN,
    ),
    cards.CardOutOfTime: Template(
        tr("Out of its time"),
        tr("The card was issued on {issued} and ends on {expires}: {why} Nothing was kept."),
        tr("Ask for a new card, and check that both clocks are right."),
        {
            "expired": tr("it has expired."),
            "early": tr("it is from the future."),
            "long": tr("a card lasts 400 days at most."),
        },
    ),
    cards.CardForAnother: Template(
        tr("For another device"),
        tr("This card is for {found}, and {device} is {expected}. Nothing was kept."),
        tr("Receive it for the device that has this identity."),
    ),
    cards.CardNotNewer: Template(
        tr("An older card"),
        tr("A card of the same signer with number {newest} was approved, and this one has {sequence}: it is older."),
        tr("Ask for the newest card. An old one sent again may bring back a key that was given up."),
    ),
    cards.RehearsalCard: Template(
        tr("From a rehearsal"),
        tr("This card was made in a rehearsal and is for practice only. Nothing was kept."),
        tr("Ask for the card from the real workspace."),
    ),
}


def handed_out(device: str, file: str, signature: str, expires: str) -> str:
    """What was written, and until when it counts."""
    return told(_WRITTEN, {"device": device, "file": file, "signature": signature, "expires": expires})


def checked_by(signer: str, signer_key: str, file: str, signature: str) -> list[str]:
    """A sentence, the line of an allowed_signers file, and the command that checks the card."""
    command = f"ssh-keygen -Y verify -f allowed_signers -I {signer} -n {CARD_NAMESPACE} -s {signature} < {file}"
    return [told(_CHECK, {}), f"{signer} {signer_key}", command]


def still() -> str:
    """What the signature does not spare anybody."""
    return told(_STILL, {})
