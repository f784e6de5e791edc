"""Sentences about devices."""

from core.errors import devices
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    devices.NoSuchDevice: Template(
        tr("Unknown device"), tr("There is no device called {name}."), tr("See: anchorhold device list.")
    ),
    devices.DeviceNameTaken: Template(
        tr("Name taken"), tr("A device called {name} exists already."), tr("Choose another name.")
    ),
    devices.UnknownPlatform: Template(
        tr("Unknown platform"),
        tr('"{text}" is not a platform that Anchorhold knows.'),
        tr("Choose one of: {known}."),
    ),
    devices.IdentityNotFit: Template(
        tr("Not an identity"),
        tr('"{text}" does not name exactly one device, so no key can be bound to it.'),
        tr("Use a host name, an IP address or a mailbox, for example gw1.example.net."),
    ),
    devices.IdentityTaken: Template(
        tr("Identity taken"),
        tr("{identity} is the identity of {device}. Two devices must not share one."),
        tr("Give this device an own identity, or change {device}."),
    ),
    devices.AddressNotFit: Template(
        tr("Not an address"),
        tr('"{text}" is neither an IP address nor a host name.'),
        tr("Use one that the other end can reach."),
    ),
    devices.NetworkNotFit: Template(
        tr("Not a network"),
        tr('"{text}" is not a network in the form 10.1.0.0/24.'),
        tr("Write it with its length and zero host bits. Meant, perhaps: {meant}."),
        without=(
            "meant",
            Template(
                tr("Not a network"),
                tr('"{text}" is not a network in the form 10.1.0.0/24.'),
                tr("Write its address, a slash and its length in bits."),
            ),
        ),
    ),
    devices.PhoneOriginMissing: Template(
        tr("Where is the number from?"),
        tr("A telephone number counts only when it is known where it came from."),
        tr("Say where you found it, for example: contract of 2024, our own directory; never the message with the key."),
    ),
    devices.DeviceRetired: Template(
        tr("Retired"),
        tr("{name} is retired, so nothing was changed."),
        tr("Add a new device under another name."),
    ),
    devices.EndOfLifePassed: Template(
        tr("End of life"),
        tr("{name} reached its end of life on {end}."),
        tr("Retire it, or change the date."),
    ),
    devices.NothingToChange: Template(
        tr("Nothing to change"),
        tr("Nothing about {name} was named to be changed."),
        tr("Name at least one field."),
    ),
    devices.ChangeNeedsLinkEnd: Template(
        tr("A link stands against it"),
        tr("{name} is an end of {link} ({technology}), which the platform {platform} does not carry."),
        tr("Retire the link first."),
    ),
}
