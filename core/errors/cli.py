"""What is wrong with the words of a command line (exit 2)."""

from core.errors.base import Usage
from core.late import dataclass


@dataclass(eq=False)
class WrongWords(Usage):
    """`problem` is the parser's sentence, `see` the command that tells the words."""

    problem: str
    see: str = "anchorhold --help"
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
    """`why` is one of "missing", "kind", "owner", "mode", "toml"."""

    path: str
    why: str
    code = "CLI-04"


@dataclass(eq=False)
class SecretsNotHere(Usage):
    """The file may not be used for this person here; `why` is for whom it may be: "nobody" or "acting"."""

    name: str
    why: str
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


@dataclass(eq=False)
class AnswerNotWritten(Usage):
    """The command ran, and its answer could not be printed (exit 4)."""

    code = "CLI-10"
