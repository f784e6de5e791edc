"""Export: one folder per end, written whole, read back, its manifest signed by who exports."""

import hashlib
from functools import cache, partial
from pathlib import Path

from core.crypto.digest import canonical_plain
from core.crypto.fingerprints import printed_forms
from core.crypto.sshsig import sign_ssh, ssh_fingerprint, ssh_line
from core.errors.base import Refused, refuse
from core.errors.devices import EndOfLifePassed
from core.errors.linking import NothingToExport
from core.errors.workspace import OF_THE_DISK
from core.exports.called import CHANNELS, FORMS
from core.exports.folder import folder, manifest
from core.late import dataclass
from core.model.cards import SignedCard
from core.model.devices import Device
from core.model.keys import Key, KeyState, Verdict
from core.model.links import (
    EXPORT_NAMESPACE,
    Bundle,
    Earlier,
    End,
    Export,
    ExportedFile,
    ExportLinks,
    Link,
    LinkState,
)
from core.policy.duties import LINK_WORK
from core.policy.texts import cleaned
from core.services import cards, checkpoints, making, soundness
from core.services.desk import Desk
from core.services.ledger import STAMP
from core.services.links import exportable, found, pinnable
from core.services.perform import LINK_KINDS, Verb, Work, reading
from core.store import devices, keys
from core.store import links as store


class _OnFile:
    """What a command reads or makes more than once: a hub stands in every link of a star."""

    def __init__(self, work: Work) -> None:
        connection = work.unit.connection
        self.device = cache(partial(devices.get, connection))
        self.keys = cache(partial(keys.of_device, connection))
        self.comparisons = cache(partial(keys.comparisons, connection))
        self.pinnable = cache(partial(pinnable, work))
        self.forms = cache(printed_forms)
        self._work = work
        self._cards: dict[tuple[int, str, str], SignedCard] = {}

    def card(self, peer: End, link: Link) -> SignedCard:
        """The peer's card; links of one ticket and technology have the same."""
        told = (peer.keys[0].id, link.ticket, link.technology.value)
        if told not in self._cards:
            self._cards[told] = cards.make(self._work, peer.device, peer.keys[0], (link,))
        return self._cards[told]


@dataclass(frozen=True)
class Exported:
    """The folders that were written, and the links that were left out of a batch with their reasons."""

    exports: tuple[Export, ...]
    refused: tuple[tuple[str, Refused], ...]


def _export(work: Work, command: ExportLinks) -> Exported:
    batch = not command.names
    links = [found(work, name) for name in dict.fromkeys(command.names)] or [
        link for link in store.all_links(work.unit.connection) if link.state is not LinkState.RETIRED
    ]
    soundness.tables(work.desk, work.unit.connection)
    note = checkpoints.sign(work.unit.connection, work.desk.workspace.id, work.session, work.now)
    checkpoint = ExportedFile("evidence/checkpoint.txt", note.encode())
    on_file, staged = _OnFile(work), making.stage(work, command.to)
    exports: list[Export] = []
    left_out: list[tuple[str, Refused]] = []
    for done, link in enumerate(links):
        work.progress.step(done, len(links))
        try:
            ends = [(each, _files(work, on_file, each, checkpoint)) for each in bundles(work, link, on_file)]
        except Refused as refusal:
            if not batch or isinstance(refusal, OF_THE_DISK):
                raise
            left_out.append((link.name, refusal))
            continue
        for bundle, files in ends:  # what goes wrong with the medium ends the whole batch
            name = bundle.own.device.name
            name = f"{link.name}/{name}" if batch or len(links) > 1 else name
            staged.write(name, files)
            exports.append(_record(work, link, bundle.own.device, bundle.peer.keys, command.to / name, files))
    if not exports:
        raise NothingToExport
    store.add_exports(work.unit, exports)
    work.progress.committing()
    making.place(work, staged)
    left = {name for name, _ in left_out}
    work.details.update(links=[link.name for link in links if link.name not in left], folder=_shown(command.to))
    return Exported(tuple(exports), tuple(left_out))


def bundles(work: Work, link: Link, on_file: _OnFile | None = None) -> tuple[Bundle, Bundle]:
    """Both ends of a link as exporters see them, or the refusal of what must not leave."""
    on_file = on_file or _OnFile(work)
    ends = [on_file.device(number) for number in (link.left_id, link.right_id)]
    blocked: list[Refused] = []
    for device in ends:
        blocked += exportable(link, device.name, on_file.keys(device.id))
        if device.end_of_life and device.end_of_life < work.now.date().isoformat():
            blocked.append(EndOfLifePassed(device.name, device.end_of_life))
    refuse(blocked[:1] if link.state is not LinkState.ACTIVE else blocked)
    left, right = (End(device, on_file.pinnable(device.id)) for device in ends)
    return _bundle(work, on_file, link, left, right), _bundle(work, on_file, link, right, left)


def preview(desk: Desk, name: str) -> tuple[tuple[str, tuple[ExportedFile, ...]], ...]:
    """What an export of the link would write: (device, files) for each end.

    What is signed (card, checkpoint, manifest) is missing: it is made when the folders are.
    """
    with reading(desk) as work:
        on_file = _OnFile(work)
        ends = bundles(work, found(work, name), on_file)
        return tuple((each.own.device.name, tuple(_unsigned(work, on_file, each))) for each in ends)


def _shown(path: Path) -> str:
    """A path as text that a ledger can hold: file names on Linux are bytes, and need not be UTF-8."""
    return cleaned(str(path))


def _record(
    work: Work, link: Link, holder: Device, pinned: tuple[Key, ...], path: Path, files: list[ExportedFile]
) -> Export:
    listing = next(file.content for file in files if file.path == "MANIFEST.sha256")
    return Export(
        id=0,
        link_id=link.id,
        device_id=holder.id,
        key_ids=tuple(key.id for key in pinned),
        folder=_shown(path),
        manifest_sha256=hashlib.sha256(listing).hexdigest(),
        by=work.actor.name,
        time=work.now,
    )


def _bundle(work: Work, on_file: _OnFile, link: Link, own: End, peer: End) -> Bundle:
    marks = ["REHEARSAL: made for practice, not for a real network"] if work.desk.workspace.rehearsal else []
    shown = (own.keys[0], *peer.keys)
    if any(key.by_one_person for key in shown):
        marks.append("compared by one person")
    if any(key.telephone_only for key in shown):
        marks.append("compared by telephone only")
    return Bundle(
        link=link,
        own=own,
        peer=peer,
        organisation=work.desk.workspace.organisation or work.desk.workspace.name,
        approvals=tuple(line for key in shown for line in _approvals(on_file, key)),
        marks=tuple(marks),
        review_by=min(key.review_by for key in shown),
        made=work.now,
        signer=work.actor.name,
        signer_key=ssh_fingerprint(work.actor.public_key),
        earlier=_earlier(work, on_file, link, own.device, peer),
    )


def _earlier(work: Work, on_file: _OnFile, link: Link, holder: Device, peer: End) -> Earlier | None:
    """The newest key of the peer that this end got in a folder before, if it is no longer among the pins."""
    ended = {key.id: key for key in on_file.keys(peer.device.id) if key.review_by and key not in peer.keys}
    for export in store.exports_of(work.unit.connection, link.id, holder.id) if ended else ():
        for key in (ended[number] for number in export.key_ids if number in ended):
            return Earlier(
                sha256=hashlib.sha256(key.public.spki).hexdigest(),
                withdrawn=key.state is not KeyState.SUPERSEDED and key.state is not KeyState.ROLLING,
                folder=export.folder,
                exported=f"{export.time:%Y-%m-%d}",
            )
    return None


def _approvals(on_file: _OnFile, key: Key) -> list[str]:
    device = on_file.device(key.device_id)
    return [
        f"Key of {device.name} compared by {each.operator} on {each.time:%Y-%m-%d} ({CHANNELS[each.channel]}, "
        f"read by {each.reader}, {FORMS[each.form]}, ticket {each.ticket})"
        for each in on_file.comparisons(key.id)
        if each.verdict is Verdict.MATCH
    ]


def _unsigned(work: Work, on_file: _OnFile, bundle: Bundle) -> list[ExportedFile]:
    shown = (bundle.own.keys[0], *bundle.peer.keys)
    spelt = {key.id: on_file.forms(key.public) for key in bundle.peer.keys}
    files = folder(bundle, spelt, canonical_plain(_evidence(work, on_file, shown)).encode())
    who = work.actor.name
    return [
        *files,
        ExportedFile("evidence/allowed_signers", f"{who} {ssh_line(work.actor.public_key, who)}\n".encode()),
    ]


def _files(work: Work, on_file: _OnFile, bundle: Bundle, checkpoint: ExportedFile) -> list[ExportedFile]:
    """Every file of one end with what is signed: the other end's card, the checkpoint, the manifest."""
    files = [*_unsigned(work, on_file, bundle), checkpoint]
    card = on_file.card(bundle.peer, bundle.link)
    files.append(ExportedFile("card/peer-card.json", card.body))
    files.append(ExportedFile("card/peer-card.json.sig", card.signature))
    listing = manifest(
        files,
        [
            f"Anchorhold export {bundle.link.name}, folder for {bundle.own.device.name}",
            f"workspace {work.desk.workspace.id}",
            f"made {work.now.strftime(STAMP)} by {work.actor.name}",
        ],
    )
    signature = sign_ssh(work.session.secret, listing, EXPORT_NAMESPACE)
    return [*files, ExportedFile("MANIFEST.sha256", listing), ExportedFile("MANIFEST.sig", signature)]


def _evidence(work: Work, on_file: _OnFile, shown: tuple[Key, ...]) -> dict[str, object]:
    return {
        "type": "evidence",
        "workspace": work.desk.workspace.id,
        "time": work.now.strftime(STAMP),
        "keys": [
            {
                "device": on_file.device(key.device_id).name,
                "sha256": hashlib.sha256(key.public.spki).hexdigest(),
                "arrived": key.arrival.value,
                "state": key.state.value,
                "comparisons": [
                    {
                        "by": each.operator,
                        "channel": each.channel.value,
                        "form": each.form.value,
                        "reader": each.reader,
                        "number": each.number,
                        "number_from": each.number_from,
                        "ticket": each.ticket,
                        "time": each.time.strftime(STAMP),
                    }
                    for each in on_file.comparisons(key.id)
                    if each.verdict is Verdict.MATCH
                ],
            }
            for key in shown
        ],
    }


EXPORT = Verb("link.exported", _export, LINK_WORK, LINK_KINDS)
