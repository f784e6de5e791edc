"""A root's key is opened on a machine that is alone (M10), or with a reason and a witness on record."""

from collections.abc import Sequence

from core.errors import authorities as errors
from core.errors.base import Refused, refuse
from core.errors.workspace import NotRehearsal
from core.late import dataclass
from core.media.network import Interface, interfaces
from core.model.workspace import Kind
from core.policy import texts
from core.policy.rules import rule
from core.services.desk import Desk


@dataclass(frozen=True)
class NetworkUp:
    """Why a root's key is opened although the network is up, and who saw it; `asked` is off in a rehearsal only."""

    because: str = ""
    witness: str = ""
    asked: bool = True

    @property
    def told(self) -> str:
        """For the record; "" where nothing had to be said."""
        return f"network up: {self.because}; witness {self.witness}" if self.because else ""


ASK = NetworkUp()


@rule("M10")
def offline(found: Sequence[Interface] | None, because: str, witness: str) -> list[Refused]:
    """Findings while the machine may have a way out (M10): with a reason and a witness it is an exception on record."""
    said = texts.line("network_up_because", because) + texts.line("witness", witness)
    if found is not None and not any(each.carrier for each in found):
        return said
    if because.strip() and witness.strip():
        return said
    up = tuple(each.name for each in found or () if each.carrier)
    return [*said, errors.NetworkUp(up)]


def alone(desk: Desk, network: NetworkUp) -> None:
    """Refuse to open a key of a root workspace while the machine may have a way out; other keys work on a network."""
    if not network.asked and not desk.workspace.rehearsal:
        raise NotRehearsal("--network-ok")
    if desk.workspace.kind is Kind.ROOT and network.asked:
        refuse(offline(interfaces(), network.because, network.witness))
