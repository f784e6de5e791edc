"""link add, list, matrix, export, readback, retire."""

from pathlib import Path
from typing import Any

from core.cli.answers import Answer
from core.cli.base import REASON, TICKET, Context, Entry, content, done, words
from core.errors.cli import WrongWords
from core.late import dataclass
from core.model.links import (
    AddLink,
    ExportLinks,
    Link,
    LinkState,
    ReadBackDevice,
    Reading,
    RetireLink,
    Standing,
    Technology,
)  # fmt: skip
from core.services import exports, links, readback, views
from core.words.say import sentence
from core.words.states import LINKS, printed_identity
from core.words.verdicts import READINGS, STANDINGS, TECHNOLOGIES


@dataclass(frozen=True, kw_only=True)
class LinkDone(Answer):
    link: str
    technology: Technology
    link_state: LinkState

    def lines(self) -> list[str]:
        return [f"{self.link}, {TECHNOLOGIES[self.technology]}: {LINKS[self.link_state]}."]


@dataclass(frozen=True, kw_only=True)
class LinkTold:
    name: str
    left: str
    right: str
    technology: Technology
    link_state: LinkState
    health: str
    left_key: str
    right_key: str
    review_by: str
    exported: str
    installed: int


@dataclass(frozen=True, kw_only=True)
class LinksListed(Answer):
    links: tuple[LinkTold, ...]

    def lines(self) -> list[str]:
        return [
            f"{each.name}  {each.left} - {each.right}  {TECHNOLOGIES[each.technology]}  {each.health}  "
            f"exported {each.exported or 'never'}, {each.installed} of 2 ends read back"
            for each in self.links
        ] or ["There are no links yet."]


@dataclass(frozen=True, kw_only=True)
class PinTold:
    link: str
    holder: str
    key_of: str
    standing: Standing
    since: str


@dataclass(frozen=True, kw_only=True)
class Matrix(Answer):
    pins: tuple[PinTold, ...]

    def lines(self) -> list[str]:
        return [
            f"{each.holder} holds the key of {each.key_of} ({each.link}): {STANDINGS[each.standing]}"
            for each in self.pins
        ] or ["No device holds a key yet."]


@dataclass(frozen=True, kw_only=True)
class Folder:
    link: str
    device: str
    folder: str
    manifest_sha256: str


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    link: str
    code: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class LinksExported(Answer):
    folders: tuple[Folder, ...]
    left_out: tuple[LeftOut, ...]

    def lines(self) -> list[str]:
        made = [
            f"{each.folder} is for {each.device} (manifest SHA-256 {each.manifest_sha256})." for each in self.folders
        ]
        return made + [f"{each.link} was left out: {each.sentence}" for each in self.left_out]


@dataclass(frozen=True, kw_only=True)
class ReadTold:
    reading: Reading
    identity: str
    device: str
    own: bool
    whole: bool


@dataclass(frozen=True, kw_only=True)
class ReadBackDone(Answer):
    device: str
    passed: bool
    keys: tuple[ReadTold, ...]

    def lines(self) -> list[str]:
        told = [
            f"{each.device or printed_identity(each.identity) or 'a key'}: {READINGS[each.reading]}"
            for each in self.keys
        ]
        end = "It counts as installed." if self.passed else "It does not count as installed."
        return [*told, f"{self.device}: {end}"]


def _told(link: Link) -> tuple[Answer, int]:
    return done(LinkDone(link=link.name, technology=link.technology, link_state=link.state))


def _add(context: Context) -> tuple[Answer, int]:
    args = context.args
    command = AddLink(args.link, args.left, args.right, args.technology, args.ticket or "")
    return _told(context.perform(links.ADD, command))


def _retire(context: Context) -> tuple[Answer, int]:
    return _told(context.perform(links.RETIRE, RetireLink(context.args.link, context.args.reason)))


def _list(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        rows = views.picture(desk).links
    told = tuple(
        LinkTold(
            name=row.link.name,
            left=row.left.device.name,
            right=row.right.device.name,
            technology=row.link.technology,
            link_state=row.link.state,
            health=row.health.value,
            left_key=row.left.health.value,
            right_key=row.right.health.value,
            review_by=row.review_by,
            exported=row.exported,
            installed=row.installed,
        )
        for row in rows
    )
    return done(LinksListed(links=told))


def _matrix(context: Context) -> tuple[Answer, int]:
    with context.desk(read_only=True) as desk:
        pins = views.picture(desk).pins
    told = tuple(
        PinTold(
            link=pin.link,
            holder=pin.holder,
            key_of=pin.peer,
            standing=pin.standing,
            since=pin.since.isoformat() if pin.since else "",
        )
        for pin in pins
    )
    return done(Matrix(pins=told))


def _export(context: Context) -> tuple[Answer, int]:
    args = context.args
    if bool(args.link) == args.all:
        raise WrongWords("Name the links to export, or give --all", "anchorhold link export --help")
    names = tuple(dict.fromkeys(args.link))
    made = context.perform(exports.EXPORT, ExportLinks(names, Path(args.to)))
    told = tuple(
        Folder(
            link=Path(each.folder).parent.name if args.all or len(names) > 1 else names[0],
            device=Path(each.folder).name,
            folder=each.folder,
            manifest_sha256=each.manifest_sha256,
        )
        for each in made.exports
    )
    left = tuple(LeftOut(link=name, code=why.code, sentence=sentence(why)) for name, why in made.refused)
    return LinksExported(folders=told, left_out=left), 4 if left else 0


def _read_back(context: Context) -> tuple[Answer, int]:
    args = context.args
    made = context.perform(readback.READ_BACK, ReadBackDevice(args.device, content(args.file)))
    told = tuple(
        ReadTold(reading=each.reading, identity=each.identity, device=each.device, own=each.own, whole=each.whole)
        for each in made.keys
    )
    return ReadBackDone(device=args.device, passed=made.passed, keys=told), 0 if made.passed else 4


def _export_words(parser: Any) -> None:
    words("workspace")(parser)
    parser.add_argument("link", nargs="*", metavar="LINK", help="the link's name; several are exported together")
    parser.add_argument("--all", action="store_true", help="every link that may be exported")
    parser.add_argument("--to", required=True, metavar="DIR", help="where the folders go; nothing is overwritten")


_ADD = words(
    "workspace",
    "link",
    "left",
    "right",
    technology={"required": True, "metavar": "|".join(Technology), "help": "what runs over it"},
    ticket={**TICKET, "required": False},
)
ENTRIES = (
    Entry("link", "add", "join two devices", _ADD, _add, LinkDone),
    Entry("link", "list", "list the links and how they stand", words("workspace"), _list, LinksListed),
    Entry("link", "matrix", "which device holds which key", words("workspace"), _matrix, Matrix),
    Entry("link", "export", "write one folder per end", _export_words, _export, LinksExported),
    Entry(
        "link",
        "readback",
        "hold what a device prints against what was approved",
        words("workspace", "device", "file"),
        _read_back,
        ReadBackDone,
    ),
    Entry("link", "retire", "end a link", words("workspace", "link", reason=REASON), _retire, LinkDone),
)
