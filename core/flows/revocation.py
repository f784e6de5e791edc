"""Revoking a certificate: which, why, since when."""

from core.errors.base import Refused
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.revocation import COMPROMISE, Reason, Revoke
from core.policy import texts

SUSPECTED = "suspected"
# Why a device's certificate is revoked, the urgent ones first; "suspected" stands at once like a compromise.
WHYS = (SUSPECTED, *(each.value for each in Reason if each is not Reason.CA_COMPROMISE))


@dataclass(frozen=True)
class Revoking(Typed):
    """`serial` is the chosen certificate, `why` one of `WHYS`.

    `others` are the serials of further certificates over its key; `scope` "all" revokes them in the same step.
    """

    serial: str = ""
    why: str = ""
    ticket: str = ""
    compromised_at: str = ""
    others: tuple[str, ...] = ()
    scope: str = "all"

    def steps(self) -> tuple[Step, ...]:
        """Which, why, and what it cuts: three decisions to the revocation and its CRL."""
        return (
            Step("which", ("serial",)),
            Step("why", ("why", "scope", "ticket", "compromised_at")),
            Step("review", commit=True),
            Step("done"),
        )

    @property
    def urgent(self) -> bool:
        """Whether it stands at once, by one person."""
        return self.why == SUSPECTED or self.why in {each.value for each in COMPROMISE}

    def problems(self, _facts: object) -> tuple[Refused, ...]:
        """What can be said before the service is asked."""
        found = [*texts.line("serial", self.serial, needed=True), *texts.line("why", self.why, needed=True)]
        return (*found, *texts.line("ticket", self.ticket, needed=True))

    def command(self) -> Revoke:
        """What the service takes."""
        reason = Reason.KEY_COMPROMISE.value if self.why == SUSPECTED else self.why
        since = self.compromised_at.strip() if self.urgent else ""
        return Revoke(
            self.serial,
            reason,
            self.ticket.strip(),
            suspected=self.why == SUSPECTED,
            compromised_at=since,
            same_key=bool(self.others) and self.scope == "all",
        )
