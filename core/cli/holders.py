"""What the verbs share that open a CA key: its custodians, each with an own passphrase, and the machine's interfaces."""

from typing import Any

from core.cli.base import Context
from core.cli.secrets import from_file
from core.media.network import Interface, interfaces
from core.services.desk import Desk
from core.services.opening import Hands

CUSTODIAN: dict[str, Any] = {
    "action": "append",
    "required": True,
    "metavar": "NAME",
    "help": "a key holder who is present; repeatable",
}
NETWORK_UP: dict[str, Any] = {"metavar": "TEXT", "help": "why the network is up all the same; needs --witness"}
WITNESS: dict[str, Any] = {"metavar": "NAME", "help": "who saw that the network was up"}
NETWORK_OK: dict[str, Any] = {"action": "store_true", "help": "skip the offline check (rehearsal workspaces only)"}
TOKEN: dict[str, Any] = {"metavar": "LABEL", "help": "make the key on this PKCS#11 token"}
MODULE: dict[str, Any] = {"metavar": "PATH", "help": "this machine's PKCS#11 library"}


def hands(context: Context, desk: Desk, *, new: bool = False) -> Hands:
    """Each custodian's passphrase for the key: from the secrets file where it may serve, else typed, new ones twice."""
    whom = from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal)
    given = {name: context.secrets.of(name, whom, new=new) for name in context.args.custodian}
    return Hands(given, library=getattr(context.args, "module", None) or "")


def network(context: Context, desk: Desk) -> tuple[Interface, ...] | None:
    """The machine's interfaces; none are asked where a rehearsal said so."""
    if context.args.network_ok:
        context.only_in_rehearsal(desk, "--network-ok")
        return ()
    return interfaces()
