"""What is wrong with the words of a command line (exit 2)."""

from dataclasses import dataclass

from core.errors.base import Usage


@dataclass(eq=False)
class WrongWords(Usage):
    """`problem` is the parser's sentence."""

    problem: str
    code = "CLI-01"


@dataclass(eq=False)
class WhoActs(Usage):
    names: tuple[str, ...]
    code = "CLI-02"


@dataclass(eq=False)
class NoTerminal(Usage):
    name: str
    code = "CLI-03"


@dataclass(eq=False)
class SecretsNotPrivate(Usage):
    """`why` is one of "kind", "owner", "mode", "toml"."""

    path: str
    why: str
    code = "CLI-04"


@dataclass(eq=False)
class SecretsNotHere(Usage):
    """The file has no passphrase for this person, or may not be used for them here."""

    name: str
    code = "CLI-05"


@dataclass(eq=False)
class FileNotReadable(Usage):
    path: str
    code = "CLI-06"


@dataclass(eq=False)
class PeopleFileNotFit(Usage):
    path: str
    problem: str
    code = "CLI-07"


@dataclass(eq=False)
class NoScreen(Usage):
    code = "CLI-08"


@dataclass(eq=False)
class NotTheSame(Usage):
    """The two entries of a new passphrase differ."""

    code = "CLI-09"
