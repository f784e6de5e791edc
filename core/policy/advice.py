"""When pins stop being the right tool (SL1: "for a very limited number of long-lived links no PKI is needed")."""

from collections import defaultdict
from collections.abc import Sequence

from core.model.advice import Advice
from core.policy.rules import gate

# Ours, not the NCSC's, which names no number: 12 links are 24 pins to hold, compare and renew by two people each
# year, and 8 pins on one gateway are an evening of work when its key changes.
MANY_LINKS, MANY_ENDS = 12, 8


@gate("M5")
def advise(links: Sequence[tuple[str, str, str]], devices: int) -> Advice:
    """The advice for living links, each (left device, right device, technology), between so many devices."""
    peers: dict[str, set[str]] = defaultdict(set)
    for left, right, _ in links:
        peers[left].add(right)
        peers[right].add(left)
    busiest, others = max(peers.items(), key=lambda end: (len(end[1]), end[0]), default=("", set()))
    return Advice(
        devices=devices,
        links=len(links),
        pins=2 * len(links),
        busiest=busiest,
        most=len(others),
        outgrown=len(links) > MANY_LINKS or len(others) > MANY_ENDS,
        technologies=len({technology for _, _, technology in links}),
    )
