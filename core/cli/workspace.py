"""new, info, demo."""

import shlex
import tomllib
from pathlib import Path
from typing import Any

from core.cli.answers import Answer
from core.cli.base import Context, Entry, content, done, words
from core.cli.secrets import from_file
from core.errors.cli import PeopleFileNotFit
from core.errors.workspace import NotRehearsal
from core.late import dataclass
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace, PolicyName
from core.services import people, views
from core.services import workspace as service
from core.services.demo import make_demo
from core.services.desk import machine_clock
from core.words.proposals import sentence
from core.words.states import KINDS, POLICIES


@dataclass(frozen=True, kw_only=True)
class Made(Answer):
    workspace: str
    id: str
    kind: Kind
    people: tuple[str, ...]

    def lines(self) -> list[str]:
        alone = [] if len(self.people) > 1 else ["You work alone here: each key is compared over two channels."]
        return [f"{self.workspace} is made for {', '.join(self.people)}.", *alone]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@dataclass(frozen=True, kw_only=True)
class Info(Answer):
    workspace: str
    id: str
    name: str
    kind: Kind
    policy: PolicyName
    people: tuple[str, ...]
    devices: int
    links: int
    health: dict[str, int]

    def lines(self) -> list[str]:
        told = ", ".join(f"{count} {health}" for health, count in self.health.items())
        head = f"{self.name}: {KINDS[self.kind]}, {POLICIES[self.policy]}, people {', '.join(self.people)}."
        return [head, f"{_count(self.devices, 'device')}, {_count(self.links, 'link')}{': ' + told if told else ''}."]


@dataclass(frozen=True, kw_only=True)
class Demo(Answer):
    folder: str
    workspaces: tuple[str, ...]
    secrets: str

    def lines(self) -> list[str]:
        path, secrets = shlex.quote(self.workspaces[0]), shlex.quote(self.secrets)
        far_end = shlex.quote(str(Path(self.folder) / "far-ends" / "edge-edi1.txt"))
        compare = f"key compare {path} edge-edi1 --heard - --channel call-back --reader 'Ian Weir' --ticket CHG0042117"
        return [
            f"A rehearsal sample is in {self.folder}; nothing in it is real.",
            f"Its people are alice, bob, carol, dave and erin; their passphrases are in {self.secrets}.",
            *(f"{Path(each).name} is a {_SAMPLES[Path(each).stem]}." for each in self.workspaces[1:]),
            "Next:",
            f"  anchorhold {path}",
            "    opens the window; sign in as bob or dave.",
            f"  anchorhold link list {path}",
            "    shows how every link stands.",
            f"  anchorhold {compare} --as dave --secrets {secrets} < {far_end}",
            "    is the second comparison of a key that alice compared; the file is what the far end reads out.",
            f"  anchorhold link export {path} lon1-edi1 --to folders --as bob --secrets {secrets}",
            "    then hands each end its folder; before, it is refused.",
            *self._of_a_ca(secrets),
        ]

    def _of_a_ca(self, secrets: str) -> list[str]:
        """What can be done with the local CA, where the sample has one."""
        if len(self.workspaces) < 3:
            return []
        root, issuing = (shlex.quote(each) for each in self.workspaces[1:3])
        bob = f"--as bob --secrets {secrets}"
        return [
            f"  anchorhold crl sign {issuing} --ca ipsec-g1 --custodian alice --custodian bob --to published {bob}",
            "    signs the sub CA's next CRL with two of its three custodians; it is due in three hours.",
            f"  anchorhold statement ceremony {root} --out ceremony.pdf {bob}",
            "    is the record of the root key ceremony, to print.",
        ]


_SAMPLES = {"root": "root whose ceremony is closed", "issuing": "local CA with gateways enrolled, one of them revoked"}


def _people_file(path: str) -> tuple[dict[str, Any], tuple[NewOperator, ...]]:
    """The two parts of a people file, strictly."""
    try:
        told = tomllib.loads(content(path).decode("utf-8"))
        described = dict(told.get("workspace", {}))
        unknown = set(told) - {"workspace", "operator"} | set(described) - _DESCRIBED
        if unknown:
            raise PeopleFileNotFit(path, f"unknown entry {sorted(unknown)[0]}")
        named = []
        for entry in told.get("operator", []):
            duties = tuple(Duty(duty) for duty in entry.get("duties", ["system-administrator"]))
            named.append(NewOperator(str(entry["name"]), str(entry["full_name"]), duties))
    except KeyError as error:
        raise PeopleFileNotFit(path, f"{error.args[0]} is missing") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise PeopleFileNotFit(path, str(error).split("\n", 1)[0][:200]) from None
    return described, tuple(named)


_DESCRIBED = {"organisation", "community", "technologies", "network_end", "responsible", "deputy"}


def _new(kind: Kind) -> Any:
    def run(context: Context) -> tuple[Answer, int]:
        args = context.args
        described, named = _people_file(args.people)
        technologies = tuple(str(each) for each in described.pop("technologies", ()))
        told = {name: str(value) for name, value in described.items()}
        policy = PolicyName(args.policy)
        new = NewWorkspace(
            Path(args.workspace), kind, args.name, named, policy=policy, technologies=technologies, **told
        )
        service.refuse_early(new)
        if context.now and policy is not PolicyName.REHEARSAL:
            raise NotRehearsal("--now")
        secrets, whom = context.secrets, from_file(kind, rehearsal=policy is PolicyName.REHEARSAL)
        passphrases = {each.name: secrets.of(each.name, whom, new=True) for each in named}
        now = context.now
        clock = (lambda: now) if now else machine_clock
        made = service.create(new, passphrases, clock=clock, cost=context.cost)
        return done(Made(workspace=args.workspace, id=made.id, kind=kind, people=tuple(each.name for each in named)))

    return run


def _info(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        seen = views.picture(desk)
        health: dict[str, int] = {}
        for row in seen.links:
            health[row.health.value] = health.get(row.health.value, 0) + 1
        return done(
            Info(
                workspace=context.args.workspace,
                id=desk.workspace.id,
                name=desk.workspace.name,
                kind=desk.workspace.kind,
                policy=desk.workspace.policy,
                people=tuple(operator.name for operator in people.operators(desk)),
                devices=len(seen.devices),
                links=len(seen.links),
                health=health,
            )
        )


def _demo(context: Context) -> tuple[Answer, int]:
    folder = Path(context.args.folder)
    made = make_demo(folder, say=sentence, now=context.now, progress=context.progress())
    return done(
        Demo(folder=str(folder), workspaces=tuple(str(path) for path in made), secrets=str(folder / "secrets.toml"))
    )


_NEW = words(
    "workspace",
    name={"required": True, "metavar": "TEXT", "help": "what people call it"},
    people={"required": True, "metavar": "FILE", "help": "TOML: [workspace], then [[operator]] for each person"},
    policy={
        "choices": [policy.value for policy in PolicyName],
        "default": "ncsc-2019",
        "help": "rehearsal: the same rules, a clock that can be set, everything marked",
    },
)

ENTRIES = (
    *(
        Entry(
            "new",
            kind.value,
            f"make {'an' if kind is Kind.ISSUING else 'a'} {kind.value} workspace",
            _NEW,
            _new(kind),
            Made,
        )
        for kind in Kind
    ),
    Entry("info", "", "what a workspace is and how its links stand", words("workspace"), _info, Info),
    Entry("demo", "", "make a filled rehearsal sample in a folder", words("folder"), _demo, Demo),
)
