"""people list, people passphrase."""

from dataclasses import dataclass

from core.cli.answers import Answer
from core.cli.base import Context, Entry, done, words
from core.cli.secrets import from_file
from core.model.people import Duty
from core.services import people


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    full_name: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, kw_only=True)
class PeopleListed(Answer):
    people: tuple[Person, ...]

    def lines(self) -> list[str]:
        return [f"{each.name}  {each.full_name}  ({', '.join(each.duties)})" for each in self.people]


@dataclass(frozen=True, kw_only=True)
class PassphraseChanged(Answer):
    name: str

    def lines(self) -> list[str]:
        return [
            f"The passphrase of {self.name} is changed.",
            "Older copies of the file still open with the old one: destroy copies that you do not need.",
        ]


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        return done(
            PeopleListed(
                people=tuple(
                    Person(name=each.name, full_name=each.full_name, duties=each.duties)
                    for each in people.operators(desk)
                )
            )
        )


def _passphrase(context: Context) -> tuple[Answer, int]:
    with context.desk() as desk:
        context.sign_in(desk)
        name = desk.acting.operator.name
        secrets = context.secrets
        whom = from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal)
        old = secrets.of(name, whom)
        new = secrets.of(f"{name} (new)", whom, new=True)
        people.change_passphrase(desk, old, new)
        return done(PassphraseChanged(name=name))


ENTRIES = (
    Entry("people", "list", "who works in a workspace", words("workspace"), _list, PeopleListed),
    Entry("people", "passphrase", "change your own passphrase", words("workspace"), _passphrase, PassphraseChanged),
)
