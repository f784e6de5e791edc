"""switch WS: from links to a local CA, agreed by two; and back, while no sub CA is installed."""

from core.cli.answers import Answer
from core.cli.base import Context, Entry, words
from core.cli.proposals import Waiting, waits
from core.model.authorities import Service
from core.model.design import SwitchToCa
from core.services import switching


def _switch(context: Context) -> tuple[Answer, int]:
    args = context.args
    with context.signed_in("SwitchToCa") as desk:
        if args.back:
            return waits(desk, switching.back(desk, args.reason or "", args.ticket or ""))
        command = SwitchToCa(
            tuple(args.technology),
            args.community or "",
            tuple(args.relying_party),
            args.hierarchy or "",
            args.reason or "",
            args.ticket or "",
        )
        return waits(desk, switching.to_ca(desk, command))


_MANY = {"action": "append", "default": []}
ENTRIES = (
    Entry(
        "switch",
        "",
        "turn a links workspace into a local CA; pins and ledger stay",
        words(
            "workspace",
            technology={**_MANY, "metavar": "|".join(Service), "help": "what the CA is for; repeatable"},
            community={"metavar": "TEXT", "help": "whom it serves, where the workspace does not say"},
            relying_party={**_MANY, "metavar": "TEXT", "help": "an organisation that relies on it; repeatable"},
            hierarchy={"metavar": "TEXT", "help": "its design, where another than root and one sub CA each is meant"},
            reason={"metavar": "TEXT", "help": "why, for the ledger"},
            ticket={"metavar": "REF", "help": "the ticket this is done for"},
            back={"action": "store_true", "help": "go back to Links mode, while no sub CA is installed"},
        ),
        _switch,
        Waiting,
    ),
)
