"""Writing the folders of links."""

from pathlib import Path

from core.errors.base import Refused
from core.errors.linking import FolderNotEmpty, NothingToExport
from core.errors.workspace import TextNotFit
from core.flows.facts import Facts
from core.flows.step import Step, Typed
from core.late import dataclass
from core.model.links import ExportLinks, Link, LinkState
from core.services.links import exportable


@dataclass(frozen=True)
class Export(Typed):
    """`names` are the chosen links; `to` the folder as typed."""

    names: tuple[str, ...] = ()
    to: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Every file is seen before it is written."""
        return Step("links", ("names",)), Step("folder", ("to",)), Step("preview", commit=True), Step("done")

    def offered(self, facts: Facts) -> tuple[tuple[Link, tuple[Refused, ...]], ...]:
        """Every living link with what blocks it."""
        return tuple(
            (link, tuple(blocking(link, facts))) for link in facts.links if link.state is not LinkState.RETIRED
        )

    def problems(self, facts: Facts) -> tuple[Refused, ...]:
        """Every finding."""
        chosen = [(link, why) for link, why in self.offered(facts) if link.name in self.names]
        found: list[Refused] = [each for _, why in chosen for each in why]
        if not chosen:
            found.append(NothingToExport())
        if not self.to.strip():
            return (*found, TextNotFit("to", "empty"))
        return (*found, *(FolderNotEmpty(str(each)) for each in self.folders(facts) if each.exists()))

    def folders(self, facts: Facts) -> tuple[Path, ...]:
        """The folders that will be made: one per end, in one per link where there are several."""
        to = Path(self.to.strip())
        links = [link for link in facts.links if link.name in self.names]
        made = []
        for link in links:
            parent = to / link.name if len(links) > 1 else to
            made += [parent / facts.named(number) for number in (link.left_id, link.right_id)]
        return tuple(made)

    def command(self) -> ExportLinks:
        """What the service takes."""
        return ExportLinks(self.names, Path(self.to.strip()))


def blocking(link: Link, facts: Facts) -> list[Refused]:
    """Why a link may not leave; a suspended one says so once."""
    ends = [(facts.named(number), facts.keys.get(number, ())) for number in (link.left_id, link.right_id)]
    found = [each for name, on_file in ends for each in exportable(link, name, on_file)]
    return found if link.state is LinkState.ACTIVE else found[:1]
