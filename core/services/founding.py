"""How the sample got its local CA: a week of a root workspace and an issuing one, told at one clock.

Both desks have the story's own clock; with clocks of their own, what the root signs is not valid yet where it comes in.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from core.crypto.envelope import Cost
from core.crypto.sample import sample_request
from core.model.authorities import Layer, MakeRoot, RequestSub, SignSub
from core.model.backups import MakeBackup
from core.model.carry import Hear
from core.model.ceremony import CloseCeremony, ReadBack
from core.model.certificates import IssueCertificates, SubmitRequest
from core.model.decisions import Decide
from core.model.devices import AddDevice
from core.model.people import NewOperator
from core.model.proposals import Proposal
from core.model.revocation import Review, Revoke
from core.model.workspace import Kind, NewWorkspace, PolicyName
from core.policy import lifetimes
from core.services import (
    approvals,
    authorities,
    backups,
    carry,
    ceremony,
    crls,
    decisions,
    devices,
    enrolment,
    offline,
    people,
    revocation,
    subordinates,
    workspace,
)
from core.services.desk import Desk, Progress, open_desk
from core.services.opening import Hands
from core.services.perform import perform

Say = Callable[[Proposal], str]
HOLDERS = ("alice", "bob", "carol")
_PAIR = ("alice", "bob")
_SUB = "ipsec-g1"
_NO_NETWORK = offline.NetworkUp(asked=False)  # a rehearsal, and nobody's machine is unplugged for a sample
# name, site, days that the device still lives from its enrolment (0: no end)
_GATEWAYS = (
    ("gw-lon1", "London, Docklands", 0),
    ("gw-man2", "Manchester, Trafford", 0),
    ("gw-bri1", "Bristol", 0),
    ("gw-edi1", "Edinburgh", 0),
    ("gw-lee1", "Leeds", 6),
    ("gw-ncl1", "Newcastle", 2),
)
_ASKING = (("gw-shf1", "Sheffield"), ("gw-cam1", "Cambridge"))
STEPS = 8


def possible(ends: datetime) -> bool:
    """Whether the guidance's own last day for roots leaves a sample that is worth looking at."""
    return ends.date() + timedelta(days=400) < lifetimes.caps()[Layer.ROOT]


class Founding:
    """The week. `say` makes the sentences that approvers sign."""

    def __init__(
        self, folder: Path, staff: tuple[NewOperator, ...], passphrases: dict[str, str], ends: datetime, say: Say
    ) -> None:
        self._folder, self._staff, self._passphrases, self._say = folder, staff, passphrases, say
        self._ends = self.time = ends
        self._asked = 0

    def tell(self, cost: Cost, progress: Progress, first: int) -> tuple[Path, Path]:
        """Make both workspaces; `first` is the number of the first step told to `progress`."""
        self._ago(days=7)
        paths = tuple(self._made(kind, cost) for kind in (Kind.ROOT, Kind.ISSUING))
        root, issuing = (open_desk(path, cost=cost) for path in paths)
        chapters = (self._ceremony, self._meet, self._sub, self._enrol, self._revoke, self._publish, self._ask)
        try:
            for done, chapter in enumerate(chapters, first):
                progress.step(done, first + STEPS)
                chapter(root, issuing)
        finally:
            root.close()
            issuing.close()
        return paths[0], paths[1]

    # --- hands ----------------------------------------------------------------------------------

    def _ago(self, **delta: int) -> None:
        """The clock stands so long before the end."""
        self.time = self._ends - timedelta(**delta)

    def _clock(self) -> datetime:
        return self.time

    def _made(self, kind: Kind, cost: Cost) -> Path:
        path = self._folder / f"{kind.value}.anchorhold"
        new = NewWorkspace(
            path,
            kind,
            "Sample root (rehearsal)" if kind is Kind.ROOT else "Sample CA (rehearsal)",
            self._staff,
            policy=PolicyName.REHEARSAL,
            organisation="Example Networks",
            community="Example Networks data centres and partners",
            technologies=("ipsec",),
            responsible="Alice Archer",
            deputy="Bob Baker",
        )
        workspace.create(new, self._passphrases, clock=self._clock, cost=cost)
        return path

    def _sit(self, desk: Desk, name: str) -> Desk:
        """The desk with that person signed in, at the story's clock."""
        desk.clock = self._clock
        if desk.session is None or desk.session.operator.name != name:
            desk.session = people.authenticate(desk, name, self._passphrases[name])
        return desk

    def _hands(self, *names: str) -> Hands:
        named = names or _PAIR
        return Hands({name: self._passphrases[name] for name in named}, rehearsed=frozenset(named))

    def _agree(self, desk: Desk, who: str, proposal: Proposal) -> None:
        desk.clock = self._clock
        approvals.approve(desk, who, self._passphrases[who], {proposal.digest: self._say(proposal)})

    def _ticket(self) -> str:
        self._asked += 1
        return f"CHG{42900 + self._asked:07}"

    # --- the week -------------------------------------------------------------------------------

    def _ceremony(self, root: Desk, _: Desk) -> None:
        began = self.time.isoformat()
        self._ago(days=6, hours=23)
        last = min(lifetimes.caps()[Layer.ROOT], self._ends.date() + timedelta(days=4 * 365))
        command = MakeRoot(
            "CN=Example Networks Root CA, O=Example Networks, C=GB", HOLDERS, 2, last.isoformat(),
            "http://crl.example.net/root.crl", clock_checked=True, began=began,
        )  # fmt: skip
        made, _crl = authorities.make_root(self._sit(root, "bob"), command, self._hands(*HOLDERS), ())
        perform(root, ceremony.READ_BACK, ReadBack(authorities.facts(made).sha256, "alice"))
        copies = tuple(self._folder / "backups" / f"{which}.anchorhold" for which in ("root-safe", "root-bank"))
        copies[0].parent.mkdir()
        for each in copies:
            perform(root, backups.MAKE, MakeBackup(each))
        self._ago(days=6, hours=22)
        off, planned = f"{self.time:%Y-%m-%dT%H:%MZ}", self.time.date() + timedelta(days=300)
        closing = CloseCeremony(off, "A-004711", "safe 2, London", planned.isoformat(), copies)
        perform(root, ceremony.CLOSE, closing)

    def _meet(self, root: Desk, issuing: Desk) -> None:
        """Two people on each side type what the other one reads out."""
        self._ago(days=6, hours=4)
        for here, there in ((root, issuing), (issuing, root)):
            content, meeting = carry.introduce(self._sit(here, "bob"))
            digits, words = carry.fingerprint(meeting)
            perform(self._sit(there, "alice"), carry.HEAR, Hear(content, digits))
            perform(self._sit(there, "bob"), carry.HEAR, Hear(content, words))

    def _sub(self, root: Desk, issuing: Desk) -> None:
        self._ago(days=6, hours=2)
        until = (self._ends.date() + timedelta(days=730)).isoformat()
        review = (self._ends.date() + timedelta(days=180)).isoformat()
        reason = "the table of the guidance ends in 2023"
        typed = Decide("L2", until, review, reason, self._ticket())
        self._agree(root, "alice", decisions.decide(self._sit(root, "bob"), typed))
        wanted = RequestSub(
            _SUB, "ipsec", "CN=Example Networks IPsec CA G1, O=Example Networks, C=GB", HOLDERS, 2,
            "http://crl.example.net/ipsec-g1.crl",
        )  # fmt: skip
        asked = subordinates.request(self._sit(issuing, "bob"), wanted, self._hands(*HOLDERS))
        proposal = subordinates.propose(root, asked, until, self._ticket())
        self._agree(root, "alice", proposal)
        answer = subordinates.sign(root, SignSub(proposal.digest, _PAIR), self._hands(), ())
        subordinates.install(issuing, answer)

    def _enrol(self, _: Desk, issuing: Desk) -> None:
        """Gateways are enrolled in one go, after the first CRL."""
        self._ago(days=5, hours=21)
        self._crl(issuing)
        self._ago(days=5)
        asked = [self._request(issuing, "alice", *each) for each in _GATEWAYS]
        shown = {each.digest: self._say(each) for each in asked}
        approvals.approve(issuing, "dave", self._passphrases["dave"], shown)
        command = IssueCertificates(tuple(each.digest for each in asked), _PAIR)
        enrolment.issue(self._sit(issuing, "bob"), command, self._hands())
        for days in (4, 3, 2):
            self._ago(days=days, hours=21)
            self._crl(issuing)

    def _request(self, issuing: Desk, who: str, name: str, site: str, days: int = 0) -> Proposal:
        number = self._asked + 20
        end = (self.time.date() + timedelta(days=days)).isoformat() if days else ""
        desk = self._sit(issuing, "alice")
        new = AddDevice(
            name, "strongswan", f"{name}.example.net", f"192.0.2.{number}", (f"10.78.{number}.0/24",), site, end
        )
        perform(desk, devices.ADD, new)
        command = SubmitRequest(name, sample_request(f"{name}.example.net"), self._ticket())
        return enrolment.submit(self._sit(issuing, who), command)

    def _crl(self, issuing: Desk) -> None:
        crls.sign(self._sit(issuing, "bob"), _SUB, _PAIR, self._hands(), _NO_NETWORK)

    def _revoke(self, _: Desk, issuing: Desk) -> None:
        """Edinburgh's key was copied: revoked at night, published within minutes, looked at the next day."""
        self._ago(days=1, hours=22)
        stolen = next(row for row in enrolment.rows(issuing) if row.device == "gw-edi1").issued.serial
        revocation.revoke(self._sit(issuing, "carol"), Revoke(stolen, "key-compromise", self._ticket()))
        self._ago(days=1, hours=21)
        self._crl(issuing)
        self._ago(days=1, hours=2)
        perform(issuing, revocation.REVIEWED, Review(stolen))

    def _publish(self, _: Desk, issuing: Desk) -> None:
        """The newest list: the next one is due three hours from the end."""
        self._ago(hours=21)
        self._crl(issuing)

    def _ask(self, _: Desk, issuing: Desk) -> None:
        """What waits: one for a second person, one for the custodians."""
        self._ago(hours=2)
        self._request(issuing, "alice", *_ASKING[0])
        self._agree(issuing, "dave", self._request(issuing, "alice", *_ASKING[1]))
