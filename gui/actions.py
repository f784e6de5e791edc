"""The dialogs of Links mode: each asks for one command and hands it to the same service as the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from core.errors.people import NotSignedIn
from core.model.devices import AddDevice, Platform
from core.model.keys import Arrival, Channel, CompareKey, ReceiveKey, SuspectKey, WithdrawKey
from core.model.links import AddLink, ExportLinks, ReadBackDevice, Technology
from core.model.people import Duty, NewOperator
from core.model.workspace import Kind, NewWorkspace
from core.services.desk import Desk
from core.services.perform import perform
from gui.bench import Bench
from gui.form import Field, FormDialog, read_file

# What the far end types, by platform (interop 1); shown beside the field for the value.
SHOW: dict[Platform, str] = {
    Platform.STRONGSWAN: "openssl pkey -pubin -in /etc/swanctl/pubkey/own.pem -outform DER | sha256sum",
    Platform.LIBRESWAN: "ipsec showhostkey --list   (better: --pem --ckaid CKAID, then openssl and sha256sum)",
    Platform.IKED: "openssl pkey -pubin -in /etc/iked/local.pub -outform DER | sha256",
    Platform.OPENVPN: "openssl x509 -fingerprint -sha256 -noout -in own.crt",
    Platform.STUNNEL: "openssl x509 -fingerprint -sha256 -noout -in own.pem",
    Platform.WIREGUARD: "wg show",
    Platform.CISCO_IOS: "show crypto key mypubkey rsa",
    Platform.OTHER: "openssl pkey -pubin -in key.pem -outform DER | sha256sum",
}


tr = QObject().tr  # this module has no class of its own to translate for


def _form(
    bench: Bench, title: str, intro: str, fields: list[Field], button: str, submit: Callable[[dict[str, str]], Any]
) -> FormDialog:
    """A form that is ready to be opened."""
    return FormDialog(bench.window, bench.lane, title, intro, fields, button, submit)


def _desk(bench: Bench) -> Desk:
    if bench.desk is None:
        raise NotSignedIn
    return bench.desk


def add_device(bench: Bench) -> FormDialog:
    """Ask for a device."""
    from core.services import devices

    fields = [
        Field("name", tr("&Name")),
        Field("platform", tr("&Platform"), choices=tuple(each.value for each in Platform)),
        Field("identity", tr("&Identity"), hint=tr("One host name, address or mailbox, as in the IKE identity.")),
        Field("address", tr("&Address"), hint=tr("Where the other end connects to.")),
        Field("networks", tr("Protected net&works"), hint=tr("10.1.0.0/24, several with spaces.")),
        Field("site", tr("&Site")),
        Field("end_of_life", tr("&End of life"), hint=tr("YYYY-MM-DD, or empty.")),
        Field("contact", tr("&Contact")),
        Field("phone", tr("P&hone")),
        Field("phone_from", tr("Where the number is &from"), hint=tr("Never from the message that carried the key.")),
    ]

    def submit(values: dict[str, str]) -> Any:
        networks = tuple(values.pop("networks").replace(",", " ").split())
        return perform(_desk(bench), devices.ADD, AddDevice(**values, networks=networks))

    intro = tr("A device is one end of a link. Its own key is made on it and never leaves it.")
    return _form(bench, tr("Add device"), intro, fields, tr("Add device"), submit)


def add_link(bench: Bench, devices_known: tuple[str, ...]) -> FormDialog:
    """Ask for a link between two devices on file."""
    from core.services import links

    fields = [
        Field("name", tr("&Name")),
        Field("left", tr("&Our end"), choices=devices_known),
        Field("right", tr("&Peer end"), choices=devices_known, value=devices_known[-1]),
        Field("technology", tr("&Technology"), choices=tuple(each.value for each in Technology)),
        Field("ticket", tr("Tic&ket")),
    ]
    intro = tr("A link joins exactly two devices with one technology.")
    return _form(
        bench,
        tr("Add link"),
        intro,
        fields,
        tr("Add link"),
        lambda values: perform(_desk(bench), links.ADD, AddLink(**values)),
    )


def receive_key(bench: Bench, devices_known: tuple[str, ...], device: str = "", path: str = "") -> FormDialog:
    """Ask for a key file; `path` is filled in where a file was dropped."""
    from core.services import keys

    fields = [
        Field("device", tr("&Device"), choices=devices_known, value=device),
        Field("file", tr("&File"), kind="file", value=path),
        Field("untrusted", tr("or &paste it"), kind="text"),
        Field("arrival", tr("&How did it come?"), choices=tuple(each.value for each in Arrival)),
        Field("replace_by", tr("&Roll over until"), hint=tr("YYYY-MM-DD keeps the old pin beside it; usually empty.")),
    ]

    def submit(values: dict[str, str]) -> Any:
        pasted = values["untrusted"]
        untrusted = pasted.encode("utf-8", "replace") if pasted.strip() else read_file(values["file"])
        origin = "" if pasted.strip() else Path(values["file"]).name
        command = ReceiveKey(values["device"], untrusted, values["arrival"], origin, values["replace_by"])
        return perform(_desk(bench), keys.RECEIVE, command)

    intro = tr(
        "Public key, certificate request, self-signed certificate, OpenSSH line, WireGuard key or Cisco key-string."
    )
    return _form(bench, tr("Receive peer key"), intro, fields, tr("Keep as not verified"), submit)


def compare_key(bench: Bench, device: str, platform: Platform, phone: str) -> FormDialog:
    """Ask for what the far end reads. The value on file is shown nowhere, before or after."""
    from core.services import keys

    channels = tuple(each.value for each in Channel if each is not Channel.EMAIL)
    fields = [
        Field(
            "heard", tr("The far end &reads"), kind="text", hint=tr("On the device: {0}").replace("{0}", SHOW[platform])
        ),
        Field("channel", tr("&Channel"), choices=channels),
        Field("reader", tr("R&ead by"), hint=tr("Who read it to you at the far end.")),
        Field("number", tr("&Number called"), value=phone),
        Field("number_from", tr("&Where it is from"), hint=tr("Empty where it is the number on file.")),
        Field("ticket", tr("Tic&ket")),
    ]

    def submit(values: dict[str, str]) -> Any:
        return perform(_desk(bench), keys.COMPARE, CompareKey(device=device, **values))

    intro = tr(
        "Call on a number you already hold, not one from the message that carried the key. The far end reads, you type: "
        "the whole value, in any form. Spaces, colons and case do not matter."
    )
    return _form(bench, tr("Compare the key of {0}").replace("{0}", device), intro, fields, tr("Compare"), submit)


def end_key(bench: Bench, device: str, *, attack: bool) -> FormDialog:
    """Reject a waiting key or withdraw the approved one; or treat a changed key as an attack."""
    from core.services import keys

    fields = [Field("reason", tr("&Reason"))]

    def submit(values: dict[str, str]) -> Any:
        if attack:
            return perform(_desk(bench), keys.SUSPECT, SuspectKey(device, values["reason"]))
        return perform(_desk(bench), keys.WITHDRAW, WithdrawKey(device, values["reason"]))

    if attack:
        intro = tr(
            "The new key goes into quarantine and every link of the device is suspended. Keep the message it came in."
        )
        return _form(bench, tr("Suspect an attack"), intro, fields, tr("Suspend the links"), submit)
    intro = tr(
        "A waiting key is rejected and the approved one stays; without a waiting key, the approved one is withdrawn."
    )
    return _form(bench, tr("Reject or withdraw key"), intro, fields, tr("Reject key"), submit)


def export_link(bench: Bench, names: tuple[str, ...], name: str) -> FormDialog:
    """Ask where the two folders go."""
    from core.services import exports

    fields = [
        Field("link", tr("&Link"), choices=names, value=name),
        Field("to", tr("&Folder"), kind="folder", hint=tr("One folder per end is made in it. Nothing is overwritten.")),
    ]

    def submit(values: dict[str, str]) -> Any:
        return perform(_desk(bench), exports.EXPORT, ExportLinks((values["link"],), Path(values["to"])))

    intro = tr("Only approved keys leave. No folder holds a private key or a shared secret.")
    return _form(bench, tr("Export the folders"), intro, fields, tr("Export the folders"), submit)


def read_back(bench: Bench, devices_known: tuple[str, ...], device: str, text: str = "") -> FormDialog:
    """Ask for what the device prints."""
    from core.services import readback

    fields = [
        Field("device", tr("&Device"), choices=devices_known, value=device),
        Field(
            "printed",
            tr("It &prints"),
            kind="text",
            value=text,
            hint=tr("swanctl --list-certs --type pubkey --pem, wg show \u2026"),
        ),
    ]

    def submit(values: dict[str, str]) -> Any:
        command = ReadBackDevice(values["device"], values["printed"].encode("utf-8", "replace"))
        return perform(_desk(bench), readback.READ_BACK, command)

    intro = tr("Run the command in verify.txt on the device and paste its whole output.")
    return _form(bench, tr("Read back a device"), intro, fields, tr("Check"), submit)


def new_workspace(bench: Bench) -> FormDialog:
    """The first-run form: a links workspace for one person or two."""
    fields = [
        Field("path", tr("&File"), kind="save", hint=tr("Ends in .anchorhold.")),
        Field("title", tr("&Name of the workspace")),
        Field("organisation", tr("&Organisation")),
        Field("responsible", tr("&Responsible person")),
        Field("name1", tr("First person, &sign-in name")),
        Field("full1", tr("First person, full name")),
        Field(
            "secret1", tr("First person, passphrase"), kind="secret", hint=tr("12 characters or more; several words.")
        ),
        Field("again1", tr("Once more"), kind="secret"),
        Field(
            "name2", tr("Second person, sign-in name"), hint=tr("Empty: alone, each key is compared over two channels.")
        ),
        Field("full2", tr("Second person, full name")),
        Field("secret2", tr("Second person, passphrase"), kind="secret", hint=tr("Typed by that person.")),
        Field("again2", tr("Once more"), kind="secret"),
    ]

    def submit(values: dict[str, str]) -> Path:
        from core.errors.cli import NotTheSame
        from core.services.workspace import create

        named = [number for number in ("1", "2") if values[f"name{number}"] or number == "1"]
        if any(values[f"secret{number}"] != values[f"again{number}"] for number in named):
            raise NotTheSame
        duties = (Duty.SECURITY_OFFICER, Duty.SYSTEM_ADMINISTRATOR, Duty.REGISTRATION_OFFICER)
        people = tuple(NewOperator(values[f"name{n}"], values[f"full{n}"], duties) for n in named)
        new = NewWorkspace(
            Path(values["path"]),
            Kind.LINKS,
            values["title"],
            people,
            organisation=values["organisation"],
            responsible=values["responsible"],
            technologies=("ipsec",),
        )
        create(new, {values[f"name{n}"]: values[f"secret{n}"] for n in named})
        return new.path

    intro = tr("Two people are better than one: each key is compared by both. Each types an own passphrase.")
    return _form(bench, tr("New workspace"), intro, fields, tr("Make the workspace"), submit)
