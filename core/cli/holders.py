"""What the verbs share that open a CA key: its custodians, each with an own passphrase, and the machine's interfaces."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from core.cli import bearer
from core.cli.base import Context, content
from core.cli.secrets import from_file
from core.crypto.custody import Generated, generated_passphrase, typed_back
from core.errors.cli import NotTheSame
from core.errors.custody import StickNotFit
from core.media.network import Interface, interfaces
from core.model.workspace import Kind
from core.services.desk import Desk
from core.services.offline import NetworkUp
from core.services.opening import Hands
from core.vault.machine import token_library
from core.words.custody import passphrase_lines

CUSTODIAN: dict[str, Any] = {
    "action": "append",
    "required": True,
    "metavar": "NAME",
    "help": "a key holder who is present; repeatable",
}
NETWORK_UP: dict[str, Any] = {"metavar": "TEXT", "help": "why the network is up all the same; needs --witness"}
WITNESS: dict[str, Any] = {"metavar": "NAME", "help": "who saw that the network was up"}
NETWORK_OK: dict[str, Any] = {"action": "store_true", "help": "skip the offline check (rehearsal workspaces only)"}
OFFLINE = {"network_up_because": NETWORK_UP, "witness": WITNESS, "network_ok": NETWORK_OK}
TOKEN: dict[str, Any] = {"metavar": "URI", "help": "make the key on this PKCS#11 token: pkcs11:token=LABEL"}
STICK: dict[str, Any] = {"action": "append", "metavar": "NAME=FILE", "help": "a custodian's own stick"}
MODULE: dict[str, Any] = {"metavar": "PATH", "help": "this machine's PKCS#11 library"}


def hands(
    context: Context, desk: Desk, names: Sequence[str] | None = None, *, new: Sequence[str] = (), stem: str = ""
) -> Hands:
    """What custodians bring: passphrases from the secrets file where it may serve, else typed; sticks; the token's
    library from the argument or this machine's settings; for a new key on a token its set-up's SO-PIN.

    The passphrases of `new` are set now: made by the program for a root key, else typed twice. `stem` is added to
    their names in the file.
    """
    whom = from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal)
    args, secrets, own = context.args, context.secrets, sticks(context.args)
    given: dict[str, str] = {}
    for name in dict.fromkeys(names or args.custodian):
        entry = f"{name}{stem}" if name in new else name
        makes = name in new and desk.workspace.kind is Kind.ROOT and name not in own and not secrets.has(entry)
        given[name] = generated(context, name, entry) if makes else secrets.of(entry, whom, new=name in new)
    so_pin = secrets.of("SO-PIN", whom) if getattr(args, "token", None) else ""
    filed = frozenset(name for name in given if secrets.has(f"{name}{stem}" if name in new else name))
    module = getattr(args, "module", None) or token_library()
    return Hands(given, own, module, so_pin, rehearsed=filed)


def generated(context: Context, name: str, entry: str) -> Generated:
    """Ten words, shown once on the terminal and typed back."""
    bearer.need_terminal()
    made = generated_passphrase()
    bearer.show(passphrase_lines(name, made))
    try:
        typed = context.secrets.asked(entry)
    finally:
        bearer.wipe()
    if not typed_back(made, typed):
        raise NotTheSame
    return made


def sticks(args: Namespace) -> dict[str, str]:
    """The texts of the sticks that were named, by whose they are."""
    found = {}
    for given in getattr(args, "stick", None) or []:
        name, _, path = given.partition("=")
        if not path:
            raise StickNotFit(name, "shape")
        found[name] = content(path, 4096).decode("utf-8", "replace")
    return found


def network(context: Context, desk: Desk) -> tuple[Interface, ...] | None:
    """The machine's interfaces; none are asked where a rehearsal said so."""
    if context.args.network_ok:
        context.only_in_rehearsal(desk, "--network-ok")
        return ()
    return interfaces()


def network_up(context: Context, desk: Desk) -> NetworkUp:
    """What was said about a network that is up."""
    args = context.args
    if args.network_ok:
        context.only_in_rehearsal(desk, "--network-ok")
    return NetworkUp(args.network_up_because or "", args.witness or "", not args.network_ok)
