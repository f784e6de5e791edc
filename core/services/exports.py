"""Export: one folder per end, written whole, read back, its manifest signed by who exports."""

import hashlib
from pathlib import Path

from core.crypto.digest import canonical
from core.crypto.fingerprints import printed_forms
from core.crypto.sshsig import sign_ssh, ssh_fingerprint, ssh_line
from core.errors.base import Refused, refuse
from core.errors.devices import EndOfLifePassed
from core.errors.linking import NothingToExport
from core.exports.folder import folder, manifest
from core.late import dataclass
from core.media.folders import Staged
from core.model.devices import Device
from core.model.keys import Channel, Key, KeyState, Verdict
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
    Standing,
)
from core.policy.duties import LINK_WORK
from core.services import cards, checkpoints, soundness
from core.services.desk import Desk
from core.services.ledger import STAMP
from core.services.links import exportable, found, pinnable
from core.services.perform import LINK_KINDS, Verb, Work, reading
from core.store import devices, keys
from core.store import links as store


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
    staged = Staged(command.to)
    work.undo.append(staged.undo)
    exports: list[Export] = []
    left_out: list[tuple[str, Refused]] = []
    for done, link in enumerate(links):
        work.progress.step(done, len(links))
        try:
            ends = [(each, _files(work, each, checkpoint)) for each in bundles(work, link)]
        except Refused as refusal:
            if not batch:
                raise
            left_out.append((link.name, refusal))
            continue
        for bundle, files in ends:  # what goes wrong from here on is the medium's fault and ends the whole batch
            name = bundle.own.device.name
            name = f"{link.name}/{name}" if batch or len(links) > 1 else name
            staged.write(name, files)
            exports.append(_record(work, link, bundle.own.device, bundle.peer.keys, command.to / name, files))
    if not exports:
        raise NothingToExport
    work.progress.committing()
    staged.place()
    left = {name for name, _ in left_out}
    work.details.update(links=[link.name for link in links if link.name not in left], folder=_shown(command.to))
    return Exported(tuple(exports), tuple(left_out))


def bundles(work: Work, link: Link) -> tuple[Bundle, Bundle]:
    """Both ends of a link as exporters see them, or the refusal of what must not leave."""
    ends = [devices.get(work.unit.connection, number) for number in (link.left_id, link.right_id)]
    blocked: list[Refused] = []
    for device in ends:
        blocked += exportable(link, device.name, keys.of_device(work.unit.connection, device.id))
        if device.end_of_life and device.end_of_life < work.now.date().isoformat():
            blocked.append(EndOfLifePassed(device.name, device.end_of_life))
    refuse(blocked[:1] if link.state is not LinkState.ACTIVE else blocked)
    left, right = (End(device, pinnable(work, device.id)) for device in ends)
    return _bundle(work, link, left, right), _bundle(work, link, right, left)


def preview(desk: Desk, name: str) -> tuple[tuple[str, tuple[ExportedFile, ...]], ...]:
    """What an export of the link would write: (device, files) for each end.

    What is signed (card, checkpoint, manifest) is missing: it is made when the folders are.
    """
    with reading(desk) as work:
        return tuple((each.own.device.name, tuple(_unsigned(work, each))) for each in bundles(work, found(work, name)))


def _shown(path: Path) -> str:
    """A path as text that a ledger can hold: file names on Linux are bytes, and need not be UTF-8."""
    return str(path).encode("utf-8", "replace").decode()


def _record(
    work: Work, link: Link, holder: Device, pinned: tuple[Key, ...], path: Path, files: list[ExportedFile]
) -> Export:
    listing = next(file.content for file in files if file.path == "MANIFEST.sha256")
    export = Export(
        id=0,
        link_id=link.id,
        device_id=holder.id,
        key_ids=tuple(key.id for key in pinned),
        folder=_shown(path),
        manifest_sha256=hashlib.sha256(listing).hexdigest(),
        by=work.actor.name,
        time=work.now,
    )
    store.add_export(work.unit, export)
    for key in pinned:
        store.set_pin(work.unit, link.id, holder.id, key.id, Standing.EXPORTED, work.now.isoformat())
    return export


def _bundle(work: Work, link: Link, own: End, peer: End) -> Bundle:
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
        approvals=tuple(line for key in shown for line in _approvals(work, key)),
        marks=tuple(marks),
        review_by=min(key.review_by for key in shown),
        made=work.now,
        signer=work.actor.name,
        signer_key=ssh_fingerprint(work.actor.public_key),
        earlier=_earlier(work, link, own.device, peer),
    )


def _earlier(work: Work, link: Link, holder: Device, peer: End) -> Earlier | None:
    """The newest key of the peer that this end got in a folder before, if it is no longer among the pins."""
    ended = {
        key.id: key
        for key in keys.of_device(work.unit.connection, peer.device.id)
        if key.review_by and key not in peer.keys
    }
    for export in store.exports_of(work.unit.connection, link.id, holder.id) if ended else ():
        for key in (ended[number] for number in export.key_ids if number in ended):
            return Earlier(
                sha256=hashlib.sha256(key.public.spki).hexdigest(),
                withdrawn=key.state is not KeyState.SUPERSEDED and key.state is not KeyState.ROLLING,
                folder=export.folder,
                exported=f"{export.time:%Y-%m-%d}",
            )
    return None


def _spoken(channel: Channel) -> str:
    """A channel in the English of an exported page."""
    return "called back" if channel is Channel.CALL_BACK else channel.value.replace("-", " ")


def _approvals(work: Work, key: Key) -> list[str]:
    device = devices.get(work.unit.connection, key.device_id)
    return [
        f"Key of {device.name} compared by {each.operator} on {each.time:%Y-%m-%d} ({_spoken(each.channel)}, "
        f"read by {each.reader}, {each.form.value}, ticket {each.ticket})"
        for each in keys.comparisons(work.unit.connection, key.id)
        if each.verdict is Verdict.MATCH
    ]


def _unsigned(work: Work, bundle: Bundle) -> list[ExportedFile]:
    shown = (bundle.own.keys[0], *bundle.peer.keys)
    spelt = {key.id: printed_forms(key.public) for key in bundle.peer.keys}
    files = folder(bundle, spelt, canonical(_evidence(work, shown)))
    who = work.actor.name
    return [
        *files,
        ExportedFile("evidence/allowed_signers", f"{who} {ssh_line(work.actor.public_key, who)}\n".encode()),
    ]


def _files(work: Work, bundle: Bundle, checkpoint: ExportedFile) -> list[ExportedFile]:
    """Every file of one end with what is signed: the other end's card, the checkpoint, the manifest."""
    files = [*_unsigned(work, bundle), checkpoint]
    card = cards.make(work, bundle.peer.device, bundle.peer.keys[0], (bundle.link,))
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


def _evidence(work: Work, shown: tuple[Key, ...]) -> dict[str, object]:
    return {
        "type": "evidence",
        "workspace": work.desk.workspace.id,
        "time": work.now.strftime(STAMP),
        "keys": [
            {
                "device": devices.get(work.unit.connection, key.device_id).name,
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
                    for each in keys.comparisons(work.unit.connection, key.id)
                    if each.verdict is Verdict.MATCH
                ],
            }
            for key in shown
        ],
    }


EXPORT = Verb("link.exported", _export, LINK_WORK, LINK_KINDS)
