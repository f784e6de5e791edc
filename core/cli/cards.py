"""card sign, card read."""

from pathlib import Path

from core.cli.answers import Answer
from core.cli.base import LARGEST_INPUT, Context, Entry, content, done, no_picture, words
from core.errors.cli import FileNotReadable
from core.late import dataclass
from core.media.files import signature_of, with_signature
from core.model.cards import SignCard
from core.model.devices import Platform
from core.model.keys import Algorithm
from core.services import cards
from core.words.cards import checked_by, handed_out, still
from core.words.names import PLATFORMS
from core.words.verdicts import ALGORITHMS


@dataclass(frozen=True, kw_only=True)
class CardSigned(Answer):
    device: str
    file: str
    signature: str
    sequence: int
    expires: str
    signer: str
    signer_key: str

    def lines(self) -> list[str]:
        check, *typed = checked_by(self.signer, self.signer_key, self.file, self.signature)
        written = handed_out(self.device, self.file, self.signature, self.expires)
        return [written, check, *(f"  {line}" for line in typed), still()]


@dataclass(frozen=True, kw_only=True)
class CardRead(Answer):
    """Nothing of the key's value: that is compared blind first."""

    organisation: str
    device: str
    identity: str
    addresses: tuple[str, ...]
    networks: tuple[str, ...]
    platform: str
    contact: str
    phone: str
    algorithm: Algorithm
    uses: tuple[str, ...]
    ticket: str
    issued: str
    expires: str
    sequence: int
    rehearsal: bool
    signer: str
    signer_key: str
    our_device: str
    newest_approved: int
    signer_known: int
    follows_our_key: bool

    def lines(self) -> list[str]:
        ours = f"It is for our device {self.our_device}." if self.our_device else "No device here has this identity."
        known = "is new here"
        if self.signer_known:
            known = f"has signed {self.signer_known} cards whose keys were approved here"
        before = "It follows the key approved here." if self.follows_our_key else ""
        return [
            (
                f"{self.organisation}: {self.device} ({PLATFORMS[Platform(self.platform)]}, {self.identity.partition(':')[2]}, {', '.join(self.addresses)}), "
                f"{ALGORITHMS[self.algorithm]}."
            ),
            (
                f"Card {self.sequence}, issued {self.issued}, ends {self.expires}, signed by {self.signer}; that signing "
                f"key {known}."
            ),
            " ".join(filter(None, (ours, before))),
            "The signature fits. It does not say who holds the signing key, so the key is compared like any other.",
        ]


def content_with_signature(name: str) -> bytes:
    """A file's bytes; a card's with its signature, which lies beside it as NAME.sig."""
    if name == "-":
        return content(name)
    try:
        read = with_signature(Path(name), LARGEST_INPUT)
    except OSError:
        raise FileNotReadable(name) from None
    return no_picture(name, read)


def _sign(context: Context) -> tuple[Answer, int]:
    to = Path(context.args.out)
    signed = context.perform(cards.SIGN, SignCard(context.args.device, to))
    answer = CardSigned(
        device=context.args.device,
        file=str(to),
        signature=str(signature_of(to)),
        sequence=signed.card.sequence,
        expires=f"{signed.card.expires:%Y-%m-%d}",
        signer=signed.card.signer,
        signer_key=cards.signer_line(signed.card),
    )
    return done(answer)


def _read(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        seen = cards.inspect(desk, content_with_signature(context.args.file))
    card = seen.card
    answer = CardRead(
        organisation=card.organisation,
        device=card.device,
        identity=str(card.identity),
        addresses=card.addresses,
        networks=card.networks,
        platform=card.platform,
        contact=card.contact,
        phone=card.phone,
        algorithm=Algorithm(card.algorithm),
        uses=card.uses,
        ticket=card.ticket,
        issued=f"{card.issued:%Y-%m-%d}",
        expires=f"{card.expires:%Y-%m-%d}",
        sequence=card.sequence,
        rehearsal=card.rehearsal,
        signer=card.signer,
        signer_key=cards.signer_line(card),
        our_device=seen.device,
        newest_approved=seen.newest,
        signer_known=seen.known,
        follows_our_key=seen.follows,
    )
    return done(answer)


_OUT = {"required": True, "metavar": "FILE", "help": "the card; its signature goes into FILE.sig"}
ENTRIES = (
    Entry(
        "card", "sign", "hand out a device's approved key", words("workspace", "device", out=_OUT), _sign, CardSigned
    ),
    Entry("card", "read", "what a peer's card says", words("workspace", "file"), _read, CardRead),
)
