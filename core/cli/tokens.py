"""custody tokens: the PKCS#11 tokens at this machine."""

from core.cli.answers import Answer
from core.cli.base import Context, Entry, done, words
from core.cli.holders import MODULE
from core.late import dataclass
from core.policy.custody import token_uri
from core.services import tokens


@dataclass(frozen=True, kw_only=True)
class TokenTold:
    """`uri` is what `--token` takes."""

    slot: int
    label: str
    serial: str
    manufacturer: str
    model: str
    firmware: str
    uri: str

    def line(self) -> str:
        return (
            f"Slot {self.slot}: {self.label}, {self.model}, firmware {self.firmware}, serial {self.serial}. {self.uri}"
        )


@dataclass(frozen=True, kw_only=True)
class TokensListed(Answer):
    tokens: tuple[TokenTold, ...]

    def lines(self) -> list[str]:
        return [each.line() for each in self.tokens] or ["The library sees no token that was set up."]


def _tokens(context: Context) -> tuple[Answer, int]:
    seen = tokens.inserted(context.args.module or tokens.usual())
    told = tuple(TokenTold(slot=each.slot, uri=token_uri(each.facts), **vars(each.facts)) for each in seen)
    return done(TokensListed(tokens=told))


ENTRIES = (
    Entry("custody", "tokens", "the PKCS#11 tokens at this machine", words(module=MODULE), _tokens, TokensListed),
)
