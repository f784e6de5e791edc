"""The next generation of a sub CA: a new name, a new key, the same service and limits; both work until the old runs off.

Never the same key once more, since the published last day binds the key (L1), and never the same name, since devices tell
authorities apart by it (design section 7).
"""

from core.crypto import names
from core.crypto.certificates import read_certificate
from core.errors.authorities import NotRolledOver
from core.errors.base import Refused, refuse
from core.model.authorities import Authority, AuthorityState, Layer, RenewSub, RequestSub
from core.policy import authorities as policy
from core.services import subordinates
from core.services.authorities import everyone, find
from core.services.desk import Desk
from core.services.opening import Hands, refusals


def request(desk: Desk, command: RenewSub, hands: Hands) -> bytes:
    """The next generation's key under its custodians, and the carried file that asks the root for a certificate."""
    with refusals(desk, subordinates.REQUESTED, command):
        wanted = next_of(desk, command)
    return subordinates.request(desk, wanted, hands)


def renewable(desk: Desk) -> tuple[Authority, ...]:
    """The sub CAs that can have a next generation."""
    return tuple(each for each in everyone(desk) if not _against(each))


def judge(desk: Desk, command: RenewSub) -> list[Refused]:
    """Everything that stands against it, passphrases aside."""
    try:
        return subordinates.judge_request(desk, next_of(desk, command))
    except Refused as refusal:
        return [refusal]


def next_of(desk: Desk, command: RenewSub) -> RequestSub:
    """What will be asked for. Raises `NotRolledOver`."""
    old = find(desk.file.read, command.name)
    refuse(_against(old))
    made, service = read_certificate(old.certificate), old.service
    assert service is not None  # noqa: S101 - a sub CA has one
    return RequestSub(
        name=policy.next_name(old.name),
        service=service.value,
        subject=names.text(policy.next_subject(old.subject)),
        custodians=command.custodians,
        quorum=command.quorum,
        crl_url=command.crl_url or policy.next_url(old.crl_url),
        key=command.key,
        token=command.token,
        permitted=tuple(str(each) for each in made.permitted),
        excluded=tuple(str(each) for each in made.excluded),
    )


def _against(old: Authority) -> list[Refused]:
    if old.layer is Layer.ROOT:
        return [NotRolledOver(old.name, "root")]
    if not old.key:
        return [NotRolledOver(old.name, "elsewhere")]
    return [NotRolledOver(old.name, "requested")] if old.state is AuthorityState.REQUESTED else []
